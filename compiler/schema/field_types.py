"""The types of values that arguments and settings take, as pydantic types with messages in the language's terms.

A wrong value raises `PydanticCustomError` whose context carries the diagnostic's code, message and help; `errors`
makes the diagnostic, at the value's place.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn, TypeAlias, get_args

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, PlainValidator
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.suggest import listing, nearest
from ..expressions.values import Angle, Percent, Value, Word, is_number, kind, show
from .arguments import Arguments
from .hints.keras_names import WORDS

REFUSED = "labc"
"""The type of the errors that `refuse` raises."""


@dataclass(frozen=True)
class Instead:
    """The text to write in the place of a refused value; `safe` as for an `Edit`."""

    text: str
    safe: bool = False


def refuse(code: Code, message: str, help: str | None = None, instead: Instead | None = None) -> NoReturn:
    """Raise the error of a validator: `message` says what is, `help` what to do, `instead` does it."""
    # The message is passed as context, because pydantic reads braces in the template itself.
    context = {"code": code, "message": message, "help": help, "instead": instead}
    raise PydanticCustomError(REFUSED, "{message}", context)


@dataclass(frozen=True)
class Choice:
    """One of a set of words; a member that is an `Arguments` class is written as a call, `focal(2)`, or bare."""

    members: tuple[str | type[Arguments], ...]
    optional: bool = False  # whether `none` may stand here, and is None
    otherwise: str | None = None  # the way out for a value of another kind, where the words are not the best one

    @property
    def made(self) -> dict[str, type[Arguments]]:
        """The members that are classes, by the word that calls them."""
        return {member.word(): member for member in self.members if not isinstance(member, str)}

    def words(self) -> list[str]:
        """Every word that may stand here."""
        return [member if isinstance(member, str) else member.word() for member in self.members]

    def read(self, value: Value) -> Value:
        """The chosen word as a `str`, or the made object unchanged."""
        if isinstance(value, tuple(self.made.values())):
            return value
        if value is None and "none" in self.members:
            return "none"
        if value is None and self.optional:
            return None
        if isinstance(value, Word) and value.id in self.members:
            return value.id
        self._refuse(value)

    def _refuse(self, value: Value) -> NoReturn:
        if isinstance(value, str) and value in self.words():
            instead = Instead(value, safe=True)
            refuse(Code.WRONG_TYPE, f"`{show(value)}` is a text", f"without quotes: `{value}`", instead)
        if isinstance(value, Word):
            self._refuse_word(value.id)
        calls = [word for word, made in self.made.items() if made.positional]
        if is_number(value) and len(calls) == 1:
            call = f"{calls[0]}({show(value)})"
            refuse(Code.WRONG_TYPE, f"this is {kind(value)}", f"write `{call}`", Instead(call))
        refuse(Code.WRONG_TYPE, f"this is {kind(value)}", self.otherwise or f"one of {listing(self._spelled())}")

    def _refuse_word(self, word: str) -> NoReturn:
        words = [*self.words(), *(["none"] if self.optional else [])]
        message, help, instead = f"`{word}` is not known here", None, None
        if WORDS.get(word) in words:
            help, instead = f"`{word}` is called `{WORDS[word]}` here", Instead(WORDS[word], safe=True)
        elif word not in WORDS and (near := nearest(word, words)):
            help, instead = f"did you mean `{near}`?", Instead(near)
        elif len(words) <= 12:
            help = f"one of {listing(self._spelled())}"
        refuse(Code.UNKNOWN_WORD, message, help, instead)

    def _spelled(self) -> list[str]:
        """The words, those that need arguments with brackets."""
        needy = {word for word, made in self.made.items() if any(f.is_required() for f in made.model_fields.values())}
        return [f"{word}(…)" if word in needy else word for word in self.words()]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Only `read` decides; pydantic's own schema for the annotated type is not asked."""
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(_plain)
        )


def choice_of(field: FieldInfo) -> Choice | None:
    """The choice that a field leaves, if it is one."""
    return next((item for item in field.metadata if isinstance(item, Choice)), None)


def group_of(field: FieldInfo) -> type[Arguments] | None:
    """The class of a nested group of settings, if the field is one."""
    options = [field.annotation, *get_args(field.annotation)]
    classes = [option for option in options if isinstance(option, type) and issubclass(option, Arguments)]
    return classes[0] if classes and not choice_of(field) else None


def groups_of(cls: type[Arguments]) -> list[tuple[str, type[Arguments]]]:
    """The nested groups among a class's fields."""
    groups = ((name, group_of(field)) for name, field in cls.model_fields.items())
    return [(name, group) for name, group in groups if group]


@dataclass(frozen=True)
class NumberOr(Choice):
    """A number above 0, or one of the members."""

    def read(self, value: Value) -> Value:
        """The number as a float, or what is chosen."""
        if not is_number(value):
            return super().read(value)
        if not 0 < value < math.inf:
            refuse(Code.OUT_OF_BOUNDS, f"a finite number above 0 is needed, and this is {show(value)}")
        return float(value)


def _plain(value: Any) -> Any:
    """A chosen value as plain data: its word alone if it has no arguments."""
    if not isinstance(value, Arguments):
        return value
    return {"word": value.word(), **value.model_dump()} if type(value).model_fields else value.word()


def _lengths(value: Value) -> int | tuple[int, ...]:
    """A length for every axis, or one for each."""
    if isinstance(value, tuple):
        return tuple(_whole_number(length, 1) for length in value)
    return _whole_number(value, 1)


def _amounts(value: Value) -> int | tuple[int | tuple[int, int], ...]:
    """An amount for both ends of every axis, or one for each axis: for both of its ends, or a pair."""
    if isinstance(value, tuple) and value:
        return tuple(_amount(item) for item in value)
    return _whole_number(value, 0)


