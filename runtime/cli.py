"""The commands. Each imports what it needs when it runs, so that `check` and `plan` start at once."""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..grammar.diagnostic import Diagnostic, LabError, has_errors
from ..grammar.render import ansi, as_data, plain, render_text, summary

if TYPE_CHECKING:
    from ..compiler.experiment import Experiment

INTERRUPTED = 130


def main() -> None:
    """Run the command line; leaves with 0 done, 1 wrong or failed, 2 wrong command line, 130 interrupted."""
    try:
        commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
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


def _pairs(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    for name, sign, _ in pairs:
        if not sign or not name.strip().isidentifier():
            raise click.BadParameter(f"`{name}{sign}` is not of the form NAME=VALUE", context, parameter)
    return {name.strip(): value for name, _, value in pairs}


def _overrides(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--set",
        "overrides",
        metavar="NAME=VALUE",
        multiple=True,
        callback=_pairs,
        help="Replace the value of a let.",
    )(command)


FILE = click.Path(path_type=Path)


@commands.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@_overrides
@click.option("--json", "as_json", is_flag=True, help="Print the diagnostics as data.")
def check(files: tuple[Path, ...], overrides: dict[str, str], as_json: bool) -> None:
    """Report every mistake, without loading a framework or touching data."""
    from ..compiler.pipeline import compile_file

    compiled = {file: compile_file(file, overrides) for file in files}
    found = [diagnostic for one in compiled.values() for diagnostic in one.diagnostics]
    if as_json:
        click.echo(json.dumps([as_data(diagnostic) for diagnostic in found], indent=2, ensure_ascii=False))
    else:
        _show(found)
        for file, one in compiled.items():
            if one.experiment:
                click.echo(f"{file}: sound, {one.experiment.graph.parameters:,} parameters")
    if has_errors(found):
        sys.exit(1)


@commands.command()
@click.argument("file", type=FILE)
@_overrides
@click.option("--json", "as_json", is_flag=True, help="Print the plan as data.")
def plan(file: Path, overrides: dict[str, str], as_json: bool) -> None:
    """Show the model's layers with their shapes and parameters."""
    experiment = _load(file, overrides, as_json)
    if as_json:
        click.echo(json.dumps(experiment.plan, indent=2, ensure_ascii=False))
        return
    from .plan import print_plan

    print_plan(experiment)


@commands.command()
@click.argument("file", type=FILE)
@_overrides
@click.option("--runs", type=click.Path(file_okay=False, path_type=Path), default="runs", show_default=True,
              help="Where run folders go.")  # fmt: skip
@click.option("--again", is_flag=True, help="Train even if this has been trained; the old run stays.")
@click.option("--quick", is_flag=True, help="A few images, one epoch: does everything work?")
@click.option("--backend", type=click.Choice(["tensorflow", "jax", "torch"]), default="tensorflow", show_default=True,
              help="Keras's backend.")  # fmt: skip
@click.option("--device", type=click.Choice(["auto", "cpu", "gpu"]), default="auto", show_default=True,
              help="auto takes a GPU where there is one; gpu fails where there is none.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the summary as data.")
def run(file: Path, overrides: dict[str, str], as_json: bool, **options: Any) -> None:
    """Check, train, evaluate, write the report; the last line is the run's folder."""
    experiment = _load(file, overrides, as_json)
    from rich.console import Console

    from .display import Live
    from .run import Options
    from .run import run as run_experiment

    display = Live(Console(stderr=True))
    try:
        done = run_experiment(experiment, Options(**options), display)
    except LabError as error:
        display.close()
        _stop(error.diagnostics, as_json)
    finally:
        display.close()
    from .closing import as_summary, print_summary

    if as_json:
        click.echo(json.dumps(as_summary(done), indent=2, ensure_ascii=False))
    else:
        print_summary(done)


def _load(file: Path, overrides: dict[str, str], as_json: bool) -> "Experiment":
    """The checked experiment; its warnings are shown, and its mistakes end the command."""
    from ..compiler.pipeline import compile_file

    compiled = compile_file(file, overrides)
    if compiled.experiment is None:
        _stop(compiled.diagnostics, as_json)
    if not as_json:
        _show(compiled.diagnostics)
    return compiled.experiment


def _stop(diagnostics: Iterable[Diagnostic], as_json: bool) -> NoReturn:
    if as_json:
        data = {"diagnostics": [as_data(diagnostic) for diagnostic in diagnostics]}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        _show(diagnostics)
    sys.exit(1)


def _show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics and their count on standard error, in colour on a terminal."""
    diagnostics = list(diagnostics)
    paint = ansi if sys.stderr.isatty() else plain
    for diagnostic in diagnostics:
        click.echo(render_text(diagnostic, paint) + "\n", err=True)
    if diagnostics:
        click.echo(summary(diagnostics), err=True)
