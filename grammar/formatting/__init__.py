"""Syntax tree to the canonical layout."""
