"""The output of the commands in the terminal."""
