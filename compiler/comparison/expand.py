"""`sweep`, `variants` and `search` to the points of a study, before any of them is compiled."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import TypeVar

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.source import Span
from ..analysis.goal import check_goal
from ..expressions.lets import evaluate_lets
from ..expressions.scope import Scope
from ..expressions.values import is_unknown
from ..files.declarations import Declarations
from ..schema.arguments import SettingsGroup
from ..schema.bind import bind_settings
from ..schema.call_arguments import Given
from ..sections import Train
from ..sections.search import Search
from ..sections.sweep import Sweep
from .points import Point
from .search_space import SearchRanges, SearchSpace
from .sweep_targets import SweepTargets
from .sweep_values import SweepValues, identity, no_list, repeated_values, setting_identity

MAX_POINTS = 1_000

S = TypeVar("S", bound=SettingsGroup)


@dataclass(frozen=True)
class Comparison:
    """What a file compares: its points, each trained `repeats` times; one point of no change if it compares nothing."""

    points: tuple[Point, ...]
    repeats: int
    search: SearchSpace | None
    place: Span | None
    """Where it stands, None if the file compares nothing."""


def read_comparison(declared: Declarations, lets: Scope, train: Train | None, reporter: Reporter) -> Comparison:
    """The comparison of a file. Its mistakes are reported, and what is wrong is left out."""
    reader = _Reader(declared, lets, train, reporter)
    variants = reader.variants() or [Point("", ())]
    sweep, axes = reader.sweep()
    search = reader.search()
    count = len(variants) * prod(map(len, axes))
    if count > MAX_POINTS:
        beyond = declared.sections["sweep"].keyword.span if axes else reader.keywords[0].span
        message = f"this compares {count} experiments; the bound is {MAX_POINTS}"
        reporter.report(Diagnostic(Code.BEYOND_BOUND, message, beyond))
        variants, axes = variants[:1], []
    points = tuple(sum(combination, variant) for variant in variants for combination in product(*axes))
    place = reader.keywords[0].span if reader.keywords else None
    return Comparison(points, sweep.repeats if sweep else 1, search, place)


_SECTIONS: dict[str, type[SettingsGroup]] = {"sweep": Sweep, "search": Search}


@dataclass
class _Reader:
    declared: Declarations
    lets: Scope
    train: Train | None
    reporter: Reporter
    targets: SweepTargets = field(init=False)
    values: SweepValues = field(init=False)

    def __post_init__(self) -> None:
        self.targets = SweepTargets(self.declared, self.reporter)
        variants = [("variants", entry.key) for variant in self.listed_variants() for entry in _settings(variant)]
        sections = [(word, one.name) for word in _SECTIONS for one in self.varied(word) if one.name]
        lets = [(word, name) for word, name in (*variants, *sections) if name.id in self.declared.lets]
        self.targets.check_once(lets)
        self.values = SweepValues(self.declared.lets, self.lets, {name.id for _, name in lets})

    @property
    def keywords(self) -> list[s.Name]:
        """The keywords that begin the sections of a comparison."""
        sections = [self.declared.sections[word].keyword for word in _SECTIONS if word in self.declared.sections]
        return [*([self.declared.variants.keyword] if self.declared.variants else []), *sections]

    def listed_variants(self) -> list[s.Variant]:
        """The variants as they are written."""
        variants = self.declared.variants
        return [entry for entry in variants.entries if isinstance(entry, s.Variant)] if variants else []

    def variants(self) -> list[Point]:
        """A point a variant."""
        points: list[Point] = []
        labels: set[str] = set()
        first: dict[Hashable, Point] = {}
        for variant in self.listed_variants():
            label = variant.label
            if label.value in labels:
                message = f"two variants are called {label.span.text}"
                self.reporter.report(Diagnostic(Code.DUPLICATE, message, label.span))
            labels.add(label.value)
            self.targets.check_distinct(entry.key for entry in _settings(variant))
            changes = [self.targets.change(entry) for entry in _settings(variant)]
            point = Point(label.value, tuple(change for change in changes if change))
            points.append(point)
            before = first.setdefault(self.outcome(point), point)
            if before is not point and None not in changes and before.label != point.label:
                message = f'"{before.label}" and "{point.label}" are one experiment, compared with itself'
                help = "`repeats` in `sweep` trains it again"
                self.reporter.report(Diagnostic(Code.NOTHING_VARIES, message, label.span, help=help))
        return points

    def outcome(self, point: Point) -> Hashable:
        """What a variant comes to: equal for two that change the same things to the same values."""
        changed = point.apply(self.declared)
        scope = evaluate_lets(changed, {}, self.lets.words(), Reporter())
        if any(is_unknown(value) for value in scope.values.values()):
            return point.label  # reported when the point is compiled
        lets = frozenset((name, identity(value)) for name, value in scope.values.items())
        settings = [change for change in point.changes if change.section]
        return lets, frozenset((one.name.id, setting_identity(one.value, scope)) for one in settings)

    def sweep(self) -> tuple[Sweep | None, list[list[Point]]]:
        """The settings of `sweep`, and for each `let` that it lists values for, a point for each."""
        sweep = self.settings("sweep", Sweep)
        varied = self.varied("sweep")
        self.targets.check_distinct(one.name for one in varied if one.name)
        axes = [self.axis(one) for one in varied]
        return sweep, [axis for axis in axes if axis]

    def axis(self, one: Given) -> list[Point]:
        """A point for each value that a `let` takes in a sweep."""
        assert one.name
        if isinstance(one.value, s.Settings):
            self.reporter.report(no_list(one.name, one.value))
            return []
        try:
            listed = self.values.listed(one.name, one.value)
        except LabError as error:
            self.reporter.report(*error.diagnostics)
            return []
        if not self.targets.is_let(one.name):
            return []
        for twice in repeated_values(listed):
            message = f"`{twice.point.label}` is compared with itself"
            help = "`repeats` trains it again"
            self.reporter.report(Diagnostic(Code.DUPLICATE, message, twice.value.span, help=help))
        return [value.point for value in listed]

    def search(self) -> SearchSpace | None:
        """The search, if the file has one."""
        section = self.declared.sections.get("search")
        if section is None:
            return None
        varied = self.varied("search")
        self.targets.check_distinct(one.name for one in varied if one.name)
        reader = SearchRanges(self.targets, self.values, self.lets, self.reporter)
        ranges = tuple(one for given in varied if (one := reader.read(given)))
        if all(isinstance(entry, s.Setting) for entry in section.settings.entries) and not varied:
            help = "give a `let` a range: `base = choice(8, 16, 32)` or `lr = log_range(1e-6, 1e-2)`"
            message = "`search` has nothing to search"
            self.reporter.report(Diagnostic(Code.MISSING, message, section.keyword.span, help=help))
        search = self.settings("search", Search)
        if search and self.train:
            self.reporter.report(*check_goal(search.goal, self.train, search.place("goal")))
        return SearchSpace(search, ranges) if search else None

    def settings(self, word: str, cls: type[S]) -> S | None:
        """The section's own settings, apart from the `let`s that it varies; None if there is none, or it is wrong."""
        section = self.declared.sections.get(word)
        if section is None:
            return None
        own = tuple(one for one in _settings(section) if one.key.id in cls.model_fields)
        with self.reporter.catch():
            return bind_settings(cls, replace(section.settings, entries=own), self.lets, section.keyword.span)
        return None

    def varied(self, word: str) -> list[Given]:
        """The `let`s that a section varies."""
        section = self.declared.sections.get(word)
        entries = _settings(section) if section else []
        fields = _SECTIONS[word].model_fields
        return [Given(entry.key, entry.value) for entry in entries if entry.key.id not in fields]


def _settings(node: s.Section | s.Variant) -> list[s.Setting]:
    return [entry for entry in node.settings.entries if isinstance(entry, s.Setting)]
