"""Formats syntax trees: the canonical layout of `.lab` files."""
