"""Diagnostics: mistakes as data, and their text for the terminal."""
