"""The types of arguments and settings, as pydantic types with messages in the terms of labc.

`refusal.refuse` refuses a wrong value, and `errors` makes the diagnostic at the location of the value.
"""

import re
from collections.abc import Callable
from math import ceil, floor
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator
from pydantic.fields import FieldInfo

from ...grammar.diagnostics.codes import Code
from ..expressions.values import Angle, Percent, Value, Word, is_number, kind, show
from .choice import Choice
from .refusal import Instead, refuse, refuse_address, refuse_quoted_number

_CROSS = "\\s*[xX\N{MULTIPLICATION SIGN}]\\s*"
_LONGEST_SIDE = 1024  # of an image that is likely; a larger number is rather the product of height and width
_SIZE = rf"\s*[0-9]{{1,9}}({_CROSS}[0-9]{{1,9}})+\s*"


def _lengths(value: Value) -> int | tuple[int, ...]:
    """Return one length for all axes, or a tuple with one length for each axis."""
    _refuse_other_size(value)
    if isinstance(value, tuple):
        return tuple(_whole_number(length, 1, whole=False) for length in value)
    return _whole_number(value, 1)


def _amounts(value: Value) -> int | tuple[int | tuple[int, int], ...]:
    """Return one amount for both ends of all axes, or a tuple with one amount or one pair of amounts for each axis."""
    if isinstance(value, tuple) and value:
        return tuple(_amount(item) for item in value)
    return _whole_number(value, 0)


def _amount(value: Value) -> int | tuple[int, int]:
    if not isinstance(value, tuple):
        return _whole_number(value, 0, whole=False)
    if len(value) != 2:
        refuse(
            Code.WRONG_TYPE,
            f"must have a number or a pair for each axis, but has {show(value)}",
            "write a pair as `(before, after)`",
        )
    return _whole_number(value[0], 0, whole=False), _whole_number(value[1], 0, whole=False)


def _size_in(value: Value) -> tuple[int, ...] | None:
    """Return the size that a string or a list stands for, None for another value."""
    if isinstance(value, str) and re.fullmatch(_SIZE, value):
        return tuple(int(length) for length in re.split(_CROSS, value))
    lengths = [length for length in value if type(length) is int and length >= 0] if isinstance(value, list) else []
    return tuple(lengths) if isinstance(value, list) and 1 < len(lengths) == len(value) else None


def _refuse_other_size(value: Value) -> None:
    """Refuse a size that is written as a string or a list. The help has the size as labc writes it."""
    if size := _size_in(value):
        written = "x".join(map(str, size))
        what = f"must be a size, but is {kind(value)}"
        refuse(Code.WRONG_TYPE, what, f"write `{written}`", Instead(written, safe=True))


def _image(value: Value) -> tuple[int, ...]:
    lengths = _size_in(value) or value
    if type(lengths) is int and lengths <= _LONGEST_SIDE:
        lengths = (lengths, lengths)
    if isinstance(lengths, tuple):
        known = [length for length in lengths if type(length) is int and 0 < length <= MAX_WHOLE]
        if len(known) == len(lengths):
            _refuse_other_order(known, value)
    _refuse_other_size(value)
    if not isinstance(lengths, tuple) or len(lengths) not in (3, 4):
        help = "for example `128x128x1`, or with a depth `64x128x128x1`"
        refuse(Code.WRONG_TYPE, f"must be height x width x channels, but is {show(value)}", help)
    *sides, channels = (_whole_number(length, 1, whole=False) for length in lengths)
    if channels not in (1, 3):
        size = "x".join(map(str, sides))
        help = f"write `{size}x1` for grey images, `{size}x3` for RGB"
        if len(sides) == 2 and channels > 4:
            help += f"; for grey volumes with a depth, `{size}x{channels}x1`"
        refuse(Code.OUT_OF_BOUNDS, f"must have 1 channel (grey) or 3 (RGB), but has {channels}", help)
    return *sides, channels


def _refuse_other_order(lengths: list[int], value: Value) -> None:
    """Refuse an image without its channels, with the channels first, or with the number of images in a batch."""
    size = "x".join(map(str, lengths))
    message = f"must be height x width x channels, but is {size if isinstance(value, tuple) else show(value)}"
    match lengths:
        case [_, _]:
            help = f"write `{size}x1` for grey images, `{size}x3` for RGB"
            refuse(Code.WRONG_TYPE, message, help, Instead(f"{size}x1"))
        case [1 | 3 as channels, *sides, width] if len(sides) in (1, 2) and width not in (1, 3):
            last = "x".join(map(str, (*sides, width, channels)))
            refuse(Code.WRONG_TYPE, message, f"write the channels last: `{last}`", Instead(last, safe=True))
        case [1, height, width, 1 | 3 as channels]:  # a volume has more than one slice
            image = f"{height}x{width}x{channels}"
            refuse(Code.WRONG_TYPE, message, f"write the shape of one image, `{image}`", Instead(image))


