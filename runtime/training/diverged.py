"""What a training raises when its loss is no longer a number; apart from Keras, so that it can be caught without it."""


class Diverged(Exception):
    """The loss is nan or infinite."""

    def __init__(self, epoch: int) -> None:
        """In an epoch, counted from 1."""
        super().__init__(epoch)
        self.epoch = epoch
