"""Compile a syntax tree to a checked experiment, and a checked experiment to Keras and other targets."""
