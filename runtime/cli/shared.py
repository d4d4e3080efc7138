"""Functions that several commands use: the option `--set`, loading an experiment, ending a command with an error."""

import gc
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.render import as_data
from .output import print_diagnostics, print_json

if TYPE_CHECKING:
    from ...compiler.pipeline import Compiled
    from ...compiler.study import Study

FILE = click.Path(path_type=Path, readable=False)  # labc itself reports a file that cannot be read


def _parse_overrides(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """Return the values of all options `--set` by name; an empty dictionary if the option is not used."""
    pairs = [text.partition("=") for text in given]
    seen: set[str] = set()
    for name, sign, _ in pairs:
        if not sign or not name.strip().isidentifier():
            message = f"must have the form NAME=VALUE, but is `{name}{sign}`"
            if sign and "." in name:
                message = f"must be the name of a `let`, but is `{name}`"
            raise click.BadParameter(message, context, parameter)
        if name.strip() in seen:
            raise click.BadParameter(f"`{name.strip()}` is given twice", context, parameter)
        seen.add(name.strip())
    return {name.strip(): value for name, _, value in pairs}


def with_overrides(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option `--set` to a command, as its argument `overrides`."""
    return click.option(
        "--set",
        "overrides",
        metavar="NAME=VALUE",
        multiple=True,
        callback=_parse_overrides,
        help="Replace the value of the let with this name.",
    )(command)


def with_runs(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option `--runs` to a command, as its argument `runs`."""
    return click.option(
        "--runs",
        type=click.Path(file_okay=False, path_type=Path),
        default="runs",
        show_default=True,
        metavar="DIR",
        help="The folder that contains the run folders.",
    )(command)


def with_cache(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option `--cache` to a command, as its argument `cache`."""
    return click.option(
        "--cache",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="The folder for prepared images. The default is $LABC_CACHE, or else .cache in the folder of the runs.",
    )(command)


@cache
def compiler() -> "Callable[[Path, Mapping[str, str]], Compiled]":
    """Import the compiler and return `compile_file`.

    The garbage collector is off during the import and ignores the imported objects afterwards. None of them is garbage,
    but scanning them took a sixth of the time of `labc check`.
    """
    gc.disable()
    from ...compiler.pipeline import compile_file

    gc.freeze()
    gc.enable()
    return compile_file


def load(file: Path, overrides: dict[str, str], as_json: bool) -> "Study":
    """Return the checked study of a file and print its warnings. If the file has errors, print them and exit with 1."""
    compiled = compiler()(file, overrides)
    if compiled.study is None:
        stop(compiled.diagnostics, as_json)
    print_diagnostics(compiled.diagnostics)  # on standard error, so also beside JSON
    return compiled.study


def stop(diagnostics: Iterable[Diagnostic], as_json: bool) -> NoReturn:
    """Print diagnostics and exit with status 1."""
    if as_json:
        print_json({"diagnostics": [as_data(diagnostic) for diagnostic in diagnostics]})
    else:
        print_diagnostics(diagnostics)
    sys.exit(1)


def refuse_writing(path: Path, error: OSError) -> NoReturn:
    """Raise ClickException for a file that cannot be written, which ends the command."""
    raise click.ClickException(f"cannot write `{path}`: {error.strerror}")
