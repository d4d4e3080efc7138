"""Hints: the help for names of Keras and for names in the wrong section or layer."""
