"""The cache of prepared images and masks on disk."""
