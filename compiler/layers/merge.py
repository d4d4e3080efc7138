"""Merges: several tensors become one."""

from typing import ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.arguments import Arguments
from .base import KerasCall
from .shapes import Shape, ShapeError, text


class Merge(Arguments):
    """The base of the merges, which combine the current tensor with one or more named tensors.

    Shapes leave out the batch axis and have the channels last. A subclass's docstring is its reference page.
    """

    keras_class: ClassVar[str]
    """The class below `keras.layers` that the merge becomes."""

    def output(self, shapes: tuple[Shape, ...]) -> Shape:
        """Return the output shape for inputs of these shapes.

        Raises:
            ShapeError: if the inputs cannot be merged.
        """
        for shape in shapes[1:]:
            if shape != shapes[0]:
                message = (
                    f"the inputs of `{self.word()}` must have equal shapes, but are {text(shapes[0])} and {text(shape)}"
                )
                raise ShapeError(Code.MERGE_SHAPES, message)
        return shapes[0]

    def output_activation(self) -> str:
        """Return `linear`: a merge does not keep the range of an earlier activation."""
        return "linear"

    def keras_call(self) -> KerasCall:
        """Return the Keras call that makes this merge."""
        return KerasCall(f"layers.{self.keras_class}", {})


class Concat(Merge):
    """Concatenation along the channels.

    Becomes `keras.layers.Concatenate`.

    Input: tensors of equal height and width. Output: height x width x the sum of the input channels.

    Example: `concat(skip)`
    """

    keras_class: ClassVar[str] = "Concatenate"

    def output(self, shapes: tuple[Shape, ...]) -> Shape:
        first = shapes[0]
        for shape in shapes[1:]:
            if shape[:-1] != first[:-1]:
                axes = "equal height and width" if len(first) == len(shape) == 3 else "equal axes except the channels"
                end = None if len(first) != len(shape) else -1  # channels are shown only if the numbers of axes differ
                message = (
                    f"the inputs of `concat` must have {axes}, but are {text(first[:end])} and {text(shape[:end])}"
                )
                raise ShapeError(Code.MERGE_SHAPES, message)
        return (*first[:-1], sum(shape[-1] for shape in shapes))


class Add(Merge):
    """Elementwise sum.

    Becomes `keras.layers.Add`.

    Input: tensors of equal shapes. Output: the same shape.

    Example: `add(skip)`
    """

    keras_class: ClassVar[str] = "Add"


class Multiply(Merge):
    """Elementwise product.

    Becomes `keras.layers.Multiply`.

    Input: tensors of equal shapes. Output: the same shape.

    Example: `multiply(skip)`
    """

    keras_class: ClassVar[str] = "Multiply"


class Average(Merge):
    """Elementwise mean.

    Becomes `keras.layers.Average`.

    Input: tensors of equal shapes. Output: the same shape.

    Example: `average(skip)`
    """

    keras_class: ClassVar[str] = "Average"


class Maximum(Merge):
    """Elementwise maximum.

    Becomes `keras.layers.Maximum`.

    Input: tensors of equal shapes. Output: the same shape.

    Example: `maximum(skip)`
    """

    keras_class: ClassVar[str] = "Maximum"


MERGES: dict[str, type[Merge]] = {merge.word(): merge for merge in (Concat, Add, Multiply, Average, Maximum)}
