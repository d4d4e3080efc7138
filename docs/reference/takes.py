"""The values that an argument takes, in words, from the argument's type."""

from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from labc.compiler.losses import Loss
from labc.compiler.metrics import METRICS
from labc.compiler.schema import field_types as fields
from labc.compiler.schema import units as quantities
from labc.compiler.schema.arguments import Arguments
from labc.compiler.schema.choice import Choice, NumberOr, TextOr
from labc.compiler.sections.train.train import Figure

from .call import link_to

# tests/docs/test_takes.py compares every phrase with its type, with values at the bounds of the type.
PHRASES: dict[Any, str] = {
    fields.PositiveInt: "an integer from 1",
    fields.NonNegativeInt: "an integer from 0",
    fields.IntFrom2: "an integer from 2",
    fields.GreyValue: "an integer from 0 to 65535",
    fields.Float: "a number",
    fields.Rate: "a number from 0 to below 1",
    fields.NonNegativeFloat: "a number from 0",
    fields.PlainNumber: "a number from 0, without `%`",
    fields.PositiveFloat: "a number above 0",
    fields.Fraction: "a number above 0 and below 1",
    fields.Boolean: "`true` or `false`",
    fields.Text: "a string",
    fields.FilePath: "a string, the path of a file or folder",
    fields.ImageSize: "height x width x channels, 1 or 3 channels",
    fields.CountOrPercentage: "an integer from 0, or a percentage from 0% to 100%",
    quantities.RotationAngle: "an angle from 0deg to 180deg",
    quantities.ShearAngle: "an angle from 0deg to 60deg",
    quantities.Percentage: "a percentage from 0% to 100%",
    quantities.PercentagePerAxis: "a percentage from 0% to 100%, or a pair of them",
    fields.NumberRange: "a pair of numbers, the smaller first",
    quantities.Percentiles: "a pair of percentages from 0% to 100%, the smaller first",
    Figure: "the name of a metric, or `loss`",
}


def takes(cls: type[Arguments], name: str) -> str:
    """Return the values that a field takes, in words."""
    return _phrase(get_type_hints(cls, include_extras=True)[name])


def _phrase(hint: Any) -> str:
    if hint is NoneType:
        return "`none`"
    if get_origin(hint) is Annotated:
        return _annotated(hint)
    if get_origin(hint) is list:
        return f"a list, each item {_phrase(get_args(hint)[0])}"
    if get_args(hint):  # a union
        return ", or ".join(_phrase(option) for option in get_args(hint))
    assert issubclass(hint, Arguments)
    alone = getattr(hint, "alone", None)
    other = f", or {takes(hint, alone).split(',')[0]}" if alone else ""
    return f"[`{hint.word()} {{ … }}`](#{hint.word()}){other}"


def _annotated(hint: Any) -> str:
    plain, *metadata = get_args(hint)
    for item in metadata:
        if isinstance(item, Choice):
            return _choice(item)
    fitting = [known for known in PHRASES if get_args(known) == get_args(hint)[: len(get_args(known))]]
    return PHRASES[max(fitting, key=lambda known: len(get_args(known)))] if fitting else _phrase(plain)


def _choice(choice: Choice) -> str:
    words = [_link(word, choice.made.get(word)) for word in choice.words()]
    number = ["a number above 0"] if isinstance(choice, NumberOr) else []
    number = ["a string"] if isinstance(choice, TextOr) else number
    none = ["`none`"] if choice.optional else []
    return ", ".join([*number, *words, *none])


def _link(word: str, made: type[Arguments] | None) -> str:
    """Return a word, with a link to the word's entry if there is one."""
    page = "losses.md" if made and issubclass(made, Loss) else "metrics.md" if word in METRICS else ""
    return link_to(made, page) if made else f"[`{word}`]({page}#{word})" if page else f"`{word}`"
