"""The grammar of `.lab` files: parses a text to a syntax tree, and formats the tree. The compiler evaluates it."""
