"""Runs `worker.py` in a process of its own and starts it again after a crash, a hang or a lack of memory."""

import json
import select
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
PROGRAMS = 400
"""The number of programs after which a worker is replaced, so that what one of them leaves behind does not add up."""


@dataclass(frozen=True)
class Verdict:
    """What is wrong with a program: `kind` is "" if nothing is; `detail` is what was seen."""

    kind: str
    detail: str = ""
    signature: frozenset[str] = field(default_factory=frozenset)


class Checker:
    """Checks programs in a worker process, with a limit of CPU time for each and a limit of memory."""

    def __init__(self, seconds: int = 12, memory: int = 1 << 30) -> None:
        self.seconds, self.memory = seconds, memory
        self.process: subprocess.Popen[bytes] | None = None
        self.checked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def check(self, data: bytes) -> Verdict:
        """Return what is wrong with a program."""
        process = self._running()
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps(data.decode("latin-1")).encode() + b"\n")
        process.stdin.flush()
        line = self._answer(process)
        if not line:
            return self._ended(process)
        answer = json.loads(line)
        if answer["kind"] in ("memory", "MemoryError"):
            self.stop()  # a new process has used little memory
        return Verdict(answer["kind"], answer.get("detail", ""), frozenset(answer.get("signature", ())))

    def stop(self) -> None:
        """End the process, if it runs."""
        if self.process:
            assert self.process.stdin and self.process.stdout
            self.process.kill()
            self.process.communicate()
            self.process = None

    def _running(self) -> "subprocess.Popen[bytes]":
        self.checked += 1
        if self.checked % PROGRAMS == 0:
            self.stop()
        if self.process is None:
            command = [sys.executable, "-m", "tests.fuzzing.worker", str(self.seconds), str(self.memory)]
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe)
            assert self.process.stdout
            if self.process.stdout.readline() != b"ready\n":
                raise RuntimeError("the process that checks programs cannot start")
        return self.process

    def _answer(self, process: "subprocess.Popen[bytes]") -> bytes:
        """Read the verdict. A process that sleeps uses no CPU time, so that the time is limited too."""
        assert process.stdout
        ready, _, _ = select.select([process.stdout], [], [], 20 * self.seconds)
        return process.stdout.readline() if ready else b""

    def _ended(self, process: "subprocess.Popen[bytes]") -> Verdict:
        """Return why there is no verdict, and forget the process."""
        self.stop()
        if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return Verdict("hang", f"no end within {self.seconds} s")
        return Verdict("crash", f"the process ended with status {process.returncode}")
