"""`fail`: raises the diagnostic of an expression that has no value."""

from typing import NoReturn

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.syntax import Node


def fail(code: Code, message: str, node: Node, help: str | None = None, edits: tuple[Edit, ...] = ()) -> NoReturn:
    """Raise LabError with one diagnostic that underlines `node`."""
    raise LabError([Diagnostic(code, message, node.span, help=help, edits=edits)])
