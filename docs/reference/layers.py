"""layers.md: the layers and the merges, from their docstrings and fields."""

from itertools import groupby

from labc.compiler.layers import ALL, MERGES
from labc.compiler.layers.application_networks import NAMES
from labc.compiler.schema.arguments import Arguments
from labc.compiler.schema.field_types import ACTIVATIONS, INITIALIZERS

from .call import WRITTEN_BY, default_of, signature, table
from .docstring import describe_arguments, family_title

OPENING = f"""\
# The layers

<!-- {WRITTEN_BY} compiler/layers; change that. -->

Arguments before the semicolon may be given by position, the others by name. A layer is 1-D, 2-D or 3-D, depending on
the number of axes of its input besides the channels. Where this page says height x width, a 1-D layer has one length,
and a 3-D layer has a third axis. A single length counts for every axis. Shapes leave out the batch and have the
channels last.

Activations: {", ".join(f"`{word}`" for word in ACTIVATIONS)}.

Initialisers: {", ".join(f"`{word}`" for word in INITIALIZERS)}.

Networks of `backbone`: {", ".join(f"`{name}`" for name in NAMES)}.
"""


def layers_page() -> str:
    """Return the whole page: the families in the order of the list of layers, each with its layers."""
    families = [(family_title(module), list(layers)) for module, layers in groupby((*ALL, *MERGES.values()), _module)]
    contents = [f"- {title}: {', '.join(_link(layer) for layer in layers)}" for title, layers in families]
    pages = [f"## {title}\n\n" + "\n".join(map(layer_entry, layers)) for title, layers in families]
    return "\n".join([OPENING, *contents, "", *pages])


def _module(layer: type[Arguments]) -> str:
    return layer.__module__


def _link(layer: type[Arguments]) -> str:
    return f"[`{layer.word()}`](#{layer.word()})"


def _default(layer: type[Arguments], name: str) -> str:
    field = layer.model_fields[name]
    if field.is_required():
        return "required"
    return "" if field.default is None else f"`{default_of(layer, name)}`"


def layer_entry(layer: type[Arguments]) -> str:
    """Return the entry of one layer: its description, its call, its arguments, its shapes, and an example."""
    described = describe_arguments(layer)
    call = f"{layer.word()}(tap, …)" if layer in MERGES.values() else signature(layer)
    rows = [[f"`{name}`", _default(layer, name), text] for name, text in described.arguments.items()]
    blocks = [
        f"### {layer.word()}", f"`{call}`", *described.paragraphs, table(["argument", "default", ""], rows),
        "\n".join(described.ends), f"```lab\n{described.example}\n```",
    ]  # fmt: skip
    return "\n\n".join(block for block in blocks if block) + "\n"
