"""Every program in tests/bad gives the diagnostics beside it, and every code has such a program."""

import re
from pathlib import Path

import pytest

from labc.compiler.pipeline import compile_source
from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.render import as_data, render_text
from labc.grammar.source import Source

from ..golden import check_golden

BAD = Path(__file__).parent.parent / "bad"
PROGRAMS = sorted(BAD.glob("*.lab"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_bad_program_gives_its_diagnostics(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)  # so that paths in messages are short, and the same everywhere
    text = path.read_text(encoding="utf-8")
    overrides = dict(re.findall(r"^# --set (\w+)=(.*)$", text, re.MULTILINE))
    compiled = compile_source(Source(path.name, text), overrides)
    assert compiled.diagnostics
    rendered = "\n\n".join(render_text(diagnostic) for diagnostic in compiled.diagnostics) + "\n"
    check_golden(path.with_suffix(".txt"), rendered)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_every_place_lies_in_its_source(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for diagnostic in compile_source(Source(path.name, text)).diagnostics:
        data = as_data(diagnostic)
        lines = diagnostic.span.source.text.split("\n")
        assert 1 <= data["line"] <= data["end_line"] <= len(lines)
        assert 1 <= data["column"] <= len(lines[data["line"] - 1]) + 1
        assert set(data) == {
            "code", "severity", "message", "file", "line", "column", "end_line", "end_column", "notes", "help",
            "labels", "edits",
        }  # fmt: skip


def test_every_code_has_a_golden_file() -> None:
    shown = set()
    for path in BAD.rglob("*.txt"):
        shown |= set(re.findall(r"^(?:error|warning)\[(\w+)\]", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert shown == {code.value for code in Code}
