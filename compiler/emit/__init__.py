"""Graphs to other forms: one target a file."""
