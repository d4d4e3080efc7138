"""The syntax tree: frozen nodes, each with the span it was read from."""

from dataclasses import dataclass
from typing import TypeAlias

from .source import Source, Span


@dataclass(frozen=True, slots=True)
class Node:
    """Anything that was read from a text."""

    span: Span


# --- expressions ---


@dataclass(frozen=True, slots=True)
class Number(Node):
    """`8`, `0.4`, or with a unit `10%` (value 10, unit "%") and `10deg`."""

    value: int | float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Size(Node):
    """`128x128x1`."""

    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A string, its escapes already resolved."""

    value: str


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """`true`, `false` or `none`."""

    value: bool | None


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A bare name."""

    id: str


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """`-x`, `+x`, `not x`."""

    operator: str
    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Arithmetic, `and`, `or`."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`first < second <= third`, Python's chained comparison."""

    first: "Expression"
    rest: tuple[tuple[str, "Expression"], ...]


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`then if test else otherwise`."""

    then: "Expression"
    test: "Expression"
    otherwise: "Expression"


@dataclass(frozen=True, slots=True)
class Index(Node):
    """`value[index]`."""

    value: "Expression"
    index: "Expression"


@dataclass(frozen=True, slots=True)
class Group(Node):
    """`(inner)`, kept so that the text can be laid out as it was meant."""

    inner: "Expression"


@dataclass(frozen=True, slots=True)
class Sequence(Node):
    """A tuple (`(a, b)`) or a list (`[a, b]`)."""

    items: tuple["Expression", ...]
    brackets: str


@dataclass(frozen=True, slots=True)
class Argument(Node):
    """One argument of a call, with its name if it was given by name."""

    name: Name | None
    value: "Expression"


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`adam(1e-4)` as a value."""

    name: Name
    arguments: tuple[Argument, ...]


Expression: TypeAlias = (
    Number | Size | Text | Constant | Name | Unary | Binary | Comparison | Conditional | Index | Group | Sequence | Call
)

# --- stacks ---


@dataclass(frozen=True, slots=True)
class Tap(Node):
    """`as name` or `as name[index]`."""

    name: Name
    index: Expression | None


@dataclass(frozen=True, slots=True)
class Layer(Node):
    """A layer, a block or a composite: `name(arguments) { body } as tap`, all but the name optional."""

    name: Name
    arguments: tuple[Argument, ...]
    body: "Stack | None"
    tap: Tap | None


@dataclass(frozen=True, slots=True)
class Repeat(Node):
    """`repeat count { body }`."""

    count: Expression
    body: "Stack"


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for names in items { body }`."""

    names: tuple[Name, ...]
    items: Expression
    body: "Stack"


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if test { body } else …`; `otherwise` is a stack, or another `if`."""

    test: Expression
    body: "Stack"
    otherwise: "Stack | If | None"


@dataclass(frozen=True, slots=True)
class Invalid(Node):
    """Where a statement stood that could not be read; `declares` is the name it would have given a meaning."""

    declares: str | None


Step: TypeAlias = Layer | Repeat | For | If


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Steps joined by `->`."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Stack(Node):
    """`{ … }` around chains, one a line."""

    chains: tuple[Chain | Invalid, ...]


# --- declarations ---


@dataclass(frozen=True, slots=True)
class Title(Node):
    """`experiment "title"`."""

    title: Text


@dataclass(frozen=True, slots=True)
class Extends(Node):
    """`extends "file"`."""

    path: Text


@dataclass(frozen=True, slots=True)
class Use(Node):
    """`use "file"`."""

    path: Text


@dataclass(frozen=True, slots=True)
class Let(Node):
    """`let name = value`."""

    name: Name
    value: Expression


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """A parameter of a block, with its default if it has one."""

    name: Name
    default: Expression | None


@dataclass(frozen=True, slots=True)
class Block(Node):
    """`block name(parameters) { body }`."""

    name: Name
    parameters: tuple[Parameter, ...]
    body: Stack


@dataclass(frozen=True, slots=True)
class Model(Node):
    """`model { body }`; `keyword` is the span of the word."""

    keyword: Span
    body: Stack


@dataclass(frozen=True, slots=True)
class Setting(Node):
    """`key = value` or `key { settings }`."""

    key: Name
    value: "Expression | Settings"


@dataclass(frozen=True, slots=True)
class Settings(Node):
    """`{ … }` around settings."""

    entries: tuple[Setting | Invalid, ...]


@dataclass(frozen=True, slots=True)
class Section(Node):
    """`data { … }` and the other sections made of settings."""

    keyword: Name
    settings: Settings


@dataclass(frozen=True, slots=True)
class Variant(Node):
    """`"label" { settings }`."""

    label: Text
    settings: Settings


@dataclass(frozen=True, slots=True)
class Variants(Node):
    """`variants { … }`."""

    keyword: Name
    entries: tuple[Variant | Invalid, ...]


@dataclass(frozen=True, slots=True)
class Claim(Node):
    """`"label": condition`, the label optional."""

    label: Text | None
    condition: Expression


@dataclass(frozen=True, slots=True)
class Expect(Node):
    """`expect { … }`."""

    keyword: Name
    entries: tuple[Claim | Invalid, ...]


Declaration: TypeAlias = Title | Extends | Use | Let | Block | Model | Section | Variants | Expect | Invalid


@dataclass(frozen=True, slots=True)
class File:
    """A whole file: its declarations in order, and its comments, which belong to no node."""

    source: Source
    declarations: tuple[Declaration, ...]
    comments: tuple[Span, ...]
