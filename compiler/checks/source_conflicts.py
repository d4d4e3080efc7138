"""Check that images, labels and masks each come from exactly one source."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.suggest import listing
from ..model.graph import Graph
from ..sections import Column, Csv, Data, Npz, Phantom, Train

PARTS = ("train", "validation", "test")


def check_sources(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report images, labels or masks that come from two sources: one of the two would be ignored."""
    del train, graph
    if data is None:
        return
    parts = [part for part in PARTS if part in data.sources]
    if data.source and parts:
        message = f"`source` and `{parts[0]}` both give images"
        help = (
            "use `source` for images that `split` divides; else use `train`, `validation` and `test` without `source`"
        )
        yield Diagnostic(Code.SOURCES, message, data.place(parts[0]), help=help)
    yield from _given_twice(data)


def _given_twice(data: Data) -> Iterator[Diagnostic]:
    """Report settings that repeat what a source gives, and settings about masks where `masks` is not given."""
    named = list(data.sources.values())
    if any(isinstance(source, Npz) for source in named):
        for name in ("train", "validation", "test", "label", "masks", "split"):
            if not data.is_default(name):
                message = f"cannot use `{name}` with an `npz` file, which has its own labels and parts"
                yield Diagnostic(Code.SOURCES, message, data.place(name), help=f"leave `{name}` out")
    elif data.train:
        taken = [part for part in ("train", "test") if not data.split.is_default(part)]
        inside = ("validation", "stratify", "seed") if data.validation else ()  # `group` is checked
        taken += [name for name in (*inside, "table") if not data.split.is_default(name)]
        for part in taken:
            message = f"cannot give `{part}` in `split`: the sources in `data` are already divided into parts"
            yield Diagnostic(Code.SOURCES, message, data.split.place(part), help=f"leave `{part}` out of `split`")
    if data.split.table:
        for name in ("train", "validation", "test", "stratify", "seed"):
            if not data.split.is_default(name):
                message = f"cannot give `{name}` beside a `table`, which has the part of each image"
                yield Diagnostic(Code.SOURCES, message, data.split.place(name), help=f"leave `{name}` or `table` out")
    yield from _masks_twice(data)


def _masks_twice(data: Data) -> Iterator[Diagnostic]:
    """Report masks beside those that a phantom draws, images without masks beside a phantom that draws some."""
    drawn = data.phantom
    if drawn and drawn.has_masks and not data.masks:
        for setting, source in data.sources.items():
            if not (isinstance(source, Phantom) and source.classes == drawn.classes):
                message = f"`{setting}` must be `phantom({drawn.kind}, …)` too, which draws its own masks"
                help = "every image needs a mask with the same classes"
                yield Diagnostic(Code.SOURCES, message, data.place(setting), help=help)
    if drawn and data.masks:
        reason = "which draws its own masks" if drawn.has_masks else "whose images are no files that masks belong to"
        message = f"cannot use `masks` with `phantom({drawn.kind})`, {reason}"
        yield Diagnostic(Code.SOURCES, message, data.place("masks"), help="leave `masks` out")
    for name in ("mask_name", "mask_values"):
        if not data.masks and not data.is_default(name):
            help = f"leave `{name}` out" if data.has_masks else "add `masks = …`"
            message = f"`{name}` needs `masks`, but `masks` is not given"
            yield Diagnostic(Code.SOURCES, message, data.place(name), help=help)


def check_columns(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a `column` where the images do not come from a `csv` table."""
    del train, graph
    if data is None:
        return
    others = [source.word() for source in data.sources.values() if not isinstance(source, Csv)]
    for section, name in ((data, "label"), (data.split, "group")):  # for `target`, see `check_one_task`
        value = getattr(section, name)
        if isinstance(value, Column) and others:
            place = section.place(name)
            message = f"`column` needs a `csv` source, but the images come from {listing(list(dict.fromkeys(others)))}"
            help = f'write `source = csv("labels.csv", image = "…")` for a table with a column "{value.name}"'
            yield Diagnostic(Code.NO_COLUMN, message, place, help=help)
