"""Replaces imported declarations by the declarations of the importing file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ...grammar import syntax as s
from .declarations import named

_WHOLE = ("sweep", "search")


def merge_declarations(taken: Mapping[str, s.Declaration], own: Sequence[s.Declaration]) -> list[s.Declaration]:
    """Replace the imported declarations by the file's own with the same name, and append its other declarations.

    If the file declares a name twice, both declarations are kept, so that `declare` reports the duplicate.
    """
    merged = dict(taken)
    first: list[s.Declaration] = []
    last: list[s.Declaration] = []
    seen: set[str] = set()
    for declaration in own:
        if isinstance(declaration, s.Title):
            first.append(declaration)
            continue
        key = "" if isinstance(declaration, s.Invalid) else named(declaration)[1]
        if not key or key in seen:
            last.append(declaration)
            continue
        seen.add(key)
        merged[key] = _over(taken.get(key), declaration)
    return [*first, *merged.values(), *last]


def _over(before: s.Declaration | None, own: s.Declaration) -> s.Declaration:
    """Return the result of replacing an imported declaration: sections are merged by key, all others replaced."""
    if isinstance(before, s.Section) and isinstance(own, s.Section) and own.keyword.id not in _WHOLE:
        return replace(own, settings=_merge_settings(before.settings, own.settings))
    return own


def _merge_settings(before: s.Settings, after: s.Settings) -> s.Settings:
    entries: dict[str, s.Setting | s.Invalid] = {}
    rest: list[s.Setting | s.Invalid] = []
    for entry in before.entries:
        if isinstance(entry, s.Setting):
            entries[entry.key.id] = entry
    own: set[str] = set()
    for entry in after.entries:
        if isinstance(entry, s.Invalid) or entry.key.id in own:
            rest.append(entry)
            continue
        own.add(entry.key.id)
        old = entries.get(entry.key.id)
        if isinstance(old, s.Setting) and isinstance(old.value, s.Settings) and isinstance(entry.value, s.Settings):
            entry = replace(entry, value=_merge_settings(old.value, entry.value))
        entries[entry.key.id] = entry
    return replace(after, entries=(*entries.values(), *rest))
