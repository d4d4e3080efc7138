"""CONTRIBUTING.md is carried out in a copy of the project: the layer and the check on it work as they stand."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .markdown import ROOT, blocks, files_named

PAGE = ROOT / "CONTRIBUTING.md"
COPIED = ("labc", "grammar", "compiler", "runtime", "docs", "examples", "tests")
WRITTEN = {
    ("python", 0): "compiler/layers/parametric.py",
    ("python", 1): "compiler/checks/batch_of_one.py",
    ("markdown", 0): "compiler/help/W0499.md",
    ("lab", 0): "tests/bad/batch_of_one.lab",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which all that the page says has been written."""
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, symlinks=True, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "CONTRIBUTING.md"):
        shutil.copy(ROOT / name, folder)
    for (language, number), name in WRITTEN.items():
        assert f"`{name}`" in PAGE.read_text(encoding="utf-8")
        (folder / name).write_text(blocks(PAGE, language)[number], encoding="utf-8")
    for change in blocks(PAGE, "diff"):
        apply(change, folder)
    return folder


def apply(change: str, folder: Path) -> None:
    """Add the lines with a `+` between their neighbours, which stand in the file once."""
    first, *lines = change.splitlines(keepends=True)
    file = folder / first.removeprefix("--- ").strip()
    before = "".join(line[1:] for line in lines if line.startswith(" "))
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{file.name} has changed beside what the page adds to it: show its new lines there"
    file.write_text(text.replace(before, "".join(line[1:] for line in lines)), encoding="utf-8")


def python(project: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def passed(project: Path, selected: str, *files: str, **environment: str) -> int:
    """How many of the tests with a name like `selected` passed, all of them having done so."""
    arguments = ["-m", "pytest", "-p", "no:cacheprovider", "-W", "ignore", "-k", selected, *files]
    (count,) = re.findall(r"(\d+) passed", python(project, *arguments, **environment))
    return int(count)


def test_the_layer_keeps_the_contract_and_has_its_page(project: Path) -> None:
    assert passed(project, "prelu or every_layer_is_drawn or can_be_drawn", "tests/compiler") == 8
    assert passed(project, "image or is_a_step", "tests/compiler/test_good.py", LABC_GOLDEN="write") == 2
    assert "prelu_1" in (project / "tests" / "good" / "image.txt").read_text(encoding="utf-8")
    python(project, "docs/generate.py")
    assert passed(project, "layers", "tests/docs/test_pages.py") == 1
    assert "### prelu\n\n`prelu(slope = 0.25)`" in (project / "docs" / "layers.md").read_text(encoding="utf-8")


def test_the_check_has_its_message_and_its_help(project: Path) -> None:
    assert passed(project, "[batch_of_one]", "tests/compiler/test_bad.py", LABC_GOLDEN="write") == 2
    message = (project / "tests" / "bad" / "batch_of_one.txt").read_text(encoding="utf-8")
    assert message == blocks(PAGE, "")[0]
    assert passed(project, "W0499 or every_code", "tests/compiler/test_help.py", "tests/compiler/test_bad.py") == 5
    python(project, "docs/generate.py")
    assert passed(project, "mistakes", "tests/docs/test_pages.py") == 1


def test_all_tests_of_the_compiler_pass_afterwards(project: Path) -> None:
    for written in ("tests/compiler/test_good.py", "tests/compiler/test_bad.py"):
        passed(project, "", written, LABC_GOLDEN="write")
    assert passed(project, "", "tests/compiler") > 1000


def test_what_the_page_writes_is_in_the_style_of_the_house(project: Path) -> None:
    changed = [change.splitlines()[0].removeprefix("--- ") for change in blocks(PAGE, "diff")]
    written = [name for name in WRITTEN.values() if name.endswith(".py")]
    changed = [name for name in changed if name.endswith(".py")]
    python(project, "-m", "ruff", "check", "--no-cache", *changed, *written)
    python(project, "-m", "ruff", "format", "--no-cache", "--check", "compiler", "grammar", *changed)


def test_every_file_that_is_named_is_there_or_written() -> None:
    named = files_named(PAGE.read_text(encoding="utf-8"))
    assert {name for name in named if not (ROOT / name).exists()} == {*WRITTEN.values(), "tests/bad/batch_of_one.txt"}
