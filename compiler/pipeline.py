"""The whole compiler on one page: a file to a checked experiment, every mistake found on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ..grammar.codes import Code
from ..grammar.diagnostic import Diagnostic, has_errors
from ..grammar.parse import parse
from ..grammar.source import Source
from .arguments import Arguments
from .bind import bind_settings
from .checks import CHECKS, check_shadowing
from .declarations import Declarations, declare, override
from .elaborate import elaborate
from .experiment import Experiment
from .graph import Graph
from .lets import evaluate_lets
from .scope import Scope
from .settings import Data, Train
from .values import UNKNOWN

A = TypeVar("A", bound=Arguments)


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
        source = Source(str(path), path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        return Compiled(None, (_unreadable(path, error),))
    return compile_source(source, overrides)


def compile_source(source: Source, overrides: Mapping[str, str] | None = None) -> Compiled:
    """Check a text: the stages, in order. Each goes on as far as it can after the mistakes of those before it."""
    parsed = parse(source)
    found = list(parsed.diagnostics)
    file, defaults = override(parsed.file, overrides or {}, found)
    declared = declare(file, found)
    lets = evaluate_lets(declared, defaults, found)
    data = _section("data", Data, declared, lets, found)
    train = _section("train", Train, declared, lets, found)
    graph = _model(declared, Scope(_built_in(data, declared), lets), data, found)
    found.extend(check_shadowing(declared))
    for check in CHECKS:
        found.extend(check(data, train, graph))
    if any(diagnostic.code in (Code.UNCLOSED, Code.UNOPENED) for diagnostic in found):
        # Where the brackets are mended is a guess: what follows from it is not for the reader to mend.
        found = [diagnostic for diagnostic in found if diagnostic.code[:3] not in ("E03", "E04", "W04")]
    diagnostics = tuple(sorted(found, key=lambda diagnostic: diagnostic.span.start))
    if has_errors(diagnostics):
        return Compiled(None, diagnostics)
    assert graph, "without a mistake there is a model"
    path = Path(source.name)
    title = declared.title or path.stem
    return Compiled(Experiment(path, title, file, lets.values, data, train, graph), diagnostics)


def _section(word: str, cls: type[A], declared: Declarations, lets: Scope, found: list[Diagnostic]) -> A | None:
    section = declared.sections.get(word)
    return bind_settings(cls, section.settings, lets, section.keyword.span, found) if section else None


def _built_in(data: Data | None, declared: Declarations) -> dict[str, object]:
    """The names that `data` gives a meaning in the model; unknown where `data` is there and wrong."""
    if data:
        return {"classes": len(data.classes), "channels": data.image[2]}
    wrong = "data" in declared.sections or "data" in declared.broken
    return {"classes": UNKNOWN, "channels": UNKNOWN} if wrong else {}


def _model(declared: Declarations, scope: Scope, data: Data | None, found: list[Diagnostic]) -> Graph | None:
    if declared.model is None:
        if "model" not in declared.broken:
            message = "the file has no `model`"
            start = declared.source.span(0, 0)
            found.append(Diagnostic(Code.MISSING, message, start, help="add `model { … }` with a layer a line"))
        return None
    unread = data is None and ("data" in declared.sections or "data" in declared.broken)
    image = data.image if data else UNKNOWN if unread else None
    return elaborate(declared.model, declared.blocks, declared.broken, scope, image, found)


def _unreadable(path: Path, error: OSError | UnicodeDecodeError) -> Diagnostic:
    start = Source(str(path), "").span(0, 0)
    if isinstance(error, UnicodeDecodeError):
        message = f"this file is not UTF-8 text: byte {error.start} is {error.object[error.start]:#04x}"
        return Diagnostic(Code.UNREADABLE_FILE, message, start, help="save it as UTF-8")
    reason = {
        "FileNotFoundError": "there is no such file",
        "IsADirectoryError": "this is a folder, not a file",
    }
    message = reason.get(type(error).__name__, f"this file cannot be read: {error.strerror}")
    nearby = path.parent.glob("*.lab") if path.parent.is_dir() else ()
    from ..grammar.suggest import nearest

    match = nearest(path.name, (other.name for other in nearby if other != path))
    help = f"did you mean `{path.with_name(match)}`?" if match else None
    return Diagnostic(Code.UNREADABLE_FILE, message, start, help=help)
