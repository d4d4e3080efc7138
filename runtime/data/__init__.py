"""The images of an experiment: sources, labels, parts, decoding and the cache."""