def _amount(value: Value) -> int | tuple[int, int]:
    if not isinstance(value, tuple):
        return _whole_number(value, 0)
    if len(value) != 2:
        refuse(Code.WRONG_TYPE, f"{show(value)} is not a pair", "each axis takes a number or a pair, (before, after)")
    return _whole_number(value[0], 0), _whole_number(value[1], 0)


def _image(value: Value) -> tuple[int, ...]:
    if not isinstance(value, tuple) or len(value) != 3:
        refuse(Code.WRONG_TYPE, f"this is {show(value)}", "height x width x channels, as in `128x128x1`")
    height, width, channels = (_whole_number(length, 1) for length in value)
    if channels not in (1, 3):
        refuse(Code.OUT_OF_BOUNDS, f"an image has 1 channel (grey) or 3 (RGB), and this says {channels}")
    return height, width, channels


def _shape(value: Value) -> tuple[int, ...]:
    lengths = value if isinstance(value, tuple) else (value,)
    if not 1 <= len(lengths) <= 4:
        refuse(Code.WRONG_TYPE, f"a tensor has 1 to 4 axes besides the batch, and this says {len(lengths)}")
    return tuple(_whole_number(length, 1) for length in lengths)


def _count_or_percent(value: Value) -> int | Percent:
    if isinstance(value, Percent):
        if not 0 <= value <= 1:
            refuse(Code.OUT_OF_BOUNDS, f"a percentage lies from 0% to 100%, and this is {show(value)}")
        return value
    if isinstance(value, float):
        spellings = f"`{value * 100:g}%` for a percentage, a whole number for a count of images"
        refuse(Code.UNIT_MISSING, f"{show(value)} is neither a count nor a percentage", spellings)
    return _whole_number(value, 0)


def _whole_number(value: Value, least: int) -> int:
    if isinstance(value, float) and not isinstance(value, Percent):
        help = f"write `{int(value)}`; `//` divides to a whole number" if value.is_integer() else None
        instead = Instead(str(int(value))) if value.is_integer() else None
        refuse(Code.WRONG_TYPE, f"a whole number is needed, and this is {show(value)}", help, instead)
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(Code.WRONG_TYPE, f"a whole number is needed, and this is {kind(value)}")
    if value < least:
        refuse(Code.OUT_OF_BOUNDS, f"at least {least} is needed, and this is {value}")
    if value > MAX_WHOLE:
        refuse(Code.OUT_OF_BOUNDS, f"at most {MAX_WHOLE} is taken, and this is {value}")
    return value


def _whole(least: int) -> Callable[[Value], int]:
    def read(value: Value) -> int:
        return _whole_number(value, least)

    return read


def _number(value: Value) -> float:
    if not is_number(value):
        what = "an angle" if isinstance(value, Angle) else kind(value)
        refuse(Code.WRONG_TYPE, f"a number is needed, and this is {what}")
    return float(value)


def _truth(value: Value) -> bool:
    if not isinstance(value, bool):
        refuse(Code.WRONG_TYPE, f"true or false is needed, and this is {kind(value)}")
    return value


def _text(value: Value) -> str:
    if not isinstance(value, str):
        quoted = f'"{value.id}"' if isinstance(value, Word) else None
        help, instead = (f"in double quotes: `{quoted}`", Instead(quoted, safe=True)) if quoted else (None, None)
        refuse(Code.WRONG_TYPE, f"a text is needed, and this is {kind(value)}", help, instead)
    return value


MAX_WHOLE = 10**9
IS_PATH = "path"
"""Marks a field as the path of a file or folder, relative to the file that names it."""

PositiveInt: TypeAlias = Annotated[int, BeforeValidator(_whole(1))]
NonNegativeInt: TypeAlias = Annotated[int, BeforeValidator(_whole(0))]
IntFrom2: TypeAlias = Annotated[int, BeforeValidator(_whole(2))]
GreyValue: TypeAlias = Annotated[int, BeforeValidator(_whole(0)), Field(le=255)]
Float: TypeAlias = Annotated[float, BeforeValidator(_number)]
Rate: TypeAlias = Annotated[float, BeforeValidator(_number), Field(ge=0, lt=1)]
NonNegativeFloat: TypeAlias = Annotated[float, BeforeValidator(_number), Field(ge=0)]
PositiveFloat: TypeAlias = Annotated[float, BeforeValidator(_number), Field(gt=0)]
Fraction: TypeAlias = Annotated[float, BeforeValidator(_number), Field(gt=0, lt=1)]
Boolean: TypeAlias = Annotated[bool, BeforeValidator(_truth)]
Text: TypeAlias = Annotated[str, BeforeValidator(_text)]
FilePath: TypeAlias = Annotated[str, BeforeValidator(_text), IS_PATH]
Lengths: TypeAlias = Annotated[int | tuple[int, ...], BeforeValidator(_lengths)]
Amounts: TypeAlias = Annotated[int | tuple[int | tuple[int, int], ...], BeforeValidator(_amounts)]
ImageSize: TypeAlias = Annotated[tuple[int, ...], BeforeValidator(_image)]
TensorShape: TypeAlias = Annotated[tuple[int, ...], BeforeValidator(_shape)]
CountOrPercentage: TypeAlias = Annotated[int | Percent, PlainValidator(_count_or_percent)]

ACTIVATIONS = (
    "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "softmax", "linear",
)  # fmt: skip
INITIALIZERS = (
    "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal", "zeros", "ones",
)  # fmt: skip

Activation: TypeAlias = Annotated[str, Choice(ACTIVATIONS)]
Initializer: TypeAlias = Annotated[str, Choice(INITIALIZERS)]
