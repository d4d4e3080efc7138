"""`labc run` against a hand-written Keras script: the same images, model, batch and epochs, in one run, by phase.

    python benchmarks/run.py [--repeats 3] [--epochs 6] [--images 1000]

The two take turns, so that what else the machine does hits both. Times are medians over the repeats; the ratio is
that of the medians. The images are the skin phantoms, written as PNG files that both read. labc reads them the first
time and finds them in its cache later (`--again`); a second call without it finds the finished run and trains nothing.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from skimage.io import imsave

from labc.compiler.sections.data.sources import PHANTOM_CLASSES
from labc.runtime.data.sources.drawn import DrawnSource

HERE = Path(__file__).parent
PHASES = ["start", "data", "build", "train", "evaluate", "report"]


def write_images(folder: Path, count: int) -> None:
    classes = PHANTOM_CLASSES["skin"]
    names = tuple(f"{classes[i % 2]}/{classes[i % 2]}_{i:05d}.png" for i in range(count))
    source = DrawnSource("skin", 0, classes, names)
    for index, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        imsave(folder / name, source.read(index), check_contrast=False)


def experiment(folder: Path, epochs: int, deterministic: bool) -> Path:
    text = (HERE.parent / "examples" / "alexnet_bn.lab").read_text(encoding="utf-8")
    text = text.replace("phantom(skin, images = 1000)", 'folder("images")').replace("filename", "folder")
    text = text.replace("train      = 800", "train = 80%").replace("validation = 200", "validation = 20%")
    text = text.replace("epochs    = 24", f"epochs = {epochs}\n  deterministic = {str(deterministic).lower()}")
    text = text.replace("[accuracy, auc]", "[accuracy]")
    path = folder / f"alexnet_{deterministic}.lab".lower()
    path.write_text(text, encoding="utf-8")
    return path


def timed(command: list[str]) -> tuple[float, str]:
    start = time.perf_counter()
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    )
    return time.perf_counter() - start, done.stdout


def labc_run(path: Path, *options: str) -> dict[str, float]:
    runs = str(path.parent / "runs")
    total, output = timed([sys.executable, "-m", "labc", "run", str(path), "--runs", runs, "--json", *options])
    result = json.loads(output)
    return {**(result["seconds"] if result["trained"] else {}), "total": total}


def handwritten(images: Path, epochs: int, deterministic: bool) -> dict[str, float]:
    command = [sys.executable, str(HERE / "handwritten.py"), str(images), str(epochs), str(int(deterministic))]
    total, output = timed(command)
    return {**json.loads(output.splitlines()[-1]), "total": total}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--images", type=int, default=1000)
    asked = parser.parse_args()
    found: dict[str, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_images(folder / "images", asked.images)
        for repeat in range(asked.repeats):
            for deterministic in (True, False):
                kind = "deterministic" if deterministic else "not deterministic"
                path = experiment(folder, asked.epochs, deterministic)
                if repeat == 0 and deterministic:
                    found.setdefault("labc, first time", []).append(labc_run(path))
                    found.setdefault("labc, already trained", []).append(labc_run(path))
                found.setdefault(f"by hand, {kind}", []).append(
                    handwritten(folder / "images", asked.epochs, deterministic)
                )
                found.setdefault(f"labc, {kind}", []).append(labc_run(path, "--again"))
    print_table(found)


def print_table(found: dict[str, list[dict[str, float]]]) -> None:
    print("| seconds | " + " | ".join([*PHASES, "total"]) + " |")
    print("| --- |" + " ---: |" * (len(PHASES) + 1))
    medians = {}
    for name, runs in found.items():
        row = {phase: statistics.median(run.get(phase, 0.0) for run in runs) for phase in [*PHASES, "total"]}
        medians[name] = row
        print(f"| {name} ({len(runs)}x) | " + " | ".join(f"{row[phase]:.2f}" for phase in row) + " |")
    for kind in ("deterministic", "not deterministic"):
        ratio = medians[f"labc, {kind}"]["train"] / medians[f"by hand, {kind}"]["train"]
        print(f"\ntraining, {kind}: labc / by hand = {ratio:.3f}")


if __name__ == "__main__":
    main()
