"""Mistakes as data, and their text for the terminal."""
