"""Files come from a provider: the disk, a dictionary, an editor's unsaved buffers in front of the disk."""

from pathlib import Path

import pytest

from labc.compiler.files.provider import Buffers, Disk
from labc.compiler.pipeline import Compiled, compile_file

BASE = "let units = 3\nmodel { input(4x4x1) -> flatten -> dense(units) }\n"
CHILD = 'extends "base.lab"\nlet units = 5\n'


def units(compiled: Compiled) -> int:
    assert compiled.study, compiled.diagnostics
    return compiled.study.experiment.graph.output[0]


def test_files_of_a_dictionary_need_no_disk() -> None:
    files = Buffers({Path("lab/child.lab"): CHILD, Path("lab/base.lab"): BASE})
    assert units(compile_file(Path("lab/child.lab"), files=files)) == 5


def test_an_unsaved_buffer_is_read_in_the_place_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "base.lab").write_text(BASE, encoding="utf-8")
    child = tmp_path / "child.lab"
    child.write_text('extends "base.lab"\n', encoding="utf-8")
    unsaved = Buffers({child: CHILD}, Disk())
    assert units(compile_file(child)) == 3
    assert units(compile_file(child, files=unsaved)) == 5
    saved = Buffers({tmp_path / "base.lab": BASE.replace("3", "7")}, Disk())
    assert units(compile_file(child, files=saved)) == 7


@pytest.mark.parametrize("behind", [None, Disk()])
def test_a_mistyped_name_is_looked_for_among_the_buffers(behind: Disk | None, tmp_path: Path) -> None:
    files = Buffers({tmp_path / "child.lab": 'extends "bse.lab"\n', tmp_path / "base.lab": BASE}, behind)
    (missing,) = compile_file(tmp_path / "child.lab", files=files).diagnostics
    assert missing.message == '"bse.lab": there is no such file'
    assert missing.help == f"did you mean `{tmp_path / 'base.lab'}`?"
