"""Selects the images of small experiments: their classes, parts and refusals."""

from collections.abc import Sequence
from pathlib import Path

import pytest

import labc
from labc.grammar.diagnostics.lab_error import LabError
from labc.runtime.data.dataset import Selection

from .tiny import selection_of

MODEL = "\nmodel { flatten -> classifier }\n\ntrain {\n  loss   = %s\n  epochs = 1\n}\n"


def select(
    folder: Path,
    *settings: str,
    classes: Sequence[str] = ("Mel", "Nev"),
    quick: bool = False,
    image: str = "8x8x1",
) -> Selection:
    """The images of an experiment in a folder with the given settings of `data`."""
    listed = ", ".join(f'"{name}"' for name in classes)
    data = "\n  ".join([*settings, f"classes = [{listed}]", f"image = {image}"])
    loss = "binary_crossentropy" if len(classes) == 2 else "categorical_crossentropy"
    path = folder / "tiny.lab"
    path.write_text(f"data {{\n  {data}\n}}\n{MODEL % loss}", encoding="utf-8")
    return selection_of(labc.load(path).experiment, quick)


def refusal(
    folder: Path, *settings: str, classes: Sequence[str] = ("Mel", "Nev"), image: str = "8x8x1"
) -> tuple[str, str, str]:
    """The code, the message and the help of the only diagnostic, and the help and the notes, of refused images."""
    with pytest.raises(LabError) as raised:
        select(folder, *settings, classes=classes, image=image)
    (one,) = raised.value.diagnostics
    return one.code.value, one.message, "\n".join([one.help or "", *one.notes])


def hide_medical(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the extra `medical` were not installed."""
    monkeypatch.setattr("labc.runtime.data.decoding.medical_files.is_installed", lambda _: False)


def labels_of(selection: Selection) -> dict[str, str]:
    return {
        name: selection.data.classes[label]
        for name, label in zip(selection.source.names, selection.targets.strata, strict=True)
    }


def parts_of(selection: Selection) -> dict[str, str]:
    return {selection.source.names[index]: part for part, indices in selection.parts.items() for index in indices}


def write_table(path: Path, rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> None:
    path.write_text("".join(f"{delimiter.join(row)}\n" for row in rows), encoding=encoding)


BOTH = [f"{label}/{index}.png" for label in ("Mel", "Nev") for index in range(10)]
