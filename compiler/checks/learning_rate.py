"""The learning rate and its schedule against the rest of `train`."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..model.graph import Graph
from ..sections import Cosine, Data, Schedule, Train

# Published learning rates lie well inside: from about 1e-6 (fine-tuning) to about 0.5 (SGD with large batches).
LOWEST, HIGHEST = 1e-8, 1.0


def check_learning_rate(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """The learning rate is in the usual range; one outside is most often a mistyped exponent."""
    del data, graph
    if train is None or LOWEST <= train.optimizer.first_rate <= HIGHEST or not train.is_given("optimizer"):
        return
    rate = train.optimizer.first_rate
    message = f"a learning rate of {rate:g} is outside the usual range, {LOWEST:g} to {HIGHEST:g}"
    yield Diagnostic(Code.LEARNING_RATE, message, train.optimizer.place("lr"), help="check the exponent")


def check_schedule(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """A warm-up ends before the training does, and only the schedule changes the learning rate."""
    del data, graph
    if train is None or not isinstance(train.optimizer.lr, Schedule):
        return
    schedule = train.optimizer.lr
    if isinstance(schedule, Cosine) and schedule.warmup >= train.epochs:
        message = f"the warm-up takes {schedule.warmup} epochs, and training has {train.epochs}"
        yield Diagnostic(Code.SCHEDULE, message, schedule.place("warmup"), help="give the warm-up fewer epochs")
    if train.reduce_lr != "none":
        message = f"`reduce_lr` and `{schedule.word()}` both change the learning rate"
        yield Diagnostic(Code.SCHEDULE, message, train.place("reduce_lr"), help="remove one of them")
