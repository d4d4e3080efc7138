"""Lets an interruption wait for the end of the current batch."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class PendingInterruption(keras.callbacks.Callback):  # type: ignore[misc]
    """Raises KeyboardInterrupt at the end of a batch if a signal has arrived before."""

    pending = False

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002
        """Raise KeyboardInterrupt if a signal has arrived."""
        if self.pending:
            raise KeyboardInterrupt

    on_test_batch_end = on_train_batch_end


@contextmanager
def interruption_between_batches() -> Iterator[PendingInterruption]:
    """Let the signals that interrupt a run wait for the end of a batch, inside the block. The callback raises them.

    TensorFlow may crash if a signal raises an exception inside one of its operations. A second signal is not delayed.

    Raises:
        KeyboardInterrupt: if a signal has arrived after the last batch.
    """
    callback = PendingInterruption()

    def remember(number: int, frame: Any) -> None:
        if callback.pending:
            signal.default_int_handler(number, frame)
        callback.pending = True

    main = threading.current_thread() is threading.main_thread()  # only the main thread can set handlers
    delayed = [one for one in _SIGNALS if main and signal.getsignal(one) is signal.default_int_handler]
    for one in delayed:
        signal.signal(one, remember)
    try:
        yield callback
    finally:
        for one in delayed:
            signal.signal(one, signal.default_int_handler)
    callback.on_train_batch_end(-1)
