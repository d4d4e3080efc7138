"""Runs the commands on a file, and checks that what they print can be used."""

import ast
import builtins
import json
from pathlib import Path

from click.testing import CliRunner, Result

from labc.grammar.diagnostics.diagnostic import Diagnostic, has_errors
from labc.runtime.cli import commands

from .oracles import require

ON_SOUND_FILES = ("plan", "plan --json", "show", "show --json", "emit python", "emit json", "emit dot", "emit mermaid")


def check_commands(file: Path, diagnostics: tuple[Diagnostic, ...]) -> None:
    """Check that no command fails on a file that `check` accepts, and that no command raises on any other."""
    wrong = has_errors(diagnostics)
    for command in ("check", "check --json", "check --diff", "fmt --check", "plan", "show"):
        run(command, file, None if command.startswith("fmt") else int(wrong))
    if not wrong:
        for command in ON_SOUND_FILES:
            check_output(command, run(command, file, 0).stdout)


def run(command: str, file: Path, expected: int | None) -> Result:
    """Run a command in this process. `expected` is its status, None for any."""
    result = CliRunner().invoke(commands, [*command.split(), str(file)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    require(expected in (None, result.exit_code), f"status of {command}", f"{result.exit_code}: {result.output[-300:]}")
    return result


def check_output(command: str, output: str) -> None:
    """Check that JSON and Python scripts can be read, and that there is a text at all."""
    require(bool(output.strip()), f"output of {command}", "nothing")
    if command.endswith("json"):
        json.loads(output, parse_constant=lambda word: require(False, f"output of {command}", f"{word} is not JSON"))
    if command == "emit python":
        require(not undefined_names(output), "names in the script", undefined_names(output))


def undefined_names(script: str) -> set[str]:
    """Return the names that a script uses and nothing defines, such as `nan`."""
    nodes = [*ast.walk(ast.parse(script))]
    names = [node for node in nodes if isinstance(node, ast.Name)]
    imported = {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
    defined = {name.id for name in names if isinstance(name.ctx, ast.Store)} | imported | vars(builtins).keys()
    return {name.id for name in names} - defined
