"""The help for names of other languages in expressions: `TRUE`, `NULL`, `l.append(3)`, `np.log`."""

from collections.abc import Collection

from ...grammar.diagnostics.edit import Edit
from ...grammar.diagnostics.suggest import nearest
from ...grammar.source import Span

CONSTANTS = {
    "true": "true", "t": "true", "yes": "true", "on": "true", "false": "false", "f": "false", "no": "false",
    "off": "false", "none": "none", "null": "none", "nil": "none", "na": "none", "nan": "none", "undefined": "none",
}  # fmt: skip
"""The constants of other languages in small letters, with those of labc."""
NO_METHODS = "a value has no methods: `+` joins two lists, and a function is called as `len(values)`"


def foreign_name(name: str, place: Span, known: Collection[str]) -> tuple[str, tuple[Edit, ...]] | None:
    """Return the help and the edits for an unknown name that another language has, None for other names.

    `known` are the names that may be meant, if the name is a known one after a module, as in `np.sum`.
    """
    first, dot, last = name.partition(".")
    if not dot:
        constant = CONSTANTS.get(name.casefold())
        if constant is None or nearest(name, known):
            return None
        return f"write `{constant}`", (Edit(place, constant, safe=True),)
    last = last.rpartition(".")[2]
    if first in known:
        return NO_METHODS, ()
    if last in known:
        return f"write only the last name, `{last}`", (Edit(place, last, safe=True),)
    return f"labc has no modules, and no function or value `{last}`", ()
