"""The endings of medical image files. The packages that read them are installed with the extra `medical`."""

from collections.abc import Iterable
from pathlib import PurePath

from ....compiler.frameworks import install_help, is_installed

DICOM = ".dcm"
NIFTI = (".nii", ".nii.gz")
MEDICAL = (DICOM, *NIFTI)
_PACKAGES = {DICOM: "pydicom"} | dict.fromkeys(NIFTI, "nibabel")


def readable_endings() -> frozenset[str]:
    """Return the endings of the medical files that can be read: those whose packages are installed."""
    return frozenset(ending for ending, package in _PACKAGES.items() if is_installed(package))


def extra_help(endings: Iterable[str]) -> str | None:
    """Return the help line for files that need the extra `medical`; None if no file does."""
    given = set(endings)
    needed = [ending for ending in _PACKAGES if ending in given and ending not in readable_endings()]
    return f"to read {' and '.join(needed)}, {install_help('medical')}" if needed else None


def ending_of(name: str) -> str:
    """Return the ending of a file name in small letters, with its dot; "" if it has none."""
    compressed = name.lower().endswith(".nii.gz")
    return ".nii.gz" if compressed else PurePath(name.lstrip(".") or name).suffix.lower()


def without_ending(name: str) -> str:
    """Return a file name or a path without the ending of the file."""
    ending = ending_of(PurePath(name).name)
    return name[: -len(ending)] if ending and name.lower().endswith(ending) else name