def _shape(value: Value) -> tuple[int, ...]:
    _refuse_other_size(value)
    lengths = value if isinstance(value, tuple) else (value,)
    if not 1 <= len(lengths) <= 4:
        refuse(Code.WRONG_TYPE, f"must have 1 to 4 axes besides the batch, but has {len(lengths)}")
    return tuple(_whole_number(length, 1, whole=not isinstance(value, tuple)) for length in lengths)


def _count_or_percent(value: Value) -> int | Percent:
    if isinstance(value, Percent):
        if not 0 <= value <= 1:
            refuse(Code.OUT_OF_BOUNDS, f"must be from 0% to 100%, but is {show(value)}")
        return value
    if isinstance(value, float):
        share = f"{value * 100:g}%"
        spellings = f"write `{share}` for a percentage, or an integer for a number of images"
        instead = Instead(share, safe=True) if 0 < value < 1 else None
        refuse(Code.UNIT_MISSING, f"must be a count or a percentage, but is {show(value)}", spellings, instead)
    return _whole_number(value, 0)


def _whole_number(value: Value, least: int, whole: bool = True) -> int:
    """Return an integer of at least `least`. If it is not the whole value of a field, nothing replaces it."""
    if isinstance(value, float) and not isinstance(value, Percent):
        help, instead = f"write `{floor(value)}` or `{ceil(value)}`", None
        if value.is_integer():
            help = f"write `{int(value)}`, or divide with `//` to get an integer"
            instead = Instead(str(int(value)))
        refuse(Code.WRONG_TYPE, f"must be an integer, but is {show(value)}", help, instead if whole else None)
    if isinstance(value, bool) or not isinstance(value, int):
        number = value.strip() if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,10}\s*", value) else None
        without_quotes = (f"write `{number}` without quotes", Instead(number, safe=True)) if number and whole else ()
        refuse(Code.WRONG_TYPE, f"must be an integer, but is {kind(value)}", *without_quotes)
    if value < least:
        likely = (f"did you mean `{-value}`?", Instead(str(-value))) if whole and least <= -value <= MAX_WHOLE else ()
        refuse(Code.OUT_OF_BOUNDS, f"must be at least {least}, but is {value}", *likely)
    if value > MAX_WHOLE:
        refuse(Code.OUT_OF_BOUNDS, f"must be at most {MAX_WHOLE}, but is {value}")
    return value


def _whole(least: int) -> Callable[[Value], int]:
    def read(value: Value) -> int:
        return _whole_number(value, least)

    return read


def _number(value: Value) -> float:
    if not is_number(value):
        what = "an angle" if isinstance(value, Angle) else kind(value)
        refuse_quoted_number(value)
        refuse(Code.WRONG_TYPE, f"must be a number, but is {what}")
    return float(value)


def _plain(value: Value) -> Value:
    """Refuse a percentage for a number that is not a share of anything."""
    if isinstance(value, Percent):
        number = f"{float(value):g}"
        message = f"must be a number, but is the percentage {show(value)}"
        refuse(Code.WRONG_TYPE, message, f"write `{number}`", Instead(number))
    return value


def _number_range(value: Value) -> tuple[float, float]:
    if not isinstance(value, tuple) or len(value) != 2:
        what = f"{len(value)} numbers" if isinstance(value, tuple) else kind(value)
        written = show(tuple(value)) if isinstance(value, list) and len(value) == 2 else "(0, 4095)"
        instead = Instead(written) if isinstance(value, list) and len(value) == 2 else None
        help = f"write `{written}`" if instead else f"for example `{written}`"
        refuse(Code.WRONG_TYPE, f"must be a pair of numbers, but is {what}", help, instead)
    wrong = next((item for item in value if not is_number(item)), None)
    if wrong is not None:
        refuse(Code.WRONG_TYPE, f"must be a pair of numbers, but one of them is {kind(wrong)}")
    low, high = map(_number, value)
    if not low < high:
        refuse(Code.OUT_OF_BOUNDS, f"must have the smaller number first, but is {show(value)}")
    return low, high


