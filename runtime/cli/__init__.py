"""The command line. Each command, or each small group of commands, is in a file with its name.

A command imports the modules that it needs only when it runs. So commands such as `labc check` start quickly.
"""

import errno
import os
import signal
import sys
from contextlib import suppress
from io import TextIOWrapper

import click

from .cache_command import cache
from .check import check
from .data_command import data
from .emit import emit
from .fmt import fmt
from .help import help_
from .look import plan, show
from .new import new
from .output import echo, print_click_error, print_traceback
from .phantom_command import phantom
from .run import run

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit with a status.

    The status is 0 after success, 1 after an error, 2 if the command line is wrong, and 130 after an interruption.
    """
    # A scheduler sends SIGTERM and a closed terminal SIGHUP. Both are handled like Ctrl-C: a run records its end.
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    # Otherwise pydantic searches every installed package for plugins. labc uses no plugins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):  # a terminal that cannot show a character shows its number
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        commands.main(standalone_mode=False)
    except click.ClickException as error:
        print_click_error(error)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort) as error:
        cause = error.__cause__ or error  # click raises its Abort from the KeyboardInterrupt
        with suppress(OSError):
            echo("interrupted", err=True)
            for note in getattr(cause, "__notes__", ()):
                echo(note, err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC and not error.filename:
            echo(f"cannot write the output: {error.strerror}", err=True)
            os._exit(1)  # at a normal exit, Python would try to write the rest of the output again
        print_traceback()
        echo("", err=True)
        echo("This is a bug in labc, not in your file. Please report the lines above with the file.", err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="labc", message="labc %(version)s")
def commands() -> None:
    """Deep-learning experiments on medical images. Each experiment is a short .lab file."""


for command in (check, plan, show, data, run, cache, emit, fmt, new, phantom, help_):
    commands.add_command(command)
