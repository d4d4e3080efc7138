"""The `train` section."""
