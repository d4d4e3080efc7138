"""What the core alone can do: a Python that has labc's own dependencies and nothing else, simulated in a process."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from labc.compiler.frameworks import FRAMEWORKS, RUN_MODULES
from labc.grammar.diagnostics.codes import Code

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "alexnet_bn.lab"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
CORE = {
    "labc", "lark", "pydantic", "click", "rich", "pygments", "re2",
    "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection",  # of pydantic
    "markdown_it", "mdurl",  # of rich
}  # fmt: skip
# Finds no installed module but those named: what a dependency imports only if it is there is not there either.
LEAN = """
import sys
from importlib.machinery import PathFinder

class Lean(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        spec = super().find_spec(name, path, target)
        places = [str(spec.origin), *(spec.submodule_search_locations or [])] if spec else []
        is_package = any("site-packages" in place or "dist-packages" in place for place in places)
        return spec if name.partition(".")[0] in INSTALLED or not is_package else None

sys.meta_path[:] = [Lean if finder is PathFinder else finder for finder in sys.meta_path]
"""
COMMAND = "from labc.runtime.cli import main; sys.argv[0] = 'labc'; main()"


def python(
    code: str, *arguments: str, folder: Path | None = None, installed: set[str] = CORE
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LEAN.replace("INSTALLED", repr(installed)) + code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_the_simulation_hides_what_is_installed() -> None:
    done = python("import click, rich, lark, pydantic\nimport numpy")
    assert done.stderr.splitlines()[-1] == "ModuleNotFoundError: No module named 'numpy'"


@pytest.mark.parametrize(
    "command",
    [
        "check", "check --json", "plan", "plan --json", "show", "show --json", "fmt --check", "emit python",
        "emit json", "emit dot", "emit mermaid",
    ],
)  # fmt: skip
def test_commands_that_only_look_need_the_core_alone(command: str) -> None:
    done = python(COMMAND, *command.split(), str(EXAMPLE))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "command", ["--help", "--version", "run --help", "phantom --help", "help", "help E0602", "new first", "show std"]
)
def test_commands_without_a_file_need_the_core_alone(command: str, tmp_path: Path) -> None:
    done = python(COMMAND, *command.split(), folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_run_says_what_to_install(framework: str, tmp_path: Path) -> None:
    done = python(COMMAND, "run", str(EXAMPLE), "--backend", framework, folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error[E0602]: the backend {framework} is not installed")
    assert f'`pip install "labc[{framework}]"`' in done.stderr
    assert f'`pip install -e ".[{framework}]"`' in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert framework in EXTRAS


@pytest.mark.parametrize("command", [["data", str(EXAMPLE)], ["cache"], ["phantom", "skin", "out"]])
def test_commands_that_read_or_draw_images_say_what_to_install(command: list[str], tmp_path: Path) -> None:
    done = python(COMMAND, *command, folder=tmp_path)
    assert done.returncode == 1
    expected = f"error[E0602]: missing Python modules for `labc {command[0]}`: `keras`, `numpy`, `scipy`"
    assert done.stderr.startswith(expected)
    assert '`pip install "labc[tensorflow]"`' in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_run_says_so_as_data_too(tmp_path: Path) -> None:
    done = python(COMMAND, "run", str(EXAMPLE), "--json", folder=tmp_path)
    assert done.returncode == 1
    (diagnostic,) = json.loads(done.stdout)["diagnostics"]
    assert diagnostic["code"] == Code.NO_BACKEND


def test_mistakes_in_the_file_come_before_what_is_not_installed(tmp_path: Path) -> None:
    (tmp_path / "wrong.lab").write_text("model { flaten }\n", encoding="utf-8")
    done = python(COMMAND, "run", "wrong.lab", folder=tmp_path)
    assert done.returncode == 1
    assert "flaten" in done.stderr
    assert "E0602" not in done.stderr


def test_a_framework_alone_is_not_enough_for_a_run(tmp_path: Path) -> None:
    """As after `pip install tensorflow` beside the core."""
    (tmp_path / "tensorflow.py").touch()
    path = f"sys.path.insert(0, {str(tmp_path)!r})\n"
    done = python(path + COMMAND, "run", str(EXAMPLE), folder=tmp_path, installed=CORE | {"numpy"})
    assert done.returncode == 1
    assert done.stderr.startswith("error[E0602]: missing Python modules for a run: `keras`, `scipy`, `skimage`, ")


def test_another_framework_that_is_installed_is_named(tmp_path: Path) -> None:
    (tmp_path / "torch.py").touch()
    (tmp_path / "jax").mkdir()  # no package, only a folder that has its name
    path = f"sys.path.insert(0, {str(tmp_path)!r})\n"
    done = python(path + COMMAND, "run", str(EXAMPLE), folder=tmp_path, installed=CORE | set(RUN_MODULES))
    assert "help: use `--backend torch`, which is installed, or run `pip install" in done.stderr


def test_a_layer_of_keras_says_what_to_install(tmp_path: Path) -> None:
    text = "model {\n  input(32x32x3)\n  keras.PReLU\n  backbone(vgg16, pooling = avg)\n  keras.Nothing(4)\n}\n"
    (tmp_path / "steps.lab").write_text(text, encoding="utf-8")
    done = python(COMMAND, "check", "steps.lab", folder=tmp_path)
    assert done.returncode == 1
    assert re.findall(r"--> steps.lab:(\d)", done.stderr) == ["3", "5"]
    assert done.stderr.count("error[E0602]: cannot check `keras.") == 2
    assert done.stderr.count('`pip install "labc[tensorflow]"`') == 2


def test_loading_and_checking_from_python_need_the_core_alone() -> None:
    done = python(f"import labc\nlabc.load({str(EXAMPLE)!r})\nassert labc.check({str(EXAMPLE)!r}) == ()")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("call", ["build", "run"])
def test_building_and_running_from_python_say_what_to_install(call: str, tmp_path: Path) -> None:
    done = python(f"import labc\nlabc.{call}({str(EXAMPLE)!r})", folder=tmp_path)
    assert "LabError: error[E0602]: " in done.stderr
    assert '`pip install "labc[tensorflow]"`' in done.stderr
    assert "No module named" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_modules_that_a_run_looks_for_are_those_that_its_extra_installs() -> None:
    distributions = packages_distributions()
    looked_for = {distribution.lower() for name in RUN_MODULES for distribution in distributions[name]}
    assert looked_for == {_name(requirement) for requirement in EXTRAS["run"]}


def test_the_core_is_what_labc_depends_on() -> None:
    assert {_name(requirement) for requirement in PROJECT["dependencies"]} == {
        "lark",
        "pydantic",
        "click",
        "rich",
        "pygments",
        "google-re2",
    }


@pytest.mark.parametrize("extra", [*FRAMEWORKS, "gpu", "test"])
def test_an_extra_that_runs_brings_what_every_run_needs(extra: str) -> None:
    (own,) = [requirement for requirement in EXTRAS[extra] if requirement.startswith("labc[")]
    assert own == ("labc[tensorflow,medical]" if extra == "test" else "labc[run]")


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=]", requirement)[0]
