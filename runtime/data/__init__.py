"""Images: sources, labels, split into parts, decoding and the cache."""
