"""Chooses the framework that computes, and the device."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ...compiler.frameworks import FRAMEWORKS, install_help, is_installed, keras_framework, missing_modules
from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.suggest import listing
from ..option_errors import refuse_option


@dataclass(frozen=True)
class Device:
    """The device of a run: `kind` is `cpu` or `gpu`, and `name` is the framework's name for the device."""

    kind: str
    name: str


def check_backend(backend: str) -> None:
    """Check that a backend and the other modules that a run needs are installed. No module is imported.

    Raises:
        LabError: if a module is not installed.
    """
    missing = missing_modules(backend)
    if not missing:
        return
    message = f"the backend {backend} is not installed"
    if backend not in missing:
        message = f"missing Python modules for a run: {listing(missing)}"
    others = [other for other in FRAMEWORKS if not missing_modules(other)]
    help = f"use `--backend {others[0]}`, which is installed, or " if others else ""
    refuse_option(Code.NO_BACKEND, message, f"--backend {backend}", help + install_help(backend))


def check_modules(command: str) -> None:
    """Check that the modules that a command without a framework needs are installed. No module is imported.

    Input: `command`, for example `labc data`.

    Raises:
        LabError: if a module is not installed.
    """
    missing = missing_modules()
    if missing:
        message = f"missing Python modules for `{command}`: {listing(missing)}"
        refuse_option(Code.NO_BACKEND, message, command, install_help())


def check_medical(given: str) -> None:
    """Check that the packages for medical files are installed. No module is imported.

    Input: `given`, the option that needs them.

    Raises:
        LabError: if a package is not installed.
    """
    missing = [name for name in ("pydicom", "nibabel") if not is_installed(name)]
    if missing:
        message = f"missing Python modules for `{given}`: {listing(missing)}"
        refuse_option(Code.NO_BACKEND, message, given, install_help("medical"))


def choose_framework() -> None:
    """Make Keras use an installed framework, if the caller has not chosen a framework.

    By default Keras uses TensorFlow, even if only another framework is installed.

    Raises:
        LabError: if Keras is not installed, or no framework is.
    """
    framework = keras_framework()
    if framework is None:
        message = "cannot build a model: Keras or its framework is not installed"
        refuse_option(Code.NO_BACKEND, message, "labc.build", install_help())
    if framework != FRAMEWORKS[0]:
        os.environ.setdefault("KERAS_BACKEND", framework)


def start_backend(backend: str, device: str) -> Device:
    """Load Keras with a backend, choose a device, and return the chosen device.

    Raises:
        LabError: if another backend is loaded already, or if `device` is `gpu` and the backend finds no GPU.
    """
    _choose(backend, device)
    with _quiet():
        import keras
    if keras.backend.backend() != backend:
        message = f"cannot change the backend: Keras already uses {keras.backend.backend()} in this process"
        help = "start a new Python process to change the backend"
        refuse_option(Code.NO_BACKEND, message, f"--backend {backend}", help)
    with _quiet():
        got = _FIND[backend](device)
    if device == "gpu" and got.kind != "gpu":
        message = f"{backend} finds no GPU on this machine"
        help = "use `--device cpu`, or `--device auto`, which uses a GPU if the backend finds one"
        refuse_option(Code.NO_DEVICE, message, "--device gpu", help)
    return got


def _choose(backend: str, device: str) -> None:
    """Set the environment variables for the backend and the device, which the frameworks read when they are loaded."""
    os.environ["KERAS_BACKEND"] = backend
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # important errors are raised as exceptions
    if device != "auto":
        os.environ["JAX_PLATFORMS"] = "cpu" if device == "cpu" else "cuda,rocm"
    if device == "cpu":
        os.environ["KERAS_TORCH_DEVICE"] = "cpu"


@contextmanager
def _quiet() -> Iterator[None]:
    """Capture what C++ code writes to standard error inside the block, and print it only if the block fails.

    TensorFlow logs notes about its build before its log level can be set.
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

    tf.get_logger().addFilter(_is_no_retracing)
    gpus = tf.config.list_physical_devices("GPU")
    if wanted == "cpu" or not gpus:
        tf.config.set_visible_devices([], "GPU")
        return Device("cpu", "CPU")
    for gpu in gpus:  # otherwise TensorFlow reserves all memory of the GPU at once
        tf.config.experimental.set_memory_growth(gpu, True)
    return Device("gpu", str(tf.config.experimental.get_device_details(gpus[0]).get("device_name", gpus[0].name)))


def _is_no_retracing(record: logging.LogRecord) -> bool:
    """Return False for TensorFlow's warning that functions are compiled anew: each training has a model of its own."""
    return "tf.function retracing" not in record.getMessage()


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
    """Seed Python, NumPy and the backend. With `deterministic`, also choose operations with bit-identical results."""
    import keras

    with _quiet():  # with another backend, Keras loads an installed TensorFlow here, for the data pipeline of Keras
        keras.utils.set_random_seed(seed)
    if deterministic and keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        tf.config.experimental.enable_op_determinism()
