"""Writes layers.md, the reference of the layers, from their docstrings and fields: `python docs/generate.py`."""

from collections.abc import Iterator
from inspect import getdoc
from itertools import groupby
from pathlib import Path
from sys import modules

from labc.compiler.arguments import Arguments
from labc.compiler.fields import ACTIVATIONS, INITIALIZERS
from labc.compiler.layers import ALL, MERGES
from labc.compiler.layers.networks import NAMES
from labc.compiler.values import show

PAGE = Path(__file__).parent / "layers.md"

OPENING = f"""\
# The layers

<!-- Written by docs/generate.py from the docstrings in compiler/layers; change those. -->

Arguments before the semicolon may be given by position, the others by name. The rank (1-D, 2-D or 3-D) is that of the
tensor; the pages say height x width, and mean a length in 1-D, and a third axis in 3-D. A single length stands for the
same one along every axis. Shapes leave the batch out and have the channels last.

Activations: {", ".join(f"`{word}`" for word in ACTIVATIONS)}.

Initialisers: {", ".join(f"`{word}`" for word in INITIALIZERS)}.

Networks of `backbone`: {", ".join(f"`{name}`" for name in NAMES)}.
"""


def layers_page() -> str:
    """The whole page: families in the order of the list of layers, each with its layers."""
    families = [(_title(module), list(layers)) for module, layers in groupby((*ALL, *MERGES.values()), _module)]
    contents = [f"- {title}: {', '.join(_link(layer) for layer in layers)}" for title, layers in families]
    pages = [f"## {title}\n\n" + "\n".join(map(_page, layers)) for title, layers in families]
    return "\n".join([OPENING, *contents, "", *pages])


def _module(layer: type[Arguments]) -> str:
    return layer.__module__


def _title(module: str) -> str:
    return (modules[module].__doc__ or "").splitlines()[0].rstrip(".")


def _link(layer: type[Arguments]) -> str:
    return f"[`{layer.word()}`](#{layer.word()})"


def _page(layer: type[Arguments]) -> str:
    """One layer: what it is, how it is called, its arguments, its shapes, an example."""
    described: list[str] = []
    arguments: dict[str, str] = {}
    ends: list[str] = []
    example = ""
    for paragraph in (getdoc(layer) or "").split("\n\n"):
        if paragraph.startswith("Arguments:"):
            arguments = dict(_arguments(paragraph))
        elif paragraph.startswith("Input:"):
            ends = _ends(paragraph)
        elif paragraph.startswith("Example:"):
            example = paragraph.split("`")[1]
        else:
            described.append(paragraph)
    table = [f"| `{name}` | {_default(layer, name)} | {text} |" for name, text in arguments.items()]
    head = ["| argument | default | |", "| --- | --- | --- |"] if table else []
    blocks = [
        f"### {layer.word()}", f"`{_signature(layer)}`", *described, "\n".join([*head, *table]), "\n".join(ends),
        f"```lab\n{example}\n```",
    ]  # fmt: skip
    return "\n\n".join(block for block in blocks if block) + "\n"


def _arguments(paragraph: str) -> Iterator[tuple[str, str]]:
    """The arguments that a docstring lists, each with its text in one line."""
    lines: list[str] = []
    for line in paragraph.splitlines()[1:]:
        if line.startswith(" " * 8):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.strip())
    for line in lines:
        name, _, text = line.partition(": ")
        yield name, text


def _ends(paragraph: str) -> list[str]:
    """What goes in and what comes out, a line each."""
    before, _, after = " ".join(paragraph.split()).removeprefix("Input: ").partition(" Output: ")
    return [f"- In: {before}", f"- Out: {after}"]


def _signature(layer: type[Arguments]) -> str:
    """The call with all arguments and their defaults, a semicolon after those that need no name."""
    if layer in MERGES.values():
        return f"{layer.word()}(tap, …)"
    written = []
    for name, field in layer.model_fields.items():
        default = "" if field.is_required() or field.default is None else f" = {_value(field.default)}"
        written.append(name + default)
    by_place, by_name = ", ".join(written[: layer.positional]), ", ".join(written[layer.positional :])
    given = f"{by_place}; {by_name}" if by_name else by_place
    return f"{layer.word()}({given})" if given else layer.word()


def _default(layer: type[Arguments], name: str) -> str:
    field = layer.model_fields[name]
    if field.is_required():
        return "required"
    return "" if field.default is None else f"`{_value(field.default)}`"


def _value(value: object) -> str:
    """A default as it is written in the language; words are `str` in the fields, and stand without quotes."""
    return value if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else show(value)


if __name__ == "__main__":
    PAGE.write_text(layers_page(), encoding="utf-8")
