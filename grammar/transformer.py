"""Tokens and rules to nodes: the callbacks that Lark's parser calls as it reduces."""

from collections.abc import Sequence as Items
from typing import Any

from lark import Token

from . import syntax as s
from .source import Source, Span

_CONSTANTS = {"true": True, "false": False, "none": None}
_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}


class Word(Token):
    """A token that knows its span."""

    __slots__ = ("span",)
    span: Span

    @classmethod
    def place(cls, token: Token, source: Source) -> "Word":
        """The token with its span in `source`."""
        word = cls(token.type, str(token), start_pos=token.start_pos, end_pos=token.end_pos)
        word.span = Span(source, token.start_pos or 0, token.end_pos or 0)
        return word


class Tree:
    """One method a rule or alias of lab.lark; each gets everything the rule matched, signs and keywords included."""

    # --- expressions ---

    def number(self, c: list[Word]) -> s.Number:
        return s.Number(c[0].span, _number(c[0]), "")

    def quantity(self, c: list[Word]) -> s.Number:
        unit = "%" if c[0].endswith("%") else "deg"
        return s.Number(c[0].span, _number(c[0].removesuffix(unit)), unit)

    def size(self, c: list[Word]) -> s.Size:
        return s.Size(c[0].span, tuple(int(length[:20]) for length in c[0].split("x")))

    def text(self, c: list[Word]) -> s.Text:
        return text(c[0])

    def constant(self, c: list[Word]) -> s.Constant:
        return s.Constant(c[0].span, _CONSTANTS[str(c[0])])

    def name(self, c: list[Word]) -> s.Name:
        return name(c[0])

    def unary(self, c: list[Any]) -> s.Unary:
        return s.Unary(_span(c), str(c[0]), c[1])

    def binary(self, c: list[Any]) -> s.Binary:
        return s.Binary(_span(c), str(c[1]), c[0], c[2])

    def comparison(self, c: list[Any]) -> s.Comparison:
        return s.Comparison(_span(c), c[0], tuple(zip(map(str, c[1::2]), c[2::2], strict=True)))

    def conditional(self, c: list[Any]) -> s.Conditional:
        return s.Conditional(_span(c), c[0], c[2], c[4])

    def index(self, c: list[Any]) -> s.Index:
        return s.Index(_span(c), c[0], c[2])

    def group(self, c: list[Any]) -> s.Group:
        return s.Group(_span(c), c[1])

    def sequence(self, c: list[Any]) -> s.Sequence:
        return s.Sequence(_span(c), _nodes(c), f"{c[0]}{c[-1]}")

    def call(self, c: list[Any]) -> s.Call:
        return s.Call(name(c[0]).span.to(_span(c[1])), name(c[0]), _nodes(c[1]))

    def arguments(self, c: list[Any]) -> list[Any]:
        return c

    def argument(self, c: list[Any]) -> s.Argument:
        return s.Argument(_span(c), name(c[0]) if len(c) == 3 else None, c[-1])

    # --- stacks ---

    def stack(self, c: list[Any]) -> s.Stack:
        return s.Stack(_span(c), _nodes(c))

    def chain(self, c: list[Any]) -> s.Chain:
        return s.Chain(_span(c), _nodes(c))

    def layer(self, c: list[Any]) -> s.Layer:
        words = [word for word in c if isinstance(word, Word)]
        called = s.Name(words[0].span.to(words[-1].span), "".join(words))
        arguments = next((_nodes(item) for item in c if isinstance(item, list)), ())
        body = next((item for item in c if isinstance(item, s.Stack)), None)
        tap = next((item for item in c if isinstance(item, s.Tap)), None)
        return s.Layer(_span(c), called, arguments, body, tap)

    def tap(self, c: list[Any]) -> s.Tap:
        return s.Tap(_span(c), name(c[1]), c[3] if len(c) > 2 else None)

    def repeat(self, c: list[Any]) -> s.Repeat:
        return s.Repeat(_span(c), c[1], c[2])

    def for_(self, c: list[Any]) -> s.For:
        names = tuple(name(word) for word in c if isinstance(word, Word) and word.type == "NAME")
        return s.For(_span(c), names, c[-2], c[-1])

    def if_(self, c: list[Any]) -> s.If:
        return s.If(_span(c), c[1], c[2], c[4] if len(c) > 3 else None)

    # --- declarations ---

    def title(self, c: list[Word]) -> s.Title:
        return s.Title(_span(c), text(c[1]))

    def extends(self, c: list[Word]) -> s.Extends:
        return s.Extends(_span(c), text(c[1]))

    def use(self, c: list[Word]) -> s.Use:
        return s.Use(_span(c), text(c[1]))

    def let(self, c: list[Any]) -> s.Let:
        return s.Let(_span(c), name(c[1]), c[3])

    def block(self, c: list[Any]) -> s.Block:
        return s.Block(_span(c), name(c[1]), _nodes(c[2]) if len(c) == 4 else (), c[-1])

    def parameters(self, c: list[Any]) -> list[Any]:
        return c

    def parameter(self, c: list[Any]) -> s.Parameter:
        return s.Parameter(_span(c), name(c[0]), c[2] if len(c) > 1 else None)

    def model(self, c: list[Any]) -> s.Model:
        return s.Model(_span(c), c[0].span, c[1])

    def section(self, c: list[Any]) -> s.Section:
        return s.Section(_span(c), name(c[0]), c[1])

    def settings(self, c: list[Any]) -> s.Settings:
        return s.Settings(_span(c), _nodes(c))

    def setting(self, c: list[Any]) -> s.Setting:
        return s.Setting(_span(c), name(c[0]), c[-1])

    def variants(self, c: list[Any]) -> s.Variants:
        return s.Variants(_span(c), name(c[0]), _nodes(c))

    def variant(self, c: list[Any]) -> s.Variant:
        return s.Variant(_span(c), text(c[0]), c[1])

    def expect(self, c: list[Any]) -> s.Expect:
        return s.Expect(_span(c), name(c[0]), _nodes(c))

    def claim(self, c: list[Any]) -> s.Claim:
        return s.Claim(_span(c), text(c[0]) if len(c) == 3 else None, c[-1])

    def invalid(self, c: list[Word]) -> s.Invalid:
        return s.Invalid(c[0].span, str(c[0]) or None)

    def start(self, c: list[Any]) -> Any:
        return _nodes(c)


