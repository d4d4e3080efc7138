"""Rewrite the relative paths of a file for another directory, so that they still name the same files."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TypeVar

from ...grammar import syntax as s
from ...grammar.source import Source, Span
from ...grammar.value_class import value_class
from ..expressions.values import show
from ..files.provider import resolved
from ..layers import Backbone
from ..model.graph import Graph
from ..schema.arguments import Arguments
from ..schema.field_types import IS_PATH
from ..sections import Data

T = TypeVar("T")


@value_class
class WrittenPath:
    """A path in a file: the location of its expression, and the file or folder that it names.

    If the path is the default of an argument, `argument` is the name of that argument, and `span` the call.
    """

    span: Span
    path: Path
    argument: str | None = None


def written_paths(data: Data | None, graph: Graph) -> Iterator[WrittenPath]:
    """Yield every path in the `data` section and in the model."""
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
    """Return the file with each path written relative to `directory`.

    A path that is the value of a `let` is changed in the `let`. An expression with several values, such as a parameter
    of a block that is used with several files, is not changed.
    """
    lets = {one.name.id: one.value.span for one in file.declarations if isinstance(one, s.Let)}
    texts: dict[Span, set[str]] = {}
    added: dict[Span, dict[str, str]] = {}
    for written in paths:
        text = show(relative_path(written.path, directory))
        if written.argument:
            added.setdefault(written.span, {})[written.argument] = text
        else:
            texts.setdefault(lets.get(written.span.text, written.span), set()).add(text)
    single = {span: next(iter(found)) for span, found in texts.items() if len(found) == 1}
    return _Rewriter(single, added).rewritten(file)


def relative_path(path: Path, directory: Path) -> str:
    """Return the path of a file as a `.lab` file in `directory` writes it."""
    path = resolved(path)
    try:
        return Path(os.path.relpath(path, resolved(directory))).as_posix()
    except ValueError:  # on another drive of Windows
        return path.as_posix()


@value_class
class _Rewriter:
    texts: Mapping[Span, str]
    """The new text of each expression, by its location."""
    added: Mapping[Span, Mapping[str, str]]
    """The new arguments of each call, by its location."""

    def rewritten(self, value: T) -> T:
        """Return a node with its expressions replaced; the same object if nothing is replaced."""
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
