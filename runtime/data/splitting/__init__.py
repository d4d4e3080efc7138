"""Divides the images into parts and folds: shares, strata, groups, tables of parts."""
