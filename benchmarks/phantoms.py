"""How well a linear model and a small network tell the classes of the phantoms apart: `python benchmarks/phantoms.py`.

The linear model is scikit-learn's logistic regression on 32x32 grey pixels, trained on 200 images and tested on 200
others, with the best of six strengths of regularisation. The network is AlexNet with 8 channels and batch
normalisation on 64x64 grey pixels: 480 images for training, 120 for validation and 400 for testing.
"""

import argparse
import tempfile
import warnings
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

import labc
from labc.compiler.sections import Phantom
from labc.compiler.sections.data.sources import PHANTOM_CLASSES
from labc.runtime.data.resize import prepare
from labc.runtime.data.sources.drawn import DrawnSource

PROGRAM = """\
data {{
  source  = phantom({kind}, images = 1000, seed = {seed})
  label   = filename
  classes = {classes}
  image   = 64x64x1
  split {{
    train      = 480
    validation = 120
    test       = 400
  }}
}}

block unit(filters) {{ conv(filters, 3x3) -> batchnorm(momentum = 0.9) -> relu }}

model {{
  unit(8) -> maxpool
  unit(16) -> maxpool
  unit(32) -> unit(32)
  unit(16) -> maxpool
  flatten
  dense(128, relu) -> dropout(0.4)
  dense(64, relu) -> dropout(0.4)
  classifier
}}

train {{
  optimizer = adam(5e-4)
  loss      = {loss}
  batch     = 16
  metrics   = [accuracy]
  epochs    = {epochs}
}}
"""


def linear_accuracy(kind: str, seed: int) -> float:
    """Return the accuracy of the best linear model on its 200 test images, from 0 to 1."""
    source = DrawnSource.of(Phantom.model_construct(kind=kind, images=400, seed=seed))
    images = [prepare(source.read(index).pixels, (32, 32, 1), "stretch").ravel() / 255 for index in range(400)]
    labels = np.arange(400) % len(source.classes)
    models = [LogisticRegression(C=10.0**power, max_iter=2000) for power in range(-4, 2)]
    return max(float(model.fit(images[:200], labels[:200]).score(images[200:], labels[200:])) for model in models)


def network_accuracy(kind: str, seed: int, epochs: int, folder: Path) -> float:
    """Return the accuracy of the network on its 400 test images, from 0 to 1."""
    classes = PHANTOM_CLASSES[kind]
    loss = "binary_crossentropy" if len(classes) == 2 else "categorical_crossentropy"
    named = f"[{', '.join(f'{chr(34)}{name}{chr(34)}' for name in classes)}]"
    path = folder / f"{kind}_{seed}.lab"
    path.write_text(PROGRAM.format(kind=kind, seed=seed, classes=named, loss=loss, epochs=epochs))
    return float(labc.run(path, folder / "runs").metrics["test"]["accuracy"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=[*PHANTOM_CLASSES])
    parser.add_argument("--seeds", type=int, default=2, help="the number of seeds, each with other images")
    parser.add_argument("--epochs", type=int, default=15)
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # some linear models do not converge
    print("| phantom | seed | linear model | network |\n| --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for kind in given.kinds:
            for seed in range(given.seeds):
                trained = network_accuracy(kind, seed, given.epochs, Path(folder))
                print(f"| {kind} | {seed} | {linear_accuracy(kind, seed):.1%} | {trained:.1%} |", flush=True)
