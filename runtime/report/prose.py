"""Writes the findings of a run as sentences: each finding becomes a question and an answer."""

from collections.abc import Iterator

from .findings import Accuracy, ConfusedPair, Findings, Gap, LevelReached
from .label_prose import describe_labels
from .mask_prose import describe_masks
from .number_format import number, percent, percent_range, points
from .number_prose import describe_numbers
from .statement import UNDECIDED, Statement
from .trend import MIN_EPOCHS, Improving, Undecidable


def describe_findings(findings: Findings) -> tuple[Statement, ...]:
    """Return the findings as statements. For a quick run, the only statement says that its results mean nothing."""
    return (quick_statement(),) if findings.quick else tuple(_statements(findings))


def _statements(findings: Findings) -> Iterator[Statement]:
    if findings.diverged is not None:
        yield _diverged(findings.diverged)
    if findings.accuracy:
        yield _accuracy(findings.accuracy)
        yield _against_baseline(findings.accuracy)
    if findings.labels:
        yield from describe_labels(findings.labels)
    if findings.numbers:
        yield from describe_numbers(findings.numbers)
    if findings.masks:
        yield from describe_masks(findings.masks)
    yield _best_epoch(findings)
    yield _overfitting(findings)
    yield _improving(findings.improving, findings.training_improving)
    if findings.gaps:
        yield _gaps(findings.gaps)
    if findings.confused:
        two = len(findings.classes) == 2
        yield _two_classes(findings.confused[0]) if two else _many_classes(findings)
    if findings.reached:
        yield _levels(findings.reached, "Dice index" if findings.masks else "accuracy")
    if findings.missing:
        yield _missing(findings.missing)


def quick_statement() -> Statement:
    """Return the statement that the results of a quick run mean nothing."""
    return Statement(
        "What do these results mean?",
        "Nothing",
        "This was a --quick run, with a few images and one epoch. It only shows that all steps work, from the file to "
        "this page. Run the experiment without --quick for real results.",
    )


def _diverged(epoch: int) -> Statement:
    return Statement(
        "Did training work?",
        "No",
        f"In epoch {epoch} the loss became infinite or undefined. A lower learning rate or gradient clipping (the "
        "setting clip) usually helps.",
    )


def _accuracy(accuracy: Accuracy) -> Statement:
    share = percent(accuracy.correct / accuracy.total)
    optimistic = " The best epoch was chosen on the same images, so the true accuracy may be slightly lower."
    return Statement(
        "How good is it?",
        share if not accuracy.constant else f"{share}, by predicting {accuracy.constant} for every image",
        f"{accuracy.correct} of {accuracy.total} {accuracy.part} images are predicted correctly; the 95% interval is "
        f"{percent_range(accuracy.interval)}. The interval covers only the random choice of the images. The effect of "
        "the seed is not known from one training run." + (optimistic if accuracy.part == "validation" else ""),
    )


def _against_baseline(accuracy: Accuracy) -> Statement:
    question = "Is it better than always predicting the most frequent class?"
    if accuracy.constant:
        return Statement(
            question,
            f"No: it predicts {accuracy.constant} for every image",
            f"All {accuracy.total} {accuracy.part} images were predicted as this class, so the model does not "
            "distinguish the classes at all.",
        )
    short, position = {
        "better": ("Yes", "is above that value"),
        "worse": ("No, it is worse", "is below that value"),
        "no difference": (UNDECIDED, "includes that value"),
    }[accuracy.verdict]
    return Statement(
        question,
        short,
        f"Always predicting “{accuracy.majority}” would be correct for {percent(accuracy.baseline)} of these images; "
        f"the 95% interval of {percent_range(accuracy.interval)} {position}.",
    )


def _best_epoch(findings: Findings) -> Statement:
    best = findings.best
    last = (
        "It was also the last epoch."
        if best.epoch == best.trained
        else f"In the last epoch ({best.trained}) the value was {number(best.final)}."
    )
    early = f" Training stopped early: {best.planned} epochs were planned." if best.trained < best.planned else ""
    return Statement(
        "Which epoch was best?",
        f"{best.epoch} of {best.trained}",
        f"The best epoch is chosen by {best.monitor}; its value was {number(best.value)}. {last}{early}",
    )


def _overfitting(findings: Findings) -> Statement:
    overfitting, question = findings.overfitting, "Does it overfit, and from which epoch?"
    rise = number(overfitting.rise)
    if overfitting.verdict == "yes":
        return Statement(
            question,
            f"From about epoch {overfitting.epoch}",
            f"Since then the validation loss, averaged over neighbouring epochs, rose by {rise}, which is "
            f"{overfitting.rise / overfitting.noise:.0f} times its noise, while the training loss fell by "
            f"{number(overfitting.training_fall)}.",
        )
    if overfitting.verdict == "training flat":
        return Statement(
            question,
            "No, but the validation loss rose",
            f"The validation loss rose by {rise} from its minimum around epoch {overfitting.epoch}, but the training "
            "loss did not fall measurably in the same epochs. So the model became worse on the validation images, but "
            "not better on the training images.",
        )
    if overfitting.verdict == "no":
        return Statement(
            question,
            "Not measurably",
            f"The validation loss, averaged over neighbouring epochs, ends {rise} above its minimum. This is within "
            f"its noise (standard error {number(overfitting.noise)})."
            if overfitting.rise
            else "The validation loss is lowest at the end.",
        )
    return Statement(question, UNDECIDED, _reason(overfitting.verdict))


