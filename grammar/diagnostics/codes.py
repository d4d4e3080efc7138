"""The codes of all diagnostics. The first two digits are the group of a code. A code never gets a new meaning."""

from enum import Enum, StrEnum, auto, unique
from typing import Self


class Severity(StrEnum):
    """Whether a diagnostic stops the experiment."""

    ERROR = "error"
    WARNING = "warning"


class Category(Enum):
    """The subject of a diagnostic. The compiler treats all codes of a category in the same way."""

    GENERAL = auto()
    FILES = auto()  # a file that cannot be imported, so that its declarations are unknown
    SYNTAX = auto()
    NAMES = auto()  # names, arguments, values
    MODEL = auto()  # shapes, and layers that cannot be combined
    SECTIONS = auto()  # rules across sections
    DATA = auto()
    RUN = auto()


@unique
class Code(StrEnum):
    """All codes with their categories. E stands for errors, W for warnings. The comment is a short title."""

    category: Category

    def __new__(cls, value: str, category: Category) -> Self:
        code = str.__new__(cls, value)
        code._value_ = value
        code.category = category
        return code

    @property
    def severity(self) -> Severity:
        """WARNING for a code that begins with W, else ERROR."""
        return Severity.WARNING if self.value.startswith("W") else Severity.ERROR

    # the command line and the language as a whole
    NOT_BUILT = "E0001", Category.GENERAL  # part of the language that this version does not run yet
    UNREADABLE_FILE = "E0002", Category.FILES  # a .lab file that is missing, or not UTF-8 text
    BAD_OVERRIDE = "E0003", Category.GENERAL  # --set with the name of no `let`, or with a value of another type

    # syntax
    UNEXPECTED = "E0101", Category.SYNTAX  # a word or sign that is not allowed at this location
    UNCLOSED = "E0102", Category.SYNTAX  # an opening bracket without its closing bracket
    UNOPENED = "E0103", Category.SYNTAX  # a closing bracket without its opening bracket, or a body without its `{`
    STRAY = "E0104", Category.SYNTAX  # characters that mean nothing in the language
    BAD_STRING = "E0105", Category.SYNTAX  # a string without its closing quote, or with an unknown escape sequence
    TOO_DEEP = "E0106", Category.SYNTAX  # nesting that is too deep

    # names, arguments, values
    UNKNOWN_NAME = "E0201", Category.NAMES
    UNKNOWN_LAYER = "E0202", Category.NAMES
    UNKNOWN_SETTING = "E0203", Category.NAMES
    UNKNOWN_ARGUMENT = "E0204", Category.NAMES
    UNKNOWN_WORD = "E0205", Category.NAMES  # a word that is not allowed for a setting or argument
    WRONG_TYPE = "E0206", Category.NAMES
    OUT_OF_BOUNDS = "E0207", Category.NAMES
    MISSING = "E0208", Category.NAMES  # a setting, argument, or section that has no default
    DUPLICATE = "E0209", Category.NAMES
    TOO_MANY_ARGUMENTS = "E0210", Category.NAMES
    BAD_EXPRESSION = "E0211", Category.NAMES  # an operation that has no result
    BEYOND_BOUND = "E0212", Category.NAMES  # a computation beyond the limits
    RECURSION = "E0213", Category.NAMES  # a block that uses itself
    UNIT_MISSING = "E0214", Category.NAMES  # a number without the unit of an angle or a percentage
    UNKNOWN_TAP = "E0215", Category.NAMES  # the name of a tensor that no `as` defines
    FILE_CYCLE = "E0216", Category.FILES  # files that extend or use each other
    UNKNOWN_VARIED = (
        "E0217",
        Category.NAMES,
    )  # a comparison that varies an unknown name
    KERAS_CLASS = "E0220", Category.NAMES  # a layer of Keras that cannot be used in a model
    KERAS_REFUSES = "E0221", Category.NAMES  # a layer that Keras refuses

    # the model: shapes, and layers that cannot be combined
    INPUT = "E0301", Category.MODEL  # the model's input: missing, given twice, or in disagreement with the data
    MERGE_SHAPES = "E0302", Category.MODEL  # tensors that cannot be merged
    TOO_SMALL = "E0303", Category.MODEL  # a kernel or pool larger than its input
    NEEDS_FLATTEN = "E0304", Category.MODEL  # a dense layer whose input has a height and a width
    WRONG_RANK = "E0305", Category.MODEL  # a layer whose input has the wrong number of axes
    DOES_NOT_DIVIDE = "E0306", Category.MODEL  # channels that cannot be divided into equal groups
    SQUASHED_HEAD = "E0307", Category.MODEL  # two output activations at the end of the model, one after the other
    CHANNELS = "E0310", Category.MODEL  # a network that needs images with three channels
    SMALL_IMAGE = "E0311", Category.MODEL  # an image smaller than a network allows

    # across sections
    HEAD_AND_LOSS = "E0401", Category.SECTIONS  # the last layer's units or activation against the loss
    HEAD_AND_CLASSES = "E0402", Category.SECTIONS  # the last layer's units against the number of classes
    MONITOR = "E0404", Category.SECTIONS  # `monitor` names a metric that is not measured
    SPLIT = "E0405", Category.SECTIONS  # a split with an empty part, or with more images than there are
    CLAIM_FAILS = "E0406", Category.SECTIONS  # a claim of `expect` that is not true for the model
    NOTHING_VARIES = "E0407", Category.SECTIONS  # a comparison that varies a name which nothing uses
    SOURCES = "E0408", Category.SECTIONS  # images or labels that have no source, or two sources
    NO_COLUMN = "E0409", Category.SECTIONS  # a column, but the images do not come from a table
    PHANTOM_CLASSES = "E0410", Category.SECTIONS  # classes that a phantom does not draw
    WRONG_TASK = (
        "E0411",
        Category.SECTIONS,
    )  # a loss or metric of segmentation for classification, or the reverse
    MASKS_AND_OUTPUT = "E0412", Category.SECTIONS  # an output of the model that does not match the masks
    FOLDS = "E0413", Category.SECTIONS  # cross-validation that contradicts the split
    FLAT_AXIS = "E0414", Category.SECTIONS  # augmentation along an axis of length 1
    SCHEDULE = "E0415", Category.SECTIONS  # a learning rate schedule that contradicts other settings of `train`
    IMAGE_RANGE = "E0416", Category.SECTIONS  # ImageNet's weights, and images without a fixed range
    BLENDED_LABELS = "E0417", Category.SECTIONS  # `mixup`, but labels that cannot be blended

    # data, found when a run reads it
    NO_FOLDER = "E0501", Category.DATA
    NO_IMAGES = "E0502", Category.DATA
    NO_CLASS = "E0503", Category.DATA  # files that match no class, or two classes
    UNREADABLE_IMAGE = "E0504", Category.DATA
    EMPTY_CLASS = "E0505", Category.DATA  # a class without images
    BAD_TABLE = "E0506", Category.DATA  # a table that cannot be read, lacks a column, or contradicts itself
    NO_FILE = "E0507", Category.DATA  # files that a table lists and that do not exist
    BAD_ARRAYS = "E0508", Category.DATA  # an .npz file without the arrays that a run needs
    DIVIDED_FOLDER = "E0509", Category.DATA  # a folder whose subfolders are the parts
    SAME_IMAGES = "E0510", Category.DATA  # identical images that are refused
    NO_GROUP = "E0511", Category.DATA  # images without a group
    SPLIT_TABLE = "E0512", Category.DATA  # a table of parts that does not fit the images
    NEEDS_WINDOW = "E0513", Category.DATA  # values without a range that is black to white
    MASK_PAIRS = "E0520", Category.DATA  # images without a mask, masks without an image
    MASK_SIZE = "E0521", Category.DATA  # a mask of another size than its image, or turned against it
    MASK_VALUES = "E0522", Category.DATA  # masks whose values are no classes
    SHARED_GROUP = "E0530", Category.DATA  # a group with images in two parts

    # running
    NO_DEVICE = "E0601", Category.RUN
    NO_BACKEND = "E0602", Category.RUN
    DIVERGED = "E0603", Category.RUN  # the loss is no longer a number
    BUSY = "E0604", Category.RUN  # a training run that another process is already running
    UNWRITABLE = "E0605", Category.RUN  # the folder for runs cannot be written to
    BROKEN_RECORD = "E0606", Category.RUN  # a file of a finished run is missing or broken
    NEWER_RECORD = "E0607", Category.RUN  # a file of a run was written by a newer version of labc
    NO_WEIGHTS = "E0610", Category.RUN  # a file of weights that is missing, does not fit, or cannot be downloaded

    # warnings
    SHADOWED = "W0201", Category.NAMES  # a let that hides a word of the language
    UNUSED = "W0202", Category.NAMES  # a `let` or a tap (a tensor named by `as`) that nothing uses
    OWN_WORD = "W0220", Category.NAMES  # a layer of Keras that has its own name in labc
    VARIANCE_SHIFT = "W0301", Category.MODEL  # dropout directly before batch normalisation
    SQUASHED = "W0302", Category.MODEL  # two output activations inside the model, one after the other
    OUTPUT_DROPPED = "W0303", Category.MODEL  # dropout after the last layer
    HINGE_HEAD = "W0401", Category.SECTIONS  # hinge needs outputs from -1 to 1, but the head is never below 0
    BIG_BATCH = "W0402", Category.SECTIONS  # a batch larger than the number of training images
    LEARNING_RATE = "W0403", Category.SECTIONS  # a learning rate that is too low or too high for training
    DIRECTION = "W0404", Category.SECTIONS  # the best epoch has the smallest accuracy, or the largest loss
    NO_EFFECT = "W0405", Category.SECTIONS  # a setting that only takes effect after the last epoch
    IDLE_AUGMENTATION = "W0406", Category.SECTIONS  # a setting of `augment` that changes no image
    UNTRAINED = "W0410", Category.SECTIONS  # a network with random weights that is never trained
    NOTHING_TRAINS = "W0411", Category.SECTIONS  # a model without trainable weights
    DUPLICATES = "W0501", Category.DATA  # identical images in two parts or in two classes
    NARROW_RANGE = "W0502", Category.DATA  # images that use a small part of the range of their values
    MISSING_CLASS = "W0520", Category.DATA  # a part without images of a class
