"""The command `labc emit`."""

from pathlib import Path

import click

from .output import print_file
from .shared import FILE, load, with_overrides


@click.command()
@click.argument("target", type=click.Choice(["python", "json", "dot", "mermaid"]))
@click.argument("file", type=FILE)
@with_overrides
@click.option("--bare", is_flag=True, help="For python only: leave out the layer that scales the pixels.")
def emit(target: str, file: Path, overrides: dict[str, str], bare: bool) -> None:
    """Print the model as a plain Keras script, as JSON, or as a diagram.

    python prints a Keras script that does not need labc. It builds the same model as `labc run`, with the same layers
    and names. If the file has a section data, the input of the model is pixels from 0 to 255, and its first layer
    scales them. For scale = standard, replace the marked numbers in the script by the statistics of the training
    images.

    json prints the plan: the layers with sizes and memory, and for each layer its Keras call and its inputs.

    mermaid prints a diagram for a Markdown page.

    dot prints a diagram for Graphviz, for example: labc emit dot FILE | dot -Tsvg > model.svg
    """
    if bare and target != "python":
        raise click.UsageError(f"--bare needs the target python, but the target is {target}")
    study = load(file, overrides, as_json=target == "json")
    from ...compiler.backends import TARGETS
    from ...compiler.backends.script import to_python

    print_file(to_python(study, bare=True) if bare else TARGETS[target](study))
