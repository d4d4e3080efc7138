"""The syntax tree: frozen nodes, each with the span it was read from."""

from typing import TypeAlias

from .node import Record
from .source import Source, Span


class Node(Record):
    """Anything that was read from a text."""

    span: Span


# --- expressions ---


class Number(Node):
    """`8`, `0.4`, or with a unit `10%` (value 10, unit "%") and `10deg`; unit "" if there is none."""

    value: int | float
    unit: str


class Size(Node):
    """`128x128x1`."""

    lengths: tuple[int, ...]


class Text(Node):
    """A string, its escapes already resolved."""

    value: str


class Constant(Node):
    """`true`, `false` or `none`."""

    value: bool | None


class Name(Node):
    """A bare name."""

    id: str


class Unary(Node):
    """`-x`, `+x`, `not x`."""

    operator: str
    operand: "Expression"


class Binary(Node):
    """Arithmetic, `and`, `or`."""

    operator: str
    left: "Expression"
    right: "Expression"


class Comparison(Node):
    """`first < second <= third`, Python's chained comparison."""

    first: "Expression"
    rest: tuple[tuple[str, "Expression"], ...]


class Conditional(Node):
    """`then if test else otherwise`."""

    then: "Expression"
    test: "Expression"
    otherwise: "Expression"


class Index(Node):
    """`value[index]`."""

    value: "Expression"
    index: "Expression"


class Group(Node):
    """`(inner)`, kept so that the text can be laid out as it was meant."""

    inner: "Expression"


class Sequence(Node):
    """A tuple (`(a, b)`) or a list (`[a, b]`)."""

    items: tuple["Expression", ...]
    brackets: str


class Argument(Node):
    """One argument of a call, with its name if it was given by name."""

    name: Name | None
    value: "Expression"


class Call(Node):
    """`adam(1e-4)` as a value."""

    name: Name
    arguments: tuple[Argument, ...]


Expression: TypeAlias = (
    Number | Size | Text | Constant | Name | Unary | Binary | Comparison | Conditional | Index | Group | Sequence | Call
)

# --- stacks ---


class Tap(Node):
    """`as name` or `as name[index]`."""

    name: Name
    index: Expression | None


class Layer(Node):
    """A layer, a block or a composite: `name(arguments) { body } as tap`, all but the name optional."""

    name: Name
    arguments: tuple[Argument, ...]
    body: "Stack | None"
    tap: Tap | None


class Repeat(Node):
    """`repeat count { body }`."""

    count: Expression
    body: "Stack"


class For(Node):
    """`for names in items { body }`."""

    names: tuple[Name, ...]
    items: Expression
    body: "Stack"


class If(Node):
    """`if test { body } else …`; `otherwise` is a stack, or another `if`."""

    test: Expression
    body: "Stack"
    otherwise: "Stack | If | None"


class Invalid(Node):
    """Where a statement stood that could not be read; `declares` is the name it would have given a meaning."""

    declares: str | None


Step: TypeAlias = Layer | Repeat | For | If


class Chain(Node):
    """Steps joined by `->`."""

    steps: tuple[Step, ...]


class Stack(Node):
    """`{ … }` around chains, one a line."""

    chains: tuple[Chain | Invalid, ...]


# --- declarations ---


class Title(Node):
    """`experiment "title"`."""

    title: Text


class Extends(Node):
    """`extends "file"`."""

    path: Text


class Use(Node):
    """`use "file"`."""

    path: Text


class Let(Node):
    """`let name = value`."""

    name: Name
    value: Expression


class Parameter(Node):
    """A parameter of a block, with its default if it has one."""

    name: Name
    default: Expression | None


class Block(Node):
    """`block name(parameters) { body }`."""

    name: Name
    parameters: tuple[Parameter, ...]
    body: Stack


class Model(Node):
    """`model { body }`; `keyword` is the span of the word."""

    keyword: Span
    body: Stack


class Setting(Node):
    """`key = value` or `key { settings }`."""

    key: Name
    value: "Expression | Settings"


class Settings(Node):
    """`{ … }` around settings."""

    entries: tuple[Setting | Invalid, ...]


class Section(Node):
    """`data { … }` and the other sections made of settings."""

    keyword: Name
    settings: Settings


class Variant(Node):
    """`"label" { settings }`."""

    label: Text
    settings: Settings


class Variants(Node):
    """`variants { … }`."""

    keyword: Name
    entries: tuple[Variant | Invalid, ...]


class Claim(Node):
    """`"label": condition`, the label optional."""

    label: Text | None
    condition: Expression


class Expect(Node):
    """`expect { … }`."""

    keyword: Name
    entries: tuple[Claim | Invalid, ...]


Declaration: TypeAlias = Title | Extends | Use | Let | Block | Model | Section | Variants | Expect | Invalid


class File(Record):
    """A whole file: its declarations in order, and its comments, which belong to no node."""

    source: Source
    declarations: tuple[Declaration, ...]
    comments: tuple[Span, ...]
