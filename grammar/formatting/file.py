"""A syntax tree to its one canonical layout, comments included.

Two spaces an indent; a statement a line; `=` aligned in runs of neighbouring lines; at most one empty line in a row.
A body that stood on one line stays on it, and so does a chain; what stood on several lines has a step or a setting on
each.
A comment stays before the statement it stood before, or behind the one it stood behind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .. import syntax as s
from ..source import Span
from . import inline

WIDTH = 100


@dataclass
class _Line:
    indent: int
    text: str
    comment: str = ""
    assigns: str = ""  # the part before ` = `, for those that are aligned
    blank_before: bool = False

    def render(self) -> str:
        return "  " * self.indent + self.text + (f"  {self.comment}" if self.comment else "")


def format_file(file: s.File) -> str:
    """The canonical text of a file, with a newline at the end."""
    lines = _Formatter(file).lines()
    text = "\n".join(("\n" if i and line.blank_before else "") + line.render() for i, line in enumerate(_align(lines)))
    return text + "\n" if text else ""


class _Formatter:
    def __init__(self, file: s.File) -> None:
        self.file = file
        self.comments = list(reversed(file.comments))
        self.out: list[_Line] = []
        self.last = 0  # the offset up to which the source has been written out

    def lines(self) -> list[_Line]:
        for declaration in self.file.declarations:
            self.declaration(declaration)
        self.comments_before(len(self.file.source.text) + 1, 0)
        return self.out

    # --- placing ---

    def add(self, indent: int, text: str, span: Span, assigns: str = "") -> None:
        """A line for what stood in `span`, with the comments before it and behind it.

        What was taken from another file comes without its comments, a section of it after an empty line.
        """
        if span.source is not self.file.source:
            self.out.append(_Line(indent, text, assigns=assigns, blank_before=indent == 0 and text.endswith("{")))
            return
        start, end = span.start, span.end
        self.comments_before(start, indent)
        blank = self.blank_since_last(start)
        inner = self.take_comments(end)
        for comment in inner:
            self.out.append(_Line(indent, comment.text, blank_before=blank))
            blank = False
        self.out.append(_Line(indent, text, assigns=assigns, blank_before=blank))
        self.last = end
        self.comment_behind(end)

    def comments_before(self, offset: int, indent: int) -> None:
        for comment in self.take_comments(offset):
            line = _Line(indent, comment.text.rstrip(), blank_before=self.blank_since_last(comment.start))
            self.out.append(line)
            self.last = comment.end

    def take_comments(self, offset: int) -> list[Span]:
        taken = []
        while self.comments and self.comments[-1].start < offset:
            taken.append(self.comments.pop())
        return taken

    def comment_behind(self, end: int) -> None:
        """Put the next comment behind the last line, if nothing but blanks lies between."""
        if self.comments:
            comment = self.comments[-1]
            between = self.file.source.text[end : comment.start]
            if "\n" not in between and not between.strip(" \t,)]}"):
                self.comments.pop()
                self.out[-1].comment = comment.text.rstrip()
                self.last = comment.end

    def blank_since_last(self, start: int) -> bool:
        return self.file.source.text.count("\n", self.last, start) > 1

    # --- declarations ---

    def declaration(self, node: s.Declaration) -> None:
        match node:
            case s.Let():
                # An overridden value stands in another source: only its own place in this file counts.
                self.add(0, f"let {node.name.id} = {inline.expression(node.value)}", node.span, f"let {node.name.id}")
            case s.Title() | s.Extends() | s.Use():
                text = node.title if isinstance(node, s.Title) else node.path
                word = {"Title": "experiment"}.get(type(node).__name__, type(node).__name__.lower())
                self.add(0, f"{word} {text.span.text}", node.span)
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
                raise ValueError("a file with syntax errors has no layout")

    def expect(self, node: s.Expect) -> None:
        """As a body is laid out; two claims do not go side by side, where one could go on into the next."""
        (claim,) = node.entries if len(node.entries) == 1 else (None,)
        short = f"expect {{ {inline.claim(claim)} }}" if isinstance(claim, s.Claim) else ""
        if short and "\n" not in node.span.text and len(short) <= WIDTH:
            self.add(0, short, node.span)
        else:
            self.entries(0, "expect", node.span, node.entries)

    def body(self, indent: int, head: str, span: Span, body: s.Stack | s.Settings) -> None:
        """`head { … }`, on one line if it was one and is short."""
        items = body.chains if isinstance(body, s.Stack) else body.entries
        short = inline.body_on_one_line(body)
        if short is not None and "\n" not in body.span.text and len(head) + len(short) + 2 * indent < WIDTH:
            self.add(indent, f"{head} {short}", span)
        else:
            self.entries(indent, head, span, items)

    def entries(self, indent: int, head: str, span: Span, items: Sequence[s.Node]) -> None:
        own = [item.span.start for item in items if item.span.source is span.source]
        opening = min(own, default=span.end - 1)
        brace = span.source.text.rfind("{", span.start, opening) + 1
        self.add(indent, f"{head} {{", span.source.span(span.start, brace))
        for item in items:
            self.entry(indent + 1, item)
        if span.source is self.file.source:
            self.comments_before(span.end - 1, indent + 1)
            self.last = max(self.last, span.end - 1)  # no empty line before the brace
        self.add(indent, "}", span.source.span(span.end - 1, span.end))

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
                self.add(indent, text, node.span, node.key.id)
            case s.Variant():
                self.body(indent, node.label.span.text, node.span, node.settings)
            case s.Claim():
                self.add(indent, inline.claim(node), node.span)
            case _:
                raise ValueError("a file with syntax errors has no layout")

    # --- stacks ---

    def chain(self, indent: int, chain: s.Chain) -> None:
        short = inline.chain_on_one_line(chain)
        broken = any(map(_spreads, chain.steps)) or any("\n" in _between(a, b) for a, b in pairwise(chain.steps))
        if short is not None and not broken and len(short) + 2 * indent <= WIDTH:
            self.add(indent, short, chain.span)
            return
        for position, step in enumerate(chain.steps):
            self.step(indent + (position > 0), "-> " if position else "", step)

    def step(self, indent: int, arrow: str, step: s.Step) -> None:
        match step:
            case s.Layer(body=s.Stack()):
                assert step.body
                self.body(indent, arrow + inline.call(step), step.span, step.body)
                if step.tap:
                    self.out[-1].text += " " + inline.tap(step.tap)
            case s.Layer():
                self.add(indent, arrow + inline.layer(step), step.span)
            case s.If():
                self.condition(indent, arrow, step)
            case s.Repeat() | s.For():
                self.body(indent, arrow + inline.head(step), step.span, step.body)

    def condition(self, indent: int, arrow: str, step: s.If) -> None:
        short = inline.step_on_one_line(step)
        if short is not None and "\n" not in step.span.text and len(short) + 2 * indent + len(arrow) <= WIDTH:
            self.add(indent, arrow + short, step.span)
            return
        self.entries(indent, arrow + inline.head(step), step.body.span, step.body.chains)
        if step.otherwise:
            before = self.out.pop().text  # the closing brace, which goes on with `else`
            self.condition_else(indent, before, step.otherwise)

    def condition_else(self, indent: int, before: str, otherwise: s.Stack | s.If) -> None:
        if isinstance(otherwise, s.If):
            self.condition(indent, f"{before} else ", otherwise)
        else:
            self.entries(indent, f"{before} else", otherwise.span, otherwise.chains)


def _align(lines: list[_Line]) -> Iterator[_Line]:
    """Pad the names of neighbouring assignments to one width."""
    run: list[_Line] = []
    for line in [*lines, _Line(0, "")]:
        together = run and line.assigns and not line.blank_before and line.indent == run[-1].indent
        if run and not together:
            width = max(len(one.assigns) for one in run)
            for one in run:
                one.text = one.assigns.ljust(width) + one.text[len(one.assigns) :]
            yield from run
            run = []
        if line.assigns:
            run.append(line)
        elif line.text:
            yield line


def _between(first: s.Node, second: s.Node) -> str:
    return first.span.source.text[first.span.end : second.span.start]


def _spreads(step: s.Step) -> bool:
    """Whether a body of the step stood on several lines."""
    return step.body is not None and "\n" in step.body.span.text
