"""Splits a docstring in the form of this project into its parts."""

from dataclasses import dataclass, field
from inspect import getdoc
from sys import modules

from labc.compiler.schema.arguments import Arguments


def family_title(module: str) -> str:
    """Return the heading of a family of classes: the first line of the docstring of the family's module."""
    return (modules[module].__doc__ or "").splitlines()[0].rstrip(".")


class Incomplete(Exception):
    """Raised if a docstring does not describe exactly the arguments of its class."""


@dataclass
class Described:
    """The parts of a docstring: paragraphs, a text for each argument, the input and the output, and an example."""

    paragraphs: list[str] = field(default_factory=list)
    arguments: dict[str, str] = field(default_factory=dict)
    ends: list[str] = field(default_factory=list)
    example: str = ""


def describe(thing: object) -> Described:
    """Return the parts of the docstring of a class or function."""
    described = Described()
    for paragraph in (getdoc(thing) or "").split("\n\n"):
        if paragraph.startswith("Arguments:"):
            described.arguments = _arguments(paragraph)
        elif paragraph.startswith("Input:"):
            described.ends = _ends(paragraph)
        elif paragraph.startswith("Example:"):
            described.example = paragraph.split("`")[1]
        else:
            described.paragraphs.append(paragraph)
    return described


def describe_arguments(cls: type[Arguments]) -> Described:
    """Return the parts of the docstring of a class of arguments.

    Raises:
        Incomplete: if the docstring does not describe exactly the arguments of the class, in their order.
    """
    described = describe(cls)
    if list(described.arguments) != list(cls.model_fields):
        raise Incomplete(f"{cls.__name__} has {list(cls.model_fields)} and describes {list(described.arguments)}")
    return described


def _arguments(paragraph: str) -> dict[str, str]:
    """Return the arguments that a docstring lists, each with its text in one line."""
    lines: list[str] = []
    for line in paragraph.splitlines()[1:]:
        if line.startswith(" " * 8):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.strip())
    return {name: text for name, _, text in (line.partition(": ") for line in lines)}


def _ends(paragraph: str) -> list[str]:
    """Return two lines: one for the input, one for the output."""
    before, _, after = " ".join(paragraph.split()).removeprefix("Input: ").partition(" Output: ")
    return [f"- In: {before}", f"- Out: {after}"]
