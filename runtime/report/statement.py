"""A finding as a question and an answer."""

from dataclasses import dataclass

UNDECIDED = "Cannot be decided"


@dataclass(frozen=True)
class Statement:
    """A question, a short answer, which may be an empty string, and a long answer in whole sentences."""

    question: str
    short: str
    answer: str
