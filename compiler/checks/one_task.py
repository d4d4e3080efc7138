"""Check that `data` says only once what the model learns, and that the labels come from a source that has them."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic, Label
from ...grammar.diagnostics.suggest import listing
from ..model.graph import Graph
from ..schema.task_kind import TaskKind
from ..sections import Column, Csv, Data, Npz, Train

_TASKS = {
    "masks": TaskKind.SEGMENTATION,
    "labels": TaskKind.MULTI_LABEL,
    "target": TaskKind.REGRESSION,
    "classes": TaskKind.CLASSIFICATION,
}


def check_one_task(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report settings of two tasks, and `labels` or `target` without a source that can have them."""
    del train, graph
    if data is None:
        return
    first, *others = data.given_tasks or [""]
    for other in others:
        message = f"`{first}` is for {_TASKS[first]}, and `{other}` for {_TASKS[other]}: only one of them can be given"
        label = Label(data.place(first), f"`{first}`")
        help = f"leave `{first}` or `{other}` out"
        yield Diagnostic(Code.SOURCES, message, data.place(other), help=help, labels=(label,))
    if not others:
        yield from _sources(data)


def _sources(data: Data) -> Iterator[Diagnostic]:
    """Report sources that cannot have several labels or a number for each image."""
    for name, able, example in (("labels", (Csv, Npz), "labels.csv"), ("target", (Csv,), "ages.csv")):
        others = [source.word() for source in data.sources.values() if not isinstance(source, able)]
        if getattr(data, name) and others:
            needed = " or ".join(f"`{cls.word()}`" for cls in able)
            message = f"`{name}` needs a source with a table, {needed}, but the images come from {_listed(others)}"
            help = f'write for example `source = csv("{example}", image = "file")`'
            yield Diagnostic(Code.NO_COLUMN, message, data.place(name), help=help)
    if data.task is TaskKind.MULTI_LABEL and not (isinstance(data.label, Column) or data.is_default("label")):
        message = "with `labels`, `label` can only be a column of a `csv` in which the labels are separated by `|`"
        help = 'leave `label` out if each label has its own column, or write for example `label = column("findings")`'
        yield Diagnostic(Code.WRONG_TASK, message, data.place("label"), help=help)


def _listed(words: list[str]) -> str:
    return listing(list(dict.fromkeys(words)))
