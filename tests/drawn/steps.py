"""The steps of a stack: a function a kind, which adds one step, or one chain of them."""

from collections.abc import Callable

from labc.compiler.schema.field_types import ACTIVATIONS

from .blocks import block_call, standard_block
from .layers import KEEPING, layer
from .stacks import ALL_MERGES, DEEPEST, Stack, body, fitting_taps, merged_shape


def extend(stack: Stack, count: int, kinds: list[str] | None = None) -> None:
    """Add some steps, fewer and simpler ones the deeper the stack nests."""
    for _ in range(count):
        allowed = kinds or [*(["layer"] * 6), *KINDS] if stack.depth < DEEPEST else ["layer"]
        KINDS[stack.draft.pick(allowed)](stack)
        if stack.taps and stack.draft.chance(2):
            _merge(stack)


def _filled(stack: Stack, most: int = 2, names: dict[str, int] | None = None) -> Stack:
    """A body with some steps."""
    inner = stack.inner(names)
    extend(inner, stack.draft.number(1, most))
    return inner


def _layer(stack: Stack) -> None:
    stack.take("layer", layer(stack.draft, stack.shape))


def _named_layer(stack: Stack) -> None:
    """A layer whose output gets a name, with an index or without."""
    name = stack.draft.name("t")
    number = stack.draft.number(0, 3)
    index, spelled = ("", "") if stack.draft.chance(2) else (f"[{number}]", f"[{stack.draft.whole(number)}]")
    if stack.depth == 0 and stack.take("tap", f"{layer(stack.draft, stack.shape)} as {name}{spelled}"):
        stack.taps[name + index] = stack.shape


def _merge(stack: Stack) -> None:
    """A merge with taps that fit, if there are any."""
    word = stack.draft.pick(ALL_MERGES)
    if taps := fitting_taps(word, stack.shape, stack.taps):
        chosen = [stack.draft.pick(taps) for _ in range(stack.draft.number(1, 2))]
        stack.draft.note(word)
        stack.draft.note("merge with taps")
        shape = merged_shape(word, stack.shape, [stack.taps[name] for name in chosen])
        stack.put(f"{word}({', '.join(chosen)})", shape)


def _skip(stack: Stack) -> None:
    """A tensor named, worked on and merged with itself: where the stack runs more than once, it is refused."""
    word, name = stack.draft.pick(ALL_MERGES), stack.draft.name("s")
    between = layer(stack.draft, stack.shape, KEEPING)
    if stack.take("skip", f"linear as {name} -> {between} -> {word}({name})"):
        stack.draft.note(word)


def _levels(stack: Stack) -> None:
    """Down and up again, past the taps of the way down, as in a U-Net."""
    draft, spatial = stack.draft, stack.shape[:-1]
    depth = draft.number(1, 2)
    if not spatial or any(length % 2**depth for length in spatial):
        return
    word, name, channels = draft.pick(ALL_MERGES), draft.name("down"), draft.number(1, 3)
    up = draft.pick([f"conv_transpose({channels}, 2, stride = 2)", f"upsample -> conv({channels}, 1)"])
    text = (
        f"for i in range({draft.whole(depth)}) {{\n  conv({channels}, 3) as {name}[i]\n"
        f"  {draft.pick(['maxpool', 'avgpool'])}\n}}\n"
        f"for i in reversed(range({depth})) {{\n  {up}\n    -> {word}({name}[i])\n}}"
    )
    if stack.take("levels", text):
        draft.note(word)


def _repeat(stack: Stack) -> None:
    inner = _filled(stack)
    count = stack.draft.number(0, 3)
    inside = body(stack.draft, inner.chains)
    if not stack.take("repeat", f"repeat {stack.draft.whole(count)} {inside}"):
        stack.take("repeat", f"repeat 1 {inside}")


