"""How long `labc check` takes, beside what it needs and what it avoids; and beside another version of labc.

    python benchmarks/check.py [--repeats 5] [--against PATH]

Whole processes, the contenders taking turns; medians of wall time and of the processor's time (user and system), in
seconds. labc checks an example, a file of 10 000 layers, a file of 1000 mistakes and a comparison of 100 points.

PATH is another checkout of labc, run by the same Python on the same files; a ratio is the time of this version divided
by that of the other.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "examples" / "alexnet_bn.lab"
CHECK = f"labc check {EXAMPLE.relative_to(HERE.parent)}"
TENSORFLOW = "import tensorflow"
ONE_MODEL = "import click, lark, pydantic\nclass Model(pydantic.BaseModel):\n    field: int = 1"
OTHERS = {
    "python": ["-c", "pass"],
    "import lark, pydantic": ["-c", "import lark, pydantic"],
    "import click, lark, pydantic": ["-c", "import click, lark, pydantic"],
    "the same and one pydantic class": ["-c", ONE_MODEL],
    "ruff check benchmarks/handwritten.py": ["-m", "ruff", "check", "--no-cache", str(HERE / "handwritten.py")],
    TENSORFLOW: ["-c", TENSORFLOW],
}
# What is installed by pip has its bytecode beside it, so the checkouts are to have it too.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Contender:
    """Arguments for Python, the checkout whose labc they find, and where that labc keeps its grammar's tables."""

    arguments: Sequence[str]
    checkout: Path
    cache: Path

    def seconds(self) -> tuple[float, float]:
        """Wall time and the processor's, of one process."""
        command = [sys.executable, "-P", *self.arguments]
        environment = ENVIRONMENT | {"PYTHONPATH": str(self.checkout), "XDG_CACHE_HOME": str(self.cache)}
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if "Traceback" in done.stderr:
            raise RuntimeError(done.stderr)
        return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def take_turns(contenders: dict[str, Contender], repeats: int) -> dict[str, tuple[float, float]]:
    """The medians of each contender's times."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
    turns = list(contenders.items())
    for _ in range(repeats + 1):
        for name, contender in turns:
            taken[name].append(contender.seconds())
        turns.reverse()  # so that no contender always follows the same one: TensorFlow pushes files out of the caches
    # The first turn fills the file cache, and writes bytecode and lark's tables.
    walls = {name: statistics.median(wall for wall, _ in times[1:]) for name, times in taken.items()}
    return {name: (walls[name], statistics.median(processor for _, processor in taken[name][1:])) for name in taken}


def write_files(folder: Path) -> dict[str, Path]:
    """The files that labc checks, by the names of their rows."""
    points = ", ".join(str(base) for base in range(1, 101))
    texts = {
        "10 000 layers": _model("conv(8, 3x3) -> relu\n" * 5000),
        "1000 mistakes": _model("conv(8, 3x3 3)\n" * 1000),
        "100 points": f"{EXAMPLE.read_text(encoding='utf-8')}sweep {{ base = [{points}] }}",
    }
    files = {CHECK: EXAMPLE}
    for name, text in texts.items():
        files[name] = folder / f"{name.replace(' ', '_')}.lab"
        files[name].write_text(text, encoding="utf-8")
    return files


def _model(lines: str) -> str:
    return f"model {{\ninput(64x64x3)\n{lines}}}\n"


def print_table(times: dict[str, tuple[float, float]], names: Sequence[str]) -> None:
    print("| seconds | wall | processor |\n| --- | ---: | ---: |")
    for name in names:
        print(f"| {name} | {times[name][0]:.3f} | {times[name][1]:.3f} |")
    print(f"\nlabc check / import tensorflow = 1/{times[TENSORFLOW][0] / times[CHECK][0]:.1f}")


def print_ratios(times: dict[str, tuple[float, float]], names: Sequence[str]) -> None:
    print("\n| this / other | wall | ratio | processor | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for name in names:
        pairs = list(zip(times[name], times[_other(name)], strict=True))
        print(f"| {name} | " + " | ".join(f"{ours:.3f} / {its:.3f} | {ours / its:.3f}" for ours, its in pairs) + " |")


def _other(name: str) -> str:
    return f"{name}, the other version"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--against", type=Path, metavar="PATH")
    asked = parser.parse_args()
    if asked.against and not (asked.against / "labc" / "__init__.py").is_file():
        parser.error(f"{asked.against} is no checkout of labc")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        files = write_files(folder)
        contenders = {name: Contender(arguments, HERE.parent, folder / "this") for name, arguments in OTHERS.items()}
        for name, file in files.items():
            arguments = ["-m", "labc", "check", str(file)]
            contenders[name] = Contender(arguments, HERE.parent, folder / "this")
            if asked.against:  # another grammar, so another cache
                contenders[_other(name)] = Contender(arguments, asked.against.resolve(), folder / "other")
        times = take_turns(contenders, asked.repeats)
    print_table(times, [*OTHERS, *files])
    if asked.against:
        print_ratios(times, list(files))


if __name__ == "__main__":
    main()
