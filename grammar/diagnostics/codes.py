"""Every diagnostic's code. The hundreds say what it is about; a code is never given a second meaning."""

from enum import StrEnum, unique


@unique
class Code(StrEnum):
    """E for errors, W for warnings; the words beside a code are its short title."""

    # the command line and the language as a whole
    NOT_BUILT = "E0001"  # part of the language that this version does not run yet
    UNREADABLE_FILE = "E0002"  # a .lab file that is missing, or not UTF-8 text
    BAD_OVERRIDE = "E0003"  # --set for a name that is no let, or a value of another kind

    # syntax
    UNEXPECTED = "E0101"  # a word or sign that cannot stand here
    UNCLOSED = "E0102"  # an opening bracket without its closing one
    UNOPENED = "E0103"  # a closing bracket without its opening one, or a body without
    STRAY = "E0104"  # characters that mean nothing in the language
    BAD_STRING = "E0105"  # a string without its closing quote, or with an unknown escape
    TOO_DEEP = "E0106"  # nesting beyond the bound

    # names, arguments, values
    UNKNOWN_NAME = "E0201"
    UNKNOWN_LAYER = "E0202"
    UNKNOWN_SETTING = "E0203"
    UNKNOWN_ARGUMENT = "E0204"
    UNKNOWN_WORD = "E0205"  # not one of the words a setting or argument takes
    WRONG_TYPE = "E0206"
    OUT_OF_BOUNDS = "E0207"
    MISSING = "E0208"  # a setting, argument, or section that has no default
    DUPLICATE = "E0209"
    TOO_MANY_ARGUMENTS = "E0210"
    BAD_EXPRESSION = "E0211"  # an operation that has no result
    BEYOND_BOUND = "E0212"  # a bound on what a file may compute
    RECURSION = "E0213"  # a block that uses itself
    UNIT_MISSING = "E0214"  # a bare number where an angle or a share is expected
    UNKNOWN_TAP = "E0215"
    FILE_CYCLE = "E0216"  # files that extend or use each other
    UNKNOWN_VARIED = "E0217"  # sweep, search or variants name neither a let nor, for variants, a setting
    KERAS_CLASS = "E0220"  # a layer of Keras that cannot be a step
    KERAS_REFUSES = "E0221"  # what Keras itself refuses

    # the model: shapes, and layers that do not go together
    INPUT = "E0301"  # the model's input: missing, given twice, or in disagreement with the data
    MERGE_SHAPES = "E0302"  # tensors that cannot be merged
    TOO_SMALL = "E0303"  # a kernel or pool larger than what reaches it
    NEEDS_FLATTEN = "E0304"  # dense on what still has a height and a width
    WRONG_RANK = "E0305"  # a layer that needs other axes than it gets
    DOES_NOT_DIVIDE = "E0306"  # channels that do not divide into groups
    SQUASHED_HEAD = "E0307"  # the model ends with two output activations, one on the other
    CHANNELS = "E0310"  # a network that takes images with three channels
    SMALL_IMAGE = "E0311"  # an image smaller than a network takes

    # across sections
    HEAD_AND_LOSS = "E0401"  # the last layer's units or activation against the loss
    HEAD_AND_CLASSES = "E0402"  # the last layer's units against the number of classes
    MONITOR = "E0404"  # `monitor` names a figure that is not measured
    SPLIT = "E0405"  # parts that leave nothing, or ask for more than there is
    CLAIM_FAILS = "E0406"  # `expect` claims something of the model that is not so
    NOTHING_VARIES = "E0407"  # a comparison over a name that nothing depends on
    SOURCES = "E0408"  # sources that leave open, or say twice, where something comes from
    NO_COLUMN = "E0409"  # a column where the images do not come from a table
    PHANTOM_CLASSES = "E0410"  # classes that a phantom does not draw
    WRONG_TASK = "E0411"  # what compares masks where there are none, or tells images apart where there are
    MASKS_AND_OUTPUT = "E0412"  # the model's output against the masks
    FOLDS = "E0413"  # cross-validation at odds with the split
    FLAT_AXIS = "E0414"  # augmentation along an axis of length 1
    SCHEDULE = "E0415"  # a learning rate schedule at odds with the rest of `train`
    IMAGE_RANGE = "E0416"  # ImageNet's weights, and images without a fixed range

    # data, found when a run reads it
    NO_FOLDER = "E0501"
    NO_IMAGES = "E0502"
    NO_CLASS = "E0503"  # files that match no class, or two
    UNREADABLE_IMAGE = "E0504"
    EMPTY_CLASS = "E0505"  # a class without images

    # running
    NO_DEVICE = "E0601"
    NO_BACKEND = "E0602"
    DIVERGED = "E0603"  # the loss is no longer a number
    BUSY = "E0604"  # the same training is going on in another process
    UNWRITABLE = "E0605"  # the folder for runs cannot be written to
    NO_WEIGHTS = "E0610"  # a file of weights that is missing, or does not fit, or cannot be downloaded

    # warnings
    SHADOWED = "W0201"  # a let that hides a word of the language
    UNUSED = "W0202"  # a let or a tap that nothing uses
    OWN_WORD = "W0220"  # a layer of Keras by its name, where the language has a word for it
    VARIANCE_SHIFT = "W0301"  # dropout straight before batch normalisation
    SQUASHED = "W0302"  # an output activation on another one, inside the model
    OUTPUT_DROPPED = "W0303"  # dropout behind the last layer
    HINGE_HEAD = "W0401"  # hinge wants -1 to 1, and the last activation never goes below 0
    BIG_BATCH = "W0402"  # a batch larger than the training part
    LEARNING_RATE = "W0403"  # a learning rate outside of what trains anything
    DIRECTION = "W0404"  # the best epoch by the smallest accuracy, or by the largest loss
    NO_EFFECT = "W0405"  # a step or a patience beyond the last epoch
    UNTRAINED = "W0410"  # a network with random weights that never trains
    NOTHING_TRAINS = "W0411"  # a model of which no weight changes
