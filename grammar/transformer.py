"""Builds the nodes of the syntax tree, in callbacks that Lark's parser runs each time a rule matches."""

from collections.abc import Sequence
from typing import Any

from . import syntax as s
from .escapes import unescape
from .keywords import CONSTANTS
from .source import Span
from .tokens import SpanToken


class TreeBuilder:
    """One method for each rule or alias of lab.lark. A method gets all tokens and nodes that the rule matched."""

    # --- expressions ---

    def number(self, items: list[SpanToken]) -> s.Number:
        return s.Number(items[0].span, _number(items[0]), "")

    def quantity(self, items: list[SpanToken]) -> s.Number:
        unit = "%" if items[0].endswith("%") else "deg"
        return s.Number(items[0].span, _number(items[0].removesuffix(unit)), unit)

    def size(self, items: list[SpanToken]) -> s.Size:
        return s.Size(items[0].span, tuple(int(length[:20]) for length in items[0].split("x")))

    def string(self, items: list[SpanToken]) -> s.String:
        return string(items[0])

    def constant(self, items: list[SpanToken]) -> s.Constant:
        return s.Constant(items[0].span, CONSTANTS[str(items[0])])

    def name(self, items: list[SpanToken]) -> s.Name:
        return name(items[0])

    def unary(self, items: list[Any]) -> s.Unary:
        return s.Unary(_span(items), str(items[0]), items[1])

    def binary(self, items: list[Any]) -> s.Binary:
        return s.Binary(_span(items), str(items[1]), items[0], items[2])

    def comparison(self, items: list[Any]) -> s.Comparison:
        return s.Comparison(_span(items), items[0], tuple(zip(map(str, items[1::2]), items[2::2], strict=True)))

    def conditional(self, items: list[Any]) -> s.Conditional:
        return s.Conditional(_span(items), items[0], items[2], items[4])

    def index(self, items: list[Any]) -> s.Index:
        return s.Index(_span(items), items[0], items[2])

    def group(self, items: list[Any]) -> s.Group:
        return s.Group(_span(items), items[1])

    def sequence(self, items: list[Any]) -> s.Sequence:
        return s.Sequence(_span(items), _nodes(items), f"{items[0]}{items[-1]}")

    def call(self, items: list[Any]) -> s.Call:
        return s.Call(name(items[0]).span.to(_span(items[1])), name(items[0]), _nodes(items[1]))

    def arguments(self, items: list[Any]) -> list[Any]:
        return items

    def argument(self, items: list[Any]) -> s.Argument:
        return s.Argument(_span(items), name(items[0]) if len(items) == 3 else None, items[-1])

    # --- stacks ---

    def stack(self, items: list[Any]) -> s.Stack:
        return s.Stack(_span(items), _nodes(items))

    def chain(self, items: list[Any]) -> s.Chain:
        return s.Chain(_span(items), _nodes(items))

    def layer(self, items: list[Any]) -> s.Layer:
        tokens = [token for token in items if isinstance(token, SpanToken)]
        called = s.Name(tokens[0].span.to(tokens[-1].span), "".join(tokens))
        arguments = next((_nodes(item) for item in items if isinstance(item, list)), ())
        body = next((item for item in items if isinstance(item, s.Stack)), None)
        tap = next((item for item in items if isinstance(item, s.Tap)), None)
        return s.Layer(_span(items), called, arguments, body, tap)

    def tap(self, items: list[Any]) -> s.Tap:
        return s.Tap(_span(items), name(items[1]), items[3] if len(items) > 2 else None)

    def repeat(self, items: list[Any]) -> s.Repeat:
        return s.Repeat(_span(items), items[1], items[2])

    def for_(self, items: list[Any]) -> s.For:
        names = tuple(name(token) for token in items if isinstance(token, SpanToken) and token.type == "NAME")
        return s.For(_span(items), names, items[-2], items[-1])

    def if_(self, items: list[Any]) -> s.If:
        return s.If(_span(items), items[1], items[2], items[4] if len(items) > 3 else None)

    # --- declarations ---

    def title(self, items: list[SpanToken]) -> s.Title:
        return s.Title(_span(items), string(items[1]))

    def extends(self, items: list[SpanToken]) -> s.Extends:
        return s.Extends(_span(items), string(items[1]))

    def use(self, items: list[SpanToken]) -> s.Use:
        return s.Use(_span(items), string(items[1]))

    def let(self, items: list[Any]) -> s.Let:
        return s.Let(_span(items), name(items[1]), items[3])

    def block(self, items: list[Any]) -> s.Block:
        return s.Block(_span(items), name(items[1]), _nodes(items[2]) if len(items) == 4 else (), items[-1])

    def parameters(self, items: list[Any]) -> list[Any]:
        return items

    def parameter(self, items: list[Any]) -> s.Parameter:
        return s.Parameter(_span(items), name(items[0]), items[2] if len(items) > 1 else None)

    def model(self, items: list[Any]) -> s.Model:
        return s.Model(_span(items), items[0].span, items[1])

    def section(self, items: list[Any]) -> s.Section:
        return s.Section(_span(items), name(items[0]), items[1])

    def settings(self, items: list[Any]) -> s.Settings:
        return s.Settings(_span(items), _nodes(items))

    def setting(self, items: list[Any]) -> s.Setting:
        return s.Setting(_span(items), name(items[0]), items[-1])

    def variants(self, items: list[Any]) -> s.Variants:
        return s.Variants(_span(items), name(items[0]), _nodes(items))

    def variant(self, items: list[Any]) -> s.Variant:
        return s.Variant(_span(items), string(items[0]), items[1])

    def expect(self, items: list[Any]) -> s.Expect:
        return s.Expect(_span(items), name(items[0]), _nodes(items))

    def claim(self, items: list[Any]) -> s.Claim:
        return s.Claim(_span(items), string(items[0]) if len(items) == 3 else None, items[-1])

    def invalid(self, items: list[SpanToken]) -> s.Invalid:
        return s.Invalid(items[0].span, str(items[0]) or None)

    def start(self, items: list[Any]) -> Any:
        return _nodes(items)


def name(token: SpanToken) -> s.Name:
    """Return the `Name` node of a NAME token."""
    return s.Name(token.span, str(token))


def string(token: SpanToken) -> s.String:
    """Return the `String` node of a STRING token. An unknown escape sequence has been reported before."""
    return s.String(token.span, unescape(token))


def _number(digits: str) -> int | float:
    plain = digits.replace("_", "")
    return int(plain) if plain.isdecimal() and len(plain) <= 100 else float(plain)


def _nodes(items: Sequence[Any]) -> Any:
    return tuple(item for item in items if isinstance(item, s.Node))


def _span(items: Sequence[Any]) -> Span:
    """Return the span from the first item to the last. An item is a token, a node, or a list of tokens and nodes."""
    first, last = items[0], items[-1]
    start = _span(first) if isinstance(first, list) else first.span
    end = _span(last) if isinstance(last, list) else last.span
    return Span(start.source, start.start, end.end)
