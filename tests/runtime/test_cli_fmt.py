"""`labc fmt`: what it writes, what it leaves alone, what it says."""

import errno
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from labc.runtime import cli

UGLY = "let a=3 # three\nmodel {\n input(8x8x1)\n\n\n flatten -> dense( a )\n}\n"
NEAT = "let a = 3  # three\nmodel {\n  input(8x8x1)\n\n  flatten -> dense(a)\n}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ugly.lab").write_text(UGLY)
    (tmp_path / "neat.lab").write_text(NEAT)
    return tmp_path


def fmt(*arguments: str, given: str | bytes = "") -> Result:
    result = CliRunner().invoke(cli.commands, ["fmt", *arguments], input=given)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_a_file_is_written_only_if_it_changes(folder: Path) -> None:
    before = (folder / "neat.lab").stat().st_mtime_ns
    result = fmt("ugly.lab", "neat.lab")
    assert (result.exit_code, result.output) == (0, "ugly.lab: changed\n")
    assert (folder / "ugly.lab").read_text() == NEAT
    assert (folder / "neat.lab").stat().st_mtime_ns == before
    assert sorted(file.name for file in folder.iterdir()) == ["neat.lab", "ugly.lab"]


def test_check_names_what_would_change_and_writes_nothing(folder: Path) -> None:
    result = fmt("--check", "ugly.lab", "neat.lab")
    assert (result.exit_code, result.output) == (1, "ugly.lab: would change\n")
    assert (folder / "ugly.lab").read_text() == UGLY
    assert fmt("--check", "neat.lab").exit_code == 0


def test_standard_input_goes_to_standard_output() -> None:
    result = fmt("-", given=UGLY)
    assert (result.exit_code, result.stdout) == (0, NEAT)
    assert fmt("-", "--check", given=NEAT).output == ""
    checked = fmt("-", "--check", given=UGLY)
    assert (checked.exit_code, checked.stdout) == (1, "standard input: would change\n")


@pytest.mark.usefixtures("folder")
def test_standard_input_stands_alone() -> None:
    assert fmt("-", "ugly.lab").exit_code == 2
    assert fmt("--check").exit_code == 2


def test_a_file_with_syntax_mistakes_is_reported_and_left_alone(folder: Path) -> None:
    broken = UGLY + "let b\n"
    (folder / "broken.lab").write_text(broken)
    result = fmt("broken.lab", "ugly.lab")
    assert result.exit_code == 1
    assert "error[E0101]" in result.stderr
    assert " --> broken.lab:" in result.stderr
    assert (folder / "broken.lab").read_text() == broken
    assert (folder / "ugly.lab").read_text() == NEAT  # the others are seen to all the same
    given = fmt("-", given=broken)
    assert (given.exit_code, given.stdout) == (1, "")


def test_a_file_with_other_mistakes_is_laid_out(folder: Path) -> None:
    (folder / "wrong.lab").write_text("model { cnv( 3 ) }\n")
    assert fmt("wrong.lab").exit_code == 0
    assert (folder / "wrong.lab").read_text() == "model { cnv(3) }\n"


@pytest.mark.parametrize("kind", ["missing", "folder", "binary"])
def test_what_is_no_text_is_reported(folder: Path, kind: str) -> None:
    path = folder / "what.lab"
    if kind == "folder":
        path.mkdir()
    elif kind == "binary":
        path.write_bytes(b"let a = \xff\xfe")
    result = fmt("what.lab", "ugly.lab")
    assert result.exit_code == 1
    assert "error[E0002]" in result.stderr
    assert (folder / "ugly.lab").read_text() == NEAT


def test_a_file_that_cannot_be_written_is_reported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    result = fmt("ugly.lab")
    assert result.exit_code == 1
    assert "cannot write `ugly.lab`: No space left on device" in result.stderr
    assert (folder / "ugly.lab").read_text() == UGLY
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_file_with_the_longest_name_is_written(folder: Path) -> None:
    long = "a" * 251 + ".lab"
    (folder / long).write_text(UGLY)
    assert fmt(long).exit_code == 0
    assert (folder / long).read_text() == NEAT


def test_a_link_stays_a_link_and_a_private_file_private(folder: Path) -> None:
    (folder / "link.lab").symlink_to("ugly.lab")
    (folder / "ugly.lab").chmod(0o600)
    assert fmt("link.lab").exit_code == 0
    assert (folder / "link.lab").is_symlink()
    assert (folder / "ugly.lab").read_text() == NEAT
    assert stat.S_IMODE((folder / "ugly.lab").stat().st_mode) == 0o600


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("ends", [b"\r\n", b"\r", b"\n"])
def test_any_text_file_will_do(folder: Path, before: bytes, ends: bytes) -> None:
    (folder / "other.lab").write_bytes(before + UGLY.encode().replace(b"\n", ends))
    assert fmt("other.lab").exit_code == 0
    assert (folder / "other.lab").read_bytes() == NEAT.encode()


def test_standard_input_without_end_and_a_pipe_are_not_read(folder: Path) -> None:
    with Path("/dev/zero").open("rb") as endless:
        result = CliRunner().invoke(cli.commands, ["fmt", "-"], input=endless)
    assert result.exit_code == 1
    assert "this file is larger than 20 MB\n --> standard input:1:1\n" in result.output
    os.mkfifo(folder / "pipe.lab")
    assert "not a regular file" in fmt("pipe.lab").output
