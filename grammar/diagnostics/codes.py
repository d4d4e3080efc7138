"""The codes of all diagnostics. The first two digits group them for readers; a code is never given a second meaning."""

from enum import Enum, StrEnum, auto, unique
from typing import Self


class Severity(StrEnum):
    """Whether a diagnostic stops the experiment."""

    ERROR = "error"
    WARNING = "warning"


class Category(Enum):
    """What a diagnostic is about, where the compiler treats the codes of a kind alike."""

    GENERAL = auto()
    FILES = auto()  # a file that others name: what it holds is unknown
    SYNTAX = auto()
    NAMES = auto()  # names, arguments, values
    MODEL = auto()  # shapes, and layers that do not go together
    SECTIONS = auto()  # rules across sections
    DATA = auto()
    RUN = auto()


@unique
class Code(StrEnum):
    """Every code with its category. E is for errors, W for warnings; the comment is a short title."""

    category: Category

    def __new__(cls, value: str, category: Category) -> Self:
        code = str.__new__(cls, value)
        code._value_ = value
        code.category = category
        return code

    @property
    def severity(self) -> Severity:
        """A warning if the code begins with W, else an error."""
        return Severity.WARNING if self.value.startswith("W") else Severity.ERROR

    # the command line and the language as a whole
    NOT_BUILT = "E0001", Category.GENERAL  # part of the language that this version does not run yet
    UNREADABLE_FILE = "E0002", Category.FILES  # a .lab file that is missing, or not UTF-8 text
    BAD_OVERRIDE = "E0003", Category.GENERAL  # --set for a name that is no let, or a value of another kind

    # syntax
    UNEXPECTED = "E0101", Category.SYNTAX  # a word or sign that cannot stand here
    UNCLOSED = "E0102", Category.SYNTAX  # an opening bracket without its closing one
    UNOPENED = "E0103", Category.SYNTAX  # a closing bracket without its opening one, or a body without
    STRAY = "E0104", Category.SYNTAX  # characters that mean nothing in the language
    BAD_STRING = "E0105", Category.SYNTAX  # a string without its closing quote, or with an unknown escape
    TOO_DEEP = "E0106", Category.SYNTAX  # nesting beyond the bound

    # names, arguments, values
    UNKNOWN_NAME = "E0201", Category.NAMES
    UNKNOWN_LAYER = "E0202", Category.NAMES
    UNKNOWN_SETTING = "E0203", Category.NAMES
    UNKNOWN_ARGUMENT = "E0204", Category.NAMES
    UNKNOWN_WORD = "E0205", Category.NAMES  # not one of the words a setting or argument takes
    WRONG_TYPE = "E0206", Category.NAMES
    OUT_OF_BOUNDS = "E0207", Category.NAMES
    MISSING = "E0208", Category.NAMES  # a setting, argument, or section that has no default
    DUPLICATE = "E0209", Category.NAMES
    TOO_MANY_ARGUMENTS = "E0210", Category.NAMES
    BAD_EXPRESSION = "E0211", Category.NAMES  # an operation that has no result
    BEYOND_BOUND = "E0212", Category.NAMES  # a bound on what a file may compute
    RECURSION = "E0213", Category.NAMES  # a block that uses itself
    UNIT_MISSING = "E0214", Category.NAMES  # a bare number where an angle or a share is expected
    UNKNOWN_TAP = "E0215", Category.NAMES
    FILE_CYCLE = "E0216", Category.FILES  # files that extend or use each other
    UNKNOWN_VARIED = (
        "E0217",
        Category.NAMES,
    )  # a comparison names neither a let nor, in variants, a setting
    KERAS_CLASS = "E0220", Category.NAMES  # a layer of Keras that cannot be a step
    KERAS_REFUSES = "E0221", Category.NAMES  # what Keras itself refuses

    # the model: shapes, and layers that do not go together
    INPUT = "E0301", Category.MODEL  # the model's input: missing, given twice, or in disagreement with the data
    MERGE_SHAPES = "E0302", Category.MODEL  # tensors that cannot be merged
    TOO_SMALL = "E0303", Category.MODEL  # a kernel or pool larger than what reaches it
    NEEDS_FLATTEN = "E0304", Category.MODEL  # dense on what still has a height and a width
    WRONG_RANK = "E0305", Category.MODEL  # a layer that needs other axes than it gets
    DOES_NOT_DIVIDE = "E0306", Category.MODEL  # channels that do not divide into groups
    SQUASHED_HEAD = "E0307", Category.MODEL  # the model ends with two output activations, one on the other
    CHANNELS = "E0310", Category.MODEL  # a network that takes images with three channels
    SMALL_IMAGE = "E0311", Category.MODEL  # an image smaller than a network takes

    # across sections
    HEAD_AND_LOSS = "E0401", Category.SECTIONS  # the last layer's units or activation against the loss
    HEAD_AND_CLASSES = "E0402", Category.SECTIONS  # the last layer's units against the number of classes
    MONITOR = "E0404", Category.SECTIONS  # `monitor` names a figure that is not measured
    SPLIT = "E0405", Category.SECTIONS  # parts that leave nothing, or ask for more than there is
    CLAIM_FAILS = "E0406", Category.SECTIONS  # `expect` claims something of the model that is not so
    NOTHING_VARIES = "E0407", Category.SECTIONS  # a comparison over a name that nothing depends on
    SOURCES = "E0408", Category.SECTIONS  # sources that leave open, or say twice, where something comes from
    NO_COLUMN = "E0409", Category.SECTIONS  # a column where the images do not come from a table
    PHANTOM_CLASSES = "E0410", Category.SECTIONS  # classes that a phantom does not draw
    WRONG_TASK = (
        "E0411",
        Category.SECTIONS,
    )  # a loss or metric for masks without masks, or the reverse
    MASKS_AND_OUTPUT = "E0412", Category.SECTIONS  # the model's output against the masks
    FOLDS = "E0413", Category.SECTIONS  # cross-validation at odds with the split
    FLAT_AXIS = "E0414", Category.SECTIONS  # augmentation along an axis of length 1
    SCHEDULE = "E0415", Category.SECTIONS  # a learning rate schedule at odds with the rest of `train`
    IMAGE_RANGE = "E0416", Category.SECTIONS  # ImageNet's weights, and images without a fixed range

    # data, found when a run reads it
    NO_FOLDER = "E0501", Category.DATA
    NO_IMAGES = "E0502", Category.DATA
    NO_CLASS = "E0503", Category.DATA  # files that match no class, or two
    UNREADABLE_IMAGE = "E0504", Category.DATA
    EMPTY_CLASS = "E0505", Category.DATA  # a class without images

    # running
    NO_DEVICE = "E0601", Category.RUN
    NO_BACKEND = "E0602", Category.RUN
    DIVERGED = "E0603", Category.RUN  # the loss is no longer a number
    BUSY = "E0604", Category.RUN  # the same training is going on in another process
    UNWRITABLE = "E0605", Category.RUN  # the folder for runs cannot be written to
    BROKEN_RECORD = "E0606", Category.RUN  # a file of a finished run is missing or broken
    NEWER_RECORD = "E0607", Category.RUN  # a file of a run was written by a newer version of labc
    NO_WEIGHTS = "E0610", Category.RUN  # a file of weights that is missing, or does not fit, or cannot be downloaded

    # warnings
    SHADOWED = "W0201", Category.NAMES  # a let that hides a word of the language
    UNUSED = "W0202", Category.NAMES  # a let or a tap that nothing uses
    OWN_WORD = "W0220", Category.NAMES  # a layer of Keras by its name, where the language has a word for it
    VARIANCE_SHIFT = "W0301", Category.MODEL  # dropout straight before batch normalisation
    SQUASHED = "W0302", Category.MODEL  # an output activation on another one, inside the model
    OUTPUT_DROPPED = "W0303", Category.MODEL  # dropout behind the last layer
    HINGE_HEAD = "W0401", Category.SECTIONS  # hinge wants -1 to 1, and the last activation never goes below 0
    BIG_BATCH = "W0402", Category.SECTIONS  # a batch larger than the training part
    LEARNING_RATE = "W0403", Category.SECTIONS  # a learning rate outside of what trains anything
    DIRECTION = "W0404", Category.SECTIONS  # the best epoch by the smallest accuracy, or by the largest loss
    NO_EFFECT = "W0405", Category.SECTIONS  # a step or a patience beyond the last epoch
    UNTRAINED = "W0410", Category.SECTIONS  # a network with random weights that never trains
    NOTHING_TRAINS = "W0411", Category.SECTIONS  # a model of which no weight changes
