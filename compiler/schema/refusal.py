"""`refuse`: refuses a value in a validator, with a code, message and help for the diagnostic."""

import re
from typing import NoReturn

from pydantic_core import PydanticCustomError

from ...grammar.diagnostics.codes import Code
from ...grammar.value_class import value_class

REFUSED = "labc"
"""The type of the errors that `refuse` raises."""


@value_class
class Instead:
    """The text that replaces a refused value. `safe` has the meaning that it has in `Edit`."""

    text: str
    safe: bool = False


def refuse(
    code: Code,
    message: str,
    help: str | None = None,
    instead: Instead | None = None,
    part: tuple[int, int] | None = None,
) -> NoReturn:
    """Raise the error of a validator. `help` says what to do, and `instead` is the replacement that `help` proposes.

    The name of the field is put before a message that begins with "must" or "cannot". `part` holds the offsets of the
    first wrong character of a string and of the character after the wrong ones; without it, the whole value is wrong.
    """
    # The message is passed as context, because pydantic would replace braces in the template.
    context = {"code": code, "message": message, "help": help, "instead": instead, "part": part}
    raise PydanticCustomError(REFUSED, "{message}", context)


_NUMBER = r"\s*([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?%?\s*"


def refuse_quoted_number(value: object) -> None:
    """Refuse a string that contains a number."""
    if isinstance(value, str) and re.fullmatch(_NUMBER, value):
        number = value.strip()
        help = f"write `{number}` without quotes"
        refuse(Code.WRONG_TYPE, "must be a number, but is a string", help, Instead(number, safe=True))


ADDRESS_HELP = 'labc downloads no data: download it, and write for example `folder("data")`'


def is_address(text: str) -> bool:
    """Check whether a text is an address of the internet, `https://…`, and not a path."""
    return "://" in text


def refuse_address(text: str) -> None:
    """Refuse an address of the internet."""
    if is_address(text):
        refuse(Code.WRONG_TYPE, "cannot be an address of the internet", ADDRESS_HELP)
