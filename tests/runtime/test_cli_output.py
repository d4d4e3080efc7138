"""What the commands print is plain text, whatever a file contains: no markup of rich, no control characters."""

import ast
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from unicodedata import category

import pytest
from rich.progress import Task
from rich.table import Table

from labc.grammar.terminal_text import printable
from labc.runtime.cli.views.console import PlainColumn, PlainConsole

RUNTIME = Path(__file__).parents[2] / "runtime"
EVIL = ["[/b]", "[red]x[/red]", ":cat:", "\x1b[31mred", "a\u202eb", "\x9b2J", "two\nlines", "[link=x]y", "\\[", "漢字"]


def labc(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does: `main` handles the errors of the command line."""
    return subprocess.run(
        [sys.executable, "-m", "labc", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def is_safe(output: str) -> bool:
    return not any(category(character) in ("Cc", "Cf") for character in output.replace("\n", ""))


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\\u001b", "\x1b").replace("\\u009b", "\x9b")


def write_study(folder: Path, text: str) -> str:
    name = f"study{text}.lab".replace("/", "").replace("\n", "\\")
    (folder / name).write_text(
        f"""\
experiment {quoted(text)}
data {{
  source  = phantom(skin, images = 100)
  label   = filename
  classes = ["Mel", "Nev"]
  image   = 8x8x1
}}
model {{ flatten  ->  dense(1, sigmoid) }}
train {{
  loss   = binary_crossentropy
  epochs = 2
}}
variants {{
  {quoted(text)} {{ epochs = 3 }}
  "other" {{ epochs = 4 }}
}}
""",
        encoding="utf-8",
    )
    return name


@pytest.mark.parametrize("text", EVIL)
def test_titles_labels_and_file_names_are_plain_text(text: str, tmp_path: Path) -> None:
    name = write_study(tmp_path, text)
    checked, planned = labc(tmp_path, "check", name), labc(tmp_path, "plan", name)
    formatted = labc(tmp_path, "fmt", "--check", name)
    assert [checked.returncode, planned.returncode, formatted.returncode] == [0, 0, 1]
    assert checked.stdout.startswith(f"{printable(name)}: ok")
    assert formatted.stdout == f"{printable(name)}: would change\n"
    assert planned.stdout.splitlines()[0].rstrip() == printable(text)
    assert f"\n  {printable(text)} " in planned.stdout
    assert all(is_safe(done.stdout + done.stderr) for done in (checked, planned, formatted))


@pytest.mark.parametrize("text", EVIL)
def test_json_says_the_same_and_is_safe(text: str, tmp_path: Path) -> None:
    name = write_study(tmp_path, text)
    shown, planned = labc(tmp_path, "show", "--json", name), labc(tmp_path, "plan", "--json", name)
    assert is_safe(shown.stdout) and is_safe(planned.stdout)
    assert json.loads(shown.stdout)["experiment"] == text
    (tmp_path / "wrong.lab").write_text(f"let {text}", encoding="utf-8")
    wrong = labc(tmp_path, "check", "--json", "wrong.lab")
    assert is_safe(wrong.stdout) and json.loads(wrong.stdout)


@pytest.mark.parametrize("text", EVIL)
def test_quoted_source_is_safe(text: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.lab").write_text(f"let a = {text}\nmodel {{ {text} }}\n# {text}\n", encoding="utf-8")
    wrong = labc(tmp_path, "check", "wrong.lab")
    assert wrong.returncode == 1
    assert is_safe(wrong.stderr)


@pytest.mark.parametrize(
    "arguments", [["new", "\x1b[31m"], ["check", "--set", "\x1b[31m"], ["\x9b2J"], ["help", "\u202e"], ["--\x1b"]]
)
def test_errors_of_the_command_line_are_safe(arguments: list[str], tmp_path: Path) -> None:
    done = labc(tmp_path, *arguments)
    assert done.returncode == 2
    assert "Error: " in done.stderr
    assert is_safe(done.stderr)


def test_a_name_that_is_not_utf8_is_printed(tmp_path: Path) -> None:
    name = b"m\xff.lab".decode(errors="surrogateescape")
    (tmp_path / name).write_text("model { input(4x4x1) -> relu }\n", encoding="utf-8")
    assert labc(tmp_path, "check", name).stdout == "m\\xff.lab: ok, 0 parameters\n"
    assert labc(tmp_path, "fmt", name).stdout == ""
    assert json.loads(labc(tmp_path, "check", "--json", f"no{name}").stdout)[0]["file"] == "nom\udcff.lab"


@pytest.mark.parametrize("text", EVIL)
def test_the_console_shows_text_as_it_is(text: str) -> None:
    console = PlainConsole()
    console.file = StringIO()
    table = Table(title=text, box=None)
    table.add_column(text)
    table.add_row(text)
    console.print(table, text)
    assert console.file.getvalue().count(printable(text)) == 4
    column = PlainColumn("{task.description}")
    assert column.render(Task(0, text, 1, 0, _get_time=lambda: 0.0)).plain == printable(text)  # type: ignore[arg-type]


def test_one_file_prints_lines_and_one_file_makes_what_rich_prints() -> None:
    """A new command prints through `output.py` and `views/console.py`, so that its text is plain text too."""
    printers, consoles = set(), set()
    for path in RUNTIME.rglob("*.py"):
        name = path.relative_to(RUNTIME).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="print") | ast.Attribute(attr="echo" | "secho" | "print_exc")):
                    printers.add(name)
                case ast.ImportFrom(module="rich.console" | "rich.text" | "rich.markup" | "rich"):
                    consoles.add(name)
                case ast.ImportFrom(module="rich.progress", names=names) if "TextColumn" in {one.name for one in names}:
                    consoles.add(name)
    assert printers == {"cli/output.py"}
    assert consoles == {"cli/views/console.py"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", ["check", "plan", "show", "emit dot"])
def test_an_output_that_cannot_be_written_is_an_error(command: str, tmp_path: Path) -> None:
    path = tmp_path / "a.lab"
    path.write_text("model { input(8x8x1) -> flatten -> dense(1) }\n", encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        arguments = [sys.executable, "-m", "labc", *command.split(), str(path)]
        done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "cannot write the output: No space left on device\n"
