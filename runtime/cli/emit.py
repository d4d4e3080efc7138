"""`labc emit`."""

from pathlib import Path

import click

from .shared import FILE, load, print_file, with_overrides


@click.command()
@click.argument("target", type=click.Choice(["python", "json", "dot", "mermaid"]))
@click.argument("file", type=FILE)
@with_overrides
def emit(target: str, file: Path, overrides: dict[str, str]) -> None:
    """Print the model as a plain Keras script, as data, or as a diagram.

    python is a script that runs on its own and builds the same layers with the same names. json is the plan, and for
    each layer its Keras call and its inputs. mermaid is for a Markdown page.

    dot is for Graphviz: labc emit dot FILE | dot -Tsvg > model.svg
    """
    study = load(file, overrides, as_json=target == "json")
    from ...compiler.backends import TARGETS

    print_file(TARGETS[target](study))
