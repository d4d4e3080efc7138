"""The formatter: writes a syntax tree in the standard layout of `.lab` files."""
