"""Keras's other backends run the same experiment; each in a process of its own, because Keras takes one for good."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from .tiny import write_tiny


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_another_backend_trains(tmp_path: Path, backend: str) -> None:
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend} is not installed")
    command = [sys.executable, "-m", "labc", "run", "tiny.lab", "--backend", backend, "--device", "cpu", "--json"]
    write_tiny(tmp_path)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["status"] == "finished"
    assert 0 <= result["metrics"]["test"]["accuracy"] <= 1
    assert (tmp_path / result["folder"] / "report.html").is_file()
