"""Nodes of stacks: the bodies of a model and of blocks. The items of a stack are its steps."""

from typing import TypeAlias

from .expressions import Argument, Expression, Name
from .node import Invalid, Node, node


@node
class Tap(Node):
    """`as name` or `as name[index]`: the name of the tensor that a layer returns."""

    name: Name
    index: Expression | None


@node
class Layer(Node):
    """A layer, a block or a composite: `name(arguments) { body } as tap`. Only the name is required."""

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
    """`if test { body } else { otherwise }`. For `else if`, `otherwise` is another `If`. Without `else`, it is None."""

    test: Expression
    body: "Stack"
    otherwise: "Stack | If | None"


Step: TypeAlias = Layer | Repeat | For | If


@node
class Chain(Node):
    """One or more steps joined by `->`."""

    steps: tuple[Step, ...]


@node
class Stack(Node):
    """A list of chains in braces, `{ … }`. A chain is a sequence of steps joined by `->`."""

    chains: tuple[Chain | Invalid, ...]
