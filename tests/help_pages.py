"""The examples on the pages of `labc help`."""

import re

from labc.compiler import help as pages
from labc.grammar.diagnostics.codes import Code

CODES = [code.value for code in Code]
# Their examples compile; tests/runtime/test_help_runs.py shows that running them gives the code.
FOUND_BY_A_RUN = [code for code in CODES if code == "E0001" or code.startswith(("E05", "E06", "W05"))]


def examples(code: str) -> list[str]:
    """The wrong and the right example of a page."""
    return re.findall(r"^```lab\n(.*?)^```$", pages.read_page(code), re.DOTALL | re.MULTILINE)
