"""The points of a comparison: each point is one experiment, the file with some of its values replaced."""

from dataclasses import replace

from ...grammar import syntax as s
from ...grammar.value_class import value_class
from ..files.declarations import Declarations


@value_class
class Change:
    """The new value of a `let`, or of a setting if `section` is given."""

    name: s.Name
    value: s.Expression | s.Settings
    section: str | None = None


@value_class
class Point:
    """One of the experiments that a file compares, given by its changes to the file."""

    label: str
    changes: tuple[Change, ...]

    def apply(self, declared: Declarations) -> Declarations:
        """Return the declarations with the values of this point."""
        lets, sections = dict(declared.lets), dict(declared.sections)
        for change in self.changes:
            if change.section is None:
                assert not isinstance(change.value, s.Settings)
                lets[change.name.id] = replace(lets[change.name.id], value=change.value)
            else:
                sections[change.section] = _with_setting(sections[change.section], change)
        return replace(declared, lets=lets, sections=sections)

    def file(self, file: s.File, applied: Declarations) -> s.File:
        """Return the point as a complete file without a comparison. `applied` are the declarations of this point."""
        kept = (one for one in file.declarations if not _compares(one))
        return replace(file, declarations=tuple(_declaration(one, applied) for one in kept))

    def __add__(self, other: "Point") -> "Point":
        """Return a point with the changes of both. If both change the same name, the value of `other` is used."""
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
    """Return the declaration with the values of a point."""
    match declaration:
        case s.Let():
            return applied.lets.get(declaration.name.id, declaration)
        case s.Section():
            return applied.sections.get(declaration.keyword.id, declaration)
    return declaration
