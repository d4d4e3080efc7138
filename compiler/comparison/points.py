"""The points of a comparison: which values replace which, and the declarations with them in place."""

from dataclasses import dataclass, replace

from ...grammar import syntax as s
from ..files.declarations import Declarations


@dataclass(frozen=True)
class Change:
    """One value in the place of another: of a `let`, or of a setting of `section`."""

    name: s.Name
    value: s.Expression | s.Settings
    section: str | None = None


@dataclass(frozen=True)
class Point:
    """One of the experiments that a file compares."""

    label: str
    changes: tuple[Change, ...]

    def apply(self, declared: Declarations) -> Declarations:
        """The declarations with the point's values in place."""
        lets, sections = dict(declared.lets), dict(declared.sections)
        for change in self.changes:
            if change.section is None:
                assert not isinstance(change.value, s.Settings)
                lets[change.name.id] = replace(lets[change.name.id], value=change.value)
            else:
                sections[change.section] = _with_setting(sections[change.section], change)
        return replace(declared, lets=lets, sections=sections)

    def file(self, file: s.File, applied: Declarations) -> s.File:
        """The point as a file of its own: `applied`, its declarations, in the place of the file's, no comparison."""
        kept = (one for one in file.declarations if not _compares(one))
        return replace(file, declarations=tuple(_declaration(one, applied) for one in kept))

    def __add__(self, other: "Point") -> "Point":
        """Both together; the later one wins."""
        label = ", ".join(filter(None, (self.label, other.label)))
        return Point(label, self.changes + other.changes)


def _with_setting(section: s.Section, change: Change) -> s.Section:
    entries = section.settings.entries
    kept = tuple(e for e in entries if not (isinstance(e, s.Setting) and e.key.id == change.name.id))
    setting = s.Setting(change.name.span, change.name, change.value)
    return replace(section, settings=replace(section.settings, entries=(*kept, setting)))


def _compares(declaration: s.Declaration) -> bool:
    if isinstance(declaration, s.Section):
        return declaration.keyword.id in ("sweep", "search")
    return isinstance(declaration, s.Variants)


def _declaration(declaration: s.Declaration, applied: Declarations) -> s.Declaration:
    """The declaration as it is at a point."""
    match declaration:
        case s.Let():
            return applied.lets.get(declaration.name.id, declaration)
        case s.Section():
            return applied.sections.get(declaration.keyword.id, declaration)
    return declaration
