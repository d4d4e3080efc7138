"""Apply the safe edits that the diagnostics of a file propose. An edit that adds an error is not applied."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..grammar.diagnostics.diagnostic import Diagnostic, count_errors
from ..grammar.diagnostics.edit import Edit, apply_edits
from ..grammar.source import Source
from ..grammar.value_class import value_class
from .files.loader import read_source
from .files.provider import FileProvider
from .pipeline import compile_source

MAX_ROUNDS = 100


@value_class
class Fixed:
    """The original source, and its text after the edits. `applied` are the diagnostics whose edits were applied."""

    source: Source
    text: str
    applied: tuple[Diagnostic, ...]


def fix_file(path: Path, overrides: Mapping[str, str] | None = None, files: FileProvider | None = None) -> Fixed:
    """Apply the safe edits of a file's diagnostics, and repeat this until no safe edit is left.

    Repetition is needed because a mistake may hide other mistakes with safe edits. An edit is not applied if the file
    would then have more errors.

    Raises:
        LabError: if the file cannot be read.
    """
    original = read_source(path, files)
    fixer = _Fixer(overrides, files)
    state = fixer.state(original)
    for _ in range(MAX_ROUNDS):
        before, state = state, fixer.applied(state)
        if state.errors >= before.errors:
            break
    return Fixed(original, state.source.text, state.applied)


@value_class
class _State:
    """A source text after some of the edits, with its number of errors."""

    source: Source
    errors: int
    safe: list[Diagnostic]
    """The diagnostics that have safe edits."""
    applied: tuple[Diagnostic, ...] = ()


@value_class
class _Fixer:
    overrides: Mapping[str, str] | None
    files: FileProvider | None

    def state(self, source: Source, applied: tuple[Diagnostic, ...] = ()) -> _State:
        """Return the state of a source: its number of errors, and its diagnostics with safe edits."""
        found = compile_source(source, self.overrides, self.files).diagnostics
        safe = [one for one in found if one.edits and all(_is_safe_in(edit, source) for edit in one.edits)]
        return _State(source, count_errors(found), safe, applied)

    def applied(self, state: _State) -> _State:
        """Apply all safe edits of a state, and return the state without the edits that add an error."""
        result = self.applied_to_end(state, state.safe)
        return result if result.errors <= state.errors else self.applied_one_by_one(state)

    def applied_to_end(self, state: _State, chosen: Sequence[Diagnostic]) -> _State:
        """Apply the edits of the chosen diagnostics, then those of new diagnostics, and return the last state."""
        for _ in range(MAX_ROUNDS):
            if not chosen:
                break
            edits = [edit for one in chosen for edit in one.edits]
            source = replace(state.source, text=apply_edits(state.source.text, edits))
            known = set(map(_key, state.safe))
            state = self.state(source, (*state.applied, *chosen))
            chosen = [one for one in state.safe if _key(one) not in known]
        return state

    def applied_one_by_one(self, state: _State) -> _State:
        """Apply the edits of one diagnostic after the other, except edits that add an error; return the last state."""
        left_out: set[tuple[str, str]] = set()
        for _ in range(MAX_ROUNDS):
            chosen = next((one for one in state.safe if _key(one) not in left_out), None)
            if chosen is None:
                break
            attempt = self.applied_to_end(state, [chosen])
            if attempt.errors <= state.errors:
                state = attempt
            else:
                left_out.add(_key(chosen))
        return state


def _key(diagnostic: Diagnostic) -> tuple[str, str]:
    """Return a key that identifies a diagnostic when the text around it has changed."""
    return diagnostic.code, diagnostic.message


def _is_safe_in(edit: Edit, source: Source) -> bool:
    return edit.safe and edit.span.source is source
