"""How much memory a run takes whose images are larger than the memory that it may use.

    python benchmarks/memory.py [--gigabytes 8] [--limit 3] [--skin FOLDER] [--folder DIR]

Writes a synthetic set of uint8 images of 256x256x3 as an uncompressed `.npz` file, and trains a small network on it for
one epoch with `labc run`, two times: the first time the images go into the cache, the second time they come from it.
The system limits the private memory of the process, heap, stacks and all other writable memory (RLIMIT_DATA). Pages of
the mapped files are not limited: the system may drop them at any time. The table shows the peaks of both, sampled 20
times a second, and the seconds of each phase.

With `--skin`, also measures how long the images of that folder take, without and with the cache (fresh processes).
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

SIDE = 256
EXPERIMENT = f"""\
data {{
  source  = npz("set.npz")
  classes = ["dark", "bright"]
  image   = {SIDE}x{SIDE}x3
}}
model {{ conv(8, 4x4, stride = 4) -> relu -> maxpool(4) -> conv(16, 3x3) -> relu -> flatten -> dense(1, sigmoid) }}
train {{ loss = binary_crossentropy  metrics = [accuracy]  batch = 32  epochs = 1 }}
"""
SKIN = """\
data {{
  source  = folder("{}")
  label   = folder
  classes = ["melanoma", "nevus"]
  image   = 128x128x3
}}
model {{ flatten -> dense(1, sigmoid) }}
train {{ loss = binary_crossentropy  epochs = 1 }}
"""
READY = """\
import sys, time
from pathlib import Path
import labc
from labc.runtime.data.dataset import load_dataset, select_images
from labc.runtime.studies.display import Display
data = labc.load(Path(sys.argv[1])).experiment.data
start = time.perf_counter()
load_dataset(select_images(data, quick=False), Path(sys.argv[2]), Display())
print(time.perf_counter() - start)
"""


def write_set(path: Path, gigabytes: float) -> None:
    """Write the arrays of MedMNIST: 80% of the images for training. Bright images have a higher mean."""
    images = int(gigabytes * 1e9) // (SIDE * SIDE * 3)
    counts = {"val": images // 10, "test": images // 10}
    counts = {"train": images - sum(counts.values()), **counts}
    random = np.random.default_rng(0)
    noise = random.integers(0, 200, (64, SIDE, SIDE, 3), np.uint8)
    with zipfile.ZipFile(path, "w") as archive:
        for part, count in counts.items():
            labels = random.integers(0, 2, count, np.uint8)
            with archive.open(f"{part}_labels.npy", "w") as member:
                npy.write_array(member, labels)
            header = {"descr": "|u1", "fortran_order": False, "shape": (count, SIDE, SIDE, 3)}
            with archive.open(f"{part}_images.npy", "w", force_zip64=True) as member:
                npy.write_array_header_1_0(member, header)
                for number, label in enumerate(labels):
                    image = np.roll(noise[random.integers(64)], random.integers(SIDE), 0) + np.uint8(20 * label)
                    image[0, 0] = (list(counts).index(part), *divmod(number, 256))  # no two images are equal
                    member.write(image.tobytes())


def run(folder: Path, limit: float) -> tuple[dict[str, int], dict[str, float]]:
    """Run the experiment again; return the peaks of the memory in bytes, and the seconds of each phase."""
    limited = int(limit * 2**30)
    command = [sys.executable, "-m", "labc", "run", "set.lab", "--again", "--device", "cpu"]
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limited, limited)),
    )
    peaks: dict[str, int] = {}
    while process.poll() is None:
        for name, value in memory_of(process.pid).items():
            peaks[name] = max(peaks.get(name, 0), value)
        time.sleep(0.05)
    assert process.stdout
    lines = process.stdout.read().splitlines()
    if process.returncode:
        sys.exit(f"the run failed with status {process.returncode}")
    seconds = json.loads((folder / lines[-1] / "run.json").read_text(encoding="utf-8"))["seconds"]
    return peaks, seconds


def memory_of(process: int) -> dict[str, int]:
    """Return the private and the mapped memory of a process in bytes."""
    names = {"RssAnon": "private", "RssFile": "mapped", "VmData": "limited"}
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    values = dict(line.split(":", 1) for line in lines)
    return {label: int(values[name].split()[0]) * 1024 for name, label in names.items() if name in values}


def measure_set(folder: Path, gigabytes: float, limit: float) -> None:
    """Print the table of the synthetic set."""
    needed, free = 2.1e9 * gigabytes, shutil.disk_usage(folder).free
    if free < needed:
        sys.exit(f"{folder} has {free / 1e9:.1f} GB free, but the set and its cache need {needed / 1e9:.1f} GB")
    started = time.perf_counter()
    write_set(folder / "set.npz", gigabytes)
    size, taken = (folder / "set.npz").stat().st_size, time.perf_counter() - started
    print(f"a set of {size / 1e9:.1f} GB, written in {taken:.0f} s; at most {limit:g} GiB of private memory\n")
    (folder / "set.lab").write_text(EXPERIMENT, encoding="utf-8")
    rows = {name: run(folder, limit) for name in ("first run", "second run")}
    phases = list(next(iter(rows.values()))[1])
    print(f"| | private GiB | limited GiB | mapped GiB | {' | '.join(f'{phase} s' for phase in phases)} |")
    print(f"| --- |{' ---: |' * (3 + len(phases))}")
    for name, (peaks, seconds) in rows.items():
        cells = [f"{peaks[kind] / 2**30:.2f}" for kind in ("private", "limited", "mapped")]
        print(f"| {name} | {' | '.join([*cells, *(f'{seconds[phase]:.1f}' for phase in phases)])} |")


def measure_skin(folder: Path, skin: Path) -> None:
    """Print how long the images of a folder take, and how long they take from the cache: the median of 5 processes."""
    (folder / "skin.lab").write_text(SKIN.format(skin.resolve().as_posix()), encoding="utf-8")
    command = [sys.executable, "-c", READY, str(folder / "skin.lab"), str(folder / "cache")]
    first, *others = (float(subprocess.check_output(command, text=True)) for _ in range(6))
    print(f"\n{skin.name}: {first:.2f} s, from the cache {sorted(others)[2]:.3f} s")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--gigabytes", type=float, default=8)
    parser.add_argument("--limit", type=float, default=3)
    parser.add_argument("--skin", type=Path)
    parser.add_argument("--folder", type=Path, help="where the set is written; the default is a temporary folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as temporary:
        if asked.skin:
            measure_skin(Path(temporary), asked.skin)
        if asked.gigabytes:
            measure_set(Path(temporary), asked.gigabytes, asked.limit)


if __name__ == "__main__":
    main()
