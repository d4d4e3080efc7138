"""Merges: several tensors to one."""

from typing import ClassVar

from ...grammar.diagnostics.codes import Code
from ..schema.arguments import Arguments
from .base import KerasCall
from .shapes import Shape, ShapeError, text


class Merge(Arguments):
    """What merges share: the current tensor and one or more taps go in, one tensor comes out.

    Shapes leave out the batch axis and have the channels last. A subclass's docstring is its reference page.
    """

    keras_name: ClassVar[str]

    def output(self, shapes: tuple[Shape, ...]) -> Shape:
        """The shape that leaves the merge.

        Raises:
            ShapeError: if the shapes cannot be merged.
        """
        for shape in shapes[1:]:
            if shape != shapes[0]:
                message = f"`{self.word()}` needs equal shapes: {text(shapes[0])} meets {text(shape)}"
                raise ShapeError(Code.MERGE_SHAPES, message)
        return shapes[0]

    def activates(self) -> str | None:
        """The range of what comes out is not that of one activation."""
        return "linear"

    def keras(self) -> KerasCall:
        """The Keras layer that this becomes."""
        return KerasCall(f"layers.{self.keras_name}", {})


class Concat(Merge):
    """Concatenation: the channels of all tensors, one after the other.

    Becomes `keras.layers.Concatenate`.

    Input: tensors of equal height and width. Output: height x width x the sum of their channels.

    Example: `concat(skip)`
    """

    keras_name: ClassVar[str] = "Concatenate"

    def output(self, shapes: tuple[Shape, ...]) -> Shape:
        first = shapes[0]
        for shape in shapes[1:]:
            if shape[:-1] != first[:-1]:
                axes = "equal heights and widths" if len(first) == len(shape) == 3 else "equal axes but the channels"
                channels = None if len(first) != len(shape) else -1  # left out where only the other axes differ
                message = f"`concat` needs {axes}: {text(first[:channels])} meets {text(shape[:channels])}"
                raise ShapeError(Code.MERGE_SHAPES, message)
        return (*first[:-1], sum(shape[-1] for shape in shapes))


class Add(Merge):
    """Sum, value by value.

    Becomes `keras.layers.Add`.

    Input: tensors of one shape. Output: that shape.

    Example: `add(skip)`
    """

    keras_name: ClassVar[str] = "Add"


class Multiply(Merge):
    """Product, value by value.

    Becomes `keras.layers.Multiply`.

    Input: tensors of one shape. Output: that shape.

    Example: `multiply(skip)`
    """

    keras_name: ClassVar[str] = "Multiply"


class Average(Merge):
    """Mean, value by value.

    Becomes `keras.layers.Average`.

    Input: tensors of one shape. Output: that shape.

    Example: `average(skip)`
    """

    keras_name: ClassVar[str] = "Average"


class Maximum(Merge):
    """Largest of the values at each place.

    Becomes `keras.layers.Maximum`.

    Input: tensors of one shape. Output: that shape.

    Example: `maximum(skip)`
    """

    keras_name: ClassVar[str] = "Maximum"


MERGES: dict[str, type[Merge]] = {merge.word(): merge for merge in (Concat, Add, Multiply, Average, Maximum)}
