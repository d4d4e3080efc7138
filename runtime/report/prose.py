"""What a run taught, in words: one question and one answer at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from .findings import Gap, Learned, Mistakes, Standing
from .number_format import number, percent, percent_range, points
from .trend import FEWEST, Improving, Untold


@dataclass(frozen=True)
class Statement:
    """What a reader asks of a run; the answer in short, where there is one; and what stands behind it."""

    question: str
    short: str
    answer: str


def in_words(learned: Learned) -> tuple[Statement, ...]:
    """Say what a run taught. Of a quick run that is nothing, and only this is said."""
    return (_quick(),) if learned.quick else tuple(_statements(learned))


def _statements(learned: Learned) -> Iterable[Statement]:
    if learned.broken is not None:
        yield _broken(learned.broken)
    if learned.standing:
        yield _how_good(learned.standing)
        yield _better_than_guessing(learned.standing)
    yield _which_epoch(learned)
    yield _overfits(learned)
    yield _still_improving(learned.improving, learned.training_improving)
    if learned.gaps:
        yield _gap(learned.gaps)
    if learned.mistakes:
        two = len(learned.classes) == 2
        yield _two_classes(learned.mistakes[0]) if two else _many_classes(learned)
    if learned.reached:
        yield _how_soon(learned)
    if learned.missing:
        yield _missing(learned.missing)


def _quick() -> Statement:
    return Statement(
        "What do these figures mean?",
        "Nothing",
        "This was a --quick run: a rehearsal on a few images and epochs, which shows that "
        "everything works from the file to this page. Run it without --quick to learn something.",
    )


def _broken(epoch: int) -> Statement:
    return Statement(
        "Did training work?",
        "No",
        f"In epoch {epoch} the loss stopped being a finite number. A smaller learning rate, or a limit "
        "on the gradient (clip), is the usual cure.",
    )


def _how_good(standing: Standing) -> Statement:
    share = percent(standing.correct / standing.total)
    flattered = " These images also chose the best epoch, which flatters the figure a little."
    return Statement(
        "How good is it?",
        share if not standing.only else f"{share}, by naming every image {standing.only}",
        f"{standing.correct} of {standing.total} {standing.part} images are named rightly; the 95% interval "
        f"is {percent_range(standing.interval)}. It speaks of the choice of images: what another seed would "
        "give, only repeats can tell." + (flattered if standing.part == "validation" else ""),
    )


def _better_than_guessing(standing: Standing) -> Statement:
    if standing.only:
        return Statement(
            "Is it better than always naming the most frequent class?",
            f"No: it names every image {standing.only}",
            f"Not one of the {standing.total} {standing.part} images was named anything else, so it tells the classes "
            "apart no better than a fixed answer would.",
        )
    short, place = {
        "better": ("Yes", "lies above that"),
        "worse": ("No, it is worse", "lies below that"),
        "no difference": ("Cannot be told", "holds that figure"),
    }[standing.verdict]
    return Statement(
        "Is it better than always naming the most frequent class?",
        short,
        f"Always answering “{standing.common}” would be right for {percent(standing.baseline)} of "
        f"these images; the 95% interval of {percent_range(standing.interval)} {place}.",
    )


def _which_epoch(learned: Learned) -> Statement:
    best = learned.best
    last = (
        "It was also the last."
        if best.epoch == best.of
        else f"In the last epoch, {best.of}, it was {number(best.final)}."
    )
    early = f" Training stopped before the {best.planned} epochs asked for." if best.of < best.planned else ""
    return Statement(
        "Which epoch was best?",
        f"{best.epoch} of {best.of}",
        f"Best is {best.monitor}, which was {number(best.value)}. {last}{early}",
    )


def _overfits(learned: Learned) -> Statement:
    found, question = learned.overfitting, "Does it overfit, and from when?"
    rise = number(found.rise)
    if found.verdict == "yes":
        return Statement(
            question,
            f"From about epoch {found.epoch}",
            f"Since then the validation loss, averaged over neighbouring epochs, rose by {rise}, "
            f"{found.rise / found.noise:.0f} times its noise, while the training loss fell by "
            f"{number(found.training_fall)}.",
        )
    if found.verdict == "training flat":
        return Statement(
            question,
            "Not as such",
            f"The validation loss rose by {rise} from its lowest, around epoch {found.epoch}, but "
            "the training loss no longer fell measurably: it got worse without learning the training "
            "images better.",
        )
    if found.verdict == "no":
        return Statement(
            question,
            "Not measurably",
            f"The validation loss, averaged over neighbouring epochs, ends {rise} above its lowest, which does not "
            f"stand out from its noise (standard error {number(found.noise)})."
            if found.rise
            else "The validation loss is lowest at the end.",
        )
    return Statement(question, "Cannot be told", _untold(found.verdict))


def _still_improving(validation: Improving, training: Improving) -> Statement:
    question = "Was it still improving when training stopped?"
    if validation.verdict == "yes":
        return Statement(
            question,
            "Yes",
            f"Over the last {validation.span} epochs the validation loss fell by "
            f"{number(validation.fall)}, which is {validation.fall / validation.noise:.0f} times its noise. "
            "More epochs may help.",
        )
    if validation.verdict == "no":
        also = " The training loss was still falling." if training.verdict == "yes" else ""
        return Statement(
            question,
            "Not measurably",
            f"Over the last {validation.span} epochs the validation loss did not fall by more than its noise.{also}",
        )
    return Statement(question, "Cannot be told", _untold(validation.verdict))


def _untold(reason: Untold) -> str:
    return {
        "too few epochs": f"Too few epochs to tell: below {FEWEST}, the noise of a loss cannot be known.",
        "not a number": "A loss is not a finite number.",
        "not measured": "No validation loss was measured.",
    }[reason]


def _gap(gaps: tuple[Gap, ...]) -> Statement:
    first = gaps[0]
    short = number(abs(first.difference)) if first.interval is None else points(first.difference)
    return Statement(
        "How large is the gap between train and validation?",
        short if first.interval is None or first.stands_out else "No larger than noise",
        " ".join(_one_gap(gap) for gap in gaps),
    )


def _one_gap(gap: Gap) -> str:
    if gap.interval is None:
        return (
            f"The {gap.measure} is {number(gap.train)} on the training images and "
            f"{number(gap.validation)} on the validation images. How much of the "
            f"difference of {number(abs(gap.difference))} is noise is not known."
        )
    low, high = (f"{100 * end:.1f}" for end in gap.interval)
    verdict = "more than the choice of images explains" if gap.stands_out else "which may be chance"
    return (
        f"The {gap.measure} is {percent(gap.train)} on the training images and {percent(gap.validation)} on "
        f"the validation images: {points(gap.difference)} apart (95% interval {low} to {high}), {verdict}."
    )


def _two_classes(pair: Mistakes) -> Statement:
    (first, second), (left, right), (images, others) = pair.classes, pair.counts, pair.of
    more = first if left * others > right * images else second
    return Statement(
        "Which class is missed more often?",
        more if pair.stands_out else "Cannot be told",
        f"{left} of {images} {first} images are named {second}, and {right} of {others} {second} images are "
        f"named {first}. " + (f"{more} is missed more often." if pair.stands_out else "That may be chance."),
    )


def _many_classes(learned: Learned) -> Statement:
    top = learned.mistakes[0]
    listed = ", ".join(f"{' and '.join(pair.classes)} {sum(pair.counts)}" for pair in learned.mistakes)
    verdict = "" if top.stands_out else " The first is not measurably more frequent than the second."
    return Statement(
        "Which classes are confused most often?",
        " and ".join(top.classes) if top.stands_out else "Cannot be told",
        f"Of {learned.errors} mistakes, the most frequent are between {listed}.{verdict}",
    )


def _how_soon(learned: Learned) -> Statement:
    firsts = {
        "in training": [(level.level, level.train) for level in learned.reached],
        "in validation": [(level.level, level.validation) for level in learned.reached],
    }
    listed = "; ".join(
        f"{where} {', '.join(f'{level:.0%} in epoch {epoch}' for level, epoch in reached if epoch)}"
        for where, reached in firsts.items()
        if any(epoch for _, epoch in reached)
    )
    return Statement("How many epochs to a given accuracy?", "", f"First reached {listed}. A single epoch may be luck.")


def _missing(missing: tuple[tuple[str, str], ...]) -> Statement:
    listed = ", ".join(f"{name} in {part}" for part, name in missing)
    return Statement(
        "What could not be measured?",
        "",
        f"Some classes have no image in a part, so nothing there speaks of them: {listed}.",
    )
