"""Runs a checked experiment: trains its model and writes the run folder and the report."""
