"""Turns a `model` section into a graph of layers with shapes and weights."""
