"""Damaged folders of finished runs: what can be made again is made again, everything else is a diagnostic."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.runs.folder import RunFolder
from labc.runtime.runs.manifest import ADDED, FILES, REPORT, find_damage

from .fake_training import fake_training, run_once
from .report_folder import rewrite
from .tiny import write_tiny

MADE_AGAIN = ("experiment.lab", "plan.json", "split.csv", *REPORT)
JSON = ("run.json", "metrics.json", "plan.json")


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "truncated": truncate,
    "garbage": lambda path: path.write_bytes(b"\xff\x00garbage"),
    "flipped": flip,
}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with an experiment and its finished run."""
    folder = tmp_path_factory.mktemp("finished")
    path = write_tiny(folder, {"[accuracy, auc, precision, recall, specificity, f1]": "[accuracy]"})
    with pytest.MonkeyPatch.context() as monkeypatch:
        fake_training(monkeypatch)
        run_once(path, folder / "runs")
        yield folder


@pytest.fixture
def run(finished: Path, tmp_path: Path) -> Path:
    """The run's folder in a copy of the finished run."""
    shutil.copytree(finished, tmp_path / "copy")
    (folder,) = (tmp_path / "copy" / "runs" / "tiny").iterdir()
    return folder


def run_again(run: Path, again: bool = False) -> tuple[Path, bool, tuple[str, ...]]:
    done = run_once(run.parents[2] / "tiny.lab", run.parents[1], again)
    info = RunFolder(done.folder).finished_info()
    assert info and set(info.files or ()) == set(FILES)
    assert not find_damage(done.folder, info)
    return done.folder, done.trained, done.restored


def check_refused(run: Path, name: str, code: Code) -> None:
    """The run is refused with a diagnostic about the file; a run with `--again` is the way out."""
    before = {path: path.read_bytes() for path in run.iterdir()}
    with pytest.raises(LabError) as raised:
        run_again(run)
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code is code
    assert f"`{name}`" in diagnostic.message
    assert diagnostic.span.source.name == str(run / name)
    assert "--again" in (diagnostic.help or "")
    assert {path: path.read_bytes() for path in run.iterdir()} == before
    other = run.with_name(f"{run.name}-2")
    assert run_again(run, again=True) == (other, True, ())
    assert run_again(run) == (other, False, ())
    assert {path: path.read_bytes() for path in run.iterdir()} == before


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", MADE_AGAIN)
def test_a_lost_file_that_the_others_determine_is_made_again(run: Path, name: str, damage: str) -> None:
    before = (run / name).read_bytes()
    DAMAGE[damage](run / name)
    assert run_again(run) == (run, False, (name,))
    assert (run / name).read_bytes() == before
    assert run_again(run) == (run, False, ())


def test_all_that_can_be_made_again_is_made_again_at_once(run: Path) -> None:
    for name in MADE_AGAIN:
        (run / name).unlink()
    folder, trained, restored = run_again(run)
    assert (folder, trained, set(restored)) == (run, False, set(MADE_AGAIN))


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", ["metrics.json", "history.csv", "predictions.csv", "model.keras"])
def test_a_lost_result_is_a_diagnostic(run: Path, name: str, damage: str) -> None:
    DAMAGE[damage](run / name)
    check_refused(run, name, Code.BROKEN_RECORD)


@pytest.mark.parametrize("damage", ["missing", "empty", "truncated", "garbage"])
def test_a_lost_run_json_is_a_diagnostic(run: Path, damage: str) -> None:
    DAMAGE[damage](run / "run.json")
    check_refused(run, "run.json", Code.BROKEN_RECORD)


@pytest.mark.parametrize("name", JSON)
def test_a_file_of_a_newer_version_is_never_overwritten(run: Path, name: str) -> None:
    rewrite(run / name, lambda content: content.update(schema=99))
    check_refused(run, name, Code.NEWER_RECORD)


def test_a_folder_in_the_place_of_a_file_is_a_diagnostic(run: Path) -> None:
    (run / "metrics.json").unlink()
    (run / "metrics.json").mkdir()
    with pytest.raises(LabError, match="cannot be read: Is a directory"):
        run_again(run)


