"""A `model` section to a graph of layers with shapes and weights."""
