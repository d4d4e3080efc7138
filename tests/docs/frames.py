"""A whole experiment around a fragment of one, chosen by what the fragment is."""

import re

from labc.compiler.losses import ANY, LOSSES, Loss
from labc.compiler.schema.task_kind import TaskKind
from labc.compiler.sections import Data
from labc.grammar.keywords import DECLARATIONS, SECTIONS

BEGINNINGS = (*DECLARATIONS, *SECTIONS)

IMAGES = {
    "source": "phantom(skin, images = 1000)", "label": "filename", "classes": '["Mel", "Nev"]', "image": "64x64x1",
}  # fmt: skip
NUMBERS = {"source": 'csv("ages.csv", image = "file")', "target": 'column("age")', "image": "64x64x1"}
MASKS = {"source": "phantom(chest, images = 1000)", "image": "64x64x1"}
TRAINING = {"loss": "binary_crossentropy", "epochs": "100"}
LETS = {"base": "8", "lr": "1e-3"}
GROUPS = ("split", "augment")


def whole(text: str) -> str:
    """The fragment as a whole file; what is whole already stays as it is."""
    first = re.match(r"(?:#.*\n|\s)*(\w+)( =| \{|)", text)
    assert first, text
    word, sign = first.groups()
    if sign == " =" and word in LETS:
        return _experiment({}, {}, search=f"search {{ trials = 4  goal = min(val_loss)  {text} }}\n")
    if sign and word not in BEGINNINGS:
        given = {} if word in GROUPS else {word: text.partition("= ")[2]}
        in_data = word in Data.model_fields
        groups = text if word in GROUPS else ""
        return _experiment(given if in_data else {}, {} if in_data else given, groups=groups)
    if word not in BEGINNINGS:
        return f"model {{\n{_before(text)}\n{text}}}\n"
    return text if re.search(r"^model \{", text, re.MULTILINE) else _around(text)


def _before(text: str) -> str:
    """What a layer needs before it."""
    image = "input(224x224x3)" if "backbone" in text else "input(28x28x1)"
    flat = " -> flatten" if re.match(r"dense|mlp", text) else ""
    return image + flat + (" as skip" if "(skip)" in text else "")


def _around(text: str) -> str:
    """Sections that are there, and those that are needed beside them."""
    missing = [word for word in ("data", "model", "train") if not re.search(rf"^{word} \{{", text, re.MULTILINE)]
    lets = {
        name: value for name, value in LETS.items() if re.search(rf"\b{name}\b", text) and f"let {name}" not in text
    }
    return text + _parts({}, {}, missing, lets, base=bool(re.search(r"\bbase\b", text)))


def _experiment(data: dict[str, str], train: dict[str, str], groups: str = "", search: str = "") -> str:
    lets = {name: LETS[name] for name in LETS if re.search(rf"\b{name} = (choice|log_range)", search)}
    if "mask_name" in data:
        data |= {"source": 'folder("images")', "masks": 'folder("masks")'}
        train |= {"loss": "dice"}
    return search + _parts(data, train, ["data", "model", "train"], lets, base="base" in lets, groups=groups)


def _parts(
    data: dict[str, str], train: dict[str, str], wanted: list[str], lets: dict[str, str], base: bool, groups: str = ""
) -> str:
    train = ({"loss": "mse"} if "target" in data else {}) | train
    loss = LOSSES[(TRAINING | train)["loss"].strip().partition("(")[0]]
    is_number = "target" in data or loss.tasks() == [TaskKind.REGRESSION]
    known = (NUMBERS if is_number else IMAGES if loss.is_for_images() else MASKS) | data
    if "column(" in known.get("label", "") or "column(" in groups:
        known["source"] = 'csv("labels.csv", image = "file")'
    if "npz(" in known["source"]:
        del known["label"]
    width = "base" if base else "8"
    rate = "optimizer = adam(lr)\n" if "lr" in lets else ""
    parts = {
        "data": f"data {{\n{_settings(known)}{groups}}}\n",
        "model": f"model {{ conv({width}) -> {'flatten -> dense(1)' if is_number else _head(loss)} }}\n",
        "train": f"train {{\n{_settings(TRAINING | train)}{rate}}}\n",
    }
    return "".join(f"let {name} = {value}\n" for name, value in lets.items()) + "".join(parts[one] for one in wanted)


def _head(loss: type[Loss]) -> str:
    """The first head that a loss accepts, for two classes of whole images or masks of one class."""
    units, activation = next(iter(loss.image_heads(2).items()), None) or next(
        (units, one) for units, (one, *_) in loss.mask_heads(1).items()
    )
    layer = f"flatten -> dense({units}" if loss.is_for_images() else f"conv({units}, 1x1"
    return f"{layer})" if activation == ANY else f"{layer}, {activation})"


def _settings(settings: dict[str, str]) -> str:
    return "".join(f"{name} = {value.strip()}\n" for name, value in settings.items())
