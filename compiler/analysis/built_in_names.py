"""The names that `data` defines in the model, with their values."""

from ..expressions.values import UNKNOWN, Value, Word
from ..schema.task_kind import TaskKind
from ..sections import Data


def built_in_names(data: Data) -> dict[str, Value]:
    """Return the values of `BUILT_IN_NAMES`; UNKNOWN for those that depend on missing classes."""
    classes = 1 if data.task is TaskKind.REGRESSION else len(data.class_names)
    units, activation = usual_head(data)
    return {
        "classes": classes or UNKNOWN,
        "channels": data.image[-1],
        "output_units": units or UNKNOWN,
        "output_activation": Word(activation),
    }


def usual_head(data: Data) -> tuple[int, str]:
    """Return the number of outputs that a model usually has for its task, and their activation.

    Two classes need one sigmoid unit, more classes a softmax. Labels do not exclude each other, so each has a sigmoid
    unit. The number is 0 if the classes are missing.
    """
    count = len(data.class_names)
    match data.task:
        case TaskKind.CLASSIFICATION:
            return (1, "sigmoid") if count == 2 else (count, "softmax")
        case TaskKind.REGRESSION:
            return 1, "linear"
        case TaskKind.MULTI_LABEL | TaskKind.SEGMENTATION:
            return count, "sigmoid"
