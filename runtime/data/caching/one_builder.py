"""Lets one run after the other build a file of the image cache."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from ..events import DataEvents


@contextmanager
def one_builder(path: Path, what: str, events: DataEvents) -> Iterator[None]:
    """Lock a file of the cache inside the block, after waiting for another process that has locked it.

    `what` is what the file contains, for example `images`.

    The lock only saves work: without it, two runs decode the same images, and both write the same file. So a run
    continues without the lock where locking fails, for example in a read-only folder. The operating system releases
    the lock when the process ends, even if the process is killed.
    """
    lock = FileLock(path.with_name(f".{path.stem}.lock"))
    with suppress(OSError, NotImplementedError):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            events.note(f"another run is reading the same {what}; this run waits for it")
            lock.acquire()
    try:
        yield
    finally:
        if lock.is_locked:
            # First remove, then release: who waits for the removed file notices that, and locks a new one.
            with suppress(OSError):
                Path(lock.lock_file).unlink(missing_ok=True)
            lock.release()
