"""Checking and planning load no framework, and neither does importing labc."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from labc.runtime.cli import commands

EXAMPLE = str(Path(__file__).parent.parent / "examples" / "alexnet_bn.lab")
HEAVY = {"tensorflow", "keras", "skimage", "matplotlib", "numpy", "scipy", "sklearn", "jax", "torch", "pygments"}


def loaded_by(code: str) -> set[str]:
    program = f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}


LOOKING = [
    "check", "plan", "plan --json", "show", "show --json", "fmt --check", "emit python", "emit json", "emit dot",
    "emit mermaid",
]  # fmt: skip


@pytest.mark.parametrize("command", [*(f"{one} {EXAMPLE}" for one in LOOKING), "help", "help E0303", "--help"])
def test_commands_that_only_look_load_no_framework(command: str) -> None:
    code = f"from labc.runtime.cli import commands\ncommands.main({command.split()!r}, standalone_mode=False)"
    assert not loaded_by(code) & HEAVY


def test_checking_loads_no_other_dependency_either() -> None:
    """It runs in editors and before commits, where a tenth of a second counts."""
    code = f"from labc.runtime.cli import commands\ncommands.main(['check', {EXAMPLE!r}], standalone_mode=False)"
    assert not loaded_by(code) & {"rich", "jinja2", "filelock", "threadpoolctl", "re2"}


def test_a_new_file_loads_no_framework(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code = "from labc.runtime.cli import commands\ncommands.main(['new', 'first'], standalone_mode=False)"
    assert not loaded_by(code) & HEAVY


@pytest.mark.parametrize("command", [["data", EXAMPLE], ["cache"]])
def test_data_and_cache_are_shown_without_a_framework(command: list[str]) -> None:
    code = f"from labc.runtime.cli import commands\ncommands.main({command!r}, standalone_mode=False)"
    assert not loaded_by(code) & {"tensorflow", "keras", "jax", "torch", "pydicom", "nibabel"}


def test_a_phantom_loads_no_framework(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    line = "['phantom', 'skin', 'out', '--images', '1', '--size', '32']"
    loaded = loaded_by(f"from labc.runtime.cli import commands\ncommands.main({line}, standalone_mode=False)")
    assert "numpy" in loaded
    assert not loaded & {"tensorflow", "keras", "jax", "torch"}


def test_every_command_but_those_that_need_one_loads_no_framework() -> None:
    """A new command is named here or above, so that nobody forgets to decide."""
    tested = {command.split()[0] for command in LOOKING} | {"help", "new", "data", "cache", "phantom"}
    assert set(commands.commands) - tested == {"run"}


@pytest.mark.parametrize(
    "code", ["import labc", f"import labc; labc.load({EXAMPLE!r})", f"import labc; labc.check({EXAMPLE!r})"]
)
def test_the_python_face_loads_no_framework_before_it_must(code: str) -> None:
    assert not loaded_by(code) & HEAVY


def test_garbage_is_collected_again_once_a_file_is_loaded() -> None:
    """A training would grow without."""
    code = f"from labc.runtime.cli import commands\ncommands.main(['check', {EXAMPLE!r}], standalone_mode=False)"
    loaded_by(f"{code}\nimport gc\nassert gc.isenabled()")


@pytest.mark.parametrize("step", ["backbone(vgg16, pooling = avg)", "keras.PReLU"])
def test_what_only_keras_knows_is_checked_without_loading_it_here(step: str, tmp_path: Path) -> None:
    """Keras fixes its backend and its device when it is loaded, which is for a run to choose."""
    path = tmp_path / "step.lab"
    path.write_text(f"model {{\n  input(32x32x3)\n  {step}\n}}\n", encoding="utf-8")
    assert not loaded_by(f"import labc; labc.load({str(path)!r})") & HEAVY


RUNTIME = Path(__file__).parent.parent / "runtime"


def imported_names(path: Path) -> set[str]:
    """The names that a module imports, also inside functions and for type checkers."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {alias.name for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names}


def test_a_room_of_the_runtime_gets_what_it_works_on_and_not_the_whole_experiment() -> None:
    """A run splits the experiment once: data settings, graph, training settings, a record of the run."""
    users = {
        path.relative_to(RUNTIME).as_posix() for path in RUNTIME.rglob("*.py") if "Experiment" in imported_names(path)
    }
    assert "studies/trainings.py" in users
    assert not {path for path in users if not path.startswith(("cli/", "studies/"))}
