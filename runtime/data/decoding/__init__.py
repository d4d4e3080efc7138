"""Reads the unchanged pixels of image files."""
