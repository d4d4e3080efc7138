"""How long `labc check` takes, beside what it cannot do without and what it does without.

    python benchmarks/check.py [--repeats 5]

Whole processes, the contenders taking turns, medians of wall time and of the processor's time (user and system); then,
inside one process, a file of 10 000 layers, a file of 1000 mistakes and a comparison of 100 points.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "examples" / "alexnet_bn.lab"
ONE_MODEL = "import click, lark, pydantic\nclass Model(pydantic.BaseModel):\n    field: int = 1"
PYTHON = sys.executable
COMMANDS = {
    "python": [PYTHON, "-c", "pass"],
    "import lark, pydantic": [PYTHON, "-c", "import lark, pydantic"],
    "import click, lark, pydantic": [PYTHON, "-c", "import click, lark, pydantic"],
    "the same and one pydantic class": [PYTHON, "-c", ONE_MODEL],
    "ruff check benchmarks/handwritten.py": [PYTHON, "-m", "ruff", "check", "--no-cache", str(HERE / "handwritten.py")],
    "labc check examples/alexnet_bn.lab": [PYTHON, "-m", "labc", "check", str(EXAMPLE)],
    "import tensorflow": [PYTHON, "-c", "import tensorflow"],
}
# What is installed by pip has its bytecode beside it, so the checkout is to have it too.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(command: list[str]) -> tuple[float, float]:
    """Wall time, and the processor's."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True, env=ENVIRONMENT)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def compile_seconds(text: str) -> float:
    start = time.perf_counter()
    compile_source(Source("benchmark.lab", text))
    return time.perf_counter() - start


def model(lines: str) -> str:
    return f"model {{\ninput(64x64x3)\n{lines}}}\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for _ in range(repeats + 1):
        for name, command in COMMANDS.items():
            taken[name].append(seconds(command))
    medians = {}
    for name, times in taken.items():  # the first turn fills the file cache, and writes bytecode and lark's tables
        medians[name], processor = (statistics.median(column) for column in zip(*times[1:], strict=True))
        print(f"| {name} | {medians[name]:.3f} | {processor:.3f} |")
    ratio = medians["import tensorflow"] / medians["labc check examples/alexnet_bn.lab"]
    print(f"labc check / import tensorflow = 1/{ratio:.1f}")
    example = EXAMPLE.read_text(encoding="utf-8")
    compile_seconds(example)  # builds what is built once
    points = ", ".join(str(base) for base in range(1, 101))
    texts = {
        "10 000 layers": model("conv(8, 3x3) -> relu\n" * 5000),
        "1000 mistakes": model("conv(8, 3x3 3)\n" * 1000),
        "100 points": f"{example}sweep {{ base = [{points}] }}",
    }
    for name, text in texts.items():
        print(f"{name}: {compile_seconds(text):.2f} s")


if __name__ == "__main__":
    main()
