"""`labc new`."""

import re
from pathlib import Path

import click

from .shared import refuse_writing

PLAIN = re.compile(r"\w[\w-]*")


def _stem(context: click.Context, parameter: click.Parameter, name: str) -> str:
    if PLAIN.fullmatch(name):
        return name
    message = f"`{name}` is not made of letters, digits, `_` and `-` alone"
    stem = name.removesuffix(".lab")
    help = f"; did you mean `{stem}`?" if PLAIN.fullmatch(stem) else ""
    raise click.BadParameter(message + help, context, parameter)


@click.command()
@click.argument("name", callback=_stem)
def new(name: str) -> None:
    """Write NAME.lab, a first experiment to start from.

    A file that is there is left alone.
    """
    path = Path(f"{name}.lab")
    text = Path(__file__).with_name("new.lab").read_text(encoding="utf-8").replace("NAME", name)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise click.ClickException(f"`{path}` is there already, and was left alone") from None
    except OSError as error:
        refuse_writing(path, error)
    click.echo(f"{path}: written; `labc run {path} --quick` tries it out")
