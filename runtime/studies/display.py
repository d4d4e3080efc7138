"""What a run reports while it goes on."""


class Display:
    """Receives the progress of a run and shows nothing. Subclasses show it."""

    def stage(self, name: str) -> None:
        """A stage of unknown length begins."""

    def images(self, done: int, total: int) -> None:
        """`done` of `total` images are ready."""

    def training(self, epochs: int, batches: int) -> None:
        """Training begins: the number of epochs, and of batches in each."""

    def batch(self, epoch: int, done: int) -> None:
        """`done` batches of an epoch (counted from 1) are done."""

    def epoch(self, epoch: int, figures: dict[str, float]) -> None:
        """An epoch (counted from 1) is done."""

    def close(self) -> None:
        """Nothing more comes."""
