"""The declarations of a file, sorted by kind, each at most once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.source import Source


@dataclass
class Declarations:
    """The declarations of a file. `broken` holds the names whose declaration could not be read."""

    source: Source
    title: str | None = None
    lets: dict[str, s.Let] = field(default_factory=dict)
    blocks: dict[str, s.Block] = field(default_factory=dict)
    sections: dict[str, s.Section] = field(default_factory=dict)
    model: s.Model | None = None
    variants: s.Variants | None = None
    expect: s.Expect | None = None
    broken: set[str] = field(default_factory=set)


def declare(file: s.File, reporter: Reporter) -> Declarations:
    """Sort the declarations of a file by kind, and report every name that is declared twice."""
    declared = Declarations(file.source)
    first: dict[str, s.Node] = {}
    for declaration in file.declarations:
        if isinstance(declaration, s.Invalid):
            declared.broken |= {declaration.declares} if declaration.declares else set()
            continue
        name, key = named(declaration)
        if key in first:
            message = f"`{key}` is declared twice"
            help = f"remove one declaration; the first declaration is on line {first[key].span.line}"
            reporter.report(Diagnostic(Code.DUPLICATE, message, name.span, help=help))
            continue
        first[key] = name
        _sort(declaration, declared)
        if isinstance(declaration, s.Block):
            names = [parameter.name for parameter in declaration.parameters]
            reporter.report(*repeated_names(names, f"the block `{key}` has two parameters"))
    return declared


def repeated_names(names: Sequence[s.Name], message: str) -> list[Diagnostic]:
    """Return a diagnostic for each name that is in the list before. `message` comes before the name."""
    first: dict[str, s.Name] = {}
    repeated = [name for name in names if first.setdefault(name.id, name) is not name]
    help = "rename one of them"
    return [Diagnostic(Code.DUPLICATE, f"{message} `{name.id}`", name.span, help=help) for name in repeated]


def named(declaration: s.Declaration) -> tuple[s.Node, str]:
    """Return the node that a diagnostic underlines, and the name that must be unique in the file."""
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


def _sort(declaration: s.Declaration, declared: Declarations) -> None:
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
        case s.Section():
            declared.sections[declaration.keyword.id] = declaration
