"""Images: where they come from, what they are called, how they are read, kept and split."""
