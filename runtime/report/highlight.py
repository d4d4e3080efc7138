"""A `.lab` file's text with light colours, line by line, as HTML."""

import re

from markupsafe import Markup

KEYWORDS = (
    "experiment|extends|use|let|block|data|model|train|sweep|variants|search|expect|report"
    "|repeat|for|in|if|else|as|and|or|not|true|false|none"
)

# The kinds in the order in which they are tried; what matches none stays plain.
KINDS = {
    "comment": r"#[^\n]*",
    "string": r'"(?:\\.|[^"\\\n])*"',
    "number": r"\b\d[\d_]*(?:x\d+)+\b|\b\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?(?:%|deg\b|\b)",
    "keyword": rf"\b(?:{KEYWORDS})\b",
    "call": r"\b[A-Za-z_]\w*(?=\()",
}
TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS.items()))


def highlight(source: str) -> list[Markup]:
    """Return the lines of a source as HTML, each kind of word in a span of that class."""
    return [_line(line) for line in source.removesuffix("\n").split("\n")]


def _line(line: str) -> Markup:
    html, end = Markup(), 0
    for token in TOKEN.finditer(line):
        html += line[end : token.start()]  # Markup escapes whatever is added to it.
        html += Markup('<span class="{}">{}</span>').format(token.lastgroup, token.group())
        end = token.end()
    return html + line[end:]
