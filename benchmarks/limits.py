"""Measure `labc check` on files that are as slow or as large as possible: `python benchmarks/limits.py`.

The goal: a file of 100 kB takes at most 2 s of CPU time and 300 MB, one of 10 MB at most 5 s and 1 GB.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

END = "model { input(8x8x1) -> flatten }\n"
SMALL, LARGE = 100_000, 10_000_000


def model(body: str) -> str:
    return f"model {{\n input(8x8x1)\n{body}\n flatten\n}}\n"


def fill(form: str, size: int) -> str:
    """Repeat a line up to a number of characters; `{i}` is its number."""
    return "".join(form.format(i=i) for i in range(size // len(form)))


def compared(body: str) -> str:
    return "let a = 1\n" + model(body) + "sweep { a = range(1, 900) }\n"


def small_files() -> dict[str, str]:
    """Return texts of about 100 kB."""
    return {
        "numbers in a list": f"let a = [{'1,' * (SMALL // 2)}1]\n{END}",
        "open braces": "{" * SMALL,
        "stray signs": "? " * (SMALL // 2),
        "unfinished strings": '"\n' * (SMALL // 2),
        "unfinished comments": "/*a\n" * (SMALL // 4),
        "wrong settings": "data {\n" + fill("a{i} = 1\n", SMALL) + "}\n" + END,
        "wrong arguments": model(f"conv({'1, ' * (SMALL // 3)})"),
        "wrong names": model(fill("conv(a{i})\n", SMALL)),
        "wrong names among many": fill("let a{i} = 1\n", SMALL // 2) + model(fill("conv(b{i})\n", SMALL // 2)),
        "wrong layers among many": fill("block a{i} {{ relu }}\n", SMALL // 2) + model(fill("b{i}\n", SMALL // 2)),
        "empty loops": model("repeat 10**9 { }"),
        "layers": model(fill("conv(4, 3x3)\n", SMALL)),
        "layers of a comparison": compared("repeat 9000 { conv(a) }"),
        "lists of lets": fill("let a{i} = [1] * 9999\n", SMALL) + END,
        "sums of lists": "let a = range(9999)\n" + fill("let b{i} = sum(a)\n", SMALL) + END,
        "variants": "let a = 1\n" + model("conv(a)") + "variants {\n" + fill('"{i}" {{ a = {i} }}\n', SMALL) + "}\n",
        "claims": compared("conv(a)") + "expect {\n" + fill('"{i}": params > {i} - 9999\n', SMALL) + "}\n",
    }


def large_files() -> dict[str, str]:
    """Return texts of about 10 MB."""
    return {
        "a comment": "#" * LARGE + "\n" + END,
        "blank lines": "\n" * LARGE,
        "a name": f"let {'a' * LARGE} = 1\n{END}",
        "a string": f'experiment "{"a" * LARGE}"\n{END}',
        "digits": f"let a = {'1' * LARGE}\n{END}",
        "lets of 10 MB": "let a = 1\n" * (LARGE // 10) + END,
        "bytes beyond ASCII": "\N{GRINNING FACE}" * (LARGE // 4),
    }


def write_files(folder: Path) -> list[Path]:
    """Write the files in a process of its own: the system counts its memory for the processes that it starts."""
    if os.fork() == 0:
        for name, text in (small_files() | large_files()).items():
            (folder / f"{name}.lab").write_text(text, encoding="utf-8")
        os._exit(0)
    os.wait()
    return sorted(folder.iterdir(), key=lambda file: file.stat().st_size)


def measure(file: Path) -> tuple[float, float, str]:
    """Return the CPU time in seconds, the most memory in MB, and the last line that `labc check` prints."""
    command = [sys.executable, "-m", "labc", "check", str(file)]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        _, _, used = os.wait4(process.pid, 0)
        output.seek(0)
        last = output.read().decode(errors="replace").splitlines()[-1]
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, last.partition(";")[0]


def main() -> None:
    """Print a table of all files."""
    print("| file | processor (s) | memory (MB) | result |\n| --- | ---: | ---: | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for file in write_files(Path(folder)):
            seconds, megabytes, last = measure(file)
            name, result = file.stem, last.replace(str(file), "the file")
            print(f"| {name} | {seconds:.2f} | {megabytes:.0f} | {result} |", flush=True)


if __name__ == "__main__":
    main()
