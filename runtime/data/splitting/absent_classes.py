"""Parts without images of a class."""

from collections.abc import Iterator, Mapping, Sequence

from ....compiler.sections import Data
from ....grammar.diagnostics.codes import Code
from ....grammar.diagnostics.diagnostic import Diagnostic
from ....grammar.diagnostics.suggest import listing
from ....grammar.source import Span
from ..targets import ImageTargets


def absent_classes(data: Data, targets: ImageTargets, parts: Mapping[str, Sequence[int]]) -> Iterator[Diagnostic]:
    """Yield a warning for each part on which a model is measured, if it has no image of a class or label.

    That the training part has each of them is checked before.
    """
    for name, part in parts.items():
        absent = [label for label, count in targets.count(part).items() if not count]
        if absent and name != "train":
            what = "label" if data.labels else "class"
            message = f"`{name}` has no image of {listing(absent)}, so some metrics are undefined or mean little"
            help = f"give it images of every {what}: use larger parts, fewer folds, or `stratify = true`"
            yield Diagnostic(Code.MISSING_CLASS, message, _place(data, name), help=help)


def _place(data: Data, part: str) -> Span:
    if part in data.sources:
        return data.place(part)
    if part.startswith("fold"):
        return data.place("folds")
    return data.place("split") if data.is_given("split") else data.place(next(iter(data.sources)))
