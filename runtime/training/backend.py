"""Which framework computes, and on which device."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ...compiler.frameworks import FRAMEWORKS, install_help, keras_framework, missing_modules
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.suggest import listing
from ..option_errors import refuse_option


@dataclass(frozen=True)
class Device:
    """What a run computes on: `kind` is cpu or gpu, `name` what the framework calls it."""

    kind: str
    name: str


def check_backend(backend: str) -> None:
    """Check that a backend and all else that a run needs is installed, without importing it.

    Raises:
        LabError: if it is not.
    """
    missing = missing_modules(backend)
    if not missing:
        return
    message = f"the backend {backend} is not installed"
    if backend not in missing:
        message = f"a run needs {listing(missing)}, which this Python does not have"
    others = [other for other in FRAMEWORKS if not missing_modules(other)]
    help = f"take `--backend {others[0]}`, which is installed, or " if others else ""
    refuse_option(Code.NO_BACKEND, message, f"--backend {backend}", help + install_help(backend))


def choose_framework() -> None:
    """Make Keras use a framework that is installed, if the caller has not chosen one.

    Keras uses TensorFlow by default, also where only another framework is installed.

    Raises:
        LabError: if Keras is not installed, or no framework is.
    """
    framework = keras_framework()
    if framework is None:
        message = "building a model needs Keras and a framework, which are not installed"
        refuse_option(Code.NO_BACKEND, message, "labc.build", install_help())
    if framework != FRAMEWORKS[0]:
        os.environ.setdefault("KERAS_BACKEND", framework)


def start_backend(backend: str, device: str) -> Device:
    """Load Keras on a backend and take a device; the device that was got.

    Raises:
        LabError: if another backend is loaded already, or if `device` is gpu and there is none.
    """
    _choose(backend, device)
    with _quiet():
        import keras
    if keras.backend.backend() != backend:
        message = f"Keras already runs on {keras.backend.backend()} in this process"
        refuse_option(Code.NO_BACKEND, message, f"--backend {backend}", "start a new Python to change the backend")
    with _quiet():
        got = _FIND[backend](device)
    if device == "gpu" and got.kind != "gpu":
        message = f"{backend} finds no GPU on this machine"
        help = "use `--device cpu`, or `--device auto` to take a GPU where there is one"
        refuse_option(Code.NO_DEVICE, message, "--device gpu", help)
    return got


def _choose(backend: str, device: str) -> None:
    """Tell the frameworks, which read their environment when they are loaded."""
    os.environ["KERAS_BACKEND"] = backend
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # what matters reaches us as an exception
    if device != "auto":
        os.environ["JAX_PLATFORMS"] = "cpu" if device == "cpu" else "cuda,rocm"
    if device == "cpu":
        os.environ["KERAS_TORCH_DEVICE"] = "cpu"


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what C++ writes to standard error while it starts, and show it only if that fails.

    TensorFlow logs notes on its own build before its log level can be set.
    """
    import tempfile

    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), 2)
        try:
            yield
        except BaseException:
            caught.seek(0)
            os.write(kept, caught.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _tensorflow(wanted: str) -> Device:
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    if wanted == "cpu" or not gpus:
        tf.config.set_visible_devices([], "GPU")
        return Device("cpu", "CPU")
    for gpu in gpus:  # otherwise TensorFlow takes all of its memory at once
        tf.config.experimental.set_memory_growth(gpu, True)
    return Device("gpu", str(tf.config.experimental.get_device_details(gpus[0]).get("device_name", gpus[0].name)))


def _jax(wanted: str) -> Device:
    import jax

    try:
        device = jax.devices()[0]
    except RuntimeError:
        if wanted != "gpu":
            raise
        return Device("cpu", "CPU")
    return Device("cpu" if device.platform == "cpu" else "gpu", str(device.device_kind))


def _torch(wanted: str) -> Device:
    import torch

    if wanted == "cpu" or not torch.cuda.is_available():
        return Device("cpu", "CPU")
    return Device("gpu", str(torch.cuda.get_device_name(0)))


_FIND = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}


def set_seed(seed: int, deterministic: bool) -> None:
    """Seed Python, NumPy and the backend; with `deterministic` also choose operations that repeat to the bit."""
    import keras

    with _quiet():  # with another backend this is where Keras loads TensorFlow, if it is there, for its data pipeline
        keras.utils.set_random_seed(seed)
    if deterministic and keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        tf.config.experimental.enable_op_determinism()
