"""Which files labc reads, and that a file or a chain of files never stops a check or shows a private file."""

import os
import socket
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labc.compiler.files.imports import MAX_CHAIN, MAX_IMPORTS, MAX_TAKEN
from labc.compiler.files.provider import MAX_BYTES, Buffers, Disk
from labc.compiler.pipeline import Compiled, compile_file
from labc.grammar.diagnostics.codes import Code
from labc.grammar.diagnostics.diagnostic import Diagnostic
from labc.grammar.diagnostics.render import render_text

BASE = "let units = 3\nmodel { input(4x4x1) -> flatten -> dense(units) }\n"
ROOT = Path("lab")


def compiled(texts: dict[str, str]) -> Compiled:
    """Compile the first of the files, which are all in one folder."""
    files = Buffers({ROOT / name: text for name, text in texts.items()})
    return compile_file(ROOT / next(iter(texts)), files=files)


def diagnostic_of(path: Path) -> Diagnostic:
    (found,) = compile_file(path).diagnostics
    assert found.code == Code.UNREADABLE_FILE
    return found


def importing(folder: Path, path: str, keyword: str = "extends") -> Diagnostic:
    """Return the diagnostic of an `extends` with this path, in a file that has no other mistake."""
    child = folder / "child.lab"
    child.write_text(f'{keyword} "{path}"\nmodel {{ input(4x4x1) -> relu }}\n', encoding="utf-8")
    return diagnostic_of(child)


def special_file(folder: Path, kind: str) -> Path:
    path = folder / f"{kind}.lab"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "socket":
            socket.socket(socket.AF_UNIX).bind(os.path.relpath(path))
    return path


@pytest.mark.parametrize("kind", ["pipe", "device", "socket"])
def test_only_regular_files_are_read(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    path = special_file(tmp_path, kind)
    assert diagnostic_of(path).message == "this is not a regular file, but a device, a pipe or a socket"
    assert importing(tmp_path, path.name).message.startswith(f'"{path.name}": this is ')


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.lab"
    path.write_text(BASE, encoding="utf-8")
    os.truncate(path, MAX_BYTES + 1)
    assert diagnostic_of(path).message == "this file is larger than 20 MB"
    assert importing(tmp_path, "large.lab").message == '"large.lab": this file is larger than 20 MB'


@pytest.mark.parametrize(
    "name", ["a" * 300 + ".lab", "a/" * 3000 + "b.lab", "a\0b.lab", "\0/b.lab", ".", "", "/", "a.lab/"]
)
def test_a_path_that_no_file_can_have(name: str, tmp_path: Path) -> None:
    assert compile_file(Path(name)).study is None
    assert compile_file(tmp_path / name).study is None
    (found,) = compiled({"child.lab": f'extends "{name}"\nmodel {{ input(4x4x1) -> relu }}\n'}).diagnostics
    assert found.code == Code.UNREADABLE_FILE


def test_a_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "one.lab").symlink_to(tmp_path / "two.lab")
    (tmp_path / "two.lab").symlink_to(tmp_path / "one.lab")
    assert "links" in diagnostic_of(tmp_path / "one.lab").message
    assert importing(tmp_path, "one.lab").message.startswith('"one.lab": this file cannot be read: ')


@pytest.mark.parametrize("text", [b"\x7fELF\0\0", "let a = 1\n".encode("utf-16-le"), b"model { \xff }", b"\0"])
def test_a_file_that_is_no_text_is_not_quoted(text: bytes, tmp_path: Path) -> None:
    (tmp_path / "binary.lab").write_bytes(text)
    assert "text: byte" in diagnostic_of(tmp_path / "binary.lab").message
    assert render_text(diagnostic_of(tmp_path / "binary.lab")).split("\n")[3] == "1 |"
    assert "text: byte" in importing(tmp_path, "binary.lab").message


SECRETS = 'root:$6$7vJ2:19000:0\nlet secret = 1 +\n{ [ "secret\nblock secret() { relu(secret) }\nuse secret\n'


@pytest.mark.parametrize("keyword", ["extends", "use"])
@pytest.mark.parametrize("name", ["shadow", "id_rsa", "notes.txt", "run.lab.bak", ".env", "lab", "link.lab"])
@given(st.text() | st.sampled_from(SECRETS.splitlines()))
@example(SECRETS)
@settings(max_examples=5, deadline=None)
def test_the_content_of_other_files_is_never_shown(
    tmp_path_factory: pytest.TempPathFactory, name: str, keyword: str, content: str
) -> None:
    folder = tmp_path_factory.mktemp("private")
    target = folder / ("target.txt" if name == "link.lab" else name)
    if name == "link.lab":
        (folder / name).symlink_to(target)
    target.write_text("", encoding="utf-8")
    without = render_text(importing(folder, name, keyword))
    target.write_text(content, encoding="utf-8", errors="replace")
    assert render_text(importing(folder, name, keyword)) == without


