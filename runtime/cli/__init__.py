"""The command line: a file for each command or small group of them.

Each command imports what it needs when it runs, so that those that only look start at once.
"""

import os
import signal
import sys
from contextlib import suppress

import click

from .check import check
from .emit import emit
from .fmt import fmt
from .help import help_
from .look import plan, show
from .new import new
from .run import run

INTERRUPTED = 130


def main() -> None:
    """Run the command line; leaves with 0 done, 1 wrong or failed, 2 wrong command line, 130 interrupted."""
    for name in ("SIGTERM", "SIGHUP"):  # what a scheduler and a closed terminal send: a run is to say how it ended
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    # Pydantic would read the entry points of every installed package in search of plugins, and labc takes none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        with suppress(OSError):
            click.echo("interrupted", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.exit(1)
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo(
            "\nThis is a bug in labc, not in your file. Please report the lines above with the file.",
            err=True,
        )
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="labc", message="labc %(version)s")
def commands() -> None:
    """Deep-learning experiments on medical images, a short .lab file each."""


for command in (check, plan, show, run, emit, fmt, new, help_):
    commands.add_command(command)
