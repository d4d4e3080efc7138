"""The fuzzer: what it found before stays mended, it finds what is wrong, and it draws the same programs again."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .fuzzing import worker
from .fuzzing.campaign import Campaign
from .fuzzing.cases import FOLDER, cases, save_case
from .fuzzing.oracles import Violation
from .fuzzing.process import Checker
from .fuzzing.shrink import shrink


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker() as checker:
        yield checker


@pytest.mark.parametrize("file", cases(), ids=lambda file: file.stem)
def test_what_was_found_before_stays_mended(file: Path, checker: Checker) -> None:
    verdict = checker.check(file.read_bytes())
    assert not verdict.kind, verdict.detail


def test_random_programs_are_checked_and_the_same_for_a_seed(checker: Checker, tmp_path: Path) -> None:
    campaign, again = Campaign(7, tmp_path), Campaign(7)
    drawn = [campaign.next_program() for _ in range(20)]
    assert drawn == [again.next_program() for _ in range(20)]
    assert drawn != [Campaign(8).next_program() for _ in range(20)]
    for data in drawn:
        campaign.check(data, checker)
    assert campaign.programs == 20
    assert not campaign.found, campaign.found


def test_a_program_beyond_the_limit_of_time_is_a_finding_and_the_next_one_is_checked() -> None:
    with Checker(seconds=1) as checker:
        assert checker.check(b"let a = 1\n" * 1_500_000).kind == "hang"
        assert checker.check(b"let = 3\n").signature


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MemoryError(), "MemoryError"),
        (Violation("fmt parses", "nothing"), "fmt parses"),
        (ValueError("oops"), "ValueError in ?"),
    ],
    ids=repr,
)
def test_what_is_raised_is_a_finding(
    error: Exception, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(file: Path) -> None:
        assert file.read_bytes() == b"\xff"
        raise error

    monkeypatch.setattr(worker, "check_compiler", fail)
    assert worker.verdict(json.dumps("\xff"), tmp_path / "program.lab")["kind"] == kind


def test_a_found_program_is_made_small(tmp_path: Path) -> None:
    lines = [b"line %d\n" % number for number in range(100)]
    random.Random(1).shuffle(lines)
    small = shrink(b"".join(lines), lambda data: b"line 17\n" in data and re.search(rb"\b42\b", data) is not None)
    assert sorted(small.split()) == [b"17", b"42", b"line"]
    file = save_case("fmt keeps: 'all'", small, tmp_path / "new")
    assert file.read_bytes() == small
    assert re.fullmatch(r"fmt_keeps_all_[0-9a-f]{6}\.lab", file.name)
    assert FOLDER.is_dir()
