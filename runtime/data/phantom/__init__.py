"""Synthetic images that labc draws itself, so that the examples need no download."""

from types import ModuleType

from . import skin

KINDS: dict[str, ModuleType] = {"skin": skin}
