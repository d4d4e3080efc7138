"""`sweep`, `variants` and `search`: what is compared, read before anything of it is compiled."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Annotated, ClassVar

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, LabError
from ...grammar.source import Span
from ..checks import check_goal
from ..expressions.lets import evaluate_lets
from ..expressions.scope import Scope
from ..expressions.values import is_unknown
from ..files.declarations import Declarations
from ..schema.arguments import Arguments
from ..schema.bind import bind
from ..schema.call_arguments import Given
from ..schema.field_types import Choice, Positive
from ..sections import Train
from ..sections.train.train import Max, Min
from .points import Point
from .search_space import LogRange, Ranges
from .sweep_targets import Varied
from .sweep_values import Candidates, again, identity, no_list, setting_identity

__all__ = ["MAX_POINTS", "Comparison", "LogRange", "Search", "Sweep", "read_comparison"]

MAX_POINTS = 1_000


class Sweep(Arguments):
    """The `sweep` section: every combination of the values that it lists for `let`s.

    Each name besides these settings is that of a `let`, and its value a list.

    Arguments:
        repeats: number of trainings of each combination.

    Example: `sweep { base = [8, 16]  repeats = 5 }`
    """

    positional: ClassVar[int] = 0

    repeats: Positive = 1


class Search(Arguments):
    """The `search` section: values of `let`s that make a figure best.

    Each name besides these settings is that of a `let`, and its value a range: `choice(8, 16, 32)` is one of the values
    that it lists, `log_range(1e-6, 1e-2)` a number between two bounds.

    Arguments:
        trials: number of trainings.
        goal: the figure that is to be made small or large.

    Example: `search { trials = 40  goal = max(val_accuracy)  base = choice(8, 16, 32) }`
    """

    positional: ClassVar[int] = 0

    trials: Positive
    goal: Annotated[Min | Max, Choice((Min, Max))]


@dataclass(frozen=True)
class Comparison:
    """What a file compares: its points, each trained `repeats` times; one point of no change if it compares nothing."""

    points: tuple[Point, ...]
    candidates: tuple[Point, ...]
    """The values that a search may draw, one change at a time: checked, and no trainings of their own."""
    repeats: int
    search: Search | None
    place: Span | None
    """Where it stands, None if the file compares nothing."""

    @property
    def trainings(self) -> int:
        """How many trainings this comes to, before cross-validation makes several of each."""
        return self.search.trials if self.search else len(self.points) * self.repeats


def read_comparison(declared: Declarations, lets: Scope, train: Train | None, found: list[Diagnostic]) -> Comparison:
    """The comparison of a file; its mistakes go to `found`, and what is wrong is left out."""
    reader = _Reader(declared, lets, train, found)
    variants = reader.variants() or [Point("", ())]
    sweep, axes = reader.sweep()
    search, candidates = reader.search()
    count = len(variants) * prod(map(len, axes))
    if count > MAX_POINTS:
        place = declared.sections["sweep"].keyword.span if axes else reader.words[0].span
        message = f"this compares {count} experiments; the bound is {MAX_POINTS}"
        found.append(Diagnostic(Code.BEYOND_BOUND, message, place))
        variants, axes = variants[:1], []
    points = tuple(sum(combination, variant) for variant in variants for combination in product(*axes))
    begins = reader.words[0].span if reader.words else None
    return Comparison(points, tuple(candidates), sweep.repeats if sweep else 1, search, begins)


@dataclass
class _Reader:
    declared: Declarations
    lets: Scope
    train: Train | None
    found: list[Diagnostic]
    names: Varied = field(init=False)
    values: Candidates = field(init=False)

    def __post_init__(self) -> None:
        self.names = Varied(self.declared, self.found)
        variants = [("variants", entry.key) for variant in self.listed_variants() for entry in _settings(variant)]
        sections = [(word, one.name) for word, cls in _SECTIONS.items() for one in self.split(word, cls)[1] if one.name]
        lets = [(word, name) for word, name in (*variants, *sections) if name.id in self.declared.lets]
        self.names.check_once(lets)
        varied = {name.id for _, name in lets}
        self.values = Candidates(self.declared.lets, self.lets, varied)

    @property
    def words(self) -> list[s.Name]:
        """The words that begin the sections of a comparison."""
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
                self.found.append(Diagnostic(Code.DUPLICATE, f"two variants are called {label.span.text}", label.span))
            labels.add(label.value)
            self.names.check_distinct(entry.key for entry in _settings(variant))
            changes = [self.names.change(entry) for entry in _settings(variant)]
            point = Point(label.value, tuple(change for change in changes if change))
            points.append(point)
            before = first.setdefault(self.outcome(point), point)
            if before is not point and None not in changes and before.label != point.label:
                message = f'"{before.label}" and "{point.label}" are one experiment, compared with itself'
                help = "`repeats` in `sweep` trains it again"
                self.found.append(Diagnostic(Code.NOTHING_VARIES, message, label.span, help=help))
        return points

    def outcome(self, point: Point) -> Hashable:
        """What a variant comes to: the same for two that change the same things to the same values."""
        changed = point.apply(self.declared)
        scope = evaluate_lets(changed, {}, [])
        if any(is_unknown(value) for value in scope.values.values()):
            return point.label  # told when the point is compiled
        lets = frozenset((name, identity(value)) for name, value in scope.values.items())
        settings = [change for change in point.changes if change.section]
        return lets, frozenset((one.name.id, setting_identity(one.value, scope)) for one in settings)

    def sweep(self) -> tuple[Sweep | None, list[list[Point]]]:
        """The settings of `sweep`, and for each `let` that it lists values for, a point for each."""
        own, varied = self.split("sweep", Sweep)
        section = self.declared.sections.get("sweep")
        sweep = bind(Sweep, own, self.lets, section.keyword.span, self.found) if section else None
        self.names.check_distinct(one.name for one in varied if one.name)
        axes = [self.axis(one) for one in varied]
        return sweep, [axis for axis in axes if axis]

    def axis(self, one: Given) -> list[Point]:
        """A point for each value that a `let` takes in a sweep."""
        assert one.name
        if isinstance(one.value, s.Settings):
            self.found.append(no_list(one.name, one.value))
            return []
        try:
            listed = self.values.listed(one.name, one.value)
        except LabError as error:
            self.found.extend(error.diagnostics)
            return []
        if not self.names.is_let(one.name):
            return []
        for twice in again(listed):
            message = f"`{twice.point.label}` is compared with itself"
            self.found.append(Diagnostic(Code.DUPLICATE, message, twice.value.span, help="`repeats` trains it again"))
        return [candidate.point for candidate in listed]

    def search(self) -> tuple[Search | None, list[Point]]:
        """The search, if the file has one, and the values that it may draw."""
        section = self.declared.sections.get("search")
        if section is None:
            return None, []
        own, varied = self.split("search", Search)
        self.names.check_distinct(one.name for one in varied if one.name)
        ranges = Ranges(self.names, self.values, self.lets, self.found)
        candidates = [point for one in varied for point in ranges.read(one)]
        if all(isinstance(entry, s.Setting) for entry in section.settings.entries) and not varied:
            help = "give a `let` a range: `base = choice(8, 16, 32)` or `lr = log_range(1e-6, 1e-2)`"
            message = "`search` has nothing to search"
            self.found.append(Diagnostic(Code.MISSING, message, section.keyword.span, help=help))
        search = bind(Search, own, self.lets, section.keyword.span, self.found)
        if search and self.train:
            self.found.extend(check_goal(search.goal, self.train, search.place("goal")))
        return search, candidates

    def split(self, section: str, cls: type[Arguments]) -> tuple[list[Given], list[Given]]:
        """The section's own settings, and the `let`s that it varies."""
        declared = self.declared.sections.get(section)
        given = [Given(entry.key, entry.value) for entry in _settings(declared)] if declared else []
        own = [one for one in given if one.name and one.name.id in cls.model_fields]
        return own, [one for one in given if one not in own]


_SECTIONS: dict[str, type[Arguments]] = {"sweep": Sweep, "search": Search}


def _settings(node: s.Section | s.Variant) -> list[s.Setting]:
    return [entry for entry in node.settings.entries if isinstance(entry, s.Setting)]
