"""Blocks: those of the file, drawn where they are first called, and the standard ones."""

from collections.abc import Callable
from typing import Protocol

from labc.compiler.layers.shapes import Shape
from labc.compiler.schema.field_types import ACTIVATIONS

from .draft import Draft
from .stacks import Stack, body


class Filled(Protocol):
    """Draws a body."""

    def __call__(self, stack: Stack, most: int = 2, names: dict[str, int] | None = None) -> Stack: ...


def block_call(stack: Stack, filled: Filled) -> None:
    """A call of a block that is there, or of a new one."""
    draft, context = stack.draft, stack.context
    if context.reusable and draft.chance(3):
        stack.take("block again", draft.pick(sorted(context.reusable.values())))
    elif stack.depth < 2:  # in its body only the file's names are in reach
        _new_block(stack, filled)


def _new_block(stack: Stack, filled: Filled) -> None:
    draft, context = stack.draft, stack.context
    name, first, second, word = draft.name("unit"), draft.name("p"), draft.name("p"), draft.name("act")
    values = {first: draft.number(1, 4), second: draft.number(1, 4)}
    lets = {line.split()[1] for line in context.lets}
    reach = {known: value for known, value in draft.names.items() if known in lets}
    default = draft.within({first: values[first]}).whole(values[second])
    activation = draft.pick(ACTIVATIONS)
    outer = Stack(draft.within(reach), context, stack.shape, stack.depth)
    inner = filled(outer, names=values)
    chains = [*inner.chains, f"activation({word})"] if draft.chance(2) else inner.chains
    parameters = f"{first}, {second} = {default}, {word} = {activation}"
    context.blocks[name] = f"block {name}({parameters}) {body(draft, chains)}"
    call = draft.pick(
        [
            f"{name}({draft.whole(values[first])})",
            f"{name}({first} = {draft.whole(values[first])})",
            f"{name}({values[first]}, {second} = {values[second]}, {word} = relu)",
            f"{name}({word} = tanh, {first} = {values[first]})",
        ]
    )
    if not stack.take("block", call):
        del context.blocks[name]
    elif not any(" as " in text for other, text in context.blocks.items() if other in context.blocks[name]):
        context.reusable[name] = f"{name}({values[first]})"


def _conv_block(draft: Draft) -> str:
    options = [f"batchnorm = {draft.condition(draft.chance(2))}", "spatial_dropout = 0.1", "pool = 2", "kernel = 1"]
    kept = [option for option in options if draft.chance(2)]
    return f"conv_block({', '.join([draft.whole(draft.number(1, 4)), *kept])})"


# Which axes each one needs, the least length of them, and a call.
STANDARD: dict[str, tuple[range, int, Callable[[Draft], str]]] = {
    "conv_block": (range(2, 5), 2, _conv_block),
    "dense_head": (range(1, 2), 1, lambda draft: f"dense_head({draft.whole(4)}, dropout = 0.4)"),
    "mlp": (range(1, 5), 1, lambda draft: f"mlp({draft.whole(8)})"),
    "lenet": (range(3, 4), 4, lambda draft: f"lenet({draft.whole(2)}, dropout = 0.2)"),
    "alexnet": (range(3, 4), 8, lambda _: "alexnet(1, units = [3, 2], batchnorm = true)"),
    "unet_level": (range(2, 5), 1, lambda _: "unet_level(2, batchnorm = true)"),
    "unet": (range(3, 4), 2, lambda draft: f"unet(1, depth = 1, dropout = {draft.pick(['0', '0.2'])})"),
    "resnet_unit": (range(3, 4), 2, lambda _: "resnet_unit(2, stride = 2, project = true)"),
}


def standard_block(stack: Stack) -> None:
    """One of the standard blocks that suit the tensor."""
    name = stack.draft.pick(_suiting(stack.shape))
    stack.take(name, STANDARD[name][2](stack.draft))


def _suiting(shape: Shape) -> list[str]:
    least = min(shape[:-1], default=1)
    return [name for name, (axes, length, _) in STANDARD.items() if len(shape) in axes and least >= length]
