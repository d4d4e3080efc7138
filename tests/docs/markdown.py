"""The Markdown pages of the project, and what stands in them."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "examples" / "README.md",
]

_FENCE = re.compile(r"^(```+)(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Snippet:
    """A fenced block; `language` is the word behind its fence, `output` what a command says of it in the next block."""

    page: Path
    number: int
    language: str
    text: str
    output: str

    def __str__(self) -> str:
        return f"{self.page.stem}-{self.number}"


def snippets(page: Path, language: str) -> list[Snippet]:
    """The blocks of a page in one language, numbered from 1 among all of its blocks."""
    fences = _FENCE.findall(page.read_text(encoding="utf-8"))
    following = [*(text if text.startswith("$ labc ") else "" for _, _, text in fences[1:]), ""]
    found = enumerate(zip(fences, following, strict=False), 1)
    return [Snippet(page, number, word, text, after) for number, ((_, word, text), after) in found if word == language]


def blocks(page: Path, language: str) -> list[str]:
    """The texts of these blocks."""
    return [snippet.text for snippet in snippets(page, language)]


def without_fences(page: Path) -> str:
    """The text of a page without its blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> list[str]:
    """The anchors that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", without_fences(page), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def links(page: Path) -> list[str]:
    """The targets of the links of a page that lead to the project itself."""
    targets = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", without_fences(page)))
    return [target for target in targets if not target.startswith("https://")]


def files_named(text: str) -> list[str]:
    """The files and folders of the project that a text names by their path from its root."""
    folders = "grammar|compiler|runtime|tests|docs|examples|benchmarks"
    return re.findall(rf"(?<![\w./])((?:{folders})/[\w/.]*\w/?)", re.sub(r"\]\([^)]*\)", "]", text))
