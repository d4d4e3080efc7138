"""How long a training step with augmentation takes, beside one without.

    python benchmarks/augmentation.py [--rounds 9] [--steps 25] [--batch 8]

AlexNet with base 8 on images of 128x128x1, trained by Keras's `fit` as in `labc run` (with deterministic operations).
One process; the contenders take turns, in epochs of `--steps` batches. Prints the medians of the milliseconds for a
step, wall time and the processor's (of all threads), and the medians of the ratios to the step without augmentation of
the same round. On a shared machine the processor's time is the steadier one.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

import labc
from labc.compiler.backends.scaling import PixelRange
from labc.runtime.data.dataset import Dataset, Part
from labc.runtime.training.backend import set_seed
from labc.runtime.training.fit import build_model, training_input
from labc.runtime.training.tasks import task_of

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "alexnet_bn.lab"
GEOMETRY = "rotation = 10deg  shift = 10%  zoom = 10%  flip = horizontal"
VALUES = "brightness = 10%  contrast = 10%  gamma = 10%  noise = 2%"
CONTENDERS = {
    "without": "",
    "rotation, shift, zoom, flip": GEOMETRY,
    "the same, with fill = reflect": f"{GEOMETRY}  fill = reflect",
    "brightness, contrast, gamma, noise": VALUES,
    "elastic": "elastic = 5%",
    "blur": "blur = 2%",
    "intensity": "intensity = (2%, 98%)",
    "erase": "erase = 20%",
    "mixup": "mixup = 0.2",
    "rotation, shift, zoom, flip, mixup": f"{GEOMETRY}  mixup = 0.2",
}


class Contender:
    """A model and its batches, in training."""

    def __init__(self, folder: Path, settings: str, images: int, batch: int) -> None:
        text = EXAMPLE.read_text(encoding="utf-8").replace("batch     = 8", f"batch = {batch}")
        path = folder / "experiment.lab"
        path.write_text(text.replace("128x128x1\n", f"128x128x1\n  augment {{ {settings} }}\n"), encoding="utf-8")
        experiment = labc.load(path).experiment
        data, train = experiment.data, experiment.train
        assert data and train
        task = task_of(experiment.graph, data, train)
        pixels = np.random.default_rng(0).integers(0, 256, (images, 128, 128, 1), np.uint8)
        part = Part(pixels, np.arange(images) % 2, tuple(map(str, range(images))), {})
        dataset = Dataset({"train": part}, data.class_names, PixelRange())
        model = build_model(experiment.graph, experiment.name, data.scale, train, dataset, task)
        self.model, self.arguments = training_input(model, train, data, dataset, task)

    def seconds(self) -> tuple[float, float]:
        """The time of an epoch: wall time and the processor's."""
        start, before = time.perf_counter(), time.process_time()
        self.model.fit(**self.arguments, epochs=1, verbose=0)
        return time.perf_counter() - start, time.process_time() - before


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--steps", type=int, default=25)
    parser.add_argument("--batch", type=int, default=8)
    asked = parser.parse_args()
    set_seed(1, deterministic=True)
    with tempfile.TemporaryDirectory() as temporary:
        images = asked.steps * asked.batch
        contenders = {
            name: Contender(Path(temporary), settings, images, asked.batch) for name, settings in CONTENDERS.items()
        }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
    turns: list[tuple[str, Any]] = list(contenders.items())
    for _ in range(asked.rounds + 1):
        for name, contender in turns:
            taken[name].append(contender.seconds())
        turns.reverse()
    print(f"Keras {keras.__version__} with {keras.backend.backend()}\n")
    print("| milliseconds for a step | wall | ratio | processor | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for name, times in taken.items():
        cells = []
        for kind in (0, 1):
            ours, plain = ([one[kind] for one in of[1:]] for of in (times, taken["without"]))  # the first compiles
            ratios = [one / other for one, other in zip(ours, plain, strict=True)]
            cells += [f"{statistics.median(ours) / asked.steps * 1000:.1f}", f"{statistics.median(ratios):.3f}"]
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
