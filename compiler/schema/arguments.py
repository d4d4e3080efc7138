"""`Arguments`: the base of everything that is written as names with values: layers, settings, optimizers, sources."""

from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, PrivateAttr

from ...grammar.source import Span


class Arguments(BaseModel):
    """Validated arguments that know where each of them stands in the text.

    Subclasses declare fields with the types of `field_types`. The first `positional` of them may be given without a
    name.
    """

    # Building a validator takes about a millisecond; a file uses few of the classes.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, allow_inf_nan=False)

    positional: ClassVar[int] = 1
    called: ClassVar[str | None] = None  # the word, where it is not the class's name in snake case
    one_of: ClassVar[tuple[str, ...]] = ()  # fields of which at least one must be given

    _places: dict[str, Span] = PrivateAttr(default_factory=dict)

    @classmethod
    @cache
    def word(cls) -> str:
        """The word that calls this: `MaxPool` is called `maxpool` through `called`, `Dense` by its name."""
        return cls.called or "".join(
            f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__
        ).lstrip("_")

    def path_of(self, field: str) -> Path:
        """The file or folder that a field names; a relative path begins where the text that names it lies."""
        return self.place(field).source.directory / Path(str(getattr(self, field))).expanduser()

    def place(self, field: str) -> Span:
        """Where the field's value stands, or the whole of these arguments if it was left to its default."""
        return self._places.get(field) or self._places[""]

    def is_default(self, field: str) -> bool:
        """Whether the field's value is its default, written or not; of a group, whether all of its values are."""
        value = getattr(self, field)
        if isinstance(value, Arguments):
            return all(value.is_default(name) for name in type(value).model_fields)
        return bool(value == type(self).model_fields[field].default)

    def is_given(self, field: str) -> bool:
        """Whether the field's value was written, and not left to its default."""
        return field in self._places


class SettingsGroup(Arguments):
    """Settings between braces: a section such as `data`, or a group in one such as `split`."""

    positional: ClassVar[int] = 0
    groups: ClassVar[dict[str, type["SettingsGroup"]]] = {}
    """Every group by its word, for hints at a setting that stands in the wrong one."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        SettingsGroup.groups[cls.word()] = cls
