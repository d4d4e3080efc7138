"""Run the command `labc` as `python -m labc`."""

from .runtime.cli import main

main()
