"""The declarations of a file, sorted by kind, each at most once; and the overrides put in their place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.suggest import did_you_mean
from ...grammar.parse import parse
from ...grammar.source import Source
from ..unbuilt import UNBUILT, not_built


@dataclass
class Declarations:
    """What a file declares. `broken` holds the names whose declaration could not be read."""

    source: Source
    title: str | None = None
    lets: dict[str, s.Let] = field(default_factory=dict)
    blocks: dict[str, s.Block] = field(default_factory=dict)
    sections: dict[str, s.Section] = field(default_factory=dict)
    model: s.Model | None = None
    variants: s.Variants | None = None
    expect: s.Expect | None = None
    broken: set[str] = field(default_factory=set)


def declare(file: s.File, found: list[Diagnostic]) -> Declarations:
    """Sort a file's declarations; the second of a name, and what is not built yet, goes to `found`."""
    declared = Declarations(file.source)
    first: dict[str, s.Node] = {}
    for declaration in file.declarations:
        if isinstance(declaration, s.Invalid):
            declared.broken |= {declaration.declares} if declaration.declares else set()
            continue
        name, key = named(declaration)
        if key in first:
            message = f"`{key}` is declared twice"
            help = f"the first is on line {first[key].span.line}"
            found.append(Diagnostic(Code.DUPLICATE, message, name.span, help=help))
            continue
        first[key] = name
        _sort(declaration, declared, name, found)
    return declared


def named(declaration: s.Declaration) -> tuple[s.Node, str]:
    """The node to point at, and the name that must be unique."""
    match declaration:
        case s.Let() | s.Block():
            return declaration.name, declaration.name.id
        case s.Section() | s.Variants() | s.Expect():
            return declaration.keyword, declaration.keyword.id
        case s.Model():
            return s.Name(declaration.keyword, "model"), "model"
        case s.Title():
            return declaration, "experiment"
        case s.Extends():
            return declaration, "extends"
        case s.Use():
            return declaration, f'use "{declaration.path.value}"'
        case s.Invalid():
            raise AssertionError("sorted out before")


def _sort(declaration: s.Declaration, declared: Declarations, name: s.Node, found: list[Diagnostic]) -> None:
    match declaration:
        case s.Title():
            declared.title = declaration.title.value
        case s.Let():
            declared.lets[declaration.name.id] = declaration
        case s.Block():
            declared.blocks[declaration.name.id] = declaration
        case s.Model():
            declared.model = declaration
        case s.Variants():
            declared.variants = declaration
        case s.Expect():
            declared.expect = declaration
        case s.Section() if declaration.keyword.id not in UNBUILT:
            declared.sections[declaration.keyword.id] = declaration
        case _:
            word = type(declaration).__name__.lower()
            word = declaration.keyword.id if isinstance(declaration, s.Section) else word
            found.append(not_built(f"`{word}`", name.span))


def override(
    file: s.File, values: Mapping[str, str], found: list[Diagnostic]
) -> tuple[s.File, dict[str, s.Expression]]:
    """The file with the values of some `let`s replaced by other texts, as `--set name=value` asks for.

    The second result holds the values that were replaced.
    """
    lets = {d.name.id: d for d in file.declarations if isinstance(d, s.Let)}
    replaced: dict[str, s.Let] = {}
    for name, value in values.items():
        source = Source("--set", f"let {name} = {_as_text(value, lets.get(name))}")
        parsed = parse(source)
        found.extend(parsed.diagnostics)
        read = [d for d in parsed.file.declarations if isinstance(d, s.Let)]
        if name not in lets:
            span = source.span(4, 4 + len(name))
            help = did_you_mean(name, lets) or "`--set` replaces the value of a `let`, and this file has none"
            found.append(
                Diagnostic(Code.BAD_OVERRIDE, f"{Path(file.source.name).name} has no `let {name}`", span, help=help)
            )
        elif read and not parsed.diagnostics:
            replaced[name] = lets[name].replace(value=read[0].value)
    declarations = tuple(replaced.get(d.name.id, d) if isinstance(d, s.Let) else d for d in file.declarations)
    return file.replace(declarations=declarations), {name: lets[name].value for name in replaced}


def _as_text(value: str, let: s.Let | None) -> str:
    """A shell eats quotes: where the default is a text, a bare value is one too."""
    if let and isinstance(let.value, s.Text) and not value.lstrip().startswith('"'):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value
