"""`expect`: the claims of a file."""
