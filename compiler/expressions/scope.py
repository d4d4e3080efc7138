"""Scopes: the values of names, from the innermost loop out to the `let`s of the file."""

from collections.abc import Set
from dataclasses import field

from ...grammar.value_class import value_class
from .values import Value


@value_class
class Scope:
    """Names with their values, inside an outer scope.

    The outermost scope has the `vocabulary`: every word that some setting or argument takes, such as `relu`.
    """

    values: dict[str, Value] = field(default_factory=dict)
    outer: "Scope | None" = None
    vocabulary: Set[str] = frozenset()

    def find(self, name: str) -> "Scope | None":
        """Return the innermost scope with this name, None if no scope has the name."""
        scope: Scope | None = self
        while scope and name not in scope.values:
            scope = scope.outer
        return scope

    def names(self) -> set[str]:
        """Return every name of this scope and of the scopes around it."""
        return set(self.values) | (self.outer.names() if self.outer else set())

    def words(self) -> Set[str]:
        """Return the vocabulary of the outermost scope."""
        return self.outer.words() if self.outer else self.vocabulary
