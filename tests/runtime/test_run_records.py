"""The files of a run folder: written and read by the same classes, and refused where they cannot be read."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labc.compiler.json_document import JsonDocument
from labc.compiler.plan import Plan
from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.report.collect_findings import collect_findings
from labc.runtime.report.prose import describe_findings
from labc.runtime.report.write import write_report
from labc.runtime.runs.folder import RunFolder, run_folder
from labc.runtime.runs.json_files import read_document, write_document
from labc.runtime.runs.record import read_record
from labc.runtime.runs.run_info import RunInfo
from labc.runtime.runs.run_metrics import BestEpoch, ClaimResult, LastEpoch, RunMetrics

from .report_folder import rewrite, write_folder

WITHOUT_SCHEMA = Path(__file__).with_name("run_without_schema")  # written by a version that had no schema yet
DOCUMENTS: dict[str, type[JsonDocument]] = {"run.json": RunInfo, "metrics.json": RunMetrics, "plan.json": Plan}
FILES = ("experiment.lab", "history.csv", "predictions.csv", *DOCUMENTS)

NUMBERS = st.one_of(st.floats(), st.integers(0, 10**9))
FIGURES = st.dictionaries(st.text(), st.floats())


@st.composite
def metrics(draw: st.DrawFn) -> RunMetrics:
    names = st.text().filter(lambda name: name != "epoch" and not name.startswith("_"))
    final = draw(st.dictionaries(names, st.floats()))
    best, last = sorted(draw(st.lists(st.integers(1, 999), min_size=2, max_size=2)))
    claims = draw(st.lists(st.tuples(st.text(), st.booleans(), st.dictionaries(st.text(), NUMBERS)), max_size=3))
    return RunMetrics(
        best=BestEpoch(epoch=best, monitor="min(val_loss)", value=draw(st.floats())),
        final=LastEpoch.model_validate({"epoch": last, **final}),
        train=draw(FIGURES),
        validation=draw(FIGURES),
        test=draw(st.none() | FIGURES),
        claims=tuple(ClaimResult(claim=claim, holds=holds, figures=figures) for claim, holds, figures in claims),
    )


@settings(deadline=None)
@given(metrics())
def test_metrics_are_read_as_they_were_written(written: RunMetrics) -> None:
    text = json.dumps(written.as_data(), allow_nan=False)
    assert RunMetrics.model_validate(json.loads(text)) == written


@pytest.mark.parametrize("undefined", [float("nan"), float("inf"), float("-inf")])
def test_an_undefined_figure_is_null(undefined: float) -> None:
    epoch = {"epoch": 1, "val_auc": undefined}
    document = RunMetrics(
        best=BestEpoch(epoch=1, monitor="max(val_auc)", value=undefined),
        final=LastEpoch.model_validate(epoch),
        train={"auc": undefined},
        validation={},
        claims=(ClaimResult(claim="auc > 0", holds=False, figures={"auc": undefined, "params": 353}),),
    ).as_data()
    assert document["best"]["value"] is document["final"]["val_auc"] is document["train"]["auc"] is None
    assert json.dumps(document["claims"][0]["figures"]) == '{"auc": null, "params": 353}'


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_without_schema_is_read_and_keeps_its_keys(tmp_path: Path, name: str) -> None:
    document = read_document(WITHOUT_SCHEMA / name, DOCUMENTS[name])
    write_document(tmp_path / name, document)
    old, new = (json.loads((folder / name).read_text(encoding="utf-8")) for folder in (WITHOUT_SCHEMA, tmp_path))
    assert list(new.items()) == [("schema", 1), *old.items()]


def test_a_report_is_written_of_a_run_without_schema(tmp_path: Path) -> None:
    folder = shutil.copytree(WITHOUT_SCHEMA, tmp_path / "run")
    write_report(folder, read_record(folder), {})
    record = read_record(folder)
    assert record.metrics.validation["accuracy"] == 0.5
    assert record.history["val_loss"].argmin() + 1 == record.metrics.best.epoch
    assert len(record.predictions.of("test")) == sum(record.info.data.parts["test"].values())
    assert "Does not hold" in (folder / "report.html").read_text(encoding="utf-8")


def refused(folder: Path) -> tuple[Code, str]:
    with pytest.raises(LabError) as raised:
        read_record(folder)
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.help
    assert "--again" in diagnostic.help
    return diagnostic.code, str(raised.value)


@pytest.mark.parametrize("name", [name for name in FILES if name != "predictions.csv"])
def test_a_missing_file_is_a_diagnostic(tmp_path: Path, name: str) -> None:
    (write_folder(tmp_path) / name).unlink()
    code, text = refused(tmp_path)
    assert code is Code.BROKEN_RECORD
    assert f"`{name}` is missing" in text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_of_a_newer_schema_is_a_diagnostic(tmp_path: Path, name: str) -> None:
    write_folder(tmp_path)
    rewrite(tmp_path / name, lambda content: content.update(schema=2))
    code, text = refused(tmp_path)
    assert code is Code.NEWER_RECORD
    assert "upgrade labc" in text


def test_unknown_keys_of_the_same_schema_are_ignored(tmp_path: Path) -> None:
    write_folder(tmp_path)
    for name in DOCUMENTS:
        rewrite(tmp_path / name, lambda content: content.update(carbon_kg=0.1))
    assert read_record(tmp_path).info.experiment == "Skin"


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("run.json", lambda info: info.pop("device"), "device: Field required"),
        ("run.json", lambda info: info.update(status="done"), "status: "),
        ("run.json", lambda info: info.update(schema="one"), "schema version"),
        ("metrics.json", lambda figures: figures["train"].update(loss="low"), "train.loss: "),
        ("metrics.json", lambda figures: figures["final"].update(loss="low"), "final.loss: "),
        ("metrics.json", lambda figures: figures["train"].update(accuracy=7), "`accuracy` must be from 0 to 1"),
        (
            "metrics.json",
            lambda figures: figures["final"].update(val_accuracy=-1),
            "`val_accuracy` must be from 0 to 1",
        ),
        ("metrics.json", lambda figures: figures["best"].update(epoch=26), "the best epoch is 26"),
        ("metrics.json", lambda figures: figures["final"].update(epoch=26), "has 25 epochs"),
        ("run.json", lambda info: info.update(schema=True), "schema version"),
        ("run.json", lambda info: info.update(quick=1), "quick: "),
        ("run.json", lambda info: info["data"]["parts"]["train"].update(Mel=10**30), "data.parts.train.Mel: "),
        ("plan.json", lambda plan: plan["layers"].append(3), "layers.4: "),
    ],
)
def test_wrong_content_is_a_diagnostic_that_names_the_key(
    tmp_path: Path, name: str, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    rewrite(write_folder(tmp_path) / name, change)
    code, text = refused(tmp_path)
    assert code is Code.BROKEN_RECORD
    assert said in text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("run.json", b"", ":1:1"),
        ("run.json", b'{\n  "status": finished\n}', ":2:13"),
        ("run.json", b"[]", "must be a JSON object"),
        ("run.json", b"[" * 100_000, "not valid JSON"),
        ("run.json", b'{"seed": ' + b"9" * 5000 + b"}", "not valid JSON"),
        ("run.json", b"\xff", "not UTF-8"),
        ("experiment.lab", b"\xff", "not UTF-8"),
        ("history.csv", b"", "no column `epoch`"),
        ("history.csv", b"epoch,loss\n", "has no epochs"),
        ("history.csv", b"epoch,loss\n1,0.5\n2,low\n", ":3:1"),
        ("history.csv", b"epoch,loss\n1\n", "must have 2 cells"),
        ("history.csv", b"epoch,loss\n1,0.5\n3,0.5\n", "`epoch` must be 2"),
        ("history.csv", b'epoch,loss\n1,"' + b"9" * 200_000, "field larger"),
        ("predictions.csv", b"file,part,truth,prediction\n", "no column `probability_Mel`"),
        (
            "predictions.csv",
            b"file,part,truth,prediction,probability_Mel,probability_Nev\na.png,test,Mel,Bcc,0.5,0.5\n",
            "must be a class in `run.json`",
        ),
        (
            "predictions.csv",
            b"file,part,truth,prediction,probability_Mel,probability_Nev\r\n"
            b'"a\r\r\r.png",test,Mel,Mel,0.5,0.5\r\nb.png,test,Mel,Bcc,0.5,0.5\r\n',
            ":3:1",
        ),
    ],
)
def test_a_broken_file_is_a_diagnostic_at_its_place(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (write_folder(tmp_path) / name).write_bytes(content)
    code, text = refused(tmp_path)
    assert code is Code.BROKEN_RECORD
    assert said in text
    assert str(tmp_path / name) in text


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("whole"))


@settings(deadline=None)
@given(st.sampled_from(FILES), st.floats(0, 1), st.integers(0, 40), st.binary(max_size=8))
def test_damage_is_read_or_refused_and_never_a_crash(
    whole: Path, name: str, position: float, length: int, inserted: bytes
) -> None:
    path = whole / name
    content = path.read_bytes()
    start = int(position * len(content))
    path.write_bytes(content[:start] + inserted + content[start + length :])
    try:
        with suppress(LabError):
            read_record(whole)
    finally:
        path.write_bytes(content)


def values_in(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of each value in a JSON document."""
    items = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from values_in(value, (*path, key))


