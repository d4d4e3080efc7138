"""Reads mistyped texts: repairs brackets, keywords and line ends, and reports each mistake."""
