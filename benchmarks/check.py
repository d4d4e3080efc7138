"""How long `labc check` takes, beside what it cannot do without and what it does without.

    python benchmarks/check.py [--repeats 5]

Whole processes, wall time, the contenders taking turns, medians; then, inside one process, a file of 10 000 layers and
a file of 1000 mistakes.
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from labc.compiler.pipeline import compile_source
from labc.grammar.source import Source

EXAMPLE = str(Path(__file__).parent.parent / "examples" / "alexnet_bn.lab")
COMMANDS = {
    "python": ["-c", "pass"],
    "import lark, pydantic": ["-c", "import lark, pydantic"],
    "labc check": ["-m", "labc", "check", EXAMPLE],
    "import tensorflow": ["-c", "import tensorflow"],
}


def seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
    return time.perf_counter() - start


def compile_seconds(lines: str) -> float:
    text = f"model {{\ninput(64x64x3)\n{lines}}}\n"
    start = time.perf_counter()
    compile_source(Source("benchmark.lab", text))
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(repeats + 1):
        for name, arguments in COMMANDS.items():
            taken[name].append(seconds(arguments))
    medians = {name: statistics.median(times[1:]) for name, times in taken.items()}  # the first fills the file cache
    for name, median in medians.items():
        print(f"| {name} | {median:.3f} |")
    print(f"labc check / import tensorflow = 1/{medians['import tensorflow'] / medians['labc check']:.1f}")
    compile_seconds("relu\n")  # builds what is built once
    layers, mistakes = "conv(8, 3x3) -> relu\n" * 5000, "conv(8, 3x3 3)\n" * 1000
    print(f"10 000 layers: {compile_seconds(layers):.2f} s")
    print(f"1000 mistakes: {compile_seconds(mistakes):.2f} s")


if __name__ == "__main__":
    main()
