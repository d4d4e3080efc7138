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
    """The machine, as far as it bears on results and times. Neither host name nor user name is included."""
    return MachineInfo(
        system=platform.platform(terse=True),
        processor=platform.processor() or platform.machine(),
        cpus=psutil.cpu_count(),
        memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
    )


def framework_versions(backend: str) -> dict[str, str]:
    """The versions of Keras and of its backend, which can change how a training comes out."""
    return {name: metadata.version(name) for name in ("keras", backend)}


def package_versions(backend: str) -> dict[str, str]:
    """The versions of Python and of the packages that take part in a run."""
    names = ["labc", "keras", backend, "numpy", "scikit-image", "lark", "pydantic"]
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in names}}


def now() -> str:
    """The time in UTC, to the second, in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def command_line() -> str:
    """How this process was called, the program without its folder."""
    program = Path(sys.argv[0]).name
    return shlex.join([*(["python", "-m", "labc"] if program == "__main__.py" else [program]), *sys.argv[1:]])
