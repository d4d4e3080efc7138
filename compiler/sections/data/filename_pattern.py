"""`filename("…")`: the part of a file name that a regular expression finds."""

from typing import Annotated, ClassVar, NoReturn

from pydantic import AfterValidator

from ....grammar.diagnostics.codes import Code
from ...schema.arguments import Arguments
from ...schema.field_types import Text
from ...schema.refusal import refuse
from .linear_regex import InvalidRegexError, LinearRegex


def _with_one_group(pattern: str) -> str:
    try:
        groups = LinearRegex(pattern).groups
    except InvalidRegexError as error:
        _refuse_invalid(pattern, error)
    if groups != 1:
        message = f"must have exactly one group in parentheses, but has {groups}"
        help = r'for example `filename("^(\\d+)_")`, where the group is the number before the `_`'
        refuse(Code.OUT_OF_BOUNDS, message, help)
    return pattern


def _refuse_invalid(pattern: str, error: InvalidRegexError) -> NoReturn:
    start = pattern.find(error.fragment)
    is_unique = error.fragment and pattern.count(error.fragment) == 1
    part = (start, start + len(error.fragment)) if is_unique else None
    is_backreference = error.fragment[:1] == "\\" and error.fragment[1:].isdigit()
    if str(error).startswith("invalid perl operator") or is_backreference:
        help = "RE2 has no look-ahead, look-behind and backreferences, because a search with them may take very long"
        refuse(Code.OUT_OF_BOUNDS, f"cannot contain `{error.fragment}`", help, part=part)
    refuse(Code.OUT_OF_BOUNDS, f"must be a valid regular expression, but has an error: {error}", part=part)


class FilenamePattern(Arguments):
    """The part of a file name that matches the group of a regular expression.

    The syntax is that of [RE2](https://github.com/google/re2/wiki/Syntax): the syntax of Python's module `re` without
    look-ahead, look-behind and backreferences, so that a search is fast for every pattern and every name. `\\d`, `\\w`
    and `\\b` know only ASCII letters and digits; `\\pL` is any letter.

    Arguments:
        pattern: a regular expression with exactly one group in parentheses.

    Example: `filename("^(p[0-9]+)_")`
    """

    called: ClassVar[str | None] = "filename"

    pattern: Annotated[Text, AfterValidator(_with_one_group)]

    def find(self, name: str) -> str | None:
        """Return the part of a file name that the group matches; None if the name does not match."""
        return LinearRegex(self.pattern).find_group(name)
