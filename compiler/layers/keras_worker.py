"""Run as a process of its own: says what Keras's layers take, and what becomes of a tensor in them.

Keras fixes its backend and takes its device when it is loaded, for as long as a process lives. So that a check decides
neither for a run after it, a check asks this process. It reads pickled questions, (class, arguments, shape), and
writes pickled answers; it imports nothing of labc, and ends with its input, or when nobody has asked for a while.
"""

import inspect
import os
import pickle
import re
import sys
import threading
from typing import Any

IDLE = 60  # seconds; a training that follows a check is not to share its memory with this

BASES = frozenset({"Layer", "Wrapper"})
FOREIGN = frozenset({"FlaxLayer", "JaxLayer", "TFSMLayer", "TorchModuleWrapper"})
WRAPPERS = frozenset({"Bidirectional", "RNN", "StackedRNNCells"})
SEVERAL = frozenset({"AdditiveAttention", "Attention"})  # in a list, which their signatures do not say
OURS = frozenset({"name", "dtype", "trainable"})  # labc gives these itself


def answer(name: str, arguments: dict[str, Any] | None, shape: tuple[int, ...] | None) -> dict[str, Any]:
    """What Keras says of the layer `name`.

    Without arguments: `classes` if there is none of that name; `unfit`, a reason, if it cannot be a step; else its
    `parameters`, and those of them that are `required`. With arguments: `error`, a message, if they are refused; else,
    if there is a `shape`, the `output` for it and the `weights`, each a name, a shape, and whether it trains.
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
    taken = [one for one in list(inspect.signature(classes[name].__init__).parameters.values())[1:] if _named(one)]
    required = [one.name for one in taken if one.default is inspect.Parameter.empty]
    return {"parameters": [one.name for one in taken], "required": required}


def _is_layer(cls: Any, base: type) -> bool:
    return isinstance(cls, type) and issubclass(cls, base)


def _named(parameter: inspect.Parameter) -> bool:
    return parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD) and parameter.name not in OURS


def _unfit(name: str, classes: dict[str, Any]) -> str | None:
    """Why a class cannot be a step, None if it can."""
    cls = classes[name]
    if name in BASES:
        return "is what other layers are made from"
    if name == "InputLayer":
        return "is the model's input, which `data` or `input` gives"
    if name == "Lambda":
        return "takes Python code, and a file of labc holds none"
    if name in FOREIGN:
        return "takes a model of another framework"
    if name.endswith("Cell"):
        return "is a part of a recurrent layer"
    if name in WRAPPERS or issubclass(cls, classes["Wrapper"]):
        return "works with another layer, which cannot be given as an argument"
    if hasattr(cls, "adapt"):
        return "must see the data before it is used"
    given = list(inspect.signature(cls.call).parameters.values())[2:]
    several = any(one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD for one in given)
    if several or name in SEVERAL or issubclass(cls, classes["Add"].__bases__[0]):
        return "takes several tensors, and a step has one"
    return None


def _built(cls: Any, arguments: dict[str, Any], shape: tuple[int, ...] | None) -> dict[str, Any]:
    import keras

    try:
        with keras.StatelessScope(initialize_variables=False):  # weights without values take no memory
            layer = cls(**arguments, name=cls.__name__)
            result = layer(keras.Input(shape, name="input")) if shape else None
    except Exception as error:
        return {"error": f"Keras refuses this: {reason(error)}"}
    if not shape:
        return {}
    if not isinstance(result, keras.KerasTensor):
        return {"error": "more than one tensor comes out of this, and the next step takes one"}
    output = tuple(result.shape[1:])
    if not output or None in output:
        return {"error": f"no fixed shape comes out of this: {result.shape[1:]}"}
    return {"output": output, "weights": [(one.name, tuple(one.shape), bool(one.trainable)) for one in layer.weights]}


def reason(error: Exception) -> str:
    """The first line of an exception that says something."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith("Exception encountered when calling")]
    return (telling or lines or [type(error).__name__])[0]


def main() -> None:
    """Answer until the questions end."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what frameworks print is no answer
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
