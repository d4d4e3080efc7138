"""Expand `sweep`, `variants` and `search` to points: the experiments that a file compares."""
