"""Tokens, pieces of programs and odd values that the mutations put into a text."""

from labc.compiler.analysis.vocabulary import RESERVED_NAMES
from labc.compiler.layers import ALL
from labc.compiler.sections import Data, Train
from labc.compiler.std import BLOCKS
from labc.grammar.keywords import KEYWORDS

_SIGNS = "{ } ( ) [ ] , . : ; = == != <= < -> + - * / // ** # \" ' \\ % |"
_NUMBERS = "0 1 -1 2 3x3 0x3 10% 33.3333333% 200% 10deg 0.1234567deg 1e-4 1e308 1e999 999999999999 1_0 .5 5. 007"
NUMBERS = _NUMBERS.split()
_LAYERS = sorted({layer.word() for layer in ALL} | set(BLOCKS) | {"parallel", "branch", "residual", "frozen", "concat"})
_SETTINGS = [
    *Data.model_fields,
    *Train.model_fields,
    "params",
    "val_accuracy",
    "repeats",
    "folds",
    "input",
    "keras.Dense",
]
_FOREIGN = ["while", "def", "lambda", "class", "None", "True", "elif", "return", "Conv2D", "linear"]
_CODE = [
    *('"text"', '""', '"a\\"b\\\\c\\n"', "[]", "()", "(1,)", "[1, 2]", "[[1, 2], [3]]", "\n", "\n\n", " # comment\n"),
    *("focal(2)", "adam(cosine(1e-3, warmup = 2))", "range(30)", "[0.1] * 30", "(1, -2)", "-(3)", "a if b else c"),
    *("if true { relu } else { tanh }", "parallel(concat) { branch { relu } branch { tanh } }", "-> relu", "as skip"),
    *(
        "repeat 2 { relu }",
        "for i in range(3) { relu }",
        "residual { relu }",
        "let a = 3\n",
        "block b(x = 1) { relu }\n",
    ),
]
_CHARACTERS = ["\t", "\r", "\0", "\x0c", "\x1b[31m", "\x85", "\u2028", "\u202e", "\ufeff", "\u200b", "é", "“x”", "[/b]"]
WORDS = [
    *(*_SIGNS.split(), *KEYWORDS, *_LAYERS, *_SETTINGS, *sorted(RESERVED_NAMES), *_FOREIGN),
    *(*NUMBERS, *_CODE, *_CHARACTERS) * 3,
]

VALUES = [
    *("range(30)", "[[1] * 25, [2]]", "(1, -2)", "(true, false)", "[none, 10%, 10deg]", "33.333333333%", "1e999"),
    *("-1e-9", "1e22", "1e-7", "2 ** 70", "0.1 + 0.2", "1 / 3", "100% / 7", "-10%", "-0.7deg", "3x3x1", "(3,)", "()"),
    *("[]", "[[[]]]", "[1, 2.0, 3]", '["a", "b"]', '"\\\\ \\" \\n \\t"', '"[/b]"', "relu", "not true", "step(10, 0.5)"),
    *("adam(1e-4,  # comment\n  beta_1 = 0.8)", "cosine(1e-3, warmup = 2)", 'folder("a\\\\b")', "focal(1.5)"),
    *("plateau(patience = 3)", "(2%, 98%)", "none", "true", "(0, 0)", "[relu, tanh]", "choice(8, 16)"),
]
