"""losses.md: the losses, from their docstrings, fields and accepted heads."""

from itertools import groupby

from labc.compiler.losses import ALL, ANY, Heads, Loss, MaskHeads
from labc.compiler.schema.task_kind import TaskKind

from .arguments import argument_table
from .call import WRITTEN_BY, signature, table
from .docstring import describe_arguments, family_title

OPENING = f"""\
# The losses

<!-- {WRITTEN_BY} compiler/losses; change that. -->

`loss` in [`train`](settings.md#train) names one of these losses. In the formulas, log is the natural logarithm; Keras
keeps a probability at least 1e-7 away from 0 and 1.

The table lists the heads that each loss accepts. A head is the model's last layer and its activation. The number counts
the units of the layer, and for segmentation its channels; `any` means every activation.
"""
_CLASSES, _MASKS = (2, 3), (1, 3)


def losses_page() -> str:
    """Return the whole page: a table of all losses with their heads, then an entry for each loss, by family."""
    families = [(family_title(module), list(losses)) for module, losses in groupby(ALL, lambda loss: loss.__module__)]
    pages = [f"## {title}\n\n" + "\n".join(map(_entry, losses)) for title, losses in families]
    return "\n".join([OPENING, _heads_table(), "", *pages])


def _heads_table() -> str:
    images = [f"classification, {n} classes" for n in _CLASSES]
    others = ["multi-label, 3 labels", "regression", "segmentation, 1 class", "segmentation, 3 classes"]
    columns = ["loss", *images, *others]
    return table(columns, [_row(loss) for loss in ALL])


def _row(loss: type[Loss]) -> list[str]:
    others = [loss.heads(TaskKind.MULTI_LABEL, 3), loss.heads(TaskKind.REGRESSION, 1)]
    heads: list[Heads | MaskHeads] = [*(loss.image_heads(n) for n in _CLASSES), *others]
    heads += [loss.mask_heads(n) for n in _MASKS]
    return [f"[`{loss.word()}`](#{loss.word()})", *map(_written, heads)]


def _written(heads: Heads | MaskHeads) -> str:
    pairs = [(units, one) for units, given in heads.items() for one in ((given,) if isinstance(given, str) else given)]
    return " or ".join(f"{units} {activation if activation == ANY else f'`{activation}`'}"
                       for units, activation in pairs)  # fmt: skip


def _entry(loss: type[Loss]) -> str:
    """Return the entry of one loss: its description, formula and source, its labels, its arguments, and an example."""
    described = describe_arguments(loss)
    blocks = [
        f"### {loss.word()}", f"`{signature(loss)}`", *described.paragraphs, _labels(loss), argument_table(loss),
        f"```lab\nloss = {described.example}\n```",
    ]  # fmt: skip
    return "\n\n".join(block for block in blocks if block) + "\n"


def _labels(loss: type[Loss]) -> str:
    """Return sentences that say how the labels of a classification are encoded, and which tasks the loss is for."""
    tasks = loss.tasks()
    listed = " and ".join(filter(None, [", ".join(tasks[:-1]), tasks[-1]]))
    only = f"{'Only for' if len(tasks) < 3 else 'For'} {listed}."
    if not loss.is_for_images():
        return only
    first, second = loss.binary_labels
    one_unit = f"{first} and {second} with one unit" if loss.one_unit else ""
    one_hot = "one-hot with a unit for each class" if loss.unit_per_class else ""
    return f"Labels: {', '.join(filter(None, [one_unit, one_hot]))}. {only}"
