"""The help for `None`, `NULL` and `NA` as the value of a field that has no `none`."""

from dataclasses import replace
from types import NoneType
from typing import get_args

from pydantic.fields import FieldInfo

from ....grammar.diagnostics.diagnostic import Diagnostic
from ..choice import choice_of


def without_none(one: Diagnostic, field: FieldInfo) -> Diagnostic:
    """Return the diagnostic of a name that stands for `none`, without `none` as its help if the field refuses it."""
    choice = choice_of(field)
    if [edit.text for edit in one.edits] != ["none"] or NoneType in get_args(field.annotation):
        return one
    if choice and (choice.optional or "none" in choice.words()):
        return one
    return replace(one, help="write a value" if field.is_required() else "remove it to get the default", edits=())
