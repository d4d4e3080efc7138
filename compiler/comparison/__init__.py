"""`sweep`, `variants` and `search` to the points of a study."""
