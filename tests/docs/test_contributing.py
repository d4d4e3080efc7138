"""CONTRIBUTING.md is carried out in a copy of the project: what it says to write works, and leaves all tests green."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .markdown import ROOT, blocks, files_named

PAGE = ROOT / "CONTRIBUTING.md"
FOLDERS = ("labc", "grammar", "compiler", "runtime", "docs", "examples", "tests", "benchmarks")
FILES = ("pyproject.toml", "constraints.txt", "README.md", "CONTRIBUTING.md", ".pre-commit-hooks.yaml")
WRITTEN = {
    ("python", 0): "compiler/layers/parametric.py",
    ("python", 1): "compiler/checks/batch_of_one.py",
    ("markdown", 0): "compiler/help/W0499.md",
    ("lab", 0): "tests/bad/batch_of_one.lab",
}
SUITE = ".venv/bin/pytest tests/compiler tests/docs"
COMMANDS = [line for block in blocks(PAGE, "sh")[1:] for line in block.splitlines()]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the page has been followed, apart from running the suite."""
    folder = tmp_path_factory.mktemp("project")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    for (language, number), name in WRITTEN.items():
        assert f"`{name}`" in PAGE.read_text(encoding="utf-8")
        (folder / name).write_text(blocks(PAGE, language)[number], encoding="utf-8")
    for change in blocks(PAGE, "diff"):
        apply(change, folder)
    for line in COMMANDS:
        if line != SUITE:
            run(folder, line)
    return folder


def apply(change: str, folder: Path) -> None:
    """Add the lines with a `+` between their neighbours, which are in the file once."""
    first, *lines = change.splitlines(keepends=True)
    file = folder / first.removeprefix("--- ").strip()
    before = "".join(line[1:] for line in lines if line.startswith(" "))
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{file.name} has changed beside what the page adds to it: show its new lines there"
    file.write_text(text.replace(before, "".join(line[1:] for line in lines)), encoding="utf-8")


def run(project: Path, line: str, **environment: str) -> str:
    """Run a line for the shell, with this Python in the place of the one in `.venv`; what it prints."""
    command = re.fullmatch(r"(?:LABC_GOLDEN=(?P<golden>\w+) )?\.venv/bin/(?P<program>\w+) (?P<arguments>.*)", line)
    assert command, line
    module = [] if command["program"] == "python" else ["-m", command["program"]]
    done = subprocess.run(
        [sys.executable, *module, *command["arguments"].split()],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project), "LABC_GOLDEN": command["golden"] or ""} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_each_change_ends_with_the_whole_suite() -> None:
    assert COMMANDS.count(SUITE) == 2
    assert COMMANDS[-1] == SUITE


def test_the_pages_and_messages_are_written_as_the_page_says(project: Path) -> None:
    assert "### prelu\n\n`prelu(slope = 0.25)`" in (project / "docs" / "layers.md").read_text(encoding="utf-8")
    assert "prelu_1" in (project / "tests" / "good" / "image.txt").read_text(encoding="utf-8")
    assert "`W0499`" in (project / "docs" / "mistakes.md").read_text(encoding="utf-8")
    message = (project / "tests" / "bad" / "batch_of_one.txt").read_text(encoding="utf-8")
    assert message == blocks(PAGE, "")[0]


def test_following_the_page_leaves_all_tests_green(project: Path) -> None:
    """The whole suite of the compiler and the docs, but this file, with few of the drawn programs."""
    options = "-p no:cacheprovider -W ignore --ignore tests/docs/test_contributing.py"
    printed = run(project, f"{SUITE} {options}", LABC_DRAWN="0.05")
    (passed,) = re.findall(r"(\d+) passed", printed)
    assert int(passed) > 2500


def test_what_the_page_writes_is_in_the_style_of_the_project(project: Path) -> None:
    changed = [change.splitlines()[0].removeprefix("--- ") for change in blocks(PAGE, "diff")]
    files = " ".join(name for name in [*changed, *WRITTEN.values()] if name.endswith(".py"))
    run(project, f".venv/bin/ruff check --no-cache {files}")
    run(project, f".venv/bin/ruff format --no-cache --check {files}")


def test_every_file_that_is_named_is_there_or_written() -> None:
    named = files_named(PAGE.read_text(encoding="utf-8"))
    assert {name for name in named if not (ROOT / name).exists()} == {*WRITTEN.values(), "tests/bad/batch_of_one.txt"}
