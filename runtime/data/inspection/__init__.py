"""What `labc data` shows: the description of the data, and pictures of it."""
