"""How the name of a mask follows from the name of its image, as `mask_name` says it."""

from abc import ABC, abstractmethod
from collections.abc import Set
from dataclasses import dataclass
from pathlib import PurePosixPath

from ....compiler.sections import Data, FilenamePattern
from ....compiler.sections.data.mask_name import ANY, STEM
from ..decoding.decode import EXTENSIONS
from ..decoding.medical_files import MEDICAL, ending_of


class MaskNaming(ABC):
    """Gives images and masks keys: a mask belongs to the image with the same key. Names may have folders before them.

    A key is None for a name that no image or no mask can have.
    """

    joins: bool = False
    """Whether an image may have several masks, which are joined."""

    @abstractmethod
    def image_key(self, name: str) -> str | None:
        """Return the key of an image."""

    @abstractmethod
    def mask_key(self, name: str, images: Set[str]) -> str | None:
        """Return the key of a mask; `images` are the keys of all images."""

    @abstractmethod
    def is_mask_name(self, name: str) -> bool:
        """Return whether a mask may have this name."""


@dataclass(frozen=True)
class NamedAfter(MaskNaming):
    """The mask is named after its image: `before`, the name of the image without its ending, `after`.

    With `joins`, more may follow. Of several images that fit then, the mask belongs to the one with the longest name.
    """

    before: str = ""
    after: str = ""
    joins: bool = False

    def image_key(self, name: str) -> str | None:
        return stem_of(name)

    def mask_key(self, name: str, images: Set[str]) -> str | None:
        stem = stem_of(name)
        if not stem.startswith(self.before):
            return None
        rest = stem[len(self.before) :]
        if not self.joins:
            return rest.removesuffix(self.after) if rest.endswith(self.after) else None
        ends = (end for end in range(len(rest), -1, -1) if rest.startswith(self.after, end))
        return next((rest[:end] for end in ends if rest[:end] in images), None)

    def is_mask_name(self, name: str) -> bool:
        stem = stem_of(name)
        rest = stem[len(self.before) :]
        return stem.startswith(self.before) and (self.after in rest if self.joins else rest.endswith(self.after))

    @property
    def text(self) -> str:
        """`mask_name` as a file has it."""
        return f"{self.before}{STEM}{self.after}{ANY if self.joins else ''}"


@dataclass(frozen=True)
class SameName(MaskNaming):
    """Every mask has the same name, in the folder of its image."""

    stem: str

    def image_key(self, name: str) -> str | None:
        del name
        return ""

    def mask_key(self, name: str, images: Set[str]) -> str | None:
        del images
        return "" if self.is_mask_name(name) else None

    def is_mask_name(self, name: str) -> bool:
        return stem_of(name) == self.stem


@dataclass(frozen=True)
class SamePart(MaskNaming):
    """The pattern finds the same part in the names of the image and of the mask."""

    pattern: FilenamePattern

    def image_key(self, name: str) -> str | None:
        return self.pattern.find(PurePosixPath(name).name) or None

    def mask_key(self, name: str, images: Set[str]) -> str | None:
        del images
        return self.image_key(name)

    def is_mask_name(self, name: str) -> bool:
        return self.image_key(name) is not None


def mask_naming(data: Data) -> MaskNaming:
    """Return the naming of a `data` section."""
    match data.mask_name:
        case None:
            return NamedAfter()
        case FilenamePattern() as pattern:
            return SamePart(pattern)
        case text if STEM in text:
            before, _, after = text.removesuffix(ANY).partition(STEM)
            return NamedAfter(before, after, text.endswith(ANY))
        case text:
            return SameName(text)


def stem_of(name: str) -> str:
    """Return the name of a file without its folders and without the ending of an image."""
    last = PurePosixPath(name).name
    ending = ending_of(last)
    return last[: -len(ending)] if ending in EXTENSIONS or ending in MEDICAL else last
