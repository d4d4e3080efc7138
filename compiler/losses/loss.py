"""`Loss`: the model outputs that a loss accepts, its labels, and its Keras call."""

from typing import ClassVar

from ..layers.base import KerasCall
from ..schema.arguments import Arguments
from ..schema.task_kind import TaskKind

ANY = "any"  # every activation is accepted
# A head is the model's last layer and its activation. The keys are numbers of units (for segmentation: of channels).
# The values are the activations that the loss needs there, or ANY.
Heads = dict[int, str]
MaskHeads = dict[int, tuple[str, ...]]
"""As `Heads`, with all activations that a loss accepts with a number of channels."""


class Loss(Arguments):
    """One loss of the language. A subclass's docstring is its entry in the reference.

    Each of the first six class variables stands for one kind of model output. Its value is the activation that the
    loss needs there, or ANY; None means that the loss does not accept this kind of output.
    """

    one_unit: ClassVar[str | None] = None
    """Classification of two classes, with one unit."""
    unit_per_class: ClassVar[str | None] = None
    """Classification, with a unit for each class."""
    unit_per_label: ClassVar[str | None] = None
    """Multi-label classification, with a unit for each label: each label is a decision between two classes."""
    number: ClassVar[str | None] = None
    """Regression, with one unit."""
    channel_per_class: ClassVar[str | None] = None
    """Segmentation, with a channel for each class."""
    background_channel: ClassVar[str | None] = None
    """Segmentation, with a channel for each class and for the background. If no class is the background, its channel
    is the last."""
    blends_labels: ClassVar[bool] = True
    """Whether the loss has a meaning for labels between two classes, which `mixup` makes."""
    binary_labels: ClassVar[tuple[int, int]] = (0, 1)
    """The labels of the two classes if the model has one unit. Otherwise labels are one-hot."""

    @classmethod
    def image_heads(cls, classes: int) -> Heads:
        """Return the activation that each accepted number of outputs needs in a classification of `classes` classes."""
        return _heads({1: cls.one_unit if classes == 2 else None, classes: cls.unit_per_class})

    @classmethod
    def mask_heads(cls, classes: int, with_background: int | None = None) -> MaskHeads:
        """Return the activations that the loss accepts in a segmentation, by the number of channels.

        Input: `with_background`, the number of classes with the background: `classes` if one of them is the background,
        one more by default.
        """
        every = classes + 1 if with_background is None else with_background
        wanted = ((classes, cls.channel_per_class), (every, cls.background_channel))
        heads: MaskHeads = {}
        for channels, activation in wanted:
            before = heads.get(channels, ())
            if activation and activation not in before:
                heads[channels] = (*before, activation)
        return heads

    @classmethod
    def heads(cls, task: TaskKind, classes: int) -> Heads:
        """Return the activation that each accepted number of outputs needs. `classes` may also count labels.

        For segmentation, `mask_heads` returns them instead.
        """
        match task:
            case TaskKind.CLASSIFICATION:
                return cls.image_heads(classes)
            case TaskKind.MULTI_LABEL:
                return _heads({classes: cls.unit_per_label})
            case TaskKind.REGRESSION:
                return _heads({1: cls.number})
            case TaskKind.SEGMENTATION:
                return {}

    @classmethod
    def tasks(cls) -> list[TaskKind]:
        """Return the tasks that the loss is for."""
        masks = [TaskKind.SEGMENTATION] if cls.mask_heads(2) else []
        return [*(task for task in TaskKind if cls.heads(task, 2)), *masks]

    @classmethod
    def is_for_images(cls) -> bool:
        """Return whether the loss accepts a classification."""
        return TaskKind.CLASSIFICATION in cls.tasks()

    @classmethod
    def is_for_masks(cls) -> bool:
        """Return whether the loss accepts a segmentation."""
        return TaskKind.SEGMENTATION in cls.tasks()

    @classmethod
    def is_signed(cls) -> bool:
        """Return whether the sign of a single unit's output determines the class."""
        return cls.binary_labels[0] < 0

    @classmethod
    def threshold(cls) -> float:
        """Return the smallest output of a single unit that means the second class: the mean of the two labels."""
        return sum(cls.binary_labels) / 2

    def keras_call(self, units: int) -> KerasCall:
        """Return the call of the Keras loss.

        Input: `units`, the number of outputs if they exclude each other, as with `softmax`; otherwise 1, also for the
        labels of an image.

        Raises:
            NotImplementedError: if it is an `OverlapLoss`, which Keras does not have.
        """
        raise NotImplementedError


def _heads(wanted: dict[int, str | None]) -> Heads:
    return {units: activation for units, activation in wanted.items() if activation}
