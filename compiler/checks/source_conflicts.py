"""Where the images, their labels and their masks come from: given, and given once."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ...grammar.diagnostics.suggest import listing
from ..model.graph import Graph
from ..sections import Column, Csv, Data, Npz, Train

PARTS = ("train", "validation", "test")


def check_sources(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """The images come from `source`, or from sources of the parts; no setting repeats what a source gives."""
    del train, graph
    if data is None:
        return
    parts = [part for part in PARTS if part in data.sources]
    if data.source and parts:
        message = f"`source` and `{parts[0]}` both give images"
        help = "`source` is for images that `split` divides; `train`, `validation` and `test` are for parts on disk"
        yield Diagnostic(Code.SOURCES, message, data.place(parts[0]), help=help)
    yield from _given_twice(data)


def _given_twice(data: Data) -> Iterator[Diagnostic]:
    """Settings that repeat what a source gives."""
    named = list(data.sources.values())
    if any(isinstance(source, Npz) for source in named):
        for name in ("train", "validation", "test", "label", "masks", "split"):
            if not data.is_default(name):
                message = f"an `npz` file has its own labels and parts, so `{name}` cannot be given"
                yield Diagnostic(Code.SOURCES, message, data.place(name), help=f"leave `{name}` out")
    elif data.train:
        taken = [part for part in ("train", "test") if not data.split.is_default(part)]
        taken += ["validation"] if data.validation and not data.split.is_default("validation") else []
        for part in taken:
            message = f"the parts have sources of their own, and `split` gives `{part}` too"
            yield Diagnostic(Code.SOURCES, message, data.split.place(part), help=f"leave `{part}` out of `split`")
    drawn = data.phantom
    if drawn and drawn.has_masks and data.masks:
        message = f"`phantom({drawn.kind})` draws its masks itself"
        yield Diagnostic(Code.SOURCES, message, data.place("masks"), help="leave `masks` out")
    for name in ("mask_name", "mask_values"):
        if not data.masks and not data.is_default(name):
            help = f"leave `{name}` out" if data.has_masks else "add `masks = …`"
            message = f"`{name}` is about `masks`, and there are none"
            yield Diagnostic(Code.SOURCES, message, data.place(name), help=help)


def check_columns(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """A column needs a table."""
    del train, graph
    if data is None:
        return
    others = [source.word() for source in data.sources.values() if not isinstance(source, Csv)]
    for section, name in ((data, "label"), (data.split, "group")):
        value = getattr(section, name)
        if isinstance(value, Column) and others:
            place = section.place(name)
            message = f"a column needs a table, and the images come from {listing(list(dict.fromkeys(others)))}"
            help = f'write `source = csv("labels.csv", image = "…")` for a table with a column "{value.name}"'
            yield Diagnostic(Code.NO_COLUMN, message, place, help=help)
