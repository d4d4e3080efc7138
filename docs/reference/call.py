"""Calls and defaults as the language writes them, and Markdown tables."""

from typing import Any, get_type_hints

from labc.compiler.expressions.values import show
from labc.compiler.schema.arguments import Arguments
from labc.compiler.schema.field_types import FilePath, Text
from labc.compiler.sections import SplitTable, TargetColumn

WRITTEN_BY = "Written by `python docs/generate.py` from"


# The headings of the classes whose word is the heading of another class.
_HEADINGS: dict[type[Arguments], str] = {SplitTable: "csv of a split", TargetColumn: "column of a target"}


def heading(cls: type[Arguments]) -> str:
    """Return the heading of the entry of a class."""
    return _HEADINGS.get(cls, cls.word())


def link_to(cls: type[Arguments], page: str = "") -> str:
    """Return the word of a class as a link to the entry of the class."""
    return f"[`{cls.word()}`]({page}#{heading(cls).replace(' ', '-')})"


def signature(cls: type[Arguments]) -> str:
    """Return the call with all arguments and defaults. A semicolon follows the arguments that need no name."""
    written = []
    for name, field in cls.model_fields.items():
        has_default = not field.is_required() and field.default is not None
        written.append(f"{name} = {default_of(cls, name)}" if has_default else name)
    by_place, by_name = ", ".join(written[: cls.positional]), ", ".join(written[cls.positional :])
    given = f"{by_place}; {by_name}" if by_name else by_place
    return f"{cls.word()}({given})" if given else cls.word()


def default_of(cls: type[Arguments], name: str) -> str:
    """Return the default of an argument as the language writes it."""
    value = cls.model_fields[name].default
    is_text = get_type_hints(cls, include_extras=True)[name] in (Text, FilePath)
    return show(value) if is_text else _written(value)


def _written(value: Any) -> str:
    """Return a value as the language writes it. A `str` is a word here, and has no quotes."""
    if isinstance(value, Arguments):
        return f"{value.word()}({_written(getattr(value, next(iter(type(value).model_fields))))})"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return value if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else show(value)


def table(columns: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table; an empty string without rows."""
    lines = [columns, ["---"] * len(columns), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  ", "| ") for line in lines) if rows else ""
