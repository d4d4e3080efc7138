"""A separate process that answers questions about Keras layers: parameters, output shape, weights.

Keras fixes its backend and its device when it is loaded, for the rest of the process. A check must not fix them for a
later run, so it asks this process. It reads pickled questions (class, arguments, shape) from stdin and writes pickled
answers to stdout. It imports nothing of labc. It ends when its input ends, or after a while without questions.
"""

import inspect
import os
import pickle
import re
import sys
import threading
from typing import Any

IDLE = 60  # seconds without questions, after which the process ends and frees its memory for a training

BASES = frozenset({"Layer", "Wrapper"})
OTHER_FRAMEWORKS = frozenset({"FlaxLayer", "JaxLayer", "TFSMLayer", "TorchModuleWrapper"})
WRAPPERS = frozenset({"Bidirectional", "RNN", "StackedRNNCells"})
SEVERAL_INPUTS = frozenset(
    {"AdditiveAttention", "Attention"}
)  # in one list, which the signatures of these layers do not show
SET_BY_LABC = frozenset({"name", "dtype", "trainable"})


def answer(name: str, arguments: dict[str, Any] | None, shape: tuple[int, ...] | None) -> dict[str, Any]:
    """Return what Keras says about the layer class `name`, as a dictionary with these keys.

    If there is no such class: `classes`, the names of all classes. Without arguments: `unfit`, the reason why the class
    cannot be a step; or `parameters`, the names of its parameters, and `required`, the names of those without a
    default. With arguments: `error`, a message if Keras refuses the arguments; or, with a `shape`, the `output` shape
    and the `weights`, each with its name, its shape and whether it is trainable.
    """
    import keras

    classes = {key: cls for key, cls in vars(keras.layers).items() if _is_layer(cls, keras.Layer)}
    if name not in classes:
        return {"classes": sorted(classes)}
    if arguments is not None:
        return _built(classes[name], arguments, shape)
    unfit = _unfit(name, classes)
    if unfit:
        return {"unfit": unfit}
    signature = inspect.signature(classes[name].__init__)
    parameters = [one for one in list(signature.parameters.values())[1:] if _is_argument(one)]
    required = [one.name for one in parameters if one.default is inspect.Parameter.empty]
    return {"parameters": [one.name for one in parameters], "required": required}


def _is_layer(cls: Any, base: type) -> bool:
    return isinstance(cls, type) and issubclass(cls, base)


def _is_argument(parameter: inspect.Parameter) -> bool:
    """Return whether a file can set this parameter."""
    return parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD) and parameter.name not in SET_BY_LABC


def _unfit(name: str, classes: dict[str, Any]) -> str | None:
    """Return the reason why the class cannot be a step of a model; None if it can be a step."""
    cls = classes[name]
    if name in BASES:
        return "is the base class of other layers"
    if name == "InputLayer":
        return "is the model's input, which `data` or `input` defines"
    if name == "Lambda":
        return "takes Python code, which a .lab file cannot contain"
    if name in OTHER_FRAMEWORKS:
        return "takes a model of another framework"
    if name.endswith("Cell"):
        return "is a part of a recurrent layer"
    if name in WRAPPERS or issubclass(cls, classes["Wrapper"]):
        return "wraps another layer, which cannot be given as an argument"
    if hasattr(cls, "adapt"):
        return "must be adapted to the data before it is used"
    further = list(inspect.signature(cls.call).parameters.values())[2:]
    several = any(one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD for one in further)
    if several or name in SEVERAL_INPUTS or issubclass(cls, classes["Add"].__bases__[0]):
        return "takes several tensors, and a step has one input"
    return None


def _built(cls: Any, arguments: dict[str, Any], shape: tuple[int, ...] | None) -> dict[str, Any]:
    import keras

    try:
        with keras.StatelessScope(initialize_variables=False):  # weights without values need no memory
            layer = cls(**arguments, name=cls.__name__)
            result = layer(keras.Input(shape, name="input")) if shape else None
    except Exception as error:
        return {"error": f"Keras refuses this layer: {reason(error)}"}
    if not shape:
        return {}
    if not isinstance(result, keras.KerasTensor):
        return {"error": "this layer gives several tensors, but the next step takes one"}
    output = tuple(result.shape[1:])
    if not output or None in output:
        return {"error": f"the output must have a fixed shape, but its shape is {result.shape[1:]}"}
    return {"output": output, "weights": [(one.name, tuple(one.shape), bool(one.trainable)) for one in layer.weights]}


def reason(error: Exception) -> str:
    """Return the first informative line of an exception's message."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    informative = [line for line in lines if not line.startswith("Exception encountered when calling")]
    return (informative or lines or [type(error).__name__])[0]


def main() -> None:
    """Answer questions until the input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # frameworks print to stdout, which must carry answers only
    while True:
        idle = threading.Timer(IDLE, os._exit, [0])
        idle.start()
        try:
            question = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        finally:
            idle.cancel()
        pickle.dump(answer(*question), answers)
        answers.flush()


if __name__ == "__main__":
    main()
