"""The stages of the compiler: check a file, report every mistake, and return a study, the experiments of the file."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from ..grammar import syntax as s
from ..grammar.diagnostics.codes import Category, Code
from ..grammar.diagnostics.diagnostic import Diagnostic
from ..grammar.diagnostics.lab_error import LabError
from ..grammar.diagnostics.reporter import Reporter
from ..grammar.parse import parse
from ..grammar.source import Source
from ..grammar.value_class import value_class
from .analysis.resolved import Resolved
from .analysis.vocabulary import VALUE_WORDS
from .checks import CHECKS, check_shadowing, check_unused
from .comparison.expand import Comparison, read_comparison
from .comparison.points import Point
from .expectations.read_claims import read_claims
from .experiment import Experiment
from .expressions.lets import evaluate_lets
from .expressions.scope import Scope
from .expressions.values import UNKNOWN, Value
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
    reporter = Reporter()
    parsed = parse(source)
    reporter.report_syntax(parsed.diagnostics)
    file = resolve_imports(parsed.file, files or Disk(), reporter)
    file, defaults = override(file, overrides or {}, reporter)
    declared = declare(file, reporter)
    resolved = _resolve(declared, defaults, reporter)
    reporter.report(*check_shadowing(declared))
    comparison = read_comparison(declared, resolved.lets, resolved.train, reporter)
    base = _experiment(Point("", ()), declared, resolved, file, reporter)
    study = None
    if base and not reporter.has_errors:
        study = _study(base, declared, comparison, file, reporter)
        reporter.report(*check_unused(declared, base.graph))  # after an error, a name may be unused only because of it
    return Compiled(None if reporter.has_errors else study, reporter.in_order(source))


def _study(base: Experiment, declared: Declarations, comparison: Comparison, file: s.File, reporter: Reporter) -> Study:
    """Return the study of a file. Check each experiment and each value that a search may draw, before any training."""
    defaults = {name: let.value for name, let in declared.lets.items()}

    def compiled(point: Point) -> Experiment | None:
        if not point.changes:
            return base
        with reporter.noting(f"in this experiment of the comparison: {point.label}"):
            changed = point.apply(declared)
            return _experiment(point, changed, _resolve(changed, defaults, reporter), file, reporter)

    experiments = tuple(one for point in comparison.points if (one := compiled(point)))
    for candidate in comparison.search.candidates if comparison.search else ():
        compiled(candidate)
    varied = dict.fromkeys(change.name.id for point in comparison.points for change in point.changes)
    return Study(
        base.path,
        base.title,
        file,
        base,
        experiments,
        tuple(varied),
        comparison.repeats,
        comparison.search,
        comparison.place,
    )


def _experiment(
    point: Point, declared: Declarations, resolved: Resolved, file: s.File, reporter: Reporter
) -> Experiment | None:
    """Return the experiment of a point of the comparison; None if its model could not be read."""
    claims = read_claims(declared.expect, resolved, reporter)
    if resolved.graph is None:
        return None
    path = Path(declared.source.name)
    return Experiment(
        path,
        declared.title or path.stem,
        point.label,
        point.file(file, declared),
        resolved.lets.values,
        resolved.data,
        resolved.train,
        resolved.graph,
        claims,
    )


def _resolve(declared: Declarations, defaults: Mapping[str, s.Expression], reporter: Reporter) -> Resolved:
    """Return the values, settings and graph of a file, and report what the checks across sections find."""
    lets = evaluate_lets(declared, defaults, VALUE_WORDS, reporter)
    data = _section("data", Data, declared, lets, reporter)
    train = _section("train", Train, declared, lets, reporter)
    if data and train and data.has_masks:
        train = train.for_masks()
    graph = _graph(declared, lets, data, reporter)
    for check in CHECKS:
        reporter.report(*check(data, train, graph))
    return Resolved(lets, data, train, graph)


def _section(word: str, cls: type[S], declared: Declarations, lets: Scope, reporter: Reporter) -> S | None:
    section = declared.sections.get(word)
    if section is None:
        return None
    with reporter.catch():
        return bind_settings(cls, section.settings, lets, section.keyword.span)
    return None


def _graph(declared: Declarations, lets: Scope, data: Data | None, reporter: Reporter) -> Graph | None:
    if declared.model is None:
        if "model" not in declared.broken and not reporter.has(Category.SYNTAX, Category.FILES):
            start = declared.source.span(0, 0)
            help = "add `model { … }` with one layer on each line"
            reporter.report(Diagnostic(Code.MISSING, "the file has no `model`", start, help=help))
        return None
    names = Names(declared.blocks, declared.broken, lets, _built_in(declared, data))
    largest = _LARGEST.get(data.scale) if data else _LARGEST["unit"]
    unreadable = UNKNOWN if _is_unreadable("data", declared) else None
    return elaborate(declared.model, names, ImageInput(data.image if data else unreadable, largest), reporter)


def _built_in(declared: Declarations, data: Data | None) -> dict[str, Value]:
    """Return the values of `classes` and `channels` in the model; UNKNOWN if `data` is wrong, empty without `data`."""
    if data:
        return {"classes": len(data.class_names) or UNKNOWN, "channels": data.image[-1]}
    return {"classes": UNKNOWN, "channels": UNKNOWN} if _is_unreadable("data", declared) else {}


def _is_unreadable(word: str, declared: Declarations) -> bool:
    """Return True if the file has this section. Ask only for a section without settings: it could not be read."""
    return word in declared.sections or word in declared.broken
