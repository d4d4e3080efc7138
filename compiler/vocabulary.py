"""Every word that stands for itself somewhere: collected from the classes that take it, never listed twice."""

from collections.abc import Iterator

from pydantic.fields import FieldInfo

from .arguments import Arguments
from .fields import Choice
from .functions import FUNCTIONS
from .layers import ALL
from .settings import Data, Train
from .unbuilt import UNBUILT


def _words(cls: type[Arguments]) -> Iterator[str]:
    for field in cls.model_fields.values():
        for choice in _choices(field):
            yield from choice.words()
            for made in choice.made.values():
                yield from _words(made)


def _choices(field: FieldInfo) -> Iterator[Choice]:
    yield from (item for item in field.metadata if isinstance(item, Choice))
    for option in getattr(field.annotation, "__args__", ()):  # list[Annotated[str, Choice]]
        yield from (item for item in getattr(option, "__metadata__", ()) if isinstance(item, Choice))


_CLASSES: tuple[type[Arguments], ...] = (*ALL, Data, Train)
VALUE_WORDS: frozenset[str] = frozenset(word for cls in _CLASSES for word in _words(cls)) | UNBUILT["words"] | {"none"}
RESERVED: frozenset[str] = VALUE_WORDS | frozenset(FUNCTIONS) | {"classes", "channels"}
