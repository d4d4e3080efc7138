"""An experiment's model in other forms: one module for each target."""

from collections.abc import Callable

from ..study import Study
from .dot import to_dot
from .json import to_json
from .mermaid import to_mermaid
from .script import to_python

TARGETS: dict[str, Callable[[Study], str]] = {
    "python": to_python,
    "json": to_json,
    "dot": to_dot,
    "mermaid": to_mermaid,
}
