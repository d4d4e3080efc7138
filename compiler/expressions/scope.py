"""Which names mean what, from the innermost loop out to the file's `let`s."""

from dataclasses import dataclass, field

from .values import Value


@dataclass(frozen=True)
class Scope:
    """Names with their values, inside an outer scope."""

    values: dict[str, Value] = field(default_factory=dict)
    outer: "Scope | None" = None

    def find(self, name: str) -> "Scope | None":
        """The innermost scope that knows the name."""
        scope: Scope | None = self
        while scope and name not in scope.values:
            scope = scope.outer
        return scope

    def names(self) -> set[str]:
        """Every name in reach."""
        return set(self.values) | (self.outer.names() if self.outer else set())
