"""Programs that several tests share."""

from pathlib import Path

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").rglob("*.lab"))
# Those with a model of their own; the others have one of these, with other settings.
MODELS = [path for path in EXAMPLES if "\nmodel {" in path.read_text(encoding="utf-8")]

# Uses everything that the grammar has, whether or not it is built yet.
WHOLE_GRAMMAR = """\
# A comment before everything
experiment "All of it"
extends "chest.lab"
use "blocks.lab"

let base  = 8  # behind a let
let list  = [1, 2.5e-3, 1_000, 10%, 10deg, 3x3, "a\\"b", true, none, (1,), ()]
let other = -base ** 2 + 3 // (1 - 2) if base < 3 <= 4 and not false or base != 2 else list[0]

block double(filters, kernel = 3x3) {
  repeat 2 { conv(filters, kernel) -> if base > 3 { batchnorm } else { relu } -> relu }
}

# before data
data {
  source = phantom(skin, images = 1200)
  image  = 128x128x1

  # inside data
  split {
    train      = 80%
    validation = 20%  # behind a share
  }
  augment { rotation = 10deg }
}

model {
  for i in range(4) {
    double(base * 2 ** i) as down[i]
    maxpool -> dropout(0.2)
  }
  for a, b in [(1, 2), (3, 4)] { dense(a) }
  conv_transpose(base, 2x2, stride = 2)
    -> concat(down[i])
    -> dropout(0.1)
  residual(project = true) { conv(8) } as skip
  parallel(concat) {
    branch { relu }
    branch { keras.Conv2D(8, 3) }
  }
  if base == 3 {
    relu
    relu
  } else if base == 4 {
    tanh
    # the last words
  } else {
    linear
  }
}

train {
  optimizer = adam(1e-4)
  loss      = dice
}

sweep {
  base    = [8, 16]
  repeats = 5
}

variants {
  "BCE" { loss = binary_crossentropy }
  "Dice" { loss = dice }
}

expect {
  params <= 300_000
  "it learns": val_accuracy > 0.8
}
"""
