"""Syntax tree to a checked experiment, and from there to Keras and other targets."""