def _truth(value: Value) -> bool:
    if not isinstance(value, bool):
        meant = _meant_truth(value)
        help, instead = (f"write `{meant}`", Instead(meant)) if meant else (None, None)
        refuse(Code.WRONG_TYPE, f"must be true or false, but is {kind(value)}", help, instead)
    return value


def _meant_truth(value: Value) -> str | None:
    """Return `true` or `false` for a value that means it in another language, else None."""
    if is_number(value) and value in (0, 1):
        return "true" if value else "false"
    return value.lower() if isinstance(value, str) and value.lower() in ("true", "false") else None


def _text(value: Value) -> str:
    if not isinstance(value, str):
        quoted = f'"{value.id}"' if isinstance(value, Word) else f'"{value}"' if type(value) is int else None
        help, instead = (
            (f"write it in double quotes: `{quoted}`", Instead(quoted, safe=True)) if quoted else (None, None)
        )
        refuse(Code.WRONG_TYPE, f"must be a string, but is {kind(value)}", help, instead)
    return value


def takes_text(field: FieldInfo) -> bool:
    """Return whether a field takes a string."""
    return any(isinstance(item, BeforeValidator) and item.func is _text for item in field.metadata)


def possible_path(path: str) -> str:
    """Return a path that a file can have. For other paths, Python and file systems raise various exceptions."""
    refuse_address(path)
    lengths = [len(name.encode(errors="replace")) for name in path.split("/")]
    length, longest = sum(lengths) + len(lengths) - 1, max(lengths)
    if "\0" in path:
        refuse(Code.OUT_OF_BOUNDS, "cannot contain the character NUL, because it is a path")
    if length > MAX_PATH:
        refuse(Code.OUT_OF_BOUNDS, f"must be a path of at most {MAX_PATH} bytes, but has {length}")
    if longest > MAX_NAME:
        message = f"must be a path with names of at most {MAX_NAME} bytes each, but one has {longest}"
        refuse(Code.OUT_OF_BOUNDS, message)
    return path


MAX_NAME = 255  # bytes of the name of a file or folder
MAX_PATH = 1_000
MAX_WHOLE = 10**9
IS_PATH = "path"
"""Marks a field as the path of a file or folder, relative to the `.lab` file that contains it."""

PositiveInt: TypeAlias = Annotated[int, BeforeValidator(_whole(1))]
NonNegativeInt: TypeAlias = Annotated[int, BeforeValidator(_whole(0))]
IntFrom2: TypeAlias = Annotated[int, BeforeValidator(_whole(2))]
GreyValue: TypeAlias = Annotated[int, BeforeValidator(_whole(0)), Field(le=65_535)]
Float: TypeAlias = Annotated[float, BeforeValidator(_number)]
Rate: TypeAlias = Annotated[float, BeforeValidator(_number), Field(ge=0, lt=1)]
NonNegativeFloat: TypeAlias = Annotated[float, BeforeValidator(_number), Field(ge=0)]
PlainNumber: TypeAlias = Annotated[float, BeforeValidator(_number), BeforeValidator(_plain), Field(ge=0)]
PositiveFloat: TypeAlias = Annotated[float, BeforeValidator(_number), Field(gt=0)]
Fraction: TypeAlias = Annotated[float, BeforeValidator(_number), Field(gt=0, lt=1)]
Boolean: TypeAlias = Annotated[bool, BeforeValidator(_truth)]
Text: TypeAlias = Annotated[str, BeforeValidator(_text)]
FilePath: TypeAlias = Annotated[str, BeforeValidator(_text), AfterValidator(possible_path), IS_PATH]
Lengths: TypeAlias = Annotated[int | tuple[int, ...], BeforeValidator(_lengths)]
Amounts: TypeAlias = Annotated[int | tuple[int | tuple[int, int], ...], BeforeValidator(_amounts)]
ImageSize: TypeAlias = Annotated[tuple[int, ...], BeforeValidator(_image)]
TensorShape: TypeAlias = Annotated[tuple[int, ...], BeforeValidator(_shape)]
NumberRange: TypeAlias = Annotated[tuple[float, float], BeforeValidator(_number_range)]
CountOrPercentage: TypeAlias = Annotated[int | Percent, PlainValidator(_count_or_percent)]

ACTIVATIONS = (
    "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "softmax", "linear",
)  # fmt: skip
INITIALIZERS = (
    "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal", "zeros", "ones",
)  # fmt: skip

Activation: TypeAlias = Annotated[str, Choice(ACTIVATIONS)]
Initializer: TypeAlias = Annotated[str, Choice(INITIALIZERS)]