OTHER_VALUES: tuple[Any, ...] = (7, -1, 0, 0.5, 1e300, 10**30, "", "x", None, True, [], {})


@settings(deadline=None)
@given(st.sampled_from(["run.json", "metrics.json"]), st.sampled_from(OTHER_VALUES), st.data())
def test_another_value_in_a_document_is_reported_or_refused(
    whole: Path, name: str, value: Any, data: st.DataObject
) -> None:
    text = (whole / name).read_text(encoding="utf-8")
    document = json.loads(text)
    *parents, last = data.draw(st.sampled_from([*values_in(document)]))
    reduce(getitem, parents, document)[last] = value
    (whole / name).write_text(json.dumps(document), encoding="utf-8")
    try:
        with suppress(LabError):
            describe_findings(collect_findings(read_record(whole)))
    finally:
        (whole / name).write_text(text, encoding="utf-8")


def test_a_history_with_an_empty_cell_is_read(tmp_path: Path) -> None:
    header, *rows = (write_folder(tmp_path) / "history.csv").read_text(encoding="utf-8").splitlines()
    cells = rows[0].split(",")
    cells[header.split(",").index("val_loss")] = ""
    (tmp_path / "history.csv").write_text("\n".join([header, ",".join(cells), *rows[1:]]), encoding="utf-8")
    history = read_record(tmp_path).history
    assert np.isnan(history["val_loss"]).tolist() == [True, *[False] * 24]


