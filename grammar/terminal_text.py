"""Text that is safe to print in a terminal: control characters are shown as symbols, and are never sent to it."""

from unicodedata import category, east_asian_width

_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control and format characters, surrogates, line and paragraph separators
_NO_WIDTH = {"Mn", "Me"}  # marks that are drawn over the character before them


def printable(text: str) -> str:
    """Return the text as one line, with a visible symbol instead of each control character.

    `␛` stands for an escape character, `␊` for a line end, `<U+202E>` for a character that changes the direction of the
    text, and `\\xff` for a byte of a file name that is not UTF-8.
    """
    return text if text.isprintable() else "".join(map(_symbol, text))


def printable_lines(text: str) -> str:
    """Return the text with a visible symbol instead of each control character, except line ends and tabs."""
    return "\n".join("\t".join(map(printable, line.split("\t"))) for line in text.split("\n"))


def display_width(text: str) -> int:
    """Return the number of columns that a printable text takes in a terminal. Chinese characters take two columns."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _symbol(character: str) -> str:
    code = ord(character)
    if character.isprintable() or category(character) not in _UNSAFE:
        return character
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"<U+{code:04X}>"


def _columns(character: str) -> int:
    if category(character) in _NO_WIDTH:
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1
