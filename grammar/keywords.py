"""The keywords of the language, by kind.

A keyword cannot be a name; `train` alone is also the name of a setting. lab.lark spells the keywords out, because its
text is static, and tests/grammar/test_keywords.py compares the two. The type of a keyword's token is the keyword in
capitals: `DATA`, `FOR`.
"""

DECLARATIONS = ("experiment", "extends", "use", "let", "block")
SECTIONS = ("data", "model", "train", "sweep", "variants", "search", "expect")
CONTROL = ("repeat", "for", "in", "if", "else", "as")
OPERATORS = ("and", "or", "not")
CONSTANTS = {"true": True, "false": False, "none": None}

KEYWORDS = (*DECLARATIONS, *SECTIONS, *CONTROL, *OPERATORS, *CONSTANTS)


def token_types(*keywords: str) -> frozenset[str]:
    """The types of these keywords' tokens."""
    return frozenset(keyword.upper() for keyword in keywords)
