"""Prints the data of an experiment in the terminal."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from rich.table import Table

from ...data.data_description import DataDescription, ImageDescription, StoredDescription
from ...data.shown import counted, first_few
from .console import PlainConsole


def print_data(data: DataDescription) -> None:
    """Print the number of images of each class and part, what the files store, and what the model gets."""
    console = PlainConsole()
    console.print(_heading(data))
    console.print()
    console.print(_parts(data))
    console.print()
    console.print("as the files store them:")
    console.print(_stored(data.images))
    console.print()
    for line in [*_seen(data), *_duplicates(data)]:
        console.print(line, soft_wrap=True)


def _heading(data: DataDescription) -> str:
    count = "1 image" if len(data.images) == 1 else f"{len(data.images):,} images"
    return f"{count}, {len(data.classes)} classes, {data.task}"


def _parts(data: DataDescription) -> Table:
    """Return the table of the classes; each column is a part."""
    table = _table()
    table.add_column("class")
    unused = Counter(image.label for image in data.images if image.part is None)
    columns = {name: part.by_class for name, part in data.parts.items()} | ({"unused": dict(unused)} if unused else {})
    for name in columns:
        table.add_column(name, justify="right")
    for label in data.classes:
        table.add_row(label, *(f"{counts.get(label, 0):,}" for counts in columns.values()))
    table.add_row("all", *(f"{sum(counts.values()):,}" for counts in columns.values()), style="bold")
    if any(part.groups is not None for part in data.parts.values()):
        table.add_row("groups", *("" if part.groups is None else f"{part.groups:,}" for part in data.parts.values()))
    return table


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
        sizes = sorted((one.size for one in group), key=lambda size: (size[0] * size[1], size))
        low, high = min(one.min for one in group), max(one.max for one in group)
        table.add_row(mode, dtype, f"{len(group):,}", _size(sizes[0]), _size(sizes[-1]), f"{low:g}", f"{high:g}")
    return table


def _seen(data: DataDescription) -> Iterator[str]:
    seen = [image.seen for image in data.images if image.seen]
    if seen:
        low, high = min(one.min for one in seen), max(one.max for one in seen)
        mean = sum(one.mean for one in seen) / len(seen)
        shape = "x".join(map(str, seen[0].shape))
        yield f"the model gets {shape}, values from {low:.3g} to {high:.3g}, mean {mean:.3g}"
    else:
        yield "what the model gets is not known, because a window is missing"


def _duplicates(data: DataDescription) -> Iterator[str]:
    if data.duplicates:
        pairs = counted(len(data.duplicates), "pair")
        yield f"{pairs} of images with the same content, in different parts or classes:"
        yield from (f"  {line}" for line in first_few([f"{first} = {other}" for first, other in data.duplicates]))


def _table() -> Table:
    return Table(box=None, pad_edge=False)


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"
