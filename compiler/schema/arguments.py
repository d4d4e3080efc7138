"""`Arguments`: the base class of layers, settings, optimizers and sources. All of them consist of names with values."""

from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, PrivateAttr

from ...grammar.source import Span


class Arguments(BaseModel):
    """Validated arguments with the location of each argument in the text.

    Subclasses declare fields with the types of `field_types`. The first fields may be given without their names, and
    `positional` is the number of these fields.
    """

    # Validators are built when they are used, because each takes about a millisecond and a file uses few classes.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, allow_inf_nan=False)

    positional: ClassVar[int] = 1
    called: ClassVar[str | None] = None  # the word, if it is not the name of the class in snake case
    one_of: ClassVar[tuple[str, ...]] = ()  # fields of which at least one must be given

    _places: dict[str, Span] = PrivateAttr(default_factory=dict)

    @classmethod
    @cache
    def word(cls) -> str:
        """Return the word for this class in a `.lab` file: `called` if it is set, else the class name in snake case."""
        return cls.called or "".join(
            f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__
        ).lstrip("_")

    def path_of(self, field: str) -> Path:
        """Return the path in a field. A relative path starts from the folder of the file that contains the path."""
        return self.place(field).source.directory / Path(str(getattr(self, field))).expanduser()

    def place(self, field: str) -> Span:
        """Return the location of a field's value, or of all arguments if the field is not given."""
        return self._places.get(field) or self._places[""]

    def is_default(self, field: str) -> bool:
        """Check whether a field has its default value, also if it is given. In a group, all values must be defaults."""
        value = getattr(self, field)
        if isinstance(value, Arguments):
            return all(value.is_default(name) for name in type(value).model_fields)
        return bool(value == type(self).model_fields[field].default)

    def is_given(self, field: str) -> bool:
        """Check whether the field is given in the file."""
        return field in self._places


class SettingsGroup(Arguments):
    """Settings between braces: a section such as `data`, or a group of settings such as `split` in a section."""

    positional: ClassVar[int] = 0
    alone: ClassVar[str | None] = None
    """A setting whose value may stand for the group: `split = csv("…")` means `split { table = csv("…") }`."""
    groups: ClassVar[dict[str, type["SettingsGroup"]]] = {}
    """Every group by its word, for the help for a setting in the wrong group."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        SettingsGroup.groups[cls.word()] = cls
