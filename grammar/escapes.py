r"""The escape sequences of strings: `\"`, `\\`, `\n` and `\t`."""

_CHARACTERS = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}


def unescape(quoted: str) -> str:
    """The characters between the quotes of `quoted`, its escape sequences replaced; they must all be known."""
    parts = quoted[1:-1].split("\\\\")
    return "\\".join(_unescape(part) for part in parts)


def unknown_escape(quoted: str) -> int | None:
    """The offset in `quoted` of the first escape sequence that the language does not have."""
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
