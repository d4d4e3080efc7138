"""The targets of `labc emit`: one module for each form of an experiment's model. `keras.py` builds the model itself."""

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
