"""Phantoms: synthetic images that labc draws. The examples use them, so they need no download."""

from types import ModuleType

from . import skin

KINDS: dict[str, ModuleType] = {"skin": skin}
