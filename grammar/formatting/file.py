"""Formats a syntax tree in the standard layout, including the comments of the file.

Each indent is two spaces. Each statement is on its own line. `=` is aligned in neighbouring lines. There is never more
than one empty line in a row. A body or chain that was on one line stays on one line. In a body or chain that was on
several lines, each step or setting gets its own line. A comment stays before or after its statement.
"""

from collections.abc import Sequence
from itertools import pairwise

from .. import syntax as s
from ..source import Span
from . import inline
from .lines import Lines

WIDTH = 100


def format_file(file: s.File) -> str:
    """Return the text of a file in the standard layout, with a newline at the end.

    Raises:
        ValueError: if the file has syntax errors.
    """
    formatter = _Formatter(file)
    for declaration in file.declarations:
        formatter.declaration(declaration)
    formatter.lines.add_comments(len(file.source.text) + 1, 0)
    return formatter.lines.render()


class _Formatter:
    def __init__(self, file: s.File) -> None:
        self.source = file.source
        self.lines = Lines(file)

    # --- declarations ---

    def declaration(self, node: s.Declaration) -> None:
        match node:
            case s.Let():
                # The value of an override is in another source, so that only the span of the `let` itself is used.
                name = f"let {node.name.id}"
                self.lines.add(0, f"{name} = {inline.expression(node.value)}", node.span, name)
            case s.Title():
                self.lines.add(0, f"experiment {node.title.span.text}", node.span)
            case s.Extends():
                self.lines.add(0, f"extends {node.path.span.text}", node.span)
            case s.Use():
                self.lines.add(0, f"use {node.path.span.text}", node.span)
            case s.Block():
                self.body(0, f"block {node.name.id}{inline.parameters(node)}", node.span, node.body)
            case s.Model():
                self.body(0, "model", node.span, node.body)
            case s.Section():
                self.body(0, node.keyword.id, node.span, node.settings)
            case s.Variants():
                self.entries(0, "variants", node.span, node.entries)
            case s.Expect():
                self.expect(node)
            case s.Invalid():
                raise ValueError("a file with syntax errors cannot be formatted")

    def expect(self, node: s.Expect) -> None:
        """Add an `expect` section. Two claims are never on one line, because they could be read as one expression."""
        (claim,) = node.entries if len(node.entries) == 1 else (None,)
        short = f"expect {{ {inline.claim(claim)} }}" if isinstance(claim, s.Claim) else ""
        if short and "\n" not in node.span.text and len(short) <= WIDTH:
            self.lines.add(0, short, node.span)
        else:
            self.entries(0, "expect", node.span, node.entries)

    def body(self, indent: int, head: str, span: Span, body: s.Stack | s.Settings) -> None:
        """Add `head { … }`, on one line if the body was on one line and fits."""
        items = body.chains if isinstance(body, s.Stack) else body.entries
        short = inline.body_on_one_line(body)
        if short is not None and "\n" not in body.span.text and len(head) + len(short) + 2 * indent < WIDTH:
            self.lines.add(indent, f"{head} {short}", span)
        else:
            self.entries(indent, head, span, items)

    def entries(self, indent: int, head: str, span: Span, items: Sequence[s.Node]) -> None:
        """Add `head { … }` with each item on its own line."""
        own = [item.span.start for item in items if item.span.source is span.source]
        opening = min(own, default=span.end - 1)
        brace = span.source.text.rfind("{", span.start, opening) + 1
        self.lines.add(indent, f"{head} {{", span.source.span(span.start, brace))
        for item in items:
            self.entry(indent + 1, item)
        self.comments_before(span.end - 1, indent + 1, span)
        self.lines.add(indent, "}", span.source.span(span.end - 1, span.end))

    def comments_before(self, offset: int, indent: int, span: Span) -> None:
        """Add the last comments of a body, which ends before `offset`. `span` is in the file of the body."""
        if span.source is self.source:
            self.lines.add_comments(offset, indent)
            self.lines.without_blank_before(offset)

    def entry(self, indent: int, node: s.Node) -> None:
        match node:
            case s.Chain():
                self.chain(indent, node)
            case s.Setting(value=s.Settings()):
                assert isinstance(node.value, s.Settings)
                self.body(indent, node.key.id, node.span, node.value)
            case s.Setting():
                assert not isinstance(node.value, s.Settings)
                text = f"{node.key.id} = {inline.expression(node.value)}"
                self.lines.add(indent, text, node.span, node.key.id)
            case s.Variant():
                self.body(indent, node.label.span.text, node.span, node.settings)
            case s.Claim():
                self.lines.add(indent, inline.claim(node), node.span)
            case _:
                raise ValueError("a file with syntax errors cannot be formatted")

    # --- stacks ---

    def chain(self, indent: int, chain: s.Chain) -> None:
        short = inline.chain_on_one_line(chain)
        spread = any(map(_is_spread, chain.steps)) or any("\n" in _between(a, b) for a, b in pairwise(chain.steps))
        if short is not None and not spread and len(short) + 2 * indent <= WIDTH:
            self.lines.add(indent, short, chain.span)
            return
        for position, step in enumerate(chain.steps):
            self.step(indent + (position > 0), "-> " if position else "", step)

    def step(self, indent: int, arrow: str, step: s.Step) -> None:
        match step:
            case s.Layer(body=s.Stack()):
                assert step.body
                self.body(indent, arrow + inline.call(step), step.span, step.body)
                if step.tap:
                    self.lines.out[-1].text += " " + inline.tap(step.tap)
            case s.Layer():
                self.lines.add(indent, arrow + inline.layer(step), step.span)
            case s.If():
                self.condition(indent, arrow, step)
            case s.Repeat() | s.For():
                self.body(indent, arrow + inline.head(step), step.span, step.body)

    def condition(self, indent: int, before: str, step: s.If) -> None:
        """Add an `if` step after the text `before`, which is "", `-> ` or `} else `."""
        short = inline.step_on_one_line(step)
        if short is not None and "\n" not in step.span.text and len(short) + 2 * indent + len(before) <= WIDTH:
            self.lines.add(indent, before + short, step.span)
            return
        self.entries(indent, before + inline.head(step), step.body.span, step.body.chains)
        if step.otherwise:
            brace = self.lines.take_last()  # `else` follows on the same line
            self.comments_before(step.otherwise.span.start, indent + 1, step.span)
            self.otherwise(indent, brace, step.otherwise)

    def otherwise(self, indent: int, brace: str, body: s.Stack | s.If) -> None:
        if isinstance(body, s.If):
            self.condition(indent, f"{brace} else ", body)
        else:
            self.entries(indent, f"{brace} else", body.span, body.chains)


def _between(first: s.Node, second: s.Node) -> str:
    return first.span.source.text[first.span.end : second.span.start]


def _is_spread(step: s.Step) -> bool:
    """Check whether the body of the step was on several lines."""
    return step.body is not None and "\n" in step.body.span.text
