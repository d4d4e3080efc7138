"""Recovery from syntax errors: repairs brackets, keywords and line ends, and reports each mistake."""
