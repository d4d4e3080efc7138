"""What the README says besides the language: the commands, and the use from Python."""

import re
from pathlib import Path

import pytest

from labc.runtime.cli import commands

from .markdown import ROOT, snippets

README = ROOT / "README.md"


def test_every_command_is_in_the_table() -> None:
    listed = re.findall(r"^\| `labc (\w+) ", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(commands.commands)


def test_every_option_that_is_named_exists() -> None:
    known = {option for command in commands.commands.values() for one in command.params for option in one.opts}
    assert set(re.findall(r"--[a-z]+", README.read_text(encoding="utf-8"))) <= known


def test_the_use_from_python_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    (snippet,) = snippets(README, "python")
    exec(compile(snippet.text, "README.md", "exec"), {})
    assert "accuracy" in capsys.readouterr().out.splitlines()[-1]


def test_the_lines_for_the_shell_name_what_is_there() -> None:
    lines = [line for snippet in snippets(README, "sh") for line in snippet.text.splitlines()]
    assert len(lines) == 2
    assert all(line.startswith("python3 -m venv .venv && .venv/bin/pip install -e ") for line in lines)
    named = set(re.findall(r"\bexamples/\w+\.lab", README.read_text(encoding="utf-8")))
    assert named
    assert all((ROOT / name).exists() for name in named)
