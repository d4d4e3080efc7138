"""Synthetic image sets that labc draws itself, so that every example runs on a fresh machine."""

from types import ModuleType

from . import skin

KINDS: dict[str, ModuleType] = {"skin": skin}
