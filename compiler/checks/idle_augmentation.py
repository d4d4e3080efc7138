"""Warn about settings of `augment` that change no image."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..model.graph import Graph
from ..sections import Augment, Data, Train
from ..sections.data.augment import GEOMETRY


def check_idle_augmentation(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Warn about an amount of 0, about `fill` if no pixel is moved, and about an empty `augment`.

    The value `none` says on purpose that nothing changes, for example in a variant. A name may be one that a comparison
    varies, so only an amount that is written as a number is reported.
    """
    del train, graph
    if data is None or not data.is_given("augment"):
        return
    augment = data.augment
    names = [name for name in type(augment).model_fields if augment.is_given(name)]
    if not names:
        help = "leave it out, or write in it for example `flip = horizontal`, or `flip = none` if this is meant"
        message = "an empty `augment` changes no image"
        yield Diagnostic(Code.IDLE_AUGMENTATION, message, data.place("augment"), help=help)
    for name in names:
        if _is_zero(augment, name):
            message = f"`{name}` changes no image, because its amount is 0"
            help = f"write a larger amount, or leave `{name}` out"
            yield Diagnostic(Code.IDLE_AUGMENTATION, message, augment.place(name), help=help)
    if "fill" in names and not augment.moves and not set(names) & set(GEOMETRY):
        message = "`fill` has no effect, because no image is moved"
        help = "leave `fill` out, or add for example `rotation = 10deg`"
        yield Diagnostic(Code.IDLE_AUGMENTATION, message, augment.place("fill"), help=help)


def _is_zero(augment: Augment, name: str) -> bool:
    """Return whether a setting is an amount of 0 for all axes, and is written as numbers."""
    value = getattr(augment, name)
    if value is None or isinstance(value, str) or name == "intensity":
        return False
    amounts = value if isinstance(value, tuple) else (getattr(value, "degrees", value),)
    return not any(amounts) and augment.place(name).text[0] in "(0123456789."
