"""Writes the pages that come from the code: `python docs/generate.py`."""

from pathlib import Path

from reference import PAGES

if __name__ == "__main__":
    for name, page in PAGES.items():
        Path(__file__).with_name(name).write_text(page(), encoding="utf-8")
