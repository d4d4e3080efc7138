"""Regular expressions that are searched in linear time, with the library RE2.

Python's module `re` takes an exponential time for some patterns, such as `(a+)+$`, so that the name of a single image
could stop a run.
"""

from typing import Any

MAX_MEMORY = 2**20  # bytes of a compiled pattern


class InvalidRegexError(ValueError):
    """A text that is not a regular expression of RE2. `fragment` is the wrong part of the text, "" if unknown."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.fragment = message.partition(": ")[2]


class LinearRegex:
    """A regular expression that is searched in linear time."""

    def __init__(self, pattern: str) -> None:
        """Compile a pattern.

        Raises:
            InvalidRegexError: if RE2 refuses it.
        """
        import re2  # loaded only for a file with a regular expression

        options = re2.Options()
        options.log_errors = False
        options.max_mem = MAX_MEMORY
        try:
            self._compiled: Any = re2.compile(_encodable(pattern), options)
        except re2.error as error:
            raise InvalidRegexError(error.args[0].decode(errors="replace")) from None

    @property
    def groups(self) -> int:
        """The number of groups in parentheses."""
        return int(self._compiled.groups)

    def find_group(self, text: str) -> str | None:
        """Return what the first group matches at the first match in a text; None if there is no match."""
        match = self._compiled.search(_encodable(text))
        return match[1] if match else None


def _encodable(text: str) -> str:
    """Return the text with `?` for bytes that are not UTF-8, which file names may contain."""
    return text.encode(errors="replace").decode()
