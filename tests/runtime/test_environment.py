"""The environment of a run, held against the standard library."""

import getpass
import os
import platform
from importlib import metadata

import pytest

from labc.runtime.runs.environment import command_line, describe_machine, framework_versions, now, package_versions


def test_the_machine_is_described_without_its_name_and_its_user() -> None:
    machine = describe_machine()
    assert machine.cpus == os.cpu_count()
    assert machine.memory_gib == pytest.approx(
        os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, abs=0.06
    )
    assert machine.system.startswith(platform.system())
    assert list(machine.model_dump()) == ["system", "processor", "cpus", "memory_gib"]
    assert not {platform.node(), getpass.getuser()} & set(
        f"{machine.system} {machine.processor}".replace("-", " ").split()
    )


def test_versions_are_those_that_are_installed() -> None:
    assert framework_versions("tensorflow") == {name: metadata.version(name) for name in ("keras", "tensorflow")}
    versions = package_versions("tensorflow")
    assert versions["python"] == platform.python_version()
    assert framework_versions("tensorflow").items() <= versions.items()


def test_the_command_line_names_the_program_without_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/somewhere/bin/labc", "run", "two words.lab"])
    assert command_line() == "labc run 'two words.lab'"
    monkeypatch.setattr("sys.argv", ["/somewhere/labc/__main__.py", "run", "one.lab"])
    assert command_line() == "python -m labc run one.lab"


def test_the_time_is_utc_to_the_second() -> None:
    assert len(now()) == len("2025-11-21T09:10:00+00:00")
    assert now().endswith("+00:00")
