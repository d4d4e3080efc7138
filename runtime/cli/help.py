"""The command `labc help`."""

from collections.abc import Sequence

import click

from .output import echo


@click.command("help")
@click.argument("code", required=False)
def help_(code: str | None) -> None:
    """Explain a diagnostic code, for example E0303. Without a code, list all codes."""
    from ...compiler.help import read_page, title_of
    from ...grammar.diagnostics.codes import Code

    codes = [one.value for one in Code]
    if code is None:
        for one in codes:
            echo(f"{one}  {title_of(one)}")
        return
    if code.upper() not in codes:
        raise click.UsageError(f"unknown code `{code}`; {_hint(code.upper(), codes)}")
    for line in read_page(code.upper()).splitlines():
        echo(line)


def _hint(code: str, codes: Sequence[str]) -> str:
    """Return a question with the nearest code, if possible from the same group; otherwise a general help line."""
    from ...grammar.diagnostics.suggest import nearest

    match = nearest(code, [one for one in codes if one[:3] == code[:3]] or codes)
    return f"did you mean `{match}`?" if match else "see `labc help` for all codes, `labc COMMAND --help` for a command"
