"""The command `labc new`."""

import re
from pathlib import Path

import click

from .output import echo
from .shared import refuse_writing

PLAIN = re.compile(r"\w[\w-]*")


def _stem(context: click.Context, parameter: click.Parameter, name: str) -> str:
    if PLAIN.fullmatch(name):
        return name
    message = f"the name must contain only letters, digits, `_` and `-`, but is `{name}`"
    stem = name.removesuffix(".lab")
    help = f"; did you mean `{stem}`?" if PLAIN.fullmatch(stem) else ""
    raise click.BadParameter(message + help, context, parameter)


@click.command()
@click.argument("name", callback=_stem)
def new(name: str) -> None:
    """Write NAME.lab, a first experiment that you can change.

    A file that exists already is not changed.
    """
    path = Path(f"{name}.lab")
    text = Path(__file__).with_name("new.lab").read_text(encoding="utf-8").replace("NAME", name)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise click.ClickException(f"`{path}` exists already and was not changed") from None
    except OSError as error:
        refuse_writing(path, error)
    echo(f"{path}: written; test it with `labc run {path} --quick`")