def test_file_names_with_commas_quotes_and_line_breaks_are_read(tmp_path: Path) -> None:
    names = ['a,"b".png', "two\nlines.png", "line\u2028separator.png"]
    lines = "".join('"' + name.replace('"', '""') + '",test,Mel,Nev,0.25,0.75\n' for name in names)
    header = "file,part,truth,prediction,probability_Mel,probability_Nev\n"
    (write_folder(tmp_path) / "predictions.csv").write_text(header + lines, encoding="utf-8")
    assert read_record(tmp_path).predictions.file == tuple(names)


def test_again_takes_another_folder_than_a_path_that_is_no_folder(tmp_path: Path) -> None:
    parent = tmp_path / "skin"
    parent.mkdir()
    (parent / "3f9a1c7e").write_text("a file", encoding="utf-8")
    (parent / "3f9a1c7e-2").symlink_to("nowhere")
    assert run_folder(tmp_path, "skin", "3f9a1c7e", again=True).path.name == "3f9a1c7e-3"


@pytest.mark.parametrize("damage", [b"{", b'{"schema": 2}'])
def test_again_takes_another_folder_than_one_that_cannot_be_read(tmp_path: Path, damage: bytes) -> None:
    first = run_folder(tmp_path, "skin", "3f9a1c7e", again=True)
    assert first.path == tmp_path / "skin" / "3f9a1c7e"
    first.path.mkdir(parents=True)
    (first.path / "run.json").write_bytes(damage)
    assert run_folder(tmp_path, "skin", "3f9a1c7e", again=True).path.name == "3f9a1c7e-2"
    with pytest.raises(LabError):
        run_folder(tmp_path, "skin", "3f9a1c7e", again=False).finished_info()


@pytest.mark.parametrize(
    ("status", "finished"), [("running", False), ("failed", False), ("interrupted", False), ("finished", True)]
)
def test_only_a_finished_run_is_kept(tmp_path: Path, status: str, finished: bool) -> None:
    folder = tmp_path / "3f9a1c7e"  # the fingerprint in the run.json
    folder.mkdir()
    write_folder(folder, status=status)
    assert (RunFolder(folder).finished_info() is not None) is finished
