"""`labc check`: fixes are applied or shown, and told as data."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from labc.runtime.cli import commands

WRONG = 'model {\n  input(8x8x1)\n  Conv2D(4, kernel_size = 3, activation = "relu")\n  flaten\n}\n'
MENDED = "model {\n  input(8x8x1)\n  conv(4, kernel = 3, activation = relu)\n  flaten\n}\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("wrong.lab").write_text(WRONG, encoding="utf-8")
    return Path("wrong.lab")


def check(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["check", *arguments])


def test_safe_fixes_are_written_and_the_rest_is_reported(file: Path) -> None:
    done = check(str(file), "--fix")
    assert done.exit_code == 1
    assert "wrong.lab: 3 mistakes fixed" in done.stderr
    assert "did you mean `flatten`?" in done.stderr
    assert "1 error;" in done.stderr
    assert file.read_text(encoding="utf-8") == MENDED


def test_a_diff_writes_nothing(file: Path) -> None:
    done = check(str(file), "--diff")
    assert done.exit_code == 1
    assert (
        '-  Conv2D(4, kernel_size = 3, activation = "relu")\n+  conv(4, kernel = 3, activation = relu)\n' in done.stdout
    )
    assert file.read_text(encoding="utf-8") == WRONG


def test_a_file_that_comes_out_right_ends_well(file: Path) -> None:
    file.write_text(WRONG.replace("flaten", "flatten"), encoding="utf-8")
    done = check(str(file), "--fix")
    assert done.exit_code == 0
    assert done.stdout == "wrong.lab: ok, 40 parameters\n"


def test_both_at_once_are_a_wrong_command_line(file: Path) -> None:
    assert check(str(file), "--fix", "--diff").exit_code == 2


def test_a_missing_file_is_reported_once(file: Path) -> None:
    done = check("worng.lab", "--fix")
    assert done.exit_code == 1
    assert done.stderr.count("there is no such file") == 1
    assert f"did you mean `{file}`?" in done.stderr


def test_without_fixing_the_way_to_it_is_told(file: Path) -> None:
    assert "`labc check --fix` can correct 3 of them" in check(str(file)).stderr


def test_edits_and_labels_are_data(file: Path) -> None:
    layer, *_, near = json.loads(check(str(file), "--json").stdout)
    assert layer["edits"] == [
        {"file": "wrong.lab", "line": 3, "column": 3, "end_line": 3, "end_column": 9, "text": "conv", "safe": True}
    ]
    assert (near["edits"][0]["text"], near["edits"][0]["safe"]) == ("flatten", False)
    file.write_text("model {\n  input(8x8x1) as a\n  conv(2) as a\n}\n", encoding="utf-8")
    (twice,) = json.loads(check(str(file), "--json").stdout)
    (label,) = twice["labels"]
    assert (label["line"], label["text"], label["end_column"]) == (2, "first named here", 20)
    assert "wrong.lab:2:16: first named here" in twice["notes"]