def name(word: Word) -> s.Name:
    """A word as a name."""
    return s.Name(word.span, str(word))


def text(word: Word) -> s.Text:
    """A STRING token as its text, escapes resolved; parse.py has refused unknown ones before."""
    parts = word[1:-1].split("\\\\")
    resolved = "\\".join(_unescape(part) for part in parts)
    return s.Text(word.span, resolved)


def unknown_escape(word: Word) -> int | None:
    """The offset of the first escape of a STRING token that the language does not have."""
    offset = 1
    while (offset := word.find("\\", offset)) >= 0:
        if word[offset + 1] not in _ESCAPES:
            return offset
        offset += 2
    return None


def _unescape(part: str) -> str:
    for letter, character in _ESCAPES.items():
        part = part.replace("\\" + letter, character)
    return part


def _number(digits: str) -> int | float:
    plain = digits.replace("_", "")
    return int(plain) if plain.isdecimal() and len(plain) <= 100 else float(plain)


def _nodes(children: Items[Any]) -> Any:
    return tuple(child for child in children if isinstance(child, s.Node))


def _span(children: Items[Any]) -> Span:
    """From the first child to the last; a child is a word, a node, or the list of a bracketed rule."""
    first, last = children[0], children[-1]
    start = _span(first) if isinstance(first, list) else first.span
    end = _span(last) if isinstance(last, list) else last.span
    return Span(start.source, start.start, end.end)
