"""Text to syntax tree and back: the `.lab` language, without what it means."""
