"""`--set NAME=VALUE`: replaces the values of `let`s of a file."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.diagnostics.suggest import did_you_mean
from ...grammar.parse import parse_let
from ...grammar.source import Source

COMMAND_LINE = "--set"
"""The option of the command line, and the name of the source of an override."""


def override(file: s.File, values: Mapping[str, str], reporter: Reporter) -> tuple[s.File, dict[str, s.Expression]]:
    """Replace the values of the named `let`s by the given values, each parsed from its text.

    Return the new file, and the replaced values by name. A name without a `let` is reported.
    """
    lets = {d.name.id: d for d in file.declarations if isinstance(d, s.Let)}
    replaced: dict[str, s.Let] = {}
    for name, value in values.items():
        option = f"{COMMAND_LINE} "
        source = Source(COMMAND_LINE, f"{option}{name}={_as_text(value, lets.get(name))}", is_file=False)
        parsed = parse_let(source, len(option))
        reporter.report_syntax(parsed.diagnostics)
        read = [d for d in parsed.file.declarations if isinstance(d, s.Let)]
        if name not in lets:
            span = source.span(len(option), len(option) + len(name))
            help = did_you_mean(name, lets) or f"add `let {name} = …` to the file; `--set` only replaces values"
            message = f"{Path(file.source.name).name} has no `let {name}`"
            reporter.report(Diagnostic(Code.BAD_OVERRIDE, message, span, help=help))
        elif read and not parsed.diagnostics:
            replaced[name] = replace(lets[name], value=read[0].value)
    declarations = tuple(replaced.get(d.name.id, d) if isinstance(d, s.Let) else d for d in file.declarations)
    return replace(file, declarations=declarations), {name: lets[name].value for name in replaced}


def _as_text(value: str, let: s.Let | None) -> str:
    """Return the value in quotes if the `let` is a string, because a shell removes the quotes of a command line."""
    if let and isinstance(let.value, s.String) and not value.lstrip().startswith('"'):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value
