"""Nodes of declarations, the statements at the top level of a file, and the node of a whole file."""

from typing import TypeAlias

from ..source import Source, Span
from .expressions import Expression, Name, String
from .node import Invalid, Node, node
from .stacks import Stack


@node
class Title(Node):
    """`experiment "title"`."""

    title: String


@node
class Extends(Node):
    """`extends "file"`."""

    path: String


@node
class Use(Node):
    """`use "file"`."""

    path: String


@node
class Let(Node):
    """`let name = value`."""

    name: Name
    value: Expression


@node
class Parameter(Node):
    """A parameter of a block. `default` is None for a required parameter."""

    name: Name
    default: Expression | None


@node
class Block(Node):
    """`block name(parameters) { body }`."""

    name: Name
    parameters: tuple[Parameter, ...]
    body: Stack


@node
class Model(Node):
    """`model { body }`. `keyword` is the span of the word `model`."""

    keyword: Span
    body: Stack


@node
class Setting(Node):
    """`key = value` or `key { settings }`."""

    key: Name
    value: "Expression | Settings"


@node
class Settings(Node):
    """Settings between braces: `{ key = value … }`."""

    entries: tuple[Setting | Invalid, ...]


@node
class Section(Node):
    """A section of settings: `data`, `train`, `sweep` or `search`."""

    keyword: Name
    settings: Settings


@node
class Variant(Node):
    """`"label" { settings }`."""

    label: String
    settings: Settings


@node
class Variants(Node):
    """`variants { … }`."""

    keyword: Name
    entries: tuple[Variant | Invalid, ...]


@node
class Claim(Node):
    """A claim of `expect`: `"label": condition`, or only a condition. `label` is then None."""

    label: String | None
    condition: Expression


@node
class Expect(Node):
    """`expect { … }`."""

    keyword: Name
    entries: tuple[Claim | Invalid, ...]


Declaration: TypeAlias = Title | Extends | Use | Let | Block | Model | Section | Variants | Expect | Invalid


@node
class File:
    """A whole file: its declarations in the order of the text, and its comments, which are not part of a node."""

    source: Source
    declarations: tuple[Declaration, ...]
    comments: tuple[Span, ...]
