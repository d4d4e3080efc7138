"""Recovers from syntax errors: reports each one, repairs brackets and keywords, and skips what cannot be read."""