def test_every_lost_result_is_named(run: Path) -> None:
    for name in ("metrics.json", "history.csv", "model.keras"):
        (run / name).unlink()
    with pytest.raises(LabError) as raised:
        run_again(run)
    assert len(raised.value.diagnostics) == 3


def test_another_text_of_the_experiment_is_not_passed_off_as_the_lost_one(run: Path) -> None:
    source = run.parents[2] / "tiny.lab"
    source.write_text(source.read_text().replace("Tiny", "Another title"))
    run_again(run)
    (run / "plan.json").unlink()
    assert run_again(run) == (run, False, ("plan.json",))
    assert json.loads((run / "plan.json").read_text())["experiment"] == "Tiny"
    (run / "experiment.lab").unlink()
    check_refused(run, "experiment.lab", Code.BROKEN_RECORD)


def without_manifest(run: Path) -> None:
    rewrite(run / "run.json", lambda info: info.pop("files"))


def test_a_run_of_an_older_version_is_found(run: Path) -> None:
    without_manifest(run)
    done = run_once(run.parents[2] / "tiny.lab", run.parents[1])
    assert (done.folder, done.trained, done.restored) == (run, False, ())


def test_a_run_of_a_version_that_wrote_no_table_of_the_split_is_found(run: Path) -> None:
    (run / "split.csv").unlink()
    for forget in (lambda info: info["files"].pop("split.csv"), lambda info: info.pop("files")):
        rewrite(run / "run.json", forget)
        done = run_once(run.parents[2] / "tiny.lab", run.parents[1])
        assert (done.folder, done.trained, done.restored) == (run, False, ())


def test_another_split_is_not_passed_off_as_the_lost_one(run: Path) -> None:
    rewrite(run / "run.json", lambda info: info["files"]["split.csv"].update(sha256="0"))
    check_refused(run, "split.csv", Code.BROKEN_RECORD)


@pytest.mark.parametrize("damage", ["missing", "empty", "garbage"])
@pytest.mark.parametrize("name", [name for name in FILES if name not in ADDED])
def test_a_damaged_run_of_an_older_version_is_made_again_or_refused(run: Path, name: str, damage: str) -> None:
    if name == "curves.png" and damage == "garbage":
        pytest.skip("without its hash, only the size of this file is known to be right")
    without_manifest(run)
    DAMAGE[damage](run / name)
    if name in ("plan.json", *REPORT):
        assert run_again(run) == (run, False, (name,))
    else:
        check_refused(run, name, Code.BROKEN_RECORD)


def test_the_folder_of_another_run_is_refused(run: Path) -> None:
    rewrite(run / "run.json", lambda info: info.update(fingerprint="000000000000"))
    check_refused(run, "run.json", Code.BROKEN_RECORD)


def test_a_result_that_run_json_does_not_list_must_exist(run: Path) -> None:
    rewrite(run / "run.json", lambda info: info["files"].pop("model.keras"))
    (run / "model.keras").unlink()
    check_refused(run, "model.keras", Code.BROKEN_RECORD)


@pytest.mark.parametrize("name", [name for name in FILES if name not in MADE_AGAIN])
def test_a_result_that_run_json_does_not_list_is_refused(run: Path, name: str) -> None:
    rewrite(run / "run.json", lambda info: info["files"].pop(name))
    check_refused(run, name, Code.BROKEN_RECORD)


def test_a_link_to_itself_cannot_be_read(run: Path) -> None:
    (run / "run.json").unlink()
    (run / "run.json").symlink_to("run.json")
    with pytest.raises(LabError) as raised:
        run_again(run)
    assert "cannot be read" in raised.value.diagnostics[0].message


@pytest.mark.parametrize("name", ["run.json", "metrics.json", "model.keras", "report.html", "plan.json"])
def test_a_pipe_in_the_place_of_a_file_is_not_read(run: Path, name: str) -> None:
    (run / name).unlink()
    os.mkfifo(run / name)
    if name in MADE_AGAIN:
        assert run_again(run) == (run, False, (name,))
        assert (run / name).is_file()
    else:
        with pytest.raises(LabError) as raised:
            run_again(run)
        assert "not a regular file" in raised.value.diagnostics[0].message
