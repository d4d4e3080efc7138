"""`Loss`: the model outputs that a loss accepts, its labels, and its Keras call."""

from typing import ClassVar

from ..layers.base import KerasCall
from ..schema.arguments import Arguments

ANY = "any"  # every activation is accepted
Heads = dict[int, str]  # number of units, or for masks of channels, to the activation that it needs, or ANY


class Loss(Arguments):
    """One loss of the language. A subclass's docstring is its entry in the reference.

    The first four class variables each stand for a kind of model output: the activation that the loss needs there, ANY,
    or None where the loss does not accept that kind.
    """

    one_unit: ClassVar[str | None] = None
    """One unit for two classes of whole images."""
    unit_per_class: ClassVar[str | None] = None
    """A unit for each class of whole images."""
    channel_per_class: ClassVar[str | None] = None
    """A channel for each class of masks."""
    background_channel: ClassVar[str | None] = None
    """A channel for each class of masks, and one more for the background."""
    binary_labels: ClassVar[tuple[int, int]] = (0, 1)
    """The labels of the two classes where the model has one unit; everywhere else labels are one-hot."""

    @classmethod
    def image_heads(cls, classes: int) -> Heads:
        """The accepted outputs for so many classes of whole images; empty if the loss is not for images."""
        return _heads({1: cls.one_unit if classes == 2 else None, classes: cls.unit_per_class})

    @classmethod
    def mask_heads(cls, classes: int) -> Heads:
        """The accepted outputs for masks of so many classes; empty if the loss is not for masks."""
        return _heads({classes: cls.channel_per_class, classes + 1: cls.background_channel})

    @classmethod
    def is_for_images(cls) -> bool:
        """Whether the loss compares classes of whole images."""
        return bool(cls.one_unit or cls.unit_per_class)

    @classmethod
    def is_for_masks(cls) -> bool:
        """Whether the loss compares masks."""
        return bool(cls.channel_per_class or cls.background_channel)

    @classmethod
    def is_signed(cls) -> bool:
        """Whether the sign of a single unit's output says the class."""
        return cls.binary_labels[0] < 0

    @classmethod
    def threshold(cls) -> float:
        """The smallest output of a single unit that means the second class: halfway between the labels."""
        return sum(cls.binary_labels) / 2

    def keras_call(self, units: int) -> KerasCall:
        """The Keras loss for whole images and a model that ends with `units` units.

        Raises:
            NotImplementedError: for a loss of masks only, which a run does not train on yet.
        """
        raise NotImplementedError


def _heads(wanted: dict[int, str | None]) -> Heads:
    return {units: activation for units, activation in wanted.items() if activation}
