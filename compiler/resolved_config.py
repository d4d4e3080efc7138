"""The value of every `let` and setting of an experiment, and the origin of each value."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, Literal, get_args

from pydantic.fields import FieldInfo

from ..grammar import syntax as s
from ..grammar.source import Source, Span
from ..grammar.value_class import value_class
from .analysis.relocate import relative_path
from .experiment import Experiment
from .expressions.source_text import source_text
from .expressions.values import Value, Word
from .layers.shapes import text
from .schema.arguments import Arguments
from .schema.choice import Choice, TextOr
from .schema.field_types import IS_PATH, Text


@value_class
class Origin:
    """The origin of a value: a file, an override (`--set`), or a default.

    `line` is None if the value is not written in a file. `file` is None for the experiment's own file.
    """

    kind: Literal["file", "override", "default"]
    file: str | None = None
    line: int | None = None


@value_class
class Setting:
    """The name of a setting, and its value as source text.

    For `adam(…)`, `text` is "adam" and `inner` contains the arguments. For a group (`split { … }`), `text` is "" and
    `inner` contains the settings of the group.
    """

    name: str
    text: str
    origin: Origin
    inner: tuple["Setting", ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the setting as data for JSON."""
        origin = self.origin
        where: dict[str, Any] = {"file": origin.file} if origin.file else {}
        where |= {"line": origin.line} if origin.line else {}
        inner = {"inner": [one.as_data() for one in self.inner]} if self.inner else {}
        return {"name": self.name, "value": self.text, "origin": origin.kind, **where, **inner}


@value_class
class ResolvedConfig:
    """The title and the settings of each section: `let`, `data`, `train`. Sections that the file lacks are left out."""

    title: str
    sections: dict[str, tuple[Setting, ...]]

    def as_data(self) -> dict[str, Any]:
        """Return the title and all settings as data for JSON."""
        sections = {word: [one.as_data() for one in settings] for word, settings in self.sections.items()}
        return {"experiment": self.title, **sections}


def resolve_config(experiment: Experiment) -> ResolvedConfig:
    """Return the values of all `let`s and settings of an experiment."""
    source = experiment.file.source
    lets = [one for one in experiment.file.declarations if isinstance(one, s.Let)]
    shown = tuple(_let(one.name.id, experiment.lets[one.name.id], one.value.span, source) for one in lets)
    given = {"data": experiment.data, "train": experiment.train}
    sections = {word: tuple(_settings(section, source)) for word, section in given.items() if section}
    return ResolvedConfig(experiment.title, {"let": shown, **sections})


def _let(name: str, value: Value, place: Span, source: Source) -> Setting:
    return Setting(name, source_text(value), _origin(place, source))


def _settings(given: Arguments, source: Source) -> Iterator[Setting]:
    """Yield the settings of a section, or the arguments of a call, in the order of the reference pages."""
    for name, field in type(given).model_fields.items():
        value = getattr(given, name)
        origin = _origin(given.place(name), source) if given.is_given(name) else Origin("default")
        if isinstance(value, Arguments):
            word = value.word() if any(isinstance(item, Choice) for item in field.metadata) else ""
            yield Setting(name, word, origin, tuple(_settings(value, source)))
        else:
            moved = IS_PATH in field.metadata and given.place(name).source.directory != source.directory
            shown = relative_path(given.path_of(name), source.directory) if moved else value
            yield Setting(name, _written(shown, field), origin)


def _origin(place: Span, source: Source) -> Origin:
    if not place.source.is_file:
        return Origin("override")
    return Origin("file", None if place.source is source else place.source.name, place.line)


def _written(value: Any, field: FieldInfo) -> str:
    """Return a validated value as source text. Words and strings are both `str`; the field says which it is."""
    if isinstance(value, tuple) and len(value) > 1 and all(type(length) is int and length >= 0 for length in value):
        return text(value)
    return source_text(value if _holds_texts(field) else _with_words(value))


def _with_words(value: Any) -> Any:
    """Return a value of a field that holds no strings: each `str` in it is a word."""
    if isinstance(value, list | tuple):
        return type(value)(map(_with_words, value))
    return Word(value) if isinstance(value, str) else value


def _holds_texts(field: FieldInfo) -> bool:
    options = (getattr(option, "__metadata__", ()) for option in get_args(field.annotation))
    return any(item in get_args(Text) or isinstance(item, TextOr) for item in chain(field.metadata, *options))
