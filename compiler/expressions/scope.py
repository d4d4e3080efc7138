"""Scopes: the values of names, from the innermost loop out to the `let`s of the file."""

from collections.abc import Set

from ...grammar.syntax import Expression
from .budget import Budget
from .values import Value


class Scope:
    """Names with their values, inside an outer scope.

    The outermost scope is given the `vocabulary`, every word that some setting or argument takes, such as `relu`, and
    the `budget` of all evaluations in it and in the scopes inside it. `origins` has the expression that gives a value,
    with its own scope, for the `let`s and the parameters of blocks.
    """

    def __init__(
        self,
        values: dict[str, Value] | None = None,
        outer: "Scope | None" = None,
        vocabulary: Set[str] = frozenset(),
        budget: Budget | None = None,
    ) -> None:
        self.values: dict[str, Value] = {} if values is None else values
        self.outer = outer
        self.vocabulary: Set[str] = outer.vocabulary if outer else vocabulary
        self.budget: Budget = budget or (outer.budget if outer else Budget())
        self.origins: dict[str, tuple[Expression, Scope]] = {}

    def with_budget(self, budget: Budget) -> "Scope":
        """Return the outermost scope with the same names and another budget."""
        scope = Scope(self.values, vocabulary=self.vocabulary, budget=budget)
        scope.origins = self.origins
        return scope

    def find(self, name: str) -> "Scope | None":
        """Return the innermost scope with this name, None if no scope has the name."""
        scope: Scope | None = self
        while scope and name not in scope.values:
            scope = scope.outer
        return scope

    def names(self) -> set[str]:
        """Return every name of this scope and of the scopes around it."""
        return set(self.values) | (self.outer.names() if self.outer else set())
