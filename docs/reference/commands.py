"""commands.md: the command line, from the help texts of its commands."""

from inspect import cleandoc

import click

from labc.runtime.cli import commands

from .call import WRITTEN_BY, table

OPENING = f"""\
# The command line

<!-- {WRITTEN_BY} runtime/cli; change that. -->

`labc COMMAND --help` prints the same help in the terminal. Exit status: 0 done, 1 the experiment is wrong or failed,
2 the command line is wrong, 130 interrupted. A claim of `expect` that does not hold leaves the exit status 0. Only
`data` and `run` read images. A framework is loaded by `run`, by `data --augmented`, and by other commands only for a
file with layers of Keras (`keras.Name`). With `--json`, the warnings
of a check are printed on standard error, and those about the data are in the JSON of `data`.

A control character in a title, a name, a path or a quoted line is printed as a symbol: `␛` for an escape character,
`␊` for a line end, `<U+202E>` for a character that changes the direction of text, `\\xff` for a byte of a file name
that is not UTF-8. In JSON it is an escape sequence. The text of a file (`show`, `emit`, `fmt -`, `--diff`) contains
symbols only if it is printed in a terminal.
"""


def commands_page() -> str:
    """Return the whole page. The commands are in the order in which the command line registers them."""
    return "\n".join([OPENING, *map(_entry, commands.commands.values())])


def _entry(command: click.Command) -> str:
    arguments = [_argument(one) for one in command.params if isinstance(one, click.Argument)]
    options = [one for one in command.params if isinstance(one, click.Option)]
    usage = " ".join(["labc", command.name or "", *arguments])
    rows = [[f"`{_option(one)}`", (one.help or "") + _default(one)] for one in options]
    blocks = [f"## {command.name}", f"`{usage}`", cleandoc(command.help or ""), table(["option", ""], rows)]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _argument(argument: click.Argument) -> str:
    written = argument.metavar or _choices(argument) or (argument.name or "").upper()
    return written if argument.required else f"[{written}]"


def _option(option: click.Option) -> str:
    value = "" if option.is_flag else option.metavar or _choices(option) or (option.name or "").upper()
    return f"{option.opts[0]} {value}".strip()


def _choices(parameter: click.Parameter) -> str:
    return "|".join(parameter.type.choices) if isinstance(parameter.type, click.Choice) else ""


def _default(option: click.Option) -> str:
    return f" Default: `{option.default}`." if option.show_default else ""