def _for(stack: Stack) -> None:
    draft = stack.draft
    form = draft.pick(["range", "reversed", "list", "tuple", "pairs", "enumerate", "zip", "range of three", "let"])
    many = [draft.number(1, 4) for _ in range(draft.number(1, 3))]
    one, two = draft.name("i"), draft.name("n")
    names, items, first = {
        "range": (one, f"range({draft.whole(len(many))})", [0]),
        "reversed": (one, f"reversed(range({len(many)}))", [len(many) - 1]),
        "range of three": (one, f"range(1, {1 + 2 * len(many)}, {draft.whole(2)})", [1]),
        "list": (one, f"[{', '.join(map(draft.whole, many))}]", many[:1]),
        "tuple": (one, f"({', '.join(map(str, many))},)", many[:1]),
        "pairs": (f"{one}, {two}", f"[{', '.join(f'({n}, {n + 1})' for n in many)}]", [many[0], many[0] + 1]),
        "enumerate": (f"{one}, {two}", f"enumerate({many})", [0, many[0]]),
        "zip": (f"{one}, {two}", f"zip({many}, {many[::-1]})", [many[0], many[-1]]),
        "let": (one, *next(((name, held[:1]) for name, held in stack.context.lists.items()), ("[2]", [2]))),
    }[form]
    inner = _filled(stack, names=dict(zip(names.split(", "), first, strict=True)))
    inside = body(draft, inner.chains)
    if not stack.take(f"for {form}", f"for {names} in {items} {inside}"):
        single = f"[({', '.join(map(str, first))})]" if len(first) > 1 else f"[{first[0]}]"
        stack.take("for list", f"for {names} in {single} {inside}")


def _if(stack: Stack) -> None:
    """The branch that is taken, and sometimes one that is not, on either side."""
    draft = stack.draft
    taken, other = (body(draft, _filled(stack).chains) for _ in range(2))
    form = draft.pick(["if", "if not", "if else", "else", "else if", "in a chain"])
    yes, no = draft.condition(True), draft.condition(False)
    text = {
        "if": f"if {yes} {taken}",
        "if not": f"if {no} {other}",
        "if else": f"if {yes} {taken} else {other}",
        "else": f"if {no} {other} else {taken}",
        "else if": f"if {no} {other}\nelse if {yes} {taken} else {other}",
        "in a chain": f"linear -> if {yes} {taken} -> linear",
    }[form]
    stack.take(form, text)


def _residual(stack: Stack) -> None:
    inside = body(stack.draft, _filled(stack).chains)
    if not stack.take("residual", f"residual {inside}"):
        stack.take("residual with project", f"residual(project = {stack.draft.condition(True)}) {inside}")


def _parallel(stack: Stack) -> None:
    """Two or three branches whose ends fit."""
    draft = stack.draft
    word = draft.choice(draft.pick(ALL_MERGES), ALL_MERGES)
    merge = word.split()[0]
    channels, spatial = draft.number(1, 4), len(stack.shape) > 1
    branches = []
    for _ in range(draft.number(2, 3)):
        inner = stack.inner()
        for _ in range(draft.number(0, 2)):
            inner.take("layer", layer(inner.draft, inner.shape, KEEPING))
        width = draft.number(1, 4) if merge == "concat" else channels
        if merge != "concat" or draft.chance(2):
            inner.take("layer", f"conv({draft.whole(width)}, 3)" if spatial else f"dense({draft.whole(width)})")
        branches.append(f"branch {body(draft, inner.chains)}")
    inside = "\n  ".join(branches)
    if stack.take("parallel", f"parallel({word}) {{\n  {inside}\n}}"):
        draft.note(merge)
        draft.note("branch")


def _frozen(stack: Stack) -> None:
    stack.take("frozen", f"frozen {body(stack.draft, _filled(stack).chains)}")


def _word(stack: Stack) -> None:
    """An activation by the name that a `let` gives it."""
    words = stack.context.words
    word = stack.draft.pick(words) if words else stack.draft.pick(ACTIVATIONS)
    stack.take("let of a word", f"activation({word})")


def _block(stack: Stack) -> None:
    block_call(stack, _filled)


KINDS: dict[str, Callable[[Stack], None]] = {
    "layer": _layer,
    "named layer": _named_layer,
    "merge": _merge,
    "skip": _skip,
    "levels": _levels,
    "repeat": _repeat,
    "for": _for,
    "if": _if,
    "residual": _residual,
    "parallel": _parallel,
    "frozen": _frozen,
    "word": _word,
    "block": _block,
    "standard block": standard_block,
}