def _improving(validation: Improving, training: Improving) -> Statement:
    question = "Was it still improving when training stopped?"
    if validation.verdict == "yes":
        return Statement(
            question,
            "Yes",
            f"Over the last {validation.span} epochs the validation loss fell by {number(validation.fall)}, which is "
            f"{validation.fall / validation.noise:.0f} times its noise. More epochs may help.",
        )
    if validation.verdict == "no":
        also = " The training loss was still falling." if training.verdict == "yes" else ""
        return Statement(
            question,
            "Not measurably",
            f"Over the last {validation.span} epochs the validation loss did not fall by more than its noise.{also}",
        )
    return Statement(question, UNDECIDED, _reason(validation.verdict))


def _reason(reason: Undecidable) -> str:
    return {
        "too few epochs": f"With fewer than {MIN_EPOCHS} epochs, the noise of a loss cannot be estimated.",
        "not a number": "A loss is not a finite number.",
        "not measured": "No validation loss was measured.",
    }[reason]


def _gaps(gaps: tuple[Gap, ...]) -> Statement:
    first = gaps[0]
    short = number(abs(first.difference)) if first.interval is None else points(first.difference)
    return Statement(
        "How large is the gap between training and validation?",
        short if first.interval is None or first.is_significant else "Not larger than its noise",
        " ".join(_gap(gap) for gap in gaps),
    )


def _gap(gap: Gap) -> str:
    if gap.interval is None:
        return (
            f"The {_name(gap.measure)} is {number(gap.train)} on the training images and {number(gap.validation)} on "
            f"the validation images. How much of this difference of {number(abs(gap.difference))} is noise is unknown."
        )
    low, high = (f"{100 * end:.1f}" for end in gap.interval)
    verdict = "which is more than the choice of the images explains" if gap.is_significant else "which may be chance"
    return (
        f"The {_name(gap.measure)} is {percent(gap.train)} on the training images and {percent(gap.validation)} on the "
        f"validation images: a difference of {points(gap.difference)} (95% interval {low} to {high}), {verdict}."
    )


def _name(measure: str) -> str:
    """Return the name of a metric in a sentence."""
    return {"auc": "AUC", "mae": "mean absolute error", "dice": "Dice index"}.get(measure, measure)


def _two_classes(pair: ConfusedPair) -> Statement:
    (first, second), (left, right), (images, others) = pair.classes, pair.counts, pair.totals
    more = first if left * others > right * images else second
    return Statement(
        "Which class is missed more often?",
        more if pair.is_significant else UNDECIDED,
        f"{left} of {images} {first} images are predicted as {second}, and {right} of {others} {second} images as "
        f"{first}. " + (f"{more} is missed more often." if pair.is_significant else "The difference may be chance."),
    )


def _many_classes(findings: Findings) -> Statement:
    top = findings.confused[0]
    listed = ", ".join(f"{' and '.join(pair.classes)} ({sum(pair.counts)})" for pair in findings.confused)
    verdict = "" if top.is_significant else " The first pair is not measurably more frequent than the second."
    return Statement(
        "Which classes are confused most often?",
        " and ".join(top.classes) if top.is_significant else UNDECIDED,
        f"Of {findings.errors} wrong predictions, the most frequent are between {listed}.{verdict}",
    )


def _levels(reached: tuple[LevelReached, ...], measure: str) -> Statement:
    epochs = {
        "in training": [(level.level, level.train) for level in reached],
        "in validation": [(level.level, level.validation) for level in reached],
    }
    listed = "; ".join(
        f"{where}: {', '.join(f'{level:.0%} in epoch {epoch}' for level, epoch in levels if epoch)}"
        for where, levels in epochs.items()
        if any(epoch for _, epoch in levels)
    )
    article = "an" if measure == "accuracy" else "a"
    question = f"After how many epochs was {article} {measure} reached?"
    start = measure[0].upper() + measure[1:]
    return Statement(question, "", f"{start} {listed}. The {measure} of a single epoch may be chance.")


def _missing(missing: tuple[tuple[str, str], ...]) -> Statement:
    listed = ", ".join(f"{name} in {part}" for part, name in missing)
    return Statement(
        "What could not be measured?",
        "",
        f"Some classes have no images in one part of the data, so they were not evaluated there: {listed}.",
    )
