r"""The escape sequences of strings: `\"`, `\\`, `\n` and `\t`."""

_CHARACTERS = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}


def unescape(quoted: str) -> str:
    """Return the text between the quotes with its escape sequences replaced. All of them must be known."""
    parts = quoted[1:-1].split("\\\\")
    return "\\".join(_unescape(part) for part in parts)


def quoted_offset(quoted: str, offset: int) -> int:
    """Return the offset in `quoted` of the character that has the offset `offset` in the unescaped text."""
    start = 1
    for _ in range(offset):
        start += 2 if quoted[start] == "\\" else 1
    return start


def unknown_escape(quoted: str) -> int | None:
    """Return the offset of the first unknown escape sequence in `quoted`, None if there is none."""
    offset = 1
    while (offset := quoted.find("\\", offset)) >= 0:
        if quoted[offset + 1] not in _CHARACTERS:
            return offset
        offset += 2
    return None


def _unescape(part: str) -> str:
    for letter, character in _CHARACTERS.items():
        part = part.replace("\\" + letter, character)
    return part
