"""The metrics of segmentation in `history.csv`."""

from keras import ops

from ....compiler.metrics import METRICS, Accuracy, RatioMetric
from ..tasks import Segmentation
from ..tasks.task import Tensor
from .outcome_metric import OutcomeMetric


class MaskMetric(OutcomeMetric):
    """A metric of all pixels of all images since the last reset.

    It adds up shares of the pixels of an image instead of numbers of pixels, because a float32 cannot count beyond
    16 million.
    """

    def __init__(self, word: str, task: Segmentation) -> None:
        """Create the metric with the given name, without images."""
        super().__init__(word, len(task.scored))
        self.metric, self.task = METRICS[word], task
        self.right = self.add_weight(shape=(), initializer="zeros", name="right")
        self.images = self.add_weight(shape=(), initializer="zeros", name="images")

    def update_state(self, y_true: Tensor, y_pred: Tensor, sample_weight: Tensor = None) -> None:
        """Add the images of a batch: class numbers (image, …), outputs (image, …, unit)."""
        del sample_weight
        truth, marked = self.task.scored_channels_of(y_true), self.task.marked(y_pred)
        self.add_outcomes(truth, marked)
        right = ops.cast(ops.all(truth == marked, axis=-1), "float32")
        self.right.assign_add(ops.sum(ops.mean(right, axis=tuple(range(1, len(right.shape))))))
        self.images.assign_add(ops.cast(ops.shape(truth)[0], "float32"))

    def result(self) -> Tensor:
        """Return the value of the metric for all images since the last reset."""
        if self.metric is Accuracy:
            return self.right / ops.maximum(self.images, 1)
        assert issubclass(self.metric, RatioMetric)
        return self.mean_of(self.metric)
