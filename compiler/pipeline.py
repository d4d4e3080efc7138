"""The whole compiler on one page: a file to a checked experiment, every mistake found on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from ..grammar import syntax as s
from ..grammar.diagnostics.codes import Code
from ..grammar.diagnostics.diagnostic import Diagnostic, LabError, has_errors
from ..grammar.parse import parse
from ..grammar.source import Source, Span
from .checks import CHECKS, check_shadowing, check_unused
from .comparison.expand import Comparison, read_comparison
from .expectations.read_claims import read_claims
from .experiment import Experiment
from .expressions.lets import evaluate_lets
from .expressions.scope import Scope
from .expressions.values import UNKNOWN
from .files.declarations import Declarations, declare, override
from .files.imports import resolve
from .files.loader import read_source
from .meaning import Meaning
from .model.elaborate import elaborate
from .model.graph import Graph
from .schema.arguments import Arguments
from .schema.bind import bind_settings
from .sections import Data, Train

A = TypeVar("A", bound=Arguments)

_HIDING = (Code.UNREADABLE_FILE, Code.FILE_CYCLE)  # behind these may be what seems to be missing
_TOP = {"unit": 1.0, "none": 255.0}  # the largest value of an image, for the scales that fix it


@dataclass(frozen=True)
class Compiled:
    """What came of a file: the experiment, unless there are errors among the diagnostics."""

    experiment: Experiment | None
    diagnostics: tuple[Diagnostic, ...]


def compile_file(path: Path, overrides: Mapping[str, str] | None = None) -> Compiled:
    """Read and check a `.lab` file; `overrides` are texts of values that replace those of its `let`s.

    Neither a framework nor the data is touched. Never raises for anything that the file holds.
    """
    try:
        source = read_source(path)
    except LabError as error:
        return Compiled(None, error.diagnostics)
    return compile_source(source, overrides)


def compile_source(source: Source, overrides: Mapping[str, str] | None = None) -> Compiled:
    """Check a text: the stages, in order. Each goes on as far as it can after the mistakes of those before it."""
    parsed = parse(source)
    found = list(parsed.diagnostics)
    file, defaults = override(resolve(parsed.file, found), overrides or {}, found)
    declared = declare(file, found)
    meaning = _understand(declared, defaults, found)
    lets, data, train, graph = meaning.lets, meaning.data, meaning.train, meaning.graph
    found.extend(check_shadowing(declared))
    comparison = read_comparison(declared, lets, train, found)
    claims = read_claims(declared.expect, meaning, found)
    sizes: tuple[int, ...] = ()
    if not has_errors(found):
        sizes = _understand_points(declared, comparison, meaning, found)
        found.extend(check_unused(declared, graph))  # beside an error it may only follow from it
    diagnostics = _in_order(found, source)
    if has_errors(diagnostics):
        return Compiled(None, diagnostics)
    assert graph, "without a mistake there is a model"
    path = Path(source.name)
    title = declared.title or path.stem
    made = Experiment(path, title, file, lets.values, data, train, graph, comparison, sizes, claims)
    return Compiled(made, diagnostics)


def _understand(declared: Declarations, defaults: Mapping[str, s.Expression], found: list[Diagnostic]) -> Meaning:
    """Values, settings, the graph, and the checks across them."""
    lets = evaluate_lets(declared, defaults, found)
    data = _section("data", Data, declared, lets, found)
    train = _section("train", Train, declared, lets, found)
    if data and train and data.has_masks:
        train = train.for_masks()
    graph = _model(declared, lets, data, found)
    for check in CHECKS:
        found.extend(check(data, train, graph))
    return Meaning(lets, data, train, graph)


def _understand_points(
    declared: Declarations, comparison: Comparison, base: Meaning, found: list[Diagnostic]
) -> tuple[int, ...]:
    """The number of weights at each point of a comparison; all are checked before the first one trains.

    So is every value that a search may draw. What is wrong goes to `found`, each place once.
    """
    seen = {(diagnostic.code, diagnostic.span) for diagnostic in found}
    originals = {name: let.value for name, let in declared.lets.items()}
    sizes = []
    for point in (*comparison.points, *comparison.candidates):
        new: list[Diagnostic] = []
        meaning = base
        if point.changes:
            meaning = _understand(point.apply(declared), originals, new)
            read_claims(declared.expect, meaning, new)
        sizes.append(meaning.graph.parameters if meaning.graph else 0)
        for diagnostic in new:
            if (diagnostic.code, diagnostic.span) not in seen:
                seen.add((diagnostic.code, diagnostic.span))
                note = f"in the comparison: {point.label}"
                found.append(replace(diagnostic, notes=(*diagnostic.notes, note)))
    return tuple(sizes[: len(comparison.points)])


def _in_order(found: list[Diagnostic], source: Source) -> tuple[Diagnostic, ...]:
    """The diagnostics in the order of the file, those in other sources last."""
    if any(diagnostic.code in (Code.UNCLOSED, Code.UNOPENED) for diagnostic in found):
        # Where the brackets are mended is a guess: what follows from it is not for the reader to mend.
        found = [diagnostic for diagnostic in found if diagnostic.code[:3] not in ("E03", "E04", "W02", "W03", "W04")]
    wrong = {diagnostic.span for diagnostic in found if diagnostic.code is Code.WRONG_TYPE}
    found = [one for one in found if one.code is not Code.BAD_STRING or one.span not in wrong]  # of two ways out, one
    unclosed = [one.span for one in found if one.code is Code.UNCLOSED]
    found = [one for one in found if not any(_covers(one.span, bracket) for bracket in unclosed)]
    return tuple(sorted(found, key=lambda one: (one.span.source is not source, one.span.start)))


def _covers(outer: Span, inner: Span) -> bool:
    """Whether `inner` lies in `outer` and is not all of it: what holds a mended bracket is not what was meant."""
    return outer.source is inner.source and outer.start <= inner.start < inner.end <= outer.end and outer != inner


def _section(word: str, cls: type[A], declared: Declarations, lets: Scope, found: list[Diagnostic]) -> A | None:
    section = declared.sections.get(word)
    return bind_settings(cls, section.settings, lets, section.keyword.span, found) if section else None


def _built_in(data: Data | None, declared: Declarations) -> dict[str, object]:
    """The names that `data` gives a meaning in the model; unknown where `data` is there and wrong."""
    if data:
        return {"classes": len(data.class_names) or UNKNOWN, "channels": data.image[2]}
    wrong = "data" in declared.sections or "data" in declared.broken
    return {"classes": UNKNOWN, "channels": UNKNOWN} if wrong else {}


def _model(declared: Declarations, lets: Scope, data: Data | None, found: list[Diagnostic]) -> Graph | None:
    if declared.model is None:
        unread = any(one.code in _HIDING or one.code.startswith("E01") for one in found)
        if "model" not in declared.broken and not unread:
            message = "the file has no `model`"
            start = declared.source.span(0, 0)
            found.append(Diagnostic(Code.MISSING, message, start, help="add `model { … }` with a layer a line"))
        return None
    unread = data is None and ("data" in declared.sections or "data" in declared.broken)
    image = data.image if data else UNKNOWN if unread else None
    built_in = _built_in(data, declared)
    top = _TOP.get(data.scale) if data else _TOP["unit"]
    return elaborate(declared.model, declared.blocks, declared.broken, lets, built_in, image, top, found)
