"""Kills real runs at random moments, and checks that each folder is unfinished or whole and that a rerun finishes it.

Run it by hand: `python tests/kill_runs.py --kills 20 --seed 1`. A kill takes about 15 seconds.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from labc.runtime.runs.folder import RunFolder
from labc.runtime.runs.manifest import FILES, find_damage

EXPERIMENT = """\
data {
  source  = phantom(skin, images = 40)
  label   = filename
  classes = ["Mel", "Nev"]
  image   = 16x16x1
  split { train = 24  validation = 8  test = 8 }
}
model { conv(4, 3x3) -> relu -> flatten -> dense(1, sigmoid) }
train { loss = binary_crossentropy  metrics = [accuracy]  epochs = 3 }
"""


def start(folder: Path) -> "subprocess.Popen[bytes]":
    """Start `labc run` in a folder."""
    command = [sys.executable, "-m", "labc", "run", "killed.lab"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill_when(folder: Path, is_time: Callable[[], bool]) -> str:
    """Start a run, kill it as soon as `is_time` holds, and return what is left: nothing, unfinished, or finished.

    Raises:
        AssertionError: if the folder holds a finished run that is damaged.
    """
    process = start(folder)
    while process.poll() is None and not is_time():
        time.sleep(0.002)
    process.kill()
    process.wait()
    left = "nothing"
    for path in folder.glob("runs/killed/*"):
        info = RunFolder(path).finished_info()
        assert info is None or not find_damage(path, info), path
        left = "finished" if info else "unfinished"
    return left


def check_rerun(folder: Path) -> None:
    """Run the experiment again.

    Raises:
        AssertionError: if the rerun fails, or if its folder is not whole.
    """
    assert start(folder).wait() == 0
    (path,) = folder.glob("runs/killed/*")
    info = RunFolder(path).finished_info()
    assert info and not find_damage(path, info)
    assert {file.name for file in path.iterdir()} == {*FILES, "run.json"}


def kill_runs(folder: Path, kills: int, seed: int) -> list[str]:
    """Kill several runs in one folder at random moments before their usual end; return what each kill left."""
    (folder / "killed.lab").write_text(EXPERIMENT, encoding="utf-8")
    began = time.monotonic()
    check_rerun(folder)
    usual = time.monotonic() - began
    moments = random.Random(seed)
    left = []
    for _ in range(kills):
        for file in sorted(folder.glob("runs/killed/*/*")):
            file.unlink()
        end = time.monotonic() + moments.uniform(0.4, 1) * usual
        left.append(kill_when(folder, partial(_is_past, end)))
    check_rerun(folder)
    return left


def _is_past(moment: float) -> bool:
    return time.monotonic() > moment


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        found = kill_runs(Path(temporary), given.kills, given.seed)
    print(f"{given.kills} runs killed:", ", ".join(f"{found.count(one)} left {one}" for one in sorted(set(found))))
