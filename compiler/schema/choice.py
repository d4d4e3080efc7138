"""`Choice`: the type of a field that takes one of a list of words. Some words make objects, for example `focal(2)`."""

import math
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any, NoReturn, get_args

from pydantic import GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.suggest import listing, nearest
from ...grammar.value_class import value_class
from ..expressions.values import Value, Word, is_number, kind, show
from .arguments import Arguments
from .refusal import Instead, refuse, refuse_address, refuse_quoted_number


@value_class
class Choice:
    """One of a list of words. A member that is an `Arguments` class is written as a call, `focal(2)`, or as a word."""

    members: tuple[str | type[Arguments], ...]
    optional: bool = False  # whether `none` is allowed; its value is then None
    otherwise: str | None = None  # the help for a value of another type, if the list of words would not help
    call_of: Callable[[str], str | None] = lambda _: None  # the call that is meant by a string instead of a call

    @cached_property
    def made(self) -> dict[str, type[Arguments]]:
        """The members that are classes, by their words."""
        return {member.word(): member for member in self.members if not isinstance(member, str)}

    def words(self) -> list[str]:
        """Return all allowed words."""
        return [member if isinstance(member, str) else member.word() for member in self.members]

    def read(self, value: Value) -> Value:
        """Return the chosen word as a string, or the object that the word makes. Refuse any other value."""
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
        if isinstance(value, str) and value.isidentifier() and (meant := _meant_word(value, self.words())):
            instead = Instead(meant, safe=True)
            refuse(Code.WRONG_TYPE, f"cannot be the string `{show(value)}`", f"write `{meant}` without quotes", instead)
        if isinstance(value, Word):
            self._refuse_word(value.id)
        if isinstance(value, str) and (near := nearest(value, self.words())):
            message, help = f"cannot be the string `{show(value)}`", f"did you mean `{near}`, without quotes?"
            refuse(Code.WRONG_TYPE, message, help, Instead(near))
        if isinstance(value, str):
            refuse_address(value)
        call = self.call_of(value) if isinstance(value, str) else None
        if call:
            message, complete = f"cannot be the string `{show(value)}` alone", "…" not in call
            refuse(Code.WRONG_TYPE, message, f"write `{call}`", Instead(call) if complete else None)
        calls = [word for word, made in self.made.items() if made.positional]
        if is_number(value) and len(calls) == 1:
            call = f"{calls[0]}({show(value)})"
            refuse(Code.WRONG_TYPE, f"cannot be {kind(value)}", f"write `{call}`", Instead(call))
        refuse(
            Code.WRONG_TYPE, f"cannot be {kind(value)}", self.otherwise or f"write one of {listing(self._spelled())}"
        )

    def _refuse_word(self, word: str) -> NoReturn:
        words = [*self.words(), *(["none"] if self.optional else [])]
        message, help, instead = f"unknown word `{word}`", None, None
        if meant := _meant_word(word, words):
            help, instead = f"write `{meant}` instead of `{word}`", Instead(meant, safe=True)
        elif near := nearest(word, words):
            help, instead = f"did you mean `{near}`?", Instead(near)
        elif len(self.members) == 1 and (call := self.call_of(word)):
            help, instead = f"write `{call}`", Instead(call)
        elif len(words) <= 12:
            help = f"write one of {listing(self._spelled())}"
        refuse(Code.UNKNOWN_WORD, message, help, instead)

    def _spelled(self) -> list[str]:
        """Return the words. A word that needs arguments is followed by `(…)`."""
        needy = {word for word, made in self.made.items() if any(f.is_required() for f in made.model_fields.values())}
        return [f"{word}(…)" if word in needy else word for word in self.words()]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return a schema that validates only by `read`, and not by the annotated type."""
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(_plain)
        )


def _meant_word(word: str, words: list[str]) -> str | None:
    from .hints.foreign_words import meant_word  # only imported for a file with a mistake

    return meant_word(word, words)


def choice_of(field: FieldInfo) -> Choice | None:
    """Return the `Choice` of a field, None if the field has none."""
    return next((item for item in field.metadata if isinstance(item, Choice)), None)


def group_of(field: FieldInfo) -> type[Arguments] | None:
    """Return the class of the nested group of settings that a field takes, None for any other field."""
    options = [field.annotation, *get_args(field.annotation)]
    classes = [option for option in options if isinstance(option, type) and issubclass(option, Arguments)]
    return classes[0] if classes and not choice_of(field) else None


@cache
def groups_of(cls: type[Arguments]) -> tuple[tuple[str, type[Arguments]], ...]:
    """Return the fields of a class that are nested groups, as pairs of name and class."""
    groups = ((name, group_of(field)) for name, field in cls.model_fields.items())
    return tuple((name, group) for name, group in groups if group)


@value_class
class NumberOr(Choice):
    """A number above 0, or one of the members."""

    def read(self, value: Value) -> Value:
        """Return the number as a float, or the chosen word or object."""
        if not is_number(value):
            refuse_quoted_number(value)
            return super().read(value)
        if not 0 < value < math.inf:
            refuse(Code.OUT_OF_BOUNDS, f"must be a finite number above 0, but is {show(value)}")
        return float(value)


@value_class
class TextOr(Choice):
    """A string, which a later validator may check, or one of the members."""

    def read(self, value: Value) -> Value:
        """Return the string, or the chosen word or object."""
        if isinstance(value, Word) and not nearest(value.id, self.words()):
            refuse(Code.UNKNOWN_WORD, f"unknown word `{value.id}`", self.otherwise)
        return value if isinstance(value, str) else super().read(value)


def _plain(value: Any) -> Any:
    """Return a chosen value as plain data: a dictionary, or only the word if it has no arguments."""
    if not isinstance(value, Arguments):
        return value
    return {"word": value.word(), **value.model_dump()} if type(value).model_fields else value.word()
