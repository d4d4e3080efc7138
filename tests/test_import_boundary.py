"""Checking and planning load no framework, and neither does importing labc."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = str(Path(__file__).parent.parent / "examples" / "alexnet_bn.lab")
HEAVY = {"tensorflow", "keras", "skimage", "matplotlib", "numpy", "scipy", "jax", "torch"}


def loaded_by(code: str) -> set[str]:
    program = f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}


@pytest.mark.parametrize("command", ["check", "plan", "plan --json", "--help"])
def test_commands_that_only_look_load_no_framework(command: str) -> None:
    arguments = [*command.split(), *([] if command == "--help" else [EXAMPLE])]
    code = f"from labc.runtime.cli import commands\ncommands.main({arguments!r}, standalone_mode=False)"
    assert not loaded_by(code) & HEAVY


@pytest.mark.parametrize(
    "code", ["import labc", f"import labc; labc.load({EXAMPLE!r})", f"import labc; labc.check({EXAMPLE!r})"]
)
def test_the_python_face_loads_no_framework_before_it_must(code: str) -> None:
    assert not loaded_by(code) & HEAVY
