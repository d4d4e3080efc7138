"""The words of the language, collected from the classes of layers and settings that accept them."""

from collections.abc import Iterator

from pydantic.fields import FieldInfo

from ..expressions.builtins import FUNCTIONS
from ..layers import ALL
from ..model.composites import Parallel
from ..schema.arguments import Arguments
from ..schema.choice import Choice, choice_of, group_of
from ..sections import Data, Train


def _words(cls: type[Arguments]) -> Iterator[str]:
    """Yield every word that a field of the class accepts, and the words of the classes that a field may hold."""
    for field in cls.model_fields.values():
        for choice in _choices(field):
            yield from choice.words()
            for made in choice.made.values():
                yield from _words(made)
        group = group_of(field)
        if group:
            yield from _words(group)


def _choices(field: FieldInfo) -> Iterator[Choice]:
    chosen = choice_of(field)
    if chosen:
        yield chosen
    for option in getattr(field.annotation, "__args__", ()):  # list[Annotated[str, Choice]]
        yield from (item for item in getattr(option, "__metadata__", ()) if isinstance(item, Choice))


_CLASSES: tuple[type[Arguments], ...] = (*ALL, Parallel, Data, Train)
VALUE_WORDS: frozenset[str] = frozenset(word for cls in _CLASSES for word in _words(cls)) | {"none"}
"""Words that settings and arguments accept, such as `relu`."""
BUILT_IN_NAMES = ("classes", "channels", "output_units", "output_activation")
"""Names that `data` defines in the model."""
RESERVED_NAMES: frozenset[str] = VALUE_WORDS | frozenset(FUNCTIONS) | frozenset(BUILT_IN_NAMES)
"""Names with a meaning in the language: a `let` with one of these names hides that meaning."""
