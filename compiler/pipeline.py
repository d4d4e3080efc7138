"""The stages of the compiler: check a file, report every mistake, and return a study, the experiments of the file."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from ..grammar import syntax as s
from ..grammar.diagnostics.codes import Category, Code
from ..grammar.diagnostics.diagnostic import Diagnostic
from ..grammar.diagnostics.lab_error import LabError
from ..grammar.diagnostics.limit_exceeded import LimitExceeded
from ..grammar.diagnostics.reporter import MAX_MISTAKES, Reporter
from ..grammar.parse import parse
from ..grammar.source import Source
from ..grammar.value_class import value_class
from .analysis.built_in_names import built_in_names
from .analysis.references import model_names, names_through_lets
from .analysis.resolved import Resolved
from .analysis.vocabulary import BUILT_IN_NAMES, VALUE_WORDS
from .checks import CHECKS, check_mistyped_lets, check_shadowing, check_unused
from .comparison.expand import Comparison, read_comparison
from .comparison.points import Point
from .expectations.read_claims import read_claims
from .experiment import Experiment
from .expressions.budget import EXPERIMENT, Budget
from .expressions.lets import evaluate_lets
from .expressions.scope import Scope
from .expressions.values import UNKNOWN, Value, exact_key
from .files.declarations import Declarations, declare
from .files.imports import resolve_imports
from .files.loader import read_source
from .files.overrides import override
from .files.provider import Disk, FileProvider
from .model.elaborate import ImageInput, Names, elaborate
from .model.graph import Graph
from .schema.arguments import SettingsGroup
from .schema.bind import bind_settings
from .sections import Data, Train
from .study import Study

S = TypeVar("S", bound=SettingsGroup)

_LARGEST = {"unit": 1.0, "none": 255.0}  # the largest value of an image for each `scale` with a fixed range


@value_class
class Compiled:
    """The result of compiling a file: all diagnostics, and the study, which is None if there are errors."""

    study: Study | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def experiment(self) -> Experiment | None:
        """The experiment of the file without its comparison; None if there are errors."""
        return self.study.base if self.study else None


def compile_file(path: Path, overrides: Mapping[str, str] | None = None, files: FileProvider | None = None) -> Compiled:
    """Read and check a `.lab` file. `overrides` are new values of its `let`s, as source text.

    Files are read from the disk, unless `files` provides them. No framework is loaded, and no data is read. A mistake
    in the file is returned as a diagnostic, never raised.
    """
    try:
        source = read_source(path, files)
    except LabError as error:
        return Compiled(None, error.diagnostics)
    return compile_source(source, overrides, files)


def compile_source(
    source: Source, overrides: Mapping[str, str] | None = None, files: FileProvider | None = None
) -> Compiled:
    """Check a source text in several stages. Each stage also runs after mistakes in an earlier stage, if it can."""
    reporter, budget, study = Reporter(most=MAX_MISTAKES), Budget(), None
    try:
        study = _compile(source, overrides or {}, files or Disk(), budget, reporter)
    except LimitExceeded as limit:
        reporter.end(limit)
    budget.renew()
    return Compiled(None if reporter.has_errors else study, reporter.in_order(source))


def _compile(
    source: Source, overrides: Mapping[str, str], files: FileProvider, budget: Budget, reporter: Reporter
) -> Study | None:
    parsed = parse(source)
    if parsed.diagnostics:
        from .schema.hints.outside_sections import with_sections  # only imported for a file with a mistake

        reporter.report_syntax(with_sections(parsed))
    file = resolve_imports(parsed.file, files, reporter)
    file, defaults = override(file, overrides, reporter)
    declared = declare(file, reporter)
    stages = _Stages(file, budget, reporter)
    resolved = stages.resolve(declared, defaults)
    reporter.report(*check_shadowing(declared))
    if not reporter.has(Category.SYNTAX, Category.FILES):
        reporter.report(*check_mistyped_lets(declared))
    comparison = read_comparison(declared, resolved.lets, resolved.train, reporter)
    base = stages.experiment(Point("", ()), declared, resolved)
    study = None
    if base and not reporter.has_errors:
        study = stages.study(base, declared, comparison)
        reporter.report(*check_unused(declared, base.graph))  # after an error, a name may be unused only because of it
    return study


@dataclass
class _Stages:
    """The stages after the declarations. Each stage runs for the file itself and for each point of its comparison."""

    file: s.File
    budget: Budget
    reporter: Reporter
    graphs: dict[Hashable, Graph | None] = field(default_factory=dict)
    """The graph of each combination of values on which the model depends."""
    model_names: frozenset[str] = frozenset()
    """The names that the stacks use."""

    def study(self, base: Experiment, declared: Declarations, comparison: Comparison) -> Study:
        """Return the study of the file. Check each experiment and each value that a search may draw."""
        defaults = {name: let.value for name, let in declared.lets.items()}

        def compiled(point: Point) -> Experiment | None:
            if not point.changes:
                return base
            self.budget.spend(EXPERIMENT + len(self.file.declarations), point.changes[0].name.span)
            with self.reporter.noting(f"in this experiment of the comparison: {point.label}"):
                changed = point.apply(declared)
                return self.experiment(point, changed, self.resolve(changed, defaults))

        experiments = tuple(one for point in comparison.points if (one := compiled(point)))
        for candidate in comparison.search.candidates if comparison.search else ():
            compiled(candidate)
        varied = dict.fromkeys(change.name.id for point in comparison.points for change in point.changes)
        return Study(
            base.path,
            base.title,
            self.file,
            base,
            experiments,
            tuple(varied),
            comparison.repeats,
            comparison.search,
            comparison.place,
        )

    def experiment(self, point: Point, declared: Declarations, resolved: Resolved) -> Experiment | None:
        """Return the experiment of a point of the comparison; None if its model could not be read."""
        claims = read_claims(declared.expect, resolved, self.reporter)
        if resolved.graph is None:
            return None
        path = Path(declared.source.name)
        return Experiment(
            path,
            declared.title or path.stem.encode(errors="surrogateescape").decode(errors="backslashreplace"),
            point.label,
            point.file(self.file, declared),
            resolved.lets.values,
            resolved.data,
            resolved.train,
            resolved.graph,
            claims,
        )

    def resolve(self, declared: Declarations, defaults: Mapping[str, s.Expression]) -> Resolved:
        """Return the values, settings and graph of a file, and report what the checks across sections find."""
        lets = evaluate_lets(declared, defaults, VALUE_WORDS, self.budget, self.reporter)
        data = self.section("data", Data, declared, lets)
        train = self.section("train", Train, declared, lets)
        if data and train:
            train = train.for_task(data.task)
        graph = self.graph(declared, lets, data)
        for check in CHECKS:
            self.reporter.report(*check(data, train, graph))
        return Resolved(lets, data, train, graph)

    def section(self, word: str, cls: type[S], declared: Declarations, lets: Scope) -> S | None:
        """Return the settings of a section; None if it is missing or wrong."""
        section = declared.sections.get(word)
        if section is None:
            return None
        with self.reporter.catch():
            return bind_settings(cls, section.settings, lets, section.keyword.span)
        return None

    def graph(self, declared: Declarations, lets: Scope, data: Data | None) -> Graph | None:
        """Return the graph of the model; None if it is missing or wrong. Points with equal values share a graph."""
        if declared.model is None:
            if "model" not in declared.broken and not self.reporter.has(Category.SYNTAX, Category.FILES):
                start = declared.source.span(0, 0)
                help = "add `model { … }` with one layer on each line"
                self.reporter.report(Diagnostic(Code.MISSING, "the file has no `model`", start, help=help))
            return None
        names = Names(declared.blocks, declared.broken, lets, _built_in(declared, data))
        largest = _LARGEST.get(data.scale) if data else _LARGEST["unit"]
        unreadable = UNKNOWN if _is_unreadable("data", declared) else None
        image = ImageInput(data.image if data else unreadable, largest)
        key = self.graph_key(declared, names, image)
        if key not in self.graphs:
            self.graphs[key] = elaborate(declared.model, names, image, self.reporter)
        return self.graphs[key]

    def graph_key(self, declared: Declarations, names: Names, image: ImageInput) -> Hashable:
        """Return a key of everything on which the graph depends and which may differ between two points."""
        self.model_names = self.model_names or model_names(declared)  # a point changes only `let`s and settings
        reached = names_through_lets(self.model_names, declared.lets)
        values = {name: value for name, value in names.lets.values.items() if name in reached}
        keys = [(name, exact_key(value)) for name, value in (*values.items(), *names.built_in.items())]
        return tuple(keys), exact_key(image.shape), image.largest


def _built_in(declared: Declarations, data: Data | None) -> dict[str, Value]:
    """Return the values of the built-in names in the model; UNKNOWN if `data` is wrong, empty without `data`."""
    if data:
        return built_in_names(data)
    return dict.fromkeys(BUILT_IN_NAMES, UNKNOWN) if _is_unreadable("data", declared) else {}


def _is_unreadable(word: str, declared: Declarations) -> bool:
    """Return True if the file has this section. Ask only for a section without settings: it could not be read."""
    return word in declared.sections or word in declared.broken
