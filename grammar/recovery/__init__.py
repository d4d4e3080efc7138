"""What a mistyped text was meant to be: brackets, keywords and line ends put right, and each mistake reported."""
