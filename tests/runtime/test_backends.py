"""Keras's other backends run the same experiment; each in a process of its own, because Keras takes one for good."""

import importlib.util
import json
import os
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from labc.compiler import frameworks
from labc.runtime.training.backend import choose_framework

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


@pytest.mark.parametrize(
    ("installed", "chosen", "used"),
    [
        ({"keras", "tensorflow", "jax"}, None, None),  # Keras's own default, or what its configuration file says
        ({"keras", "jax", "torch"}, None, "jax"),
        ({"keras", "torch"}, None, "torch"),
        ({"keras", "jax", "torch"}, "torch", "torch"),
    ],
)
def test_keras_computes_with_what_is_installed(
    monkeypatch: pytest.MonkeyPatch, installed: set[str], chosen: str | None, used: str | None
) -> None:
    monkeypatch.setattr(
        frameworks, "find_spec", lambda name: ModuleSpec(name, None, origin="here") if name in installed else None
    )
    monkeypatch.setattr(os, "environ", {"KERAS_BACKEND": chosen} if chosen else {})
    choose_framework()
    assert os.environ.get("KERAS_BACKEND") == used
