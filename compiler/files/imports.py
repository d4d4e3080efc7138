"""`extends` and `use`: merges a file with the declarations that it imports from other files into one syntax tree."""

from dataclasses import replace
from pathlib import Path

from ...grammar import syntax as s
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, has_errors
from ...grammar.diagnostics.lab_error import LabError
from ...grammar.diagnostics.limit_exceeded import LimitExceeded
from ...grammar.diagnostics.reporter import Reporter
from ...grammar.parse import parse
from ...grammar.source import Source
from .declarations import named
from .inheritance import merge_declarations
from .loader import SUFFIX, read_import
from .provider import FileProvider, resolved

MAX_CHAIN = 60
"""The largest number of files in a chain of imports."""

MAX_PATH = 1_000
"""The largest number of characters of a path in `extends` or `use`."""

MAX_IMPORTS = 1_000
"""The largest number of `extends` and `use` in all files together."""

MAX_TAKEN = 100_000
"""The largest number of declarations that all `extends` and `use` together import."""

_INHERITED = (s.Let, s.Block, s.Model, s.Section, s.Variants, s.Expect)


def resolve_imports(file: s.File, files: FileProvider, reporter: Reporter) -> s.File:
    """Replace each `extends` and `use` by the declarations of the other file, and report mistakes in that file.

    `extends` imports `let`s, blocks and sections. A `let`, a block or a setting of this file replaces the imported one
    with the same name, also inside a group such as `split`. `model`, `sweep`, `variants`, `search` and `expect` are
    replaced as a whole. `use` imports only blocks.

    Raises:
        LimitExceeded: if there are too many imports.
    """
    return _Resolver(files, reporter).resolve(file, (resolved(Path(file.source.name)),))


class _Resolver:
    def __init__(self, files: FileProvider, reporter: Reporter) -> None:
        self.files = files
        self.reporter = reporter
        # Each file that has been read, with its imports resolved; None if it could not be parsed. A file is known by
        # its path and its folder, both without symbolic links, because relative paths start at the folder in which a
        # link to a file lies. So a file is read once, however many files import it.
        self.known: dict[tuple[Path, Path], s.File | None] = {}
        self.imports = self.taken = 0

    def resolve(self, file: s.File, chain: tuple[Path, ...]) -> s.File:
        """Return the file with its imports resolved. `chain` holds the paths from the first file to this file.

        Raises:
            LimitExceeded: if there are too many imports.
        """
        if not any(isinstance(declaration, s.Extends | s.Use) for declaration in file.declarations):
            return file
        taken: dict[str, s.Declaration] = {}
        for declaration in file.declarations:
            if isinstance(declaration, s.Extends | s.Use):
                other = self.imported(declaration, file.source, chain)
                kinds = s.Block if isinstance(declaration, s.Use) else _INHERITED
                for inherited in other.declarations if other else ():
                    if isinstance(inherited, kinds):
                        taken[named(inherited)[1]] = inherited
        own = [d for d in file.declarations if not isinstance(d, s.Extends | s.Use)]
        return replace(file, declarations=tuple(merge_declarations(taken, own)))

    def imported(self, declaration: s.Extends | s.Use, source: Source, chain: tuple[Path, ...]) -> s.File | None:
        """Return the file of an `extends` or `use` with its imports resolved. Return None if it could not be read."""
        if len(declaration.path.value) > MAX_PATH:
            self.refuse(declaration, Code.UNREADABLE_FILE, f"a path must have at most {MAX_PATH:_} characters")
            return None
        path = source.directory / declaration.path.value
        target = resolved(path)
        if target in chain:
            names = " -> ".join(one.name for one in [*chain, target])
            self.refuse(declaration, Code.FILE_CYCLE, f"these files extend or use each other: {names}")
            return None
        key = (target, resolved(path.parent))
        self.count(declaration, chain)
        if key not in self.known:
            try:
                other = read_import(path, self.files, Path(source.name))
            except LabError as error:
                (why,) = error.diagnostics
                help = why.help or _corrected(declaration.path.value, path)
                self.refuse(declaration, why.code, f'"{declaration.path.value}": {why.message}', help)
                return None
            self.known[key] = self.parsed(other, (*chain, target))
        file = self.known[key]
        self.taken += len(file.declarations) if file else 0
        return file

    def count(self, declaration: s.Extends | s.Use, chain: tuple[Path, ...]) -> None:
        """Count an import.

        Raises:
            LimitExceeded: if the chain of files is too long, or if there are too many imports or imported declarations.
        """
        self.imports += 1
        message = None
        if len(chain) >= MAX_CHAIN:
            message = f"a chain of files that import each other must have at most {MAX_CHAIN} files"
        elif self.imports > MAX_IMPORTS:
            message = f"all files together must have at most {MAX_IMPORTS:_} `extends` and `use`"
        elif self.taken > MAX_TAKEN:
            message = f"all `extends` and `use` together must import at most {MAX_TAKEN:_} declarations"
        if message:
            raise LimitExceeded(Diagnostic(Code.BEYOND_BOUND, message, declaration.path.span))

    def parsed(self, source: Source, chain: tuple[Path, ...]) -> s.File | None:
        """Parse a file and resolve its imports. Return None if it has syntax errors."""
        parsed = parse(source)
        self.reporter.report_syntax(parsed.diagnostics)
        return None if has_errors(parsed.diagnostics) else self.resolve(parsed.file, chain)

    def refuse(self, declaration: s.Extends | s.Use, code: Code, message: str, help: str | None = None) -> None:
        """Report a diagnostic at the path of an `extends` or `use`."""
        self.reporter.report(Diagnostic(code, message, declaration.path.span, help=help))


def _corrected(written: str, path: Path) -> str:
    """Return the help for a path that cannot be read. `written` is the path in the text."""
    if path.suffix.lower() == SUFFIX or not Path(written).name:
        return f"correct the path: it is relative to this file, and leads to {path}"
    name = Path(written).with_suffix(SUFFIX)
    return f"rename the file to `{name}`" if path.suffix else f'write `"{name}"`'
