"""Runs the experiment of a study."""
