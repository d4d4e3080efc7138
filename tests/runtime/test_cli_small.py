"""`labc new`, `labc help`, `labc show` and `labc emit` on the command line."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from labc.compiler.backends import TARGETS
from labc.compiler.std import BLOCKS
from labc.grammar.diagnostics.codes import Code
from labc.grammar.formatting.file import format_file
from labc.grammar.parse import parse
from labc.grammar.source import Source
from labc.runtime import cli
from labc.runtime.cli.emit import emit as emit_command

from .tiny import write_tiny

LOOKING = ["show", "show --json", "emit python", "emit json", "emit dot", "emit mermaid", "plan", "check"]


def labc(*arguments: str) -> Result:
    result = CliRunner().invoke(cli.commands, arguments)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- new ---


def test_the_new_file_is_ok_and_formatted(folder: Path) -> None:
    assert labc("new", "first").exit_code == 0
    text = (folder / "first.lab").read_text(encoding="utf-8")
    assert 'experiment "first"' in text
    assert "NAME" not in text
    checked = labc("check", "first.lab")
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert format_file(parse(Source("first.lab", text)).file) == text


def test_the_new_file_runs(folder: Path) -> None:
    labc("new", "first")
    done = labc("run", "first.lab", "--quick")
    assert done.exit_code == 0, done.output
    assert (Path(done.stdout.splitlines()[-1]) / "report.html").is_file()
    assert (folder / "runs" / "first").is_dir()


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_new_overwrites_nothing(folder: Path, there: str) -> None:
    path = folder / "first.lab"
    if there == "file":
        path.write_text("mine")
    elif there == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere.lab")
    before = path.lstat()
    result = labc("new", "first")
    assert result.exit_code == 1
    assert "`first.lab` exists already" in result.stderr
    assert path.lstat() == before
    assert [file.name for file in folder.iterdir()] == ["first.lab"]


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../up", "a/b", "/a", "a\\b", ".hidden", "two words", "a\n", "-x", 'a"']
)
def test_new_refuses_what_is_no_plain_name(folder: Path, name: str) -> None:
    assert labc("new", "--", name).exit_code == 2
    assert list(folder.iterdir()) == []


def test_new_says_what_was_meant_and_what_cannot_be_written(folder: Path) -> None:
    assert "did you mean `first`?" in labc("new", "first.lab").stderr
    long = labc("new", "a" * 300)
    assert long.exit_code == 1
    assert "cannot write" in long.stderr
    assert list(folder.iterdir()) == []


# --- help ---


def test_help_lists_every_code() -> None:
    lines = labc("help").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [code.value for code in Code]
    assert all(len(line) > 15 for line in lines)


@pytest.mark.parametrize("code", ["E0303", "e0303"])
def test_help_prints_the_page(code: str) -> None:
    page = labc("help", code)
    assert page.exit_code == 0
    assert page.stdout.startswith("# E0303: ")


def test_help_names_the_nearest_code() -> None:
    unknown = labc("help", "E303")
    assert unknown.exit_code == 2
    assert "unknown code `E303`; did you mean `E0303" in unknown.stderr
    assert "see `labc help` for all codes" in labc("help", "nonsense").stderr


# --- show and emit ---


def test_show_std_prints_every_standard_block() -> None:
    shown = labc("show", "std")
    assert shown.exit_code == 0
    assert all(f"block {name}(" in shown.stdout for name in BLOCKS)


@pytest.mark.parametrize("command", LOOKING)
def test_looking_says_something_of_a_correct_file(folder: Path, command: str) -> None:
    write_tiny(folder)
    result = labc(*command.split(), "tiny.lab", "--set", "units=2")
    assert result.exit_code == 0, result.output
    assert result.stdout
    assert result.stderr == ""
    if "json" in command:
        json.loads(result.stdout)
    assert [file.name for file in folder.iterdir()] == ["tiny.lab"]


@pytest.mark.parametrize("command", LOOKING)
@pytest.mark.parametrize("kind", ["missing", "folder", "wrong", "override"])
def test_looking_at_what_is_wrong_ends_with_diagnostics(folder: Path, command: str, kind: str) -> None:
    path = write_tiny(folder)
    if kind in ("missing", "folder"):
        path.unlink()
    if kind == "folder":
        path.mkdir()
    if kind == "wrong":
        write_tiny(folder, {"flatten": "flaten"})
    more = ["--set", "unit=3"] if kind == "override" else []
    result = labc(*command.split(), "tiny.lab", *more)
    assert result.exit_code == 1
    assert {"missing": "E0002", "folder": "E0002", "wrong": "E0202", "override": "E0003"}[kind] in result.output
    if "json" in command:
        json.loads(result.stdout)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["train.epochs=3"], "must be the name of a `let`, but is `train.epochs`"),
        (["units"], "must have the form NAME=VALUE, but is `units`"),
        (["units=2", " units=3"], "`units` is given twice"),
    ],
)
def test_overrides_that_are_none_are_refused(folder: Path, given: list[str], said: str) -> None:
    write_tiny(folder)
    options = [part for text in given for part in ("--set", text)]
    result = labc("check", "tiny.lab", *options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_check_says_that_a_file_is_ok(folder: Path) -> None:
    write_tiny(folder)
    assert re.fullmatch(r"tiny\.lab: ok, [\d,]+ parameters\n", labc("check", "tiny.lab").stdout)


@pytest.mark.parametrize("missing", ["base", "b", "tiny.base"])
def test_a_missing_file_suggests_the_same_name_with_the_suffix(folder: Path, missing: str) -> None:
    write_tiny(folder).rename(f"{missing}.lab")
    (folder / f"{missing}e.lab").touch()  # close to it too
    result = labc("check", missing)
    assert result.exit_code == 1
    assert f"did you mean `{missing}.lab`?" in result.stderr


def test_no_folder_and_no_file_that_asks_is_suggested(folder: Path) -> None:
    (folder / "part.lab").mkdir()
    (folder / "parts.lab").write_text('extends "part1.lab"\n')
    for name in ("parts.lab", "part.lab"):
        result = labc("check", name)
        assert result.exit_code == 1
        assert "E0002" in result.stderr
        assert "did you mean" not in result.stderr


def test_emit_offers_every_target(folder: Path) -> None:
    write_tiny(folder)
    (target, *_) = emit_command.params
    assert list(getattr(target.type, "choices", ())) == list(TARGETS)
    assert labc("emit", "pdf", "tiny.lab").exit_code == 2


def test_a_reader_that_has_seen_enough_ends_a_command_quietly(folder: Path) -> None:
    write_tiny(folder)
    program = "import sys; from labc.runtime.cli import main; sys.argv = ['labc', 'emit', 'json', 'tiny.lab']; main()"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_the_hooks_for_pre_commit_are_commands() -> None:
    hooks = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^  entry: labc (\w+)$", hooks, re.MULTILINE) == ["check", "fmt"]
