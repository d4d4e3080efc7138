"""`extends` and `use`: merges a file with the declarations that it imports from other files into one syntax tree."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, has_errors
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.parse import parse
from ...grammar.value_class import value_class
from .declarations import named
from .loader import read_source
from .provider import FileProvider


def resolve_imports(file: s.File, files: FileProvider, reporter: Reporter) -> s.File:
    """Replace each `extends` and `use` by the declarations of the other file, and report mistakes in that file.

    `extends` imports `let`s, blocks and sections. A `let`, a block or a setting of this file replaces the imported one
    with the same name, also inside a group such as `split`. `model`, `sweep`, `variants`, `search` and `expect` are
    replaced as a whole. `use` imports only blocks.
    """
    return _Resolver(files, reporter).resolve(file, (Path(file.source.name).resolve(),))


@value_class
class _Resolver:
    files: FileProvider
    reporter: Reporter

    def resolve(self, file: s.File, chain: tuple[Path, ...]) -> s.File:
        """Return the file with its imports resolved. `chain` holds the paths from the first file to this file."""
        if not any(isinstance(declaration, s.Extends | s.Use) for declaration in file.declarations):
            return file
        taken: dict[str, s.Declaration] = {}
        for declaration in file.declarations:
            if isinstance(declaration, s.Extends | s.Use):
                other = self.read(declaration, file, chain)
                kinds = s.Block if isinstance(declaration, s.Use) else _INHERITED
                for inherited in other.declarations if other else ():
                    if isinstance(inherited, kinds):
                        taken[named(inherited)[1]] = inherited
        own = [d for d in file.declarations if not isinstance(d, s.Extends | s.Use)]
        return replace(file, declarations=tuple(_merge(taken, own)))

    def read(self, declaration: s.Extends | s.Use, file: s.File, chain: tuple[Path, ...]) -> s.File | None:
        """Read the file of an `extends` or `use` and resolve its imports. Return None if it could not be read."""
        path = file.source.directory / declaration.path.value
        place = declaration.path.span
        if path.resolve() in chain:
            names = " -> ".join(one.name for one in [*chain, path.resolve()])
            self.reporter.report(Diagnostic(Code.FILE_CYCLE, f"these files extend or use each other: {names}", place))
            return None
        try:
            source = read_source(path, self.files, Path(file.source.name))
        except LabError as error:
            (why,) = error.diagnostics
            help = why.help or f"correct the path: it is relative to this file, and leads to {path}"
            message = f'"{declaration.path.value}": {why.message}'
            self.reporter.report(Diagnostic(why.code, message, place, help=help))
            return None
        parsed = parse(source)
        self.reporter.report_syntax(parsed.diagnostics)
        if has_errors(parsed.diagnostics):
            return None
        return self.resolve(parsed.file, (*chain, path.resolve()))


_INHERITED = (s.Let, s.Block, s.Model, s.Section, s.Variants, s.Expect)
_WHOLE = ("sweep", "search")


def _merge(taken: dict[str, s.Declaration], own: Sequence[s.Declaration]) -> list[s.Declaration]:
    """Replace imported declarations by the file's own with the same name, and append its other declarations.

    If the file declares a name twice, both declarations are kept, so that `declare` reports the duplicate.
    """
    merged = dict(taken)
    first: list[s.Declaration] = []
    last: list[s.Declaration] = []
    seen: set[str] = set()
    for declaration in own:
        if isinstance(declaration, s.Title):
            first.append(declaration)
            continue
        key = "" if isinstance(declaration, s.Invalid) else named(declaration)[1]
        if not key or key in seen:
            last.append(declaration)
            continue
        seen.add(key)
        merged[key] = _over(taken.get(key), declaration)
    return [*first, *merged.values(), *last]


def _over(before: s.Declaration | None, own: s.Declaration) -> s.Declaration:
    """Return the result of replacing an imported declaration: sections are merged by key, all others replaced."""
    if isinstance(before, s.Section) and isinstance(own, s.Section) and own.keyword.id not in _WHOLE:
        return replace(own, settings=_merge_settings(before.settings, own.settings))
    return own


def _merge_settings(before: s.Settings, after: s.Settings) -> s.Settings:
    entries: dict[str, s.Setting | s.Invalid] = {}
    rest: list[s.Setting | s.Invalid] = []
    for entry in before.entries:
        if isinstance(entry, s.Setting):
            entries[entry.key.id] = entry
    own: set[str] = set()
    for entry in after.entries:
        if isinstance(entry, s.Invalid) or entry.key.id in own:
            rest.append(entry)
            continue
        own.add(entry.key.id)
        old = entries.get(entry.key.id)
        if isinstance(old, s.Setting) and isinstance(old.value, s.Settings) and isinstance(entry.value, s.Settings):
            entry = replace(entry, value=_merge_settings(old.value, entry.value))
        entries[entry.key.id] = entry
    return replace(after, entries=(*entries.values(), *rest))
