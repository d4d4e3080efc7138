"""What must hold for every text. Each oracle raises `Violation`, or any other exception, where it does not."""

import re
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from labc.compiler.analysis.relocate import written_paths
from labc.compiler.experiment import Experiment
from labc.compiler.expressions.source_text import source_text
from labc.compiler.files.loader import read_source
from labc.compiler.files.provider import resolved
from labc.compiler.fixes import fix_file
from labc.compiler.pipeline import Compiled, compile_source
from labc.compiler.resolved_config import Setting, resolve_config
from labc.compiler.study import Study
from labc.grammar import syntax as s
from labc.grammar.diagnostics.diagnostic import Diagnostic, count_errors, has_errors
from labc.grammar.diagnostics.lab_error import LabError
from labc.grammar.diagnostics.render import as_data, render_text
from labc.grammar.formatting.file import format_file
from labc.grammar.parse import Parsed, parse
from labc.grammar.source import Source, Span
from labc.runtime.cli.views.config_text import render_config

from ..meaning import meaning
from ..trees import bare_tree

CPU_SECONDS = 4.0
MEGABYTES = 300
"""The most CPU time and resident memory for compiling a file of up to `SMALL` characters.

The goal is 2 s. A busy machine may take twice as long.
"""
SMALL = 100_000


class Violation(Exception):
    """An oracle that does not hold: its kind, and what was seen."""

    def __init__(self, kind: str, detail: object) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind


def require(holds: bool, kind: str, detail: object) -> None:
    """Raise `Violation` if something does not hold."""
    if not holds:
        raise Violation(kind, detail)


def check_compiler(file: Path) -> tuple[Diagnostic, ...]:
    """Check all oracles that need no command line, and return the diagnostics of the file."""
    try:
        source = read_source(file)
    except LabError as error:
        check_diagnostics(error.diagnostics)
        return error.diagnostics
    compiled = compile_in_time(source)
    require((compiled.study is None) == has_errors(compiled.diagnostics), "study", "a study despite errors, or none")
    check_diagnostics(compiled.diagnostics)
    again = compile_source(replace(source)).diagnostics
    require(_data(again) == _data(compiled.diagnostics), "deterministic", "other diagnostics the second time")
    parsed = parse(source)
    if not parsed.diagnostics:
        check_format(source, parsed, compiled)
    if compiled.study:
        check_show(compiled.study.base)
        check_texts(compiled.study)
    if any(edit.safe for one in compiled.diagnostics for edit in one.edits):
        check_fix(file, parsed, compiled.diagnostics)
    return compiled.diagnostics


def compile_in_time(source: Source) -> Compiled:
    """Compile a source, and check that a small one takes little CPU time."""
    start = time.process_time()
    compiled = compile_source(source)
    seconds, size = time.process_time() - start, len(source.text)
    megabytes = _peak_megabytes()
    require(seconds < CPU_SECONDS or size > SMALL, "slow", f"{seconds:.1f} s for {size} characters")
    require(megabytes < MEGABYTES or size > SMALL, "memory", f"{megabytes} MB for {size} characters")
    return compiled


def _peak_megabytes() -> int:
    """Return the most memory that this process has had; 0 where the system does not tell.

    `getrusage` would count the memory of the process that started this one.
    """
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) >> 10 if found else 0


def check_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Check that each span is inside its source, and that a diagnostic can be printed."""
    for one in diagnostics:
        spans = [one.span, *(label.span for label in one.labels), *(edit.span for edit in one.edits)]
        for span in spans:
            require(0 <= span.start <= span.end <= len(span.source.text), "span", f"{one.code} {span.start} {span.end}")
        require(bool(one.message.strip()), "message", f"{one.code} has no message")
        render_text(one)


def check_format(source: Source, parsed: Parsed, compiled: Compiled) -> None:
    """Check that the canonical layout has the same tree, comments and meaning, and is its own canonical layout."""
    text = format_file(parsed.file)
    formatted = replace(source, text=text)
    again = parse(formatted)
    require(not again.diagnostics, "fmt parses", [one.message for one in again.diagnostics])
    same = bare_tree(again.file.declarations) == bare_tree(parsed.file.declarations)
    require(same, "fmt keeps the tree", "another tree")
    require(_comments(again) == _comments(parsed), "fmt keeps the comments", "other comments")
    require(format_file(again.file) == text, "fmt is idempotent", "another text the second time")
    result = compile_source(formatted)
    codes = [Counter(one.code for one in each.diagnostics) for each in (compiled, result)]
    require(codes[0] == codes[1], "fmt keeps the diagnostics", codes)
    for one, other in zip(compiled.study or (), result.study or (), strict=True):
        require(_meaning(one) == _meaning(other), "fmt keeps the meaning", one.label)


def check_texts(study: Study) -> None:
    """Check the text of each experiment, and that giving each `let` its own value with `--set` changes nothing."""
    for experiment in study:
        alone = compile_source(replace(study.file.source, text=experiment.text)).experiment
        require(alone is not None and meaning(alone) == meaning(experiment), "text of a point", experiment.label)
    if len(study) == 1 and study.search is None:
        values = {name: source_text(value) for name, value in study.base.lets.items()}
        result = compile_source(study.file.source, values)
        require(result.experiment is not None, "set compiles", [one.message for one in result.diagnostics])
        assert result.experiment
        require(_meaning(result.experiment) == _meaning(study.base), "set keeps the meaning", values)
        again = compile_source(replace(study.file.source, text=result.experiment.text)).experiment
        require(again is not None and meaning(again) == meaning(study.base), "text with set", values)


def check_show(experiment: Experiment) -> None:
    """Check that `labc show`, with the blocks and the model of the file, is an experiment of the same meaning."""
    rest = [one for one in experiment.file.declarations if isinstance(one, s.Block | s.Model)]
    config = resolve_config(experiment)
    text = render_config(config) + format_file(replace(experiment.file, declarations=tuple(rest), comments=()))
    result = compile_source(replace(experiment.file.source, text=text))
    require(result.experiment is not None, "show compiles", [one.message for one in result.diagnostics])
    assert result.experiment
    require(_meaning(result.experiment) == _meaning(experiment), "show keeps the meaning", "another meaning")
    again = resolve_config(result.experiment)
    require(again.title == config.title, "show keeps the title", again.title)
    shown = [{word: [*map(_plain, settings)] for word, settings in one.sections.items()} for one in (config, again)]
    require(shown[0] == shown[1], "show is stable", "other values the second time")


def check_fix(file: Path, parsed: Parsed, before: tuple[Diagnostic, ...]) -> None:
    """Check that the safe edits add no error, and leave a file that parses if it did before."""
    fixed = fix_file(file)
    source = replace(fixed.source, text=fixed.text)
    after = compile_source(source).diagnostics
    require(count_errors(after) <= count_errors(before), "fix adds no error", [one.message for one in after])
    require(bool(parsed.diagnostics) or not parse(source).diagnostics, "fix parses", fixed.text)


def _meaning(experiment: Experiment) -> tuple[object, ...]:
    paths = [resolved(written.path) for written in written_paths(experiment.data, experiment.graph)]
    return experiment.title, paths, meaning(experiment)


def _data(diagnostics: tuple[Diagnostic, ...]) -> list[dict[str, Any]]:
    return [as_data(one) for one in diagnostics]


def _comments(parsed: Parsed) -> list[str]:
    def text(span: Span) -> str:
        return span.text.rstrip()

    return sorted(map(text, parsed.file.comments))


def _plain(setting: Setting) -> tuple[Any, ...]:
    return setting.name, setting.text, [*map(_plain, setting.inner)]
