"""Facts about a file that several modules of the compiler need."""
