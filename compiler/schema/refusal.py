"""Validators refuse a value with a diagnostic's code, message, help and replacement; `errors` makes the diagnostic."""

from dataclasses import dataclass
from typing import NoReturn

from pydantic_core import PydanticCustomError

from ...grammar.diagnostics.codes import Code

REFUSED = "labc"
"""The type of the errors that `refuse` raises."""


@dataclass(frozen=True)
class Instead:
    """The text to write in the place of a refused value; `safe` as for an `Edit`."""

    text: str
    safe: bool = False


def refuse(code: Code, message: str, help: str | None = None, instead: Instead | None = None) -> NoReturn:
    """Raise the error of a validator: `help` says what to do, `instead` does it.

    A message that begins with "must" or "cannot" is put behind the name of the field.
    """
    # The message is passed as context, because pydantic reads braces in the template itself.
    context = {"code": code, "message": message, "help": help, "instead": instead}
    raise PydanticCustomError(REFUSED, "{message}", context)
