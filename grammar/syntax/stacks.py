"""Stacks: the bodies of a model and of its blocks, and the steps in them."""

from typing import TypeAlias

from .expressions import Argument, Expression, Name
from .node import Invalid, Node, node


@node
class Tap(Node):
    """`as name` or `as name[index]`."""

    name: Name
    index: Expression | None


@node
class Layer(Node):
    """A layer, a block or a composite: `name(arguments) { body } as tap`, where only the name is required."""

    name: Name
    arguments: tuple[Argument, ...]
    body: "Stack | None"
    tap: Tap | None


@node
class Repeat(Node):
    """`repeat count { body }`."""

    count: Expression
    body: "Stack"


@node
class For(Node):
    """`for names in items { body }`."""

    names: tuple[Name, ...]
    items: Expression
    body: "Stack"


@node
class If(Node):
    """`if test { body } else { otherwise }`; for `else if`, `otherwise` is another `If`."""

    test: Expression
    body: "Stack"
    otherwise: "Stack | If | None"


Step: TypeAlias = Layer | Repeat | For | If


@node
class Chain(Node):
    """Steps joined by `->`."""

    steps: tuple[Step, ...]


@node
class Stack(Node):
    """`{ … }` around chains."""

    chains: tuple[Chain | Invalid, ...]
