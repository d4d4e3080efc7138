"""Expand `sweep`, `variants` and `search` to points: the experiments that a file compares, not yet compiled."""

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
from ...grammar.value_class import value_class
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


@value_class
class Comparison:
    """The comparison of a file: its points, each trained `repeats` times, and its search.

    A file that compares nothing has one point without changes.
    """

    points: tuple[Point, ...]
    repeats: int
    search: SearchSpace | None
    place: Span | None
    """The location of the comparison, None if the file compares nothing."""


def read_comparison(declared: Declarations, lets: Scope, train: Train | None, reporter: Reporter) -> Comparison:
    """Return the comparison of a file. Report its mistakes, and leave out the points and ranges that are wrong."""
    reader = _Reader(declared, lets, train, reporter)
    variants = reader.variants() or [Point("", ())]
    sweep, axes = reader.sweep()
    search = reader.search()
    count = len(variants) * prod(map(len, axes))
    if count > MAX_POINTS:
        beyond = declared.sections["sweep"].keyword.span if axes else reader.keywords[0].span
        message = f"a comparison must have at most {MAX_POINTS} experiments, but has {count}"
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
        self.targets = SweepTargets(self.declared, self.lets.budget, self.reporter)
        variants = [("variants", entry.key) for variant in self.listed_variants() for entry in _settings(variant)]
        sections = [(word, one.name) for word in _SECTIONS for one in self.varied(word) if one.name]
        lets = [(word, name) for word, name in (*variants, *sections) if name.id in self.declared.lets]
        self.targets.check_once(lets)
        self.values = SweepValues(self.declared.lets, self.lets, {name.id for _, name in lets})

    @property
    def keywords(self) -> list[s.Name]:
        """Return the keywords `variants`, `sweep` and `search` of the file; an empty list if it compares nothing."""
        sections = [self.declared.sections[word].keyword for word in _SECTIONS if word in self.declared.sections]
        return [*([self.declared.variants.keyword] if self.declared.variants else []), *sections]

    def listed_variants(self) -> list[s.Variant]:
        """Return the variants of the file's syntax tree; an empty list if there are none."""
        variants = self.declared.variants
        return [entry for entry in variants.entries if isinstance(entry, s.Variant)] if variants else []

    def variants(self) -> list[Point]:
        """Return one point for each variant, and report two variants with the same label or the same values."""
        points: list[Point] = []
        labels: set[str] = set()
        first: dict[Hashable, Point] = {}
        for variant in self.listed_variants():
            label = variant.label
            if label.value in labels:
                message = f"two variants have the label {label.span.text}"
                self.reporter.report(Diagnostic(Code.DUPLICATE, message, label.span))
            labels.add(label.value)
            self.targets.check_distinct(entry.key for entry in _settings(variant))
            changes = [self.targets.change(entry) for entry in _settings(variant)]
            point = Point(label.value, tuple(change for change in changes if change))
            points.append(point)
            before = first.setdefault(self.outcome(point), point)
            if before is not point and None not in changes and before.label != point.label:
                message = f'the variants "{before.label}" and "{point.label}" are the same experiment'
                help = "to train an experiment several times, use `repeats` in `sweep`"
                self.reporter.report(Diagnostic(Code.NOTHING_VARIES, message, label.span, help=help))
        return points

    def outcome(self, point: Point) -> Hashable:
        """Return the values of a variant's `let`s and settings, equal for two variants that are the same experiment."""
        changed = point.apply(self.declared)
        scope = evaluate_lets(changed, {}, self.lets.vocabulary, self.lets.budget, Reporter())
        if any(is_unknown(value) for value in scope.values.values()):
            return point.label  # reported when the point is compiled
        lets = frozenset((name, identity(value)) for name, value in scope.values.items())
        settings = [change for change in point.changes if change.section]
        return lets, frozenset((one.name.id, setting_identity(one.value, scope)) for one in settings)

    def sweep(self) -> tuple[Sweep | None, list[list[Point]]]:
        """Return the settings of `sweep`, and for each `let` in it a list with one point for each value."""
        sweep = self.settings("sweep", Sweep)
        varied = self.varied("sweep")
        self.targets.check_distinct(one.name for one in varied if one.name)
        axes = [self.axis(one) for one in varied]
        return sweep, [axis for axis in axes if axis]

    def axis(self, one: Given) -> list[Point]:
        """Return one point for each value that `sweep` lists for a `let`; an empty list if the values are wrong."""
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
            message = f"`{twice.point.label}` is equal to an earlier value"
            help = "to train an experiment several times, use `repeats`"
            self.reporter.report(Diagnostic(Code.DUPLICATE, message, twice.value.span, help=help))
        return [value.point for value in listed]

    def search(self) -> SearchSpace | None:
        """Return the search; None if the file has none or its settings are wrong."""
        section = self.declared.sections.get("search")
        if section is None:
            return None
        varied = self.varied("search")
        self.targets.check_distinct(one.name for one in varied if one.name)
        reader = SearchRanges(self.targets, self.values, self.lets, self.reporter)
        ranges = tuple(one for given in varied if (one := reader.read(given)))
        if all(isinstance(entry, s.Setting) for entry in section.settings.entries) and not varied:
            help = "add the range of a `let`, for example `base = choice(8, 16, 32)` or `lr = log_range(1e-6, 1e-2)`"
            message = "`search` needs at least one range"
            self.reporter.report(Diagnostic(Code.MISSING, message, section.keyword.span, help=help))
        search = self.settings("search", Search)
        if search and self.train:
            self.reporter.report(*check_goal(search.goal, self.train, search.place("goal")))
        return SearchSpace(search, ranges) if search else None

    def settings(self, word: str, cls: type[S]) -> S | None:
        """Return the settings of a section without the `let`s that it varies; None if it is missing or wrong."""
        section = self.declared.sections.get(word)
        if section is None:
            return None
        own = tuple(one for one in _settings(section) if one.key.id in cls.model_fields)
        with self.reporter.catch():
            return bind_settings(cls, replace(section.settings, entries=own), self.lets, section.keyword.span)
        return None

    def varied(self, word: str) -> list[Given]:
        """Return the names that a section varies, with their values; an empty list if the file lacks the section."""
        section = self.declared.sections.get(word)
        entries = _settings(section) if section else []
        fields = _SECTIONS[word].model_fields
        return [Given(entry.key, entry.value) for entry in entries if entry.key.id not in fields]


def _settings(node: s.Section | s.Variant) -> list[s.Setting]:
    return [entry for entry in node.settings.entries if isinstance(entry, s.Setting)]
