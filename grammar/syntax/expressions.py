"""Nodes of expressions. An expression has a value."""

from typing import TypeAlias

from .node import Node, node


@node
class Number(Node):
    """A number. The unit of `8` is "". `10%` has the value 10 and the unit "%", `10deg` has the unit "deg"."""

    value: int | float
    unit: str


@node
class Size(Node):
    """A size, for example `128x128x1`."""

    lengths: tuple[int, ...]


@node
class String(Node):
    """A string, with its escape sequences replaced."""

    value: str


@node
class Constant(Node):
    """`true`, `false` or `none`."""

    value: bool | None


@node
class Name(Node):
    """A name."""

    id: str


@node
class Unary(Node):
    """`-x`, `+x` or `not x`."""

    operator: str
    operand: "Expression"


@node
class Binary(Node):
    """An arithmetic operation such as `x + y`, or `x and y`, or `x or y`."""

    operator: str
    left: "Expression"
    right: "Expression"


@node
class Comparison(Node):
    """`first < second <= third`, chained as in Python. `rest` holds pairs: an operator and its right operand."""

    first: "Expression"
    rest: tuple[tuple[str, "Expression"], ...]


@node
class Conditional(Node):
    """`then if test else otherwise`."""

    then: "Expression"
    test: "Expression"
    otherwise: "Expression"


@node
class Index(Node):
    """`value[index]`."""

    value: "Expression"
    index: "Expression"


@node
class Group(Node):
    """`(inner)`. The tree keeps this node, so that the formatter keeps the parentheses."""

    inner: "Expression"


@node
class Sequence(Node):
    """A tuple `(a, b)` or a list `[a, b]`. `brackets` is "()" or "[]"."""

    items: tuple["Expression", ...]
    brackets: str


@node
class Argument(Node):
    """An argument of a call. `name` is None for a positional argument."""

    name: Name | None
    value: "Expression"


@node
class Call(Node):
    """A call in an expression, for example `adam(1e-4)`."""

    name: Name
    arguments: tuple[Argument, ...]


Expression: TypeAlias = (
    Number
    | Size
    | String
    | Constant
    | Name
    | Unary
    | Binary
    | Comparison
    | Conditional
    | Index
    | Group
    | Sequence
    | Call
)
