"""A docstring in the style of this project, taken apart."""

from dataclasses import dataclass, field
from inspect import getdoc
from sys import modules

from labc.compiler.schema.arguments import Arguments


def family_title(module: str) -> str:
    """The heading of a family of classes: the first line of its module's docstring."""
    return (modules[module].__doc__ or "").splitlines()[0].rstrip(".")


class Incomplete(Exception):
    """A docstring that does not say all that its page needs."""


@dataclass
class Described:
    """What a docstring says: paragraphs, a text for each argument, what goes in and comes out, an example."""

    paragraphs: list[str] = field(default_factory=list)
    arguments: dict[str, str] = field(default_factory=dict)
    ends: list[str] = field(default_factory=list)
    example: str = ""


def describe(thing: object) -> Described:
    """The docstring of a class or function."""
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
    """The docstring of a class of arguments.

    Raises:
        Incomplete: if an argument has no text, or a text no argument.
    """
    described = describe(cls)
    if list(described.arguments) != list(cls.model_fields):
        raise Incomplete(f"{cls.__name__} has {list(cls.model_fields)} and describes {list(described.arguments)}")
    return described


def _arguments(paragraph: str) -> dict[str, str]:
    """The arguments that a docstring lists, each with its text in one line."""
    lines: list[str] = []
    for line in paragraph.splitlines()[1:]:
        if line.startswith(" " * 8):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.strip())
    return {name: text for name, _, text in (line.partition(": ") for line in lines)}


def _ends(paragraph: str) -> list[str]:
    """What goes in and what comes out, a line each."""
    before, _, after = " ".join(paragraph.split()).removeprefix("Input: ").partition(" Output: ")
    return [f"- In: {before}", f"- Out: {after}"]
