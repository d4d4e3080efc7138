"""The findings of a run, as data and in sentences."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from labc.runtime.report.collect_findings import collect_findings
from labc.runtime.report.findings import Findings
from labc.runtime.report.prose import describe_findings
from labc.runtime.report.write import write_report
from labc.runtime.runs.record import read_record

from .report_folder import overfitting_losses, rewrite, write_folder

NAN = float("nan")

CASES: dict[str, dict[str, Any]] = {
    "overfits": {},
    "steady": {"losses": (np.linspace(0.6, 0.2, 40), np.linspace(0.7, 0.3, 40))},
    "one epoch": {"losses": (np.array([0.7]), np.array([0.7]))},
    "not a number": {"losses": (np.array([0.7, NAN, NAN]), np.array([0.7, NAN, NAN]))},
    "perfect": {"skill": 1.0},
    "always wrong": {"skill": 0.0},
    "no test part": {"images": {"validation": 40}},
    "one image": {"images": {"validation": 1}},
    "nine classes": {"classes": [f"C{number}" for number in range(1, 10)]},
    "scores": {"scores": "score", "loss": "hinge"},
}


def findings_of(folder: Path, **options: Any) -> Findings:
    return collect_findings(read_record(write_folder(folder, **options)))


def answers(findings: Findings) -> str:
    return "\n".join(f"{one.question} {one.short}. {one.answer}" for one in describe_findings(findings))


@pytest.mark.parametrize("case", CASES)
def test_every_run_can_be_described(tmp_path: Path, case: str) -> None:
    findings = findings_of(tmp_path, **CASES[case])
    said = describe_findings(findings)
    assert all(one.question.endswith("?") and one.answer.endswith(".") for one in said)
    assert len({one.question for one in said}) == len(said)
    assert not re.search(r"\b(nan|inf|None)\b", answers(findings))


def test_of_a_quick_run_only_its_meaninglessness_is_said(tmp_path: Path) -> None:
    said = describe_findings(findings_of(tmp_path, quick=True))
    assert [one.short for one in said] == ["Nothing"]
    assert "--quick" in said[0].answer


def test_planted_overfitting_is_reported_with_its_epoch(tmp_path: Path) -> None:
    findings = findings_of(tmp_path, losses=overfitting_losses(40, 12, 1))
    assert findings.overfitting.verdict == "yes"
    assert f"From about epoch {findings.overfitting.epoch}" in answers(findings)


def test_too_few_epochs_are_said_to_be_too_few(tmp_path: Path) -> None:
    assert "With fewer than 15 epochs" in answers(findings_of(tmp_path, **CASES["one epoch"]))


def test_the_first_epoch_without_a_finite_loss_is_named(tmp_path: Path) -> None:
    findings = findings_of(tmp_path, **CASES["not a number"])
    assert findings.diverged == 2
    assert "In epoch 2 the loss became infinite or undefined" in answers(findings)


@pytest.mark.parametrize(
    ("skill", "total", "verdict"), [(0.95, 100, "better"), (0.5, 20, "no difference"), (0.1, 100, "worse")]
)
def test_accuracy_against_the_most_frequent_class(tmp_path: Path, skill: float, total: int, verdict: str) -> None:
    accuracy = findings_of(tmp_path, skill=skill, images={"validation": total}).accuracy
    assert accuracy is not None
    assert (accuracy.part, accuracy.total, accuracy.baseline) == ("validation", total, 0.5)
    assert accuracy.verdict == verdict


def test_the_test_part_is_what_a_run_is_judged_by(tmp_path: Path) -> None:
    accuracy = findings_of(tmp_path, images={"validation": 10, "test": 30}).accuracy
    assert accuracy is not None
    assert (accuracy.part, accuracy.total) == ("test", 30)


def test_gap_is_a_difference_only_when_larger_than_the_choice_of_images_explains(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    for folder, total in ((few, 10), (many, 1000)):
        folder.mkdir()
        write_folder(folder, skill=0.8, images={"validation": total})
        rewrite(folder / "metrics.json", lambda metrics: metrics["train"].update(accuracy=0.9))
    assert [collect_findings(read_record(folder)).gaps[0].is_significant for folder in (few, many)] == [False, True]


def test_mistakes_are_counted_most_frequent_first(tmp_path: Path) -> None:
    findings = findings_of(tmp_path, **CASES["nine classes"], skill=0.5)
    sizes = [sum(pair.counts) for pair in findings.confused]
    assert sizes == sorted(sizes, reverse=True)
    assert 0 < sum(sizes) <= findings.errors


def test_a_class_without_an_image_in_a_part_is_reported(tmp_path: Path) -> None:
    findings = findings_of(tmp_path, **CASES["one image"])
    assert findings.missing == (("validation", "Nev"),)
    assert "Nev in validation" in answers(findings)


def test_first_epochs_of_an_accuracy(tmp_path: Path) -> None:
    # The folder's accuracy is 1 - loss / 2.
    findings = findings_of(tmp_path, losses=(np.linspace(0.8, 0.2, 7), np.linspace(0.8, 0.5, 7)))
    found = {level.level: (level.train, level.validation) for level in findings.reached}
    assert found == {0.7: (3, 5), 0.8: (5, None), 0.9: (7, None)}


def test_a_run_that_names_no_images_says_nothing_of_classes(tmp_path: Path) -> None:
    write_folder(tmp_path)
    rewrite(tmp_path / "run.json", lambda info: info.update(classes=[]))
    (tmp_path / "predictions.csv").unlink()
    write_report(tmp_path, read_record(tmp_path), {})
    findings = collect_findings(read_record(tmp_path))
    assert findings.accuracy is None
    assert findings.confused == ()
    assert findings.gaps[0].interval is None
    assert "How good" not in answers(findings)
