"""The losses with the ends of the model that they take, and the metrics, as tables."""

from labc.compiler.checks.mask_head import channels_for
from labc.compiler.checks.model_head import heads_for
from labc.compiler.schema.arguments import Arguments
from labc.compiler.sections.train.loss import LOSSES, OF_IMAGES, OF_MASKS
from labc.compiler.sections.train.train import METRICS

from . import words
from .call import table
from .docstring import describe

_CLASSES, _MASKS = (2, 3), (1, 3)
_OF_CLASSES = """\
Of two classes, `precision`, `recall`, `specificity` and `f1` take class 1 as the positive one; of more they are the
mean over the classes."""


def losses_table() -> str:
    """Each loss, and with which units or channels the model ends for it."""
    columns = ["loss", "", *(f"{n} classes" for n in _CLASSES), "masks of 1 class", "masks of 3 classes"]
    ends = "How many units, or for masks channels, the model ends with, and their activation (`any`: whichever):"
    return f"{ends}\n\n" + table(columns, [_row(loss) for loss in LOSSES])


def _row(loss: str | type[Arguments]) -> list[str]:
    word = loss if isinstance(loss, str) else loss.word()
    text = words.LOSSES[loss] if isinstance(loss, str) else describe(loss).paragraphs[0]
    name = f"`{word}`" if isinstance(loss, str) else f"[`{word}`](#{word})"
    images = [_units(heads_for(word, n)) if word not in OF_MASKS else "" for n in _CLASSES]
    masks = [_channels(channels_for(word, n)) if word not in OF_IMAGES else "" for n in _MASKS]
    return [name, text, *images, *masks]


def _units(wanted: dict[int, tuple[str, ...] | None]) -> str:
    return " or ".join(f"{units} " + ("any" if of is None else "/".join(f"`{one}`" for one in of))
                       for units, of in sorted(wanted.items()))  # fmt: skip


def _channels(wanted: dict[int, str | None]) -> str:
    return _units({count: None if of is None else (of,) for count, of in wanted.items()})


def metrics_table() -> str:
    """Each metric."""
    rows = [[f"`{word}`", words.METRICS[word]] for word in METRICS]
    return f"{table(['metric', ''], rows)}\n\n{_OF_CLASSES}"
