"""`keras.Name(…)`: a Keras layer that has no word in the language. A separate process asks Keras about the layer."""

from functools import lru_cache
from pathlib import Path
from typing import IO, Annotated, Any, cast

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ...grammar.diagnostics.codes import Code
from ..frameworks import FRAMEWORKS, keras_framework
from .base import KerasArgument, Layer, PlainValue, Weight
from .shapes import Shape, ShapeError

WORKER = Path(__file__).with_name("keras_worker.py")
PREFIX = "keras."


class CheckedByKeras:
    """Marks a field that pydantic does not validate, because Keras does."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept any value."""
        return core_schema.any_schema()


class KerasLayer(Layer):
    """A Keras layer with Keras's own arguments. Each Keras class has a subclass, made by `keras_layer_class`."""

    arguments: Annotated[dict[str, PlainValue], CheckedByKeras()]

    def output(self, shape: Shape) -> Shape:
        output: Shape = self._built(shape)["output"]
        return output

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        return tuple(Weight(*weight) for weight in self._built(shape)["weights"])

    def macs(self, shape: Shape) -> int | None:
        """Return 0 without a kernel, else None: Keras does not say how often a kernel is used."""
        return None if any("kernel" in weight.name for weight in self.weights_for(shape)) else 0

    def output_activation(self) -> str | None:
        activation = self.arguments.get("activation")
        return activation if isinstance(activation, str) else "linear"

    def keras_arguments(self, shape: Shape) -> dict[str, KerasArgument]:
        del shape
        return dict(self.arguments)

    def _built(self, shape: Shape) -> dict[str, Any]:
        """Return what Keras says about the layer for an input of `shape`.

        Raises:
            ShapeError: if Keras refuses the layer or the shape.
        """
        answer = ask(self.keras_class, self.arguments, shape)
        if "error" in answer:
            raise ShapeError(Code.KERAS_REFUSES, answer["error"])
        return answer


@lru_cache
def keras_layer_class(name: str) -> type[KerasLayer]:
    """Return the subclass for the Keras class `name`. The Keras class need not exist."""
    return type(name, (KerasLayer,), {"called": PREFIX + name, "keras_class": name})


_answers: dict[str, dict[str, Any]] = {}


def ask(name: str, arguments: dict[str, PlainValue] | None = None, shape: Shape | None = None) -> dict[str, Any]:
    """Return what Keras says about a layer: see `keras_worker.answer`. Each question is asked only once."""
    question = (name, arguments, shape)
    key = repr(question)
    if key not in _answers:
        _answers[key] = _ask_worker(question)
    return _answers[key]


def _ask_worker(question: tuple[str, dict[str, PlainValue] | None, Shape | None]) -> dict[str, Any]:
    import pickle

    for _ in range(2):  # the process ends after a while without questions; then a new one is started
        try:
            questions, answers = _worker()
            pickle.dump(question, questions)
            questions.flush()
            return cast(dict[str, Any], pickle.load(answers))
        except (OSError, EOFError):
            _worker.cache_clear()
    # The layer is too large for the memory, or Keras cannot be loaded.
    return {"error": "cannot check this layer: the process that loads Keras has died"}


@lru_cache
def _worker() -> tuple[IO[bytes], IO[bytes]]:
    """Start the process that loads Keras. Return the streams for questions and for answers."""
    import atexit
    import os
    import subprocess
    import sys

    quiet = {"CUDA_VISIBLE_DEVICES": "-1", "JAX_PLATFORMS": "cpu", "TF_CPP_MIN_LOG_LEVEL": "3"}
    process = subprocess.Popen(
        [sys.executable, "-P", str(WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | quiet | {"KERAS_BACKEND": keras_framework() or FRAMEWORKS[0]},
    )
    atexit.register(process.kill)
    assert process.stdin and process.stdout
    return process.stdin, process.stdout
