"""`sweep`, `variants` and `search`: what is compared, read before anything of it is compiled."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Annotated, ClassVar

from ..grammar import syntax as s
from ..grammar.codes import Code
from ..grammar.diagnostic import Diagnostic
from ..grammar.inline import expression
from ..grammar.source import Span
from ..grammar.suggest import did_you_mean
from .arguments import Arguments
from .assign import Given, given_by
from .bind import bind
from .checks import check_goal, used_in
from .declarations import Declarations
from .fields import Above0, Choice, Positive
from .points import Change, Point
from .scope import Scope
from .settings import Data, Train
from .settings.train import Max, Min

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


class LogRange(Arguments):
    """Numbers between two bounds, each order of magnitude as likely as the next.

    Arguments:
        low: the lower bound.
        high: the upper bound; above the lower one.

    Example: `log_range(1e-6, 1e-2)`
    """

    positional: ClassVar[int] = 2

    low: Above0
    high: Above0


@dataclass(frozen=True)
class Comparison:
    """What a file compares: its points, each trained `repeats` times; one point of no change if it compares nothing."""

    points: tuple[Point, ...]
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
    sweep, grid = reader.sweep()
    search = reader.search()
    points = tuple(variant + point for variant in variants for point in grid)
    if len(points) > MAX_POINTS:
        place = declared.sections["sweep"].keyword.span
        message = f"this compares {len(points)} experiments; the bound is {MAX_POINTS}"
        found.append(Diagnostic(Code.BEYOND_BOUND, message, place))
        points = points[:1]
    words = [declared.sections[word].keyword for word in ("sweep", "search") if word in declared.sections]
    places = [word.span for word in ([declared.variants.keyword] if declared.variants else []) + words]
    return Comparison(points, sweep.repeats if sweep else 1, search, places[0] if places else None)


@dataclass
class _Reader:
    declared: Declarations
    lets: Scope
    train: Train | None
    found: list[Diagnostic]
    used: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.used = frozenset(used_in(self.declared))

    def variants(self) -> list[Point]:
        """A point a variant."""
        variants = self.declared.variants
        points: list[Point] = []
        labels: set[str] = set()
        for variant in variants.entries if variants else ():
            if isinstance(variant, s.Invalid):
                continue
            if variant.label.value in labels:
                message = f"two variants are called {variant.label.span.text}"
                self.found.append(Diagnostic(Code.DUPLICATE, message, variant.label.span))
            labels.add(variant.label.value)
            changes = [self.change(e) for e in variant.settings.entries if isinstance(e, s.Setting)]
            points.append(Point(variant.label.value, tuple(change for change in changes if change)))
        return points

    def change(self, entry: s.Setting) -> Change | None:
        """What an entry of a variant changes: a `let`, else a setting of `train` or `data`."""
        name = entry.key.id
        if name in self.declared.lets and not isinstance(entry.value, s.Settings):
            return self.let(entry.key, entry.value)
        for section, cls in (("train", Train), ("data", Data)):
            if name == "folds":
                message = "`folds` cannot be varied: what is compared is compared on the same folds"
                self.found.append(Diagnostic(Code.UNKNOWN_VARIED, message, entry.key.span))
                return None
            if name in cls.model_fields and section in self.declared.sections:
                return Change(entry.key, entry.value, section)
        known = [*self.declared.lets, *Train.model_fields, *Data.model_fields]
        message = f"`{name}` is neither a `let` nor a setting of `train` or `data`"
        self.found.append(Diagnostic(Code.UNKNOWN_VARIED, message, entry.key.span, help=did_you_mean(name, known)))
        return None

    def let(self, name: s.Name, value: s.Expression) -> Change | None:
        """A change of a `let`, if there is one of that name and something depends on it."""
        if name.id not in self.declared.lets:
            message = f"the file has no `let {name.id}`"
            help = did_you_mean(name.id, self.declared.lets)
            self.found.append(Diagnostic(Code.UNKNOWN_VARIED, message, name.span, help=help))
            return None
        if name.id not in self.used:
            message = f"nothing depends on `{name.id}`, so this compares an experiment with itself"
            self.found.append(Diagnostic(Code.NOTHING_VARIES, message, name.span))
            return None
        return Change(name, value)

    def sweep(self) -> tuple[Sweep | None, list[Point]]:
        """The grid: every combination of the values that `sweep` lists."""
        own, varied = self.split("sweep", Sweep)
        section = self.declared.sections.get("sweep")
        sweep = bind(Sweep, own, self.lets, section.keyword.span, self.found) if section else None
        axes = [list(self.axis(one)) for one in varied]
        points = [sum(combination, Point("", ())) for combination in product(*(axis for axis in axes if axis))]
        return sweep, points

    def axis(self, one: Given) -> Iterator[Point]:
        """A point for each value that a `let` takes in a sweep."""
        assert one.name
        value = one.value
        if not isinstance(value, s.Sequence) or value.brackets != "[]" or not value.items:
            message = f"`sweep` takes a list of values for `{one.name.id}`"
            help = f"write `{one.name.id} = [first, second]`"
            self.found.append(Diagnostic(Code.WRONG_TYPE, message, value.span, help=help))
            return
        if self.let(one.name, value):
            labels = [f"{one.name.id} = {expression(item)}" for item in value.items]
            for index, item in enumerate(value.items):
                if labels[index] in labels[:index]:
                    message = f"`{labels[index]}` is compared with itself"
                    self.found.append(Diagnostic(Code.DUPLICATE, message, item.span, help="`repeats` trains it again"))
                yield Point(labels[index], (Change(one.name, item),))

    def search(self) -> Search | None:
        """The search, if the file has one. Its ranges are read when it runs."""
        section = self.declared.sections.get("search")
        if section is None:
            return None
        own, varied = self.split("search", Search)
        for one in varied:
            assert one.name
            if not isinstance(one.value, s.Call) or one.value.name.id not in ("choice", "log_range"):
                message = f"`search` takes a range for `{one.name.id}`"
                help = "write `choice(8, 16, 32)` or `log_range(1e-6, 1e-2)`"
                self.found.append(Diagnostic(Code.WRONG_TYPE, message, one.value.span, help=help))
            elif self.let(one.name, one.value):
                self.range(one.value)
        search = bind(Search, own, self.lets, section.keyword.span, self.found)
        if search and self.train:
            self.found.extend(check_goal(search.goal, self.train, search.place("goal")))
        return search

    def range(self, call: s.Call) -> None:
        """Check the arguments of `choice` and `log_range`."""
        if call.name.id == "choice":
            if not call.arguments:
                self.found.append(Diagnostic(Code.MISSING, "`choice` needs values to choose from", call.span))
            return
        bounds = bind(LogRange, given_by(call.arguments), self.lets, call.span, self.found)
        if bounds and bounds.low >= bounds.high:
            message = "`log_range` goes from the smaller to the larger bound"
            self.found.append(Diagnostic(Code.OUT_OF_BOUNDS, message, call.span))

    def split(self, section: str, cls: type[Arguments]) -> tuple[list[Given], list[Given]]:
        """The section's own settings, and the `let`s that it varies."""
        declared = self.declared.sections.get(section)
        entries = [e for e in declared.settings.entries if isinstance(e, s.Setting)] if declared else []
        given = [Given(entry.key, entry.value) for entry in entries]
        own = [one for one in given if one.name and one.name.id in cls.model_fields]
        return own, [one for one in given if one not in own]
