"""Tokens with their location in the text."""

from lark import Token

from .source import Source, Span

CROSSES = ("x", "X", "by")
"""Names that are probably meant as the cross of a size, where no name can be."""


class SpanToken(Token):
    """A token with its span."""

    __slots__ = ("span",)
    span: Span

    @classmethod
    def of(cls, token: Token, source: Source, shift: int = 0) -> "SpanToken":
        """Return the token with its span in `source`. `shift` is added to the offsets of the token."""
        start, end = (token.start_pos or 0) + shift, (token.end_pos or 0) + shift
        return cls.at(token.type, str(token), Span(source, start, end))

    @classmethod
    def at(cls, kind: str, text: str, span: Span) -> "SpanToken":
        """Return a new token of type `kind` at `span`."""
        token = cls(kind, text, start_pos=span.start, end_pos=span.end)
        token.span = span
        return token


def make_token(kind: str, text: str, offset: int, width: int | None = None) -> Token:
    """Return a new token of type `kind` at `offset`. `width` is 0 for an inserted token that is not in the source."""
    end = offset + (len(text) if width is None else width)
    return Token(kind, text, start_pos=offset, end_pos=end)
