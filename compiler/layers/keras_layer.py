"""Keras's own layers, by their names: what Keras says of them is asked of a process of its own."""

from functools import lru_cache
from pathlib import Path
from typing import IO, Any, ClassVar, cast

from ...grammar.diagnostics.codes import Code
from ..frameworks import FRAMEWORKS, keras_framework
from .base import KerasCall, Layer, Weight
from .shapes import Shape, ShapeError

WORKER = Path(__file__).with_name("keras_worker.py")
PREFIX = "keras."


class Foreign(Layer):
    """A layer of Keras that has no word here: `keras.Name(…)`, with Keras's own arguments."""

    arguments: dict[str, Any]

    keras_name: ClassVar[str]

    def output(self, shape: Shape) -> Shape:
        output: Shape = self._built(shape)["output"]
        return output

    def weights_for(self, shape: Shape) -> tuple[Weight, ...]:
        return tuple(Weight(*one) for one in self._built(shape)["weights"])

    def multiply_adds(self, shape: Shape) -> int | None:
        return None if any("kernel" in weight.name for weight in self.weights_for(shape)) else 0

    def activates(self) -> str | None:
        given = self.arguments.get("activation")
        return given if isinstance(given, str) else "linear"

    def keras(self, shape: Shape) -> KerasCall:
        del shape
        return KerasCall(f"layers.{self.keras_name}", self.arguments)

    def _built(self, shape: Shape) -> dict[str, Any]:
        answer = ask(self.keras_name, self.arguments, shape)
        if "error" in answer:
            raise ShapeError(Code.KERAS_REFUSES, answer["error"])
        return answer


@lru_cache
def foreign(name: str) -> type[Foreign]:
    """The class of Keras's layer `name`, which need not exist."""
    return type(name, (Foreign,), {"called": PREFIX + name, "keras_name": name})


_answers: dict[str, dict[str, Any]] = {}


def ask(name: str, arguments: dict[str, Any] | None = None, shape: Shape | None = None) -> dict[str, Any]:
    """What Keras says of a layer; see `keras_worker.answer`. What was asked before is not asked again."""
    question = (name, arguments, shape)
    key = repr(question)
    if key not in _answers:
        _answers[key] = _asked(question)
    return _answers[key]


def _asked(question: tuple[Any, ...]) -> dict[str, Any]:
    import pickle

    for _ in range(2):  # the process ends when it has not been asked for a while
        try:
            questions, answers = _worker()
            pickle.dump(question, questions)
            questions.flush()
            return cast(dict[str, Any], pickle.load(answers))
        except (OSError, EOFError):
            _worker.cache_clear()
    # Of a layer that is too large, or of a Keras that cannot be loaded.
    return {"error": "the process that loads Keras to check it has died"}


@lru_cache
def _worker() -> tuple[IO[bytes], IO[bytes]]:
    """The process that loads Keras: where questions go in, and where answers come out."""
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
