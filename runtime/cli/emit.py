"""`labc emit`."""

from pathlib import Path

import click

from .shared import FILE, load, print_file, with_overrides


@click.command()
@click.argument("target", type=click.Choice(["python", "json", "dot", "mermaid"]))
@click.argument("file", type=FILE)
@with_overrides
@click.option("--bare", is_flag=True, help="For python: leave out the layer that scales pixels as `scale` says.")
def emit(target: str, file: Path, overrides: dict[str, str], bare: bool) -> None:
    """Print the model as a plain Keras script, as data, or as a diagram.

    python is a script that runs on its own and builds the model that is trained, with the same layers and names. With
    a data section its input is pixels from 0 to 255, which its first layer scales. For scale = standard, fill in the
    statistics of the training images where the script says so.

    json is the plan, and for each layer its Keras call and its inputs. mermaid is for a Markdown page.

    dot is for Graphviz: labc emit dot FILE | dot -Tsvg > model.svg
    """
    if bare and target != "python":
        raise click.UsageError(f"--bare is for python, and not for {target}")
    study = load(file, overrides, as_json=target == "json")
    from ...compiler.backends import TARGETS
    from ...compiler.backends.script import to_python

    print_file(to_python(study, bare=True) if bare else TARGETS[target](study))
