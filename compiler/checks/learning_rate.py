"""Check the learning rate, and that its schedule agrees with the rest of `train`."""

from collections.abc import Iterator

from ...grammar.diagnostics.codes import Code
from ...grammar.diagnostics.diagnostic import Diagnostic
from ..model.graph import Graph
from ..sections import Cosine, Data, Schedule, Train

# Published learning rates lie well inside these bounds: about 1e-6 (fine-tuning) to 0.5 (SGD with large batches).
LOWEST, HIGHEST = 1e-8, 1.0


def check_learning_rate(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Warn about a learning rate outside the usual range: most often its exponent is mistyped."""
    del data, graph
    if train is None or LOWEST <= train.optimizer.first_rate <= HIGHEST or not train.is_given("optimizer"):
        return
    rate = train.optimizer.first_rate
    message = f"a learning rate of {rate:g} is outside the usual range, {LOWEST:g} to {HIGHEST:g}"
    yield Diagnostic(Code.LEARNING_RATE, message, train.optimizer.place("lr"), help="check the exponent")


def check_schedule(data: Data | None, train: Train | None, graph: Graph | None) -> Iterator[Diagnostic]:
    """Report a warm-up that is not shorter than the training, and `reduce_lr` together with a schedule."""
    del data, graph
    if train is None or not isinstance(train.optimizer.lr, Schedule):
        return
    schedule = train.optimizer.lr
    if isinstance(schedule, Cosine) and schedule.warmup >= train.epochs:
        message = f"`warmup` must be less than `epochs` ({train.epochs}), but is {schedule.warmup}"
        yield Diagnostic(Code.SCHEDULE, message, schedule.place("warmup"), help="use fewer epochs for the warm-up")
    if train.reduce_lr != "none":
        message = f"cannot use `reduce_lr` with `{schedule.word()}`: both change the learning rate"
        yield Diagnostic(Code.SCHEDULE, message, train.place("reduce_lr"), help="remove one of them")
