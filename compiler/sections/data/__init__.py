"""The `data` section."""
