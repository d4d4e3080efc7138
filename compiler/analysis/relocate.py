"""A file for another directory: its relative paths rewritten so that they name the same files from there."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar

from ...grammar import syntax as s
from ...grammar.source import Source, Span
from ..expressions.values import show
from ..layers import Backbone
from ..model.graph import Graph
from ..schema.arguments import Arguments
from ..schema.field_types import IS_PATH
from ..sections import Data

T = TypeVar("T")


@dataclass(frozen=True)
class WrittenPath:
    """A path in a file: the place of the expression that gives it, and the file or folder that it names.

    Where a call leaves a path to its default, `argument` is the name to give it by, and `span` the call.
    """

    span: Span
    path: Path
    argument: str | None = None


def written_paths(data: Data | None, graph: Graph) -> Iterator[WrittenPath]:
    """Every path in the `data` section and in the model."""
    if data:
        yield from _paths_of(data)
    for node in graph.nodes:
        if isinstance(node.layer, Backbone) and node.layer.file:
            yield WrittenPath(node.layer.place("weights"), node.layer.file)


def _paths_of(arguments: Arguments) -> Iterator[WrittenPath]:
    for name, field in type(arguments).model_fields.items():
        value = getattr(arguments, name)
        if isinstance(value, Arguments):
            yield from _paths_of(value)
        elif IS_PATH in field.metadata:
            default = None if arguments.is_given(name) else name
            yield WrittenPath(arguments.place(name), arguments.path_of(name), default)


def relocate(file: s.File, paths: Iterable[WrittenPath], directory: Path) -> s.File:
    """The file with each path written relative to `directory`; absolute paths stay.

    A path that a `let` gives is changed in the `let`. One expression that gives several paths, a parameter of a block
    that is called with several files, stays as it is.
    """
    lets = {one.name.id: one.value.span for one in file.declarations if isinstance(one, s.Let)}
    texts: dict[Span, set[str]] = {}
    added: dict[Span, dict[str, str]] = {}
    for written in paths:
        text = show(_relative(written.path, directory))
        if written.argument:
            added.setdefault(written.span, {})[written.argument] = text
        else:
            texts.setdefault(lets.get(written.span.text, written.span), set()).add(text)
    single = {span: next(iter(found)) for span, found in texts.items() if len(found) == 1}
    return _Rewriter(single, added).rewritten(file)


def _relative(path: Path, directory: Path) -> str:
    try:
        return Path(os.path.relpath(path.resolve(), directory.resolve())).as_posix()
    except ValueError:  # on another drive of Windows
        return path.resolve().as_posix()


@dataclass(frozen=True)
class _Rewriter:
    texts: Mapping[Span, str]
    """New texts for expressions, by their place."""
    added: Mapping[Span, Mapping[str, str]]
    """New arguments for calls, by their place."""

    def rewritten(self, value: T) -> T:
        """A node with the expressions below it replaced; the node itself where nothing is."""
        if isinstance(value, tuple):
            items = tuple(map(self.rewritten, value))
            changed = any(one is not other for one, other in zip(items, value, strict=True))
            return items if changed else value  # type: ignore[return-value]
        if not isinstance(value, s.Node | s.File):
            return value
        if not isinstance(value, s.File) and value.span in self.texts and not isinstance(value, s.Argument):
            return _text(self.texts[value.span])  # type: ignore[return-value]
        given = {field.name: getattr(value, field.name) for field in fields(value)}
        changes = {name: new for name, old in given.items() if (new := self.rewritten(old)) is not old}
        if isinstance(value, s.Call) and value.span in self.added:
            more = (_argument(name, text) for name, text in self.added[value.span].items())
            changes["arguments"] = (*changes.get("arguments", value.arguments), *more)
        return replace(value, **changes) if changes else value  # type: ignore[type-var]


def _text(text: str) -> s.String:
    return s.String(Source("a path", text).span(0, len(text)), text[1:-1])


def _argument(name: str, text: str) -> s.Argument:
    source = Source("a path", f"{name} = {text}")
    end = len(source.text)
    return s.Argument(source.span(0, end), s.Name(source.span(0, len(name)), name), _text(text))
