"""`python -m labc`, the same as the command `labc`."""

from .runtime.cli import main

main()
