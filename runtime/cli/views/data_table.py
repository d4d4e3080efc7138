"""Prints the data of an experiment in the terminal."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import prod

from rich.table import Table

from ....compiler.schema.task_kind import TaskKind
from ....grammar.terminal_text import printable
from ...data.inspection.data_description import DataDescription, ImageDescription, NumbersDescription, StoredDescription
from ...data.shown import counted, first_few
from .console import PlainConsole

TARGETS: dict[str, str] = {
    TaskKind.CLASSIFICATION: "classes",
    TaskKind.MULTI_LABEL: "labels",
    TaskKind.REGRESSION: "numbers",
    TaskKind.SEGMENTATION: "masks",
}
"""What images have, by the task."""


def print_data(data: DataDescription) -> None:
    """Print the images of each class or label in each part, or their numbers; what is stored, what is seen."""
    console = PlainConsole()
    console.print(_heading(data))
    console.print()
    console.print(_numbers(data) if data.task == TaskKind.REGRESSION else _parts(data))
    for line in _balance(data):
        console.print(line, soft_wrap=True)
    console.print()
    console.print("as the files store them:")
    console.print(_stored(data.images))
    console.print()
    if data.mask_values:
        console.print("in the masks:")
        console.print(_masks(data))
        console.print()
    for line in [*_seen(data), *_duplicates(data)]:
        console.print(line, soft_wrap=True)


def _heading(data: DataDescription) -> str:
    count = "1 image" if len(data.images) == 1 else f"{len(data.images):,} images"
    if data.task == TaskKind.REGRESSION:
        return f"{count}, {_target(data)}, {data.task}"
    one, several = ("label", "labels") if data.task == TaskKind.MULTI_LABEL else ("class", "classes")
    return f"{count}, {len(data.classes)} {one if len(data.classes) == 1 else several}, {data.task}"


def _target(data: DataDescription) -> str:
    return printable(data.target) + (f" in {printable(data.unit)}" if data.unit else "")


def _parts(data: DataDescription) -> Table:
    """Return the table of the classes or labels; each column is a part. An image may count for several labels."""
    table, several = _table(), data.task == TaskKind.MULTI_LABEL
    table.add_column("label" if several else "class")
    left = [image.label for image in data.images if image.part is None]
    unused = Counter(name for label in left for name in (label if isinstance(label, tuple) else (str(label),)))
    columns = {name: part.by_class for name, part in data.parts.items()} | ({"unused": dict(unused)} if left else {})
    for name in columns:
        table.add_column(name, justify="right")
    for label in data.classes:
        table.add_row(label, *(f"{counts.get(label, 0):,}" for counts in columns.values()))
    if several:
        without = Counter(image.part or "unused" for image in data.images if not image.label)
        table.add_row("without a label", *(f"{without[name]:,}" for name in columns), style="dim")
    _add_sizes(table, data, len(left))
    return table


def _numbers(data: DataDescription) -> Table:
    """Return the table of the numbers of a regression; each column is a part."""
    table = _table()
    table.add_column(_target(data))
    unused = sum(image.part is None for image in data.images)
    for name in [*data.parts, *(["unused"] if unused else [])]:
        table.add_column(name, justify="right")
    for row in NumbersDescription.model_fields:
        numbers = (part.numbers for part in data.parts.values())
        table.add_row(row, *("" if one is None else f"{getattr(one, row):.5g}" for one in numbers))
    _add_sizes(table, data, unused)
    return table


def _add_sizes(table: Table, data: DataDescription, unused: int) -> None:
    """Add the numbers of images and groups of each part; `unused` is the number of images in no part."""
    sizes = [part.images for part in data.parts.values()] + ([unused] if unused else [])
    table.add_row("all", *(f"{size:,}" for size in sizes), style="bold")
    if any(part.groups is not None for part in data.parts.values()):
        table.add_row("groups", *("" if part.groups is None else f"{part.groups:,}" for part in data.parts.values()))


def _balance(data: DataDescription) -> Iterator[str]:
    """Yield a line for each training about what `balance` does with its images."""
    for name, balance in data.balance.items():
        training = "" if name == "train" else f"training for {name}: "
        if balance.weights:
            weights = ", ".join(f"{label} {weight:.3g}" for label, weight in balance.weights.items())
            yield f"{training}weight of an image in the training loss: {weights}"
        else:
            yield f"{training}an epoch shows {balance.images:,} images, equally many of each class"


def _stored(images: Iterable[ImageDescription]) -> Table:
    """Return the table of the ways in which the files store images."""
    kinds: dict[tuple[str, str], list[StoredDescription]] = defaultdict(list)
    for image in images:
        kinds[image.stored.mode, image.stored.dtype].append(image.stored)
    table = _table()
    for name in ("mode", "values"):
        table.add_column(name)
    for name in ("images", "smallest", "largest", "min", "max"):
        table.add_column(name, justify="right")
    for (mode, dtype), group in sorted(kinds.items(), key=lambda item: -len(item[1])):
        sizes = sorted((one.size for one in group), key=lambda size: (prod(size), size))
        low, high = min(one.min for one in group), max(one.max for one in group)
        table.add_row(mode, dtype, f"{len(group):,}", _size(sizes[0]), _size(sizes[-1]), f"{low:g}", f"{high:g}")
    return table


def _masks(data: DataDescription) -> Table:
    """Return the table of the values in the masks."""
    table = _table()
    table.add_column("value", justify="right")
    table.add_column("class")
    table.add_column("pixels", justify="right")
    table.add_column("images", justify="right")
    for one in data.mask_values:
        value = f"{one.low}" if one.low == one.high else f"{one.low} to {one.high}"
        table.add_row(value, printable(one.class_name), f"{one.share:.2%}", f"{one.images:,}")
    return table


def _seen(data: DataDescription) -> Iterator[str]:
    seen = [image.seen for image in data.images if image.seen]
    if seen:
        low, high = min(one.min for one in seen), max(one.max for one in seen)
        mean = sum(one.mean for one in seen) / len(seen)
        shape = "x".join(map(str, seen[0].shape))
        yield f"after resizing: {shape}, values from {low:.3g} to {high:.3g}, mean {mean:.3g}"
    else:
        yield "the values after resizing are not known, because a window is missing"


def _duplicates(data: DataDescription) -> Iterator[str]:
    if data.duplicates:
        pairs = counted(len(data.duplicates), "pair")
        yield f"{pairs} of images with the same content, in different parts or with different {TARGETS[data.task]}:"
        yield from (f"  {line}" for line in first_few([f"{first} = {other}" for first, other in data.duplicates]))


def _table() -> Table:
    return Table(box=None, pad_edge=False)


def _size(size: tuple[int, ...]) -> str:
    return "x".join(map(str, size))
