"""Golden files: `LABC_GOLDEN=write pytest` writes what comes out; read the difference before it is committed."""

import os
from pathlib import Path


def check_golden(path: Path, text: str) -> None:
    if os.environ.get("LABC_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path.name} is missing; LABC_GOLDEN=write makes it"
    assert text == path.read_text(encoding="utf-8")
