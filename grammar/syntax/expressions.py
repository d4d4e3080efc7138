"""Expressions: whatever stands for a value."""

from typing import TypeAlias

from .node import Node, node


@node
class Number(Node):
    """A number. `8` and `0.4` have the unit "", `10%` has the value 10 and the unit "%", `10deg` the unit "deg"."""

    value: int | float
    unit: str


@node
class Size(Node):
    """`128x128x1`."""

    lengths: tuple[int, ...]


@node
class String(Node):
    """A string, with its escapes resolved."""

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
    """An arithmetic operation, `and` or `or`."""

    operator: str
    left: "Expression"
    right: "Expression"


@node
class Comparison(Node):
    """`first < second <= third`, chained as in Python; `rest` has the operators, each with its right operand."""

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
    """`(inner)`; a node of its own, so that the formatter keeps the parentheses."""

    inner: "Expression"


@node
class Sequence(Node):
    """A tuple `(a, b)` or a list `[a, b]`; `brackets` is "()" or "[]"."""

    items: tuple["Expression", ...]
    brackets: str


@node
class Argument(Node):
    """An argument of a call; `name` is None for a positional one."""

    name: Name | None
    value: "Expression"


@node
class Call(Node):
    """A call that gives a value, as `adam(1e-4)`."""

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