def chain(length: int, keyword: str = "extends") -> dict[str, str]:
    links = {f"c{i}.lab": f'{keyword} "c{i + 1}.lab"\n' for i in range(length - 1)}
    return {**links, f"c{length - 1}.lab": BASE}


def test_a_chain_of_files_has_a_limit() -> None:
    found = compiled(chain(MAX_CHAIN))
    assert found.study and found.study.experiment.lets == {"units": 3}
    for length in (MAX_CHAIN + 1, 1_200):
        (limit,) = compiled(chain(length)).diagnostics
        assert limit.code == Code.BEYOND_BOUND
        assert limit.span.source.name == str(ROOT / f"c{MAX_CHAIN - 1}.lab")


def test_the_number_of_imports_has_a_limit() -> None:
    names = [f"b{i}.lab" for i in range(MAX_IMPORTS + 1)]
    texts = dict.fromkeys(names, "block same() { relu }\n")
    uses = [f'use "{name}"\n' for name in texts]
    assert compiled({"child.lab": "".join(uses[:-1]) + BASE, **texts}).study
    (found,) = compiled({"child.lab": "".join(uses) + BASE, **texts}).diagnostics
    assert (found.code, found.span.line) == (Code.BEYOND_BOUND, MAX_IMPORTS + 1)


def test_the_number_of_imported_declarations_has_a_limit() -> None:
    """A few small files could otherwise import the same blocks from each other without end."""
    blocks = "".join(f"block b{i}() {{ relu }}\n" for i in range(5_000))
    levels = {f"d{i}.lab": "".join(f'use "d{j}.lab"\n' for j in range(i + 1, 50)) for i in range(49)}
    assert MAX_TAKEN == 20 * 5_000
    (found,) = compiled({**levels, "d49.lab": blocks}).diagnostics
    assert found.code == Code.BEYOND_BOUND


class Counting(Disk):
    """Counts how often each file is read."""

    def __init__(self) -> None:
        self.reads: Counter[str] = Counter()

    def read(self, path: Path) -> bytes:
        self.reads[path.name] += 1
        return super().read(path)


@pytest.mark.parametrize("keyword", ["extends", "use"])
def test_a_file_with_two_spellings_is_read_once(keyword: str, tmp_path: Path) -> None:
    levels = 40
    (tmp_path / "folder").symlink_to(tmp_path)
    for i in range(levels):
        twice = f'{keyword} "d{i + 1}.lab"\n{keyword} "./folder/folder/d{i + 1}.lab"\n'
        (tmp_path / f"d{i}.lab").write_text(twice + ("" if i else BASE), encoding="utf-8")
    (tmp_path / f"d{levels}.lab").write_text("block last() { relu }\nlet wrong = = 1\n", encoding="utf-8")
    counting = Counting()
    (found,) = compile_file(tmp_path / "d0.lab", files=counting).diagnostics
    assert found.code == Code.UNEXPECTED
    assert counting.reads == dict.fromkeys((f"d{i}.lab" for i in range(levels + 1)), 1)


def test_relative_paths_start_at_the_folder_of_the_link(tmp_path: Path) -> None:
    """The same file is read twice if its relative paths mean something else."""
    for folder, units in (("one", 1), ("two", 2)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "units.lab").write_text(f"block {folder}() {{ dense({units}) }}\n", encoding="utf-8")
        (tmp_path / folder / "shared.lab").symlink_to(tmp_path / "shared.lab")
    (tmp_path / "shared.lab").write_text('use "units.lab"\n', encoding="utf-8")
    child = tmp_path / "child.lab"
    uses = 'use "one/shared.lab"\nuse "two/shared.lab"\n'
    child.write_text(f"{uses}model {{ input(4x4x1) -> flatten -> one -> two }}\n", encoding="utf-8")
    study = compile_file(child).study
    assert study and study.experiment.graph.output == (2,)


def test_files_that_import_each_other_are_reported_once() -> None:
    (found,) = compiled({"a.lab": 'use "b.lab"\nuse "./b.lab"\n' + BASE, "b.lab": 'use "a.lab"\n'}).diagnostics
    assert found.code == Code.FILE_CYCLE
    assert found.message == "these files extend or use each other: a.lab -> b.lab -> a.lab"
