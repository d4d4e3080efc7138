"""Every piece of the language on a page compiles, as it stands or inside the smallest experiment it fits into."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source
from labc.runtime.cli import commands

from .frames import whole
from .markdown import PAGES, Snippet, snippets

# CONTRIBUTING.md has a wrong program, for the check that it adds; test_contributing.py carries that page out.
SNIPPETS = [snippet for page in PAGES if page.stem != "CONTRIBUTING" for snippet in snippets(page, "lab")]
CORRECT = [snippet for snippet in SNIPPETS if not snippet.output]
WITH_OUTPUT = [snippet for snippet in SNIPPETS if snippet.output]


def test_there_are_snippets_of_both_sorts() -> None:
    assert len(CORRECT) > 60
    assert WITH_OUTPUT


@pytest.mark.parametrize("snippet", CORRECT, ids=str)
def test_a_snippet_compiles(snippet: Snippet) -> None:
    text = whole(snippet.text)
    assert snippet.text.strip().rpartition("= ")[2] in text
    found = compile_source(Source(f"{snippet}.lab", text)).diagnostics
    assert [one.message for one in found] == [], text


@pytest.mark.parametrize("snippet", WITH_OUTPUT, ids=str)
def test_the_output_behind_a_snippet_is_what_labc_prints(
    snippet: Snippet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command, _, output = snippet.output.partition("\n")
    words = command.removeprefix("$ labc ").split()
    Path(words[-1]).write_text(snippet.text, encoding="utf-8")
    assert CliRunner().invoke(commands, words).output == output
