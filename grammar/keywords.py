"""The keywords of the language, by kind.

A keyword cannot be a name. The only exception is `train`, which is also the name of a setting. lab.lark repeats the
keywords, because its text is static, and tests/grammar/test_keywords.py compares the two lists. The token type of a
keyword is the keyword in capitals: `DATA`, `FOR`.
"""

DECLARATIONS = ("experiment", "extends", "use", "let", "block")
SECTIONS = ("data", "model", "train", "sweep", "variants", "search", "expect")
CONTROL = ("repeat", "for", "in", "if", "else", "as")
OPERATORS = ("and", "or", "not")
CONSTANTS = {"true": True, "false": False, "none": None}

KEYWORDS = (*DECLARATIONS, *SECTIONS, *CONTROL, *OPERATORS, *CONSTANTS)


def token_types(*keywords: str) -> frozenset[str]:
    """Return the token types of the keywords."""
    return frozenset(keyword.upper() for keyword in keywords)
