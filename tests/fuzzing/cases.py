"""The found programs: `tests/fuzz/` has one small file for each, named after what was wrong with it."""

import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "fuzz"


def cases() -> list[Path]:
    """Return the files of all programs found before."""
    return sorted(FOLDER.glob("*.lab"))


def save_case(kind: str, data: bytes, folder: Path = FOLDER) -> Path:
    """Write a found program to a file with a name of its own, and return its path."""
    name = re.sub(r"\W+", "_", kind).strip("_").lower()
    file = folder / f"{name}_{hashlib.sha256(data).hexdigest()[:6]}.lab"
    folder.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file
