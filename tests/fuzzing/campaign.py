"""A run of the fuzzer: draws programs until its time is over, and keeps a small program for each kind of finding."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from .cases import FOLDER, save_case
from .mutations import mutate
from .process import Checker
from .seeds import drawn_text, seed_texts
from .shrink import shrink

SEEDS = 2000
"""The most texts that are mutated. Beyond it, a new one replaces a random one."""


@dataclass
class Campaign:
    """Checks the programs of one seed, one after the other, and counts what it finds."""

    seed: int
    folder: Path = FOLDER
    programs: int = 0
    sound: int = 0
    found: Counter[str] = field(default_factory=Counter)
    files: dict[str, Path] = field(default_factory=dict)
    """The file of the first finding of each kind."""

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.texts = seed_texts()
        self.signatures: set[str] = set()

    def run(self, minutes: float, checker: Checker) -> None:
        """Check the seeds themselves, then mutations of them, until the time is over."""
        end = time.monotonic() + 60 * minutes
        for data in [*self.texts]:
            self.check(data, checker)
        while time.monotonic() < end:
            self.check(self.next_program(), checker)

    def next_program(self) -> bytes:
        """Return a mutation of a seed, or of a valid program that is drawn for it."""
        start = drawn_text(self.draw) if self.draw.random() < 0.15 else self.draw.choice(self.texts)
        return start if self.draw.random() < 0.02 else mutate(self.draw, start, self.texts)

    def check(self, data: bytes, checker: Checker) -> None:
        """Check a program. If something is wrong for the first time, write a small program with the same fault."""
        verdict = checker.check(data)
        self.programs += 1
        if not verdict.kind:
            self.sound += not any(one.startswith("E") for one in verdict.signature)
            self.learn(data, verdict.signature)
            return
        self.found[verdict.kind] += 1
        if verdict.kind not in self.files:
            small = shrink(
                data, lambda one: checker.check(one).kind == verdict.kind, 60 if _is_slow(verdict.kind) else 400
            )
            self.files[verdict.kind] = save_case(verdict.kind, small, self.folder)
            text = small.decode(errors="backslashreplace")
            print(f"program {self.programs}: {verdict.detail}\n{self.files[verdict.kind]}:\n{text}\n", flush=True)

    def learn(self, data: bytes, signature: frozenset[str]) -> None:
        """Mutate a text from now on too if it gives a message that no text gave before."""
        if signature <= self.signatures:
            return
        self.signatures |= signature
        if len(self.texts) < SEEDS:
            self.texts.append(data)
        else:
            self.texts[self.draw.randrange(SEEDS)] = data


def _is_slow(kind: str) -> bool:
    return kind in ("hang", "slow", "crash", "memory", "MemoryError")
