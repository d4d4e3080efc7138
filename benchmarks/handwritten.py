"""The script that a careful person writes today for the experiment of benchmarks/run.py: the same images, model, batch
and epochs, in plain Keras. Prints the seconds of each phase as JSON.

    python benchmarks/handwritten.py IMAGES EPOCHS DETERMINISTIC(0|1)
"""

import json
import sys
import time
from itertools import pairwise
from pathlib import Path

clock = [("", time.perf_counter())]


def lap(name: str) -> None:
    clock.append((name, time.perf_counter()))


import keras  # noqa: E402
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from skimage.color import rgb2gray  # noqa: E402
from skimage.io import imread  # noqa: E402
from skimage.transform import resize  # noqa: E402

keras.utils.set_random_seed(1)
if sys.argv[3] == "1":
    tf.config.experimental.enable_op_determinism()
lap("start")

files = sorted(Path(sys.argv[1]).glob("*/*.png"))
images = np.stack([resize(rgb2gray(imread(file)), (128, 128), anti_aliasing=True)[..., None] for file in files])
labels = np.array([file.parent.name == "Nev" for file in files], "float32")
order = np.random.default_rng(0).permutation(len(files))
images, labels = images[order].astype("float32"), labels[order]
train = int(0.8 * len(files))
lap("data")

layers = keras.layers
model = keras.Sequential([keras.Input((128, 128, 1))])
for filters, pool in [(8, True), (16, True), (32, False), (32, False), (16, True)]:
    model.add(layers.Conv2D(filters, 3, padding="same"))
    model.add(layers.BatchNormalization())
    model.add(layers.Activation("relu"))
    if pool:
        model.add(layers.MaxPooling2D())
model.add(layers.Flatten())
for _ in range(2):
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dropout(0.4))
model.add(layers.Dense(1, activation="sigmoid"))
model.compile(keras.optimizers.Adam(3e-4), "binary_crossentropy", metrics=["accuracy"])
lap("build")

history = model.fit(
    images[:train], labels[:train], batch_size=8, epochs=int(sys.argv[2]),
    validation_data=(images[train:], labels[train:]), verbose=2,
).history  # fmt: skip
lap("train")

model.predict(images[train:], verbose=0)
lap("evaluate")

figure, axes = plt.subplots(1, 2)
for axis, name in zip(axes, ("loss", "accuracy"), strict=True):
    axis.plot(history[name])
    axis.plot(history[f"val_{name}"])
figure.savefig("/dev/null", format="png")
model.save(Path(sys.argv[1]) / "model.keras")
lap("report")

seconds = {name: now - before for (_, before), (name, now) in pairwise(clock)}
print(json.dumps(seconds))
