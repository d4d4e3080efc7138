"""The environment of a run: machine, package versions, command line and time."""

import platform
import shlex
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import psutil

from .run_info import MachineInfo


def describe_machine() -> MachineInfo:
    """Return the facts about the machine that can affect results and times. Host name and user name are left out."""
    return MachineInfo(
        system=platform.platform(terse=True),
        processor=platform.processor() or platform.machine(),
        cpus=psutil.cpu_count(),
        memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
    )


def framework_versions(backend: str) -> dict[str, str]:
    """Return the versions of Keras and of its backend, which can change the result of a training run."""
    return {name: metadata.version(name) for name in ("keras", backend)}


def package_versions(backend: str) -> dict[str, str]:
    """Return the versions of Python and of the packages that a run uses."""
    names = ["labc", "keras", backend, "numpy", "scikit-image", "lark", "pydantic"]
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in names}}


def now() -> str:
    """Return the current time in UTC in ISO 8601 format, without fractions of a second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def command_line() -> str:
    """Return the command that started this process. The folder of the program is left out."""
    program = Path(sys.argv[0]).name
    return shlex.join([*(["python", "-m", "labc"] if program == "__main__.py" else [program]), *sys.argv[1:]])
