"""The longer explanations of the diagnostics: a Markdown page a code, `labc help CODE` prints it.

A page begins with `# CODE: title` and has three parts: `## What` says what the code means, `## Example` shows a file
that gives it, `## Instead` the file mended.
"""

from pathlib import Path

FOLDER = Path(__file__).parent


def read_page(code: str) -> str:
    """The page of a code, as Markdown."""
    return (FOLDER / f"{code}.md").read_text(encoding="utf-8")


def title_of(code: str) -> str:
    """The title on a code's page, a few words."""
    return read_page(code).partition("\n")[0].removeprefix(f"# {code}: ")
