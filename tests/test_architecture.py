"""The shape of the tree: no import cycle, few modules at the compiler's top, a name for one module only."""

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("grammar", "compiler", "runtime")
SAME_NAME: dict[str, str] = {}  # the reason for each name that two modules have; it is otherwise two meanings of it


def paths() -> dict[str, Path]:
    """The file of every module of the package, by its full name."""
    files = [file for part in PARTS for file in (ROOT / part).rglob("*.py")]
    modules = {".".join(("labc", *file.relative_to(ROOT).with_suffix("").parts)): file for file in files}
    modules |= {f"labc.{file.stem}": file for file in (ROOT / "labc").glob("*.py")}
    return {name.removesuffix(".__init__"): file for name, file in modules.items()}


def imported(name: str, file: Path, modules: set[str]) -> set[str]:
    """The modules of the package that a module imports, inside functions and under TYPE_CHECKING too."""
    package = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
    names: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) + 1 - node.level] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            # `from . import graph` imports the module `graph`, `from .graph import Node` the module `.graph`.
            members = [f"{base}.{alias.name}" for alias in node.names]
            names += [member if member in modules else base for member in members]
    return modules.intersection(names) - {name}


def find_cycle(graph: dict[str, set[str]]) -> list[str]:
    """The modules of one import cycle, each imported by the one after it; empty if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]
        return cycle
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    modules = paths()
    graph = {name: imported(name, file, set(modules)) for name, file in modules.items()}
    assert graph["labc"] and graph["labc.compiler.pipeline"], "no imports were found at all"
    cycle = find_cycle(graph)
    assert not cycle, " <- ".join(cycle)


@pytest.mark.parametrize(
    "line",
    [
        "from .b import name",
        "from . import b",
        "from ..p import b",
        "import labc.p.b",
        "from labc.p.b import name",
        "def function():\n    from .b import name",
        "if TYPE_CHECKING:\n    from .b import name",
    ],
)
def test_a_cycle_is_found_however_it_is_written(line: str, tmp_path: Path) -> None:
    modules = {"labc.p": tmp_path / "__init__.py", "labc.p.a": tmp_path / "a.py", "labc.p.b": tmp_path / "b.py"}
    for file, text in zip(modules.values(), ("", line, "from .a import other"), strict=True):
        file.write_text(text, encoding="utf-8")
    graph = {name: imported(name, file, set(modules)) for name, file in modules.items()}
    assert set(find_cycle(graph)) == {"labc.p.a", "labc.p.b"}


def test_the_compiler_has_few_modules_outside_its_rooms() -> None:
    top = [file.name for file in (ROOT / "compiler").glob("*.py") if file.name != "__init__.py"]
    assert len(top) <= 8, f"move one of {', '.join(sorted(top))} into a room"


def test_a_module_has_a_name_of_its_own() -> None:
    files = defaultdict(list)
    for name, file in paths().items():
        if not file.stem.startswith("__"):
            files[file.stem].append(name)
    twice = {stem: names for stem, names in files.items() if len(names) > 1}
    assert twice.keys() == SAME_NAME.keys(), twice
