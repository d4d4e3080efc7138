"""Values as other languages write them: names in quotes, lists without brackets, dictionaries, sizes with names."""

import re
from collections.abc import Collection

from ..diagnostics.edit import Edit
from ..source import Span
from ..tokens import CROSSES, SpanToken

_QUOTED_NAME = re.compile(r"""(["'])([^\W\d]\w*)\1[ \t]*[=:]""")
_ITEM = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w.%+-]+)"""
_ITEMS = re.compile(rf"[ \t]*,[ \t]*{_ITEM}(?:[ \t]*,[ \t]*{_ITEM})*(?=[ \t]*,?[ \t]*(?:\}}|#|\n|$))")
_DICTIONARY = re.compile(r"\{[^{}#\n]*\}")
_CROSS = re.compile(rf"[ \t]+(?:{'|'.join(CROSSES)})[ \t]+")
_SIZE = re.compile(rf"\w+(?:{_CROSS.pattern}\w+)+(?![\w.(])")
_NAMES_OF_CLASSES = "classes"  # the only setting that takes a list of strings; other lists have words

Mend = tuple[str, tuple[Edit, ...]]


def foreign_value(token: SpanToken, expected: Collection[str], before: list[SpanToken]) -> Mend | None:
    """Return the help and the edits for a value in the syntax of another language, None for another token."""
    if token.type == "STRING" and not before and "NAME" in expected:
        return _without_quotes(token)
    if size := _as_tuple(token, before):
        return size
    if [one.type for one in before[:2]] != ["NAME", "EQUAL"]:
        return None
    if token.type == "LBRACE" and len(before) == 2:
        return _as_list(token, before[0])
    ends = len(before) > 2 and "_NL" in expected  # the token follows a complete value
    return _in_brackets(token, before) if ends and token.type == "COMMA" else None


def _without_quotes(token: SpanToken) -> Mend | None:
    """Return the mend of `"epochs": 10`."""
    found = _QUOTED_NAME.match(token.span.source.text, token.span.start)
    if not found:
        return None
    text = f"{found[2]} ="
    return f"write the name without quotes: `{text} …`", (Edit(_matched(token, found), text, safe=True),)


def _as_tuple(token: SpanToken, before: list[SpanToken]) -> Mend | None:
    """Return the mend of `image = size x size x 1`. The token is the first cross or the value after it."""
    back = 1 if token in CROSSES else 2
    if len(before) <= back or (back == 2 and before[-1] not in CROSSES) or before[-back].type not in ("NAME", "NUMBER"):
        return None
    start = before[-back].span.start
    found = _SIZE.match(token.span.source.text, start)
    if not found:
        return None
    lengths = _CROSS.split(found[0])
    written = "x".join(lengths) if all(map(str.isdigit, lengths)) else f"({', '.join(lengths)})"
    return f"write the size as `{written}`", (Edit(_matched(token, found), written, safe=True),)


def _as_list(token: SpanToken, name: SpanToken) -> Mend | None:
    """Return the mend of `classes = {"Mel": 0, "Nev": 1}`, if the numbers are those of the items of a list."""
    found = _DICTIONARY.match(token.span.source.text, token.span.start)
    items = re.findall(_ITEM, found[0]) if found else []
    numbers = [item for item in items if item.isdigit()]
    others = [item for item in items if not item.isdigit()]
    texts = name == _NAMES_OF_CLASSES or any(item[0] in "\"'" for item in others)
    if not found or not (others and texts) or numbers not in ([], [str(index) for index in range(len(others))]):
        return None
    listed = f"[{', '.join(map(_quoted, others))}]"
    return f"write a list: `{name} = {listed}`", (Edit(_matched(token, found), listed, safe=True),)


def _in_brackets(token: SpanToken, before: list[SpanToken]) -> Mend:
    """Return the mend of `classes = "Mel", "Nev"`."""
    name, first = before[0], before[2].span
    found = _ITEMS.match(token.span.source.text, token.span.start)
    if not found:
        return f"write a list in square brackets: `{name} = [first, second]`", ()
    whole = first.to(_matched(token, found))
    items = re.findall(_ITEM, whole.text)
    listed = ", ".join(map(_quoted, items)) if name == _NAMES_OF_CLASSES else whole.text
    return f"write a list: `{name} = [{listed}]`", (Edit(whole, f"[{listed}]", safe=True),)


def _quoted(item: str) -> str:
    """Return a string or a word as a string in double quotes."""
    return '"' + item.strip("\"'") + '"'


def _matched(token: SpanToken, found: re.Match[str]) -> Span:
    return token.span.source.span(*found.span())
