"""Text to syntax tree: the `.lab` language without any knowledge of what it means."""
