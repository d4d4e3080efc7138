"""`.lab` files to one syntax tree: reading, `extends` and `use`, declarations, overrides."""
