"""The targets of `sweep`, `variants` and `search`: the `let`s and settings that they vary."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Category, Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.diagnostics.suggest import did_you_mean, nearest, renaming
from ..analysis.references import reachable_names
from ..expressions.budget import Budget
from ..files.declarations import Declarations
from ..schema.arguments import Arguments
from ..schema.choice import group_of
from ..sections import Data, Train
from .points import Change
from .sweep_values import is_repeats

_SECTIONS: dict[str, type[Arguments]] = {"train": Train, "data": Data}


@dataclass
class SweepTargets:
    """Look up the names that a comparison varies, and report names that cannot be varied."""

    declared: Declarations
    budget: Budget
    reporter: Reporter
    used: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.used = frozenset(reachable_names(self.declared))

    def change(self, entry: s.Setting) -> Change | None:
        """Return the change of a `let` or a setting that an entry of a variant makes; None if the entry is wrong."""
        name = entry.key.id
        if name in self.declared.lets and not isinstance(entry.value, s.Settings):
            return Change(entry.key, entry.value) if self.is_let(entry.key) else None
        if name == "folds":
            self._refuse_folds(entry.key)
            return None
        for section, cls in _SECTIONS.items():
            if name in cls.model_fields and section in self.declared.sections:
                return Change(entry.key, entry.value, section)
        known = [*self.declared.lets, *Train.model_fields, *Data.model_fields]
        self.budget.spend(3 * len(known), entry.key.span)
        message = f"`{name}` is neither a `let` nor a setting of `train` or `data`"
        help = did_you_mean(name, known) if nearest(name, known) else _add(name, f"use `{name}` where it should vary")
        edits = renaming(entry.key.span, name, known)
        self.reporter.report(Diagnostic(Code.UNKNOWN_VARIED, message, entry.key.span, help=help, edits=edits))
        return None

    def is_let(self, name: s.Name) -> bool:
        """Return True if the file has a `let` with this name and uses it; else report the mistake."""
        if name.id not in self.declared.lets and name.id == "folds":
            self._refuse_folds(name)
        elif name.id not in self.declared.lets:
            self.budget.spend(2 * len(self.declared.lets), name.span)
            message = f"the file has no `let {name.id}`"
            help, edits = self._help_for(name.id), renaming(name.span, name.id, self.declared.lets)
            if help and not edits and is_repeats(name.id):
                help += "; `repeats = 3` trains each combination three times"
            self.reporter.report(Diagnostic(Code.UNKNOWN_VARIED, message, name.span, help=help, edits=edits))
        elif name.id not in self.used and not self.reporter.has(Category.SYNTAX):
            message = f"nothing in the file uses `{name.id}`, so all experiments would be the same"
            self.reporter.report(Diagnostic(Code.NOTHING_VARIES, message, name.span))
        return name.id in self.declared.lets and name.id in self.used

    def _refuse_folds(self, name: s.Name) -> None:
        message = "cannot vary `folds`: all experiments of a comparison need the same folds"
        self.reporter.report(Diagnostic(Code.UNKNOWN_VARIED, message, name.span))

    def _help_for(self, name: str) -> str | None:
        for section, cls in _SECTIONS.items():
            if name in cls.model_fields:
                if group_of(cls.model_fields[name]):
                    return f'a variant can change it: `variants {{ "label" {{ {name} {{ … }} }} }}`'
                return _add(name, f"write `{name} = {name}` in `{section}`")
        if nearest(name, self.declared.lets):
            return did_you_mean(name, self.declared.lets)
        return _add(name, f"use `{name}` where it should vary")

    def check_once(self, places: Iterable[tuple[str, s.Name]]) -> None:
        """Report names that are varied in two sections. Each item of `places` is a section's keyword and a name."""
        first: dict[str, str] = {}
        for section, name in places:
            before = first.setdefault(name.id, section)
            if before != section:
                message = f"`{name.id}` is varied in `{before}` and again in `{section}`"
                help = f"remove `{name.id}` from one of them"
                self.reporter.report(Diagnostic(Code.DUPLICATE, message, name.span, help=help))

    def check_distinct(self, entries: Iterable[s.Name]) -> None:
        """Report names that are given twice in one section or variant."""
        first: dict[str, s.Name] = {}
        for name in entries:
            if first.setdefault(name.id, name) is not name:
                help = f"the first is on line {first[name.id].span.line}"
                self.reporter.report(Diagnostic(Code.DUPLICATE, f"`{name.id}` is given twice", name.span, help=help))


def _add(name: str, use: str) -> str:
    return f"add `let {name} = …` and {use}"
