"""The longer explanations of the diagnostics: one Markdown page for each code. `labc help CODE` prints the page.

A page begins with `# CODE: title` and has three parts: `## What` explains the code, `## Example` shows a file with this
mistake, and `## Instead` shows the corrected file.
"""

from pathlib import Path

FOLDER = Path(__file__).parent


def read_page(code: str) -> str:
    """Return the page of a code, as Markdown."""
    return (FOLDER / f"{code}.md").read_text(encoding="utf-8")


def title_of(code: str) -> str:
    """Return the title of a code's page."""
    return read_page(code).partition("\n")[0].removeprefix(f"# {code}: ")
