"""Turns `.lab` files into one syntax tree: reads them, resolves `extends` and `use`, and applies overrides."""
