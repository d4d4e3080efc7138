"""What a run taught, as data and in words."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from labc.runtime.report.findings import Learned, learn
from labc.runtime.report.prose import in_words
from labc.runtime.report.write import write_report
from labc.runtime.runs.run_record import read_record

from .report_folder import overfitting_losses, write_folder

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


def learned_from(folder: Path, **options: Any) -> Learned:
    return learn(read_record(write_folder(folder, **options)))


def answers(learned: Learned) -> str:
    return "\n".join(f"{said.question} {said.short}. {said.answer}" for said in in_words(learned))


@pytest.mark.parametrize("case", CASES)
def test_every_run_can_be_put_in_words(tmp_path: Path, case: str) -> None:
    learned = learned_from(tmp_path, **CASES[case])
    said = in_words(learned)
    assert all(one.question.endswith("?") and one.answer.endswith(".") for one in said)
    assert len({one.question for one in said}) == len(said)
    assert not re.search(r"\b(nan|inf|None)\b", answers(learned))


def test_of_a_quick_run_only_its_meaninglessness_is_said(tmp_path: Path) -> None:
    said = in_words(learned_from(tmp_path, quick=True))
    assert [one.short for one in said] == ["Nothing"]
    assert "--quick" in said[0].answer


def test_planted_overfitting_is_told_with_its_epoch(tmp_path: Path) -> None:
    learned = learned_from(tmp_path, losses=overfitting_losses(40, 12, 1))
    assert learned.overfitting.verdict == "yes"
    assert f"From about epoch {learned.overfitting.epoch}" in answers(learned)


def test_too_few_epochs_are_said_to_be_too_few(tmp_path: Path) -> None:
    assert "Too few epochs to tell" in answers(learned_from(tmp_path, **CASES["one epoch"]))


def test_the_first_epoch_without_a_finite_loss_is_named(tmp_path: Path) -> None:
    learned = learned_from(tmp_path, **CASES["not a number"])
    assert learned.broken == 2
    assert "In epoch 2 the loss stopped being a finite number" in answers(learned)


@pytest.mark.parametrize(
    ("skill", "total", "verdict"), [(0.95, 100, "better"), (0.5, 20, "no difference"), (0.1, 100, "worse")]
)
def test_standing_against_the_most_frequent_class(tmp_path: Path, skill: float, total: int, verdict: str) -> None:
    standing = learned_from(tmp_path, skill=skill, images={"validation": total}).standing
    assert standing is not None
    assert (standing.part, standing.total, standing.baseline) == ("validation", total, 0.5)
    assert standing.verdict == verdict


def test_the_test_part_is_what_a_run_is_judged_by(tmp_path: Path) -> None:
    standing = learned_from(tmp_path, images={"validation": 10, "test": 30}).standing
    assert standing is not None
    assert (standing.part, standing.total) == ("test", 30)


def test_gap_is_a_difference_only_when_larger_than_the_choice_of_images_explains(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    for folder, total in ((few, 10), (many, 1000)):
        folder.mkdir()
        write_folder(folder, skill=0.8, images={"validation": total})
        metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
        metrics["train"]["accuracy"] = 0.9
        (folder / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    assert [learn(read_record(folder)).gaps[0].stands_out for folder in (few, many)] == [False, True]


def test_mistakes_are_counted_most_frequent_first(tmp_path: Path) -> None:
    learned = learned_from(tmp_path, **CASES["nine classes"], skill=0.5)
    sizes = [sum(pair.counts) for pair in learned.mistakes]
    assert sizes == sorted(sizes, reverse=True)
    assert 0 < sum(sizes) <= learned.errors


def test_a_class_without_an_image_in_a_part_is_told(tmp_path: Path) -> None:
    learned = learned_from(tmp_path, **CASES["one image"])
    assert learned.missing == (("validation", "Nev"),)
    assert "Nev in validation" in answers(learned)


def test_first_epochs_of_an_accuracy(tmp_path: Path) -> None:
    # The folder's accuracy is 1 - loss / 2.
    learned = learned_from(tmp_path, losses=(np.linspace(0.8, 0.2, 7), np.linspace(0.8, 0.5, 7)))
    found = {level.level: (level.train, level.validation) for level in learned.reached}
    assert found == {0.7: (3, 5), 0.8: (5, None), 0.9: (7, None)}


def test_a_run_that_names_no_images_says_nothing_of_classes(tmp_path: Path) -> None:
    write_folder(tmp_path)
    run = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    (tmp_path / "run.json").write_text(json.dumps(run | {"classes": []}), encoding="utf-8")
    (tmp_path / "predictions.csv").unlink()
    write_report(tmp_path, {})
    learned = learn(read_record(tmp_path))
    assert learned.standing is None
    assert learned.mistakes == ()
    assert learned.gaps[0].interval is None
    assert "How good" not in answers(learned)
