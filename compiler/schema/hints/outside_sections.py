"""The help for settings outside their sections: at the top level of the file, or among the steps of a model."""

from collections.abc import Iterator
from dataclasses import replace

from ....grammar import syntax as s
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.keywords import SECTIONS
from ....grammar.parse import Parsed
from ..arguments import SettingsGroup
from .foreign_settings import INSTEAD
from .keras_names import ARGUMENTS
from .misplaced import where_it_belongs

_PLACES = {"train": "train { … }", "data": "data { … }", "split": "data { split { … } }"}
_WITH_STEPS = s.Model | s.Block | s.Stack | s.Chain | s.Layer | s.Repeat | s.For | s.If


def with_sections(parsed: Parsed) -> list[Diagnostic]:
    """Return the syntax errors. The help for a setting outside the sections says in which section it belongs."""
    names = {one.span.end: one.declares for node in parsed.file.declarations for one in _invalid(node)}
    return [_with_section(one, names.get(one.span.end)) for one in parsed.diagnostics]


def _with_section(one: Diagnostic, name: str | None) -> Diagnostic:
    help = _help(name) if name and one.code is Code.UNEXPECTED and _assigns(one, name) else None
    return replace(one, help=help, edits=()) if help else one


def _assigns(one: Diagnostic, name: str) -> bool:
    """Check whether the statement is `name = …`. The error is at the name or at the `=`."""
    text, span = one.span.source.text, one.span
    return span.text == "=" or (span.text == name and text[span.end : span.end + 20].lstrip(" \t").startswith("="))


def _help(name: str) -> str | None:
    word = ARGUMENTS.get(name, name)
    for group, place in _PLACES.items():
        if word in SettingsGroup.groups[group].model_fields:
            what = f"write `{word}` instead of `{name}`" if word != name else f"`{name}` is a setting"
            return f"{what}, in `{place}`" if word != name else f"{what} of `{group}`: write it in `{place}`"
    if instead := INSTEAD.get(name):
        return f"write `{instead.text}` in `{_PLACES[instead.section]}`"
    sections = (SettingsGroup.groups[section] for section in ("train", "data"))
    return next((hint.help for section in sections if (hint := where_it_belongs(section, name))), None)


def _invalid(node: object) -> Iterator[s.Invalid]:
    """Yield the statements among declarations and steps that could not be read."""
    if isinstance(node, s.Invalid):
        if node.declares not in SECTIONS:
            yield node
    elif isinstance(node, tuple):
        for one in node:
            yield from _invalid(one)
    elif isinstance(node, _WITH_STEPS):
        for _, value in node.fields():
            yield from _invalid(value)
