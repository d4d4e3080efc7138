"""Names of layers in PyTorch, fastai, MATLAB, Keras and in common abbreviations, with what labc has instead."""

import re
from functools import cache

from ...grammar.value_class import value_class
from . import LAYERS, MERGES


@value_class(slots=True)
class Counterpart:
    """What labc has for a layer of another tool: the help, and the text to write for the name, if there is one."""

    help: str
    text: str | None = None


_WORDS = {
    "conv": "convolution conv2 convlayer cnn",
    "conv_transpose": "transposedconv transposedconvolution convtransposed deconv deconvolution upconv",
    "depthwise_conv": "depthwise dwconv depthwiseconvolution channelwiseconvolution",
    "separable_conv": "sepconv separable dwsepconv separableconvolution",
    "maxpool": "maxpooling mp pool pooling",
    "avgpool": "averagepooling averagepool avgpooling meanpool",
    "global_maxpool": "gmp globalmaxpooling adaptivemaxpool adaptivemaxpooling",
    "global_avgpool": "gap globalaveragepooling globalavgpooling globalpool adaptiveavgpool "
    "adaptiveaveragepooling globalaveragepool",
    "upsample": "upsampling resize interpolate upsamplingnearest upsamplingbilinear",
    "zero_pad": "pad padding zeropadding constantpad",
    "crop": "cropping centercrop",
    "flatten": "flat view squeeze flattening",
    "reshape": "unflatten",
    "dense": "fc fullyconnected fullconnected innerproduct hidden linear affine lin linbndrop",
    "batchnorm": "bn batchnormalization syncbatchnorm",
    "layernorm": "ln layernormalization",
    "groupnorm": "gn groupnormalization",
    "rescale": "rescaling normalize normalization",
    "dropout": "drop dp do",
    "spatial_dropout": "dropout1d dropout2d dropout3d featuredropout",
    "gaussian_noise": "noise",
    "activation": "act",
    "leaky_relu": "lrelu",
    "silu": "swish",
    "concat": "cat concatenate concatenation depthconcatenation merge",
    "add": "addition plus sum",
    "multiply": "mul multiplication times",
    "average": "mean averaging",
    "linear": "identity",
    "input": "imageinput featureinput",
    "residual": "resblock residualblock skipconnection shortcut",
}
"""The words of labc, each with the names of the layer in other tools: in lower case, without `_`, `2d` and `Layer`."""
_MEANT = {other: word for word, others in _WORDS.items() for other in others.split()}

_KERAS = {
    "lstm": "LSTM", "gru": "GRU", "rnn": "SimpleRNN", "simplernn": "SimpleRNN", "convlstm": "ConvLSTM2D",
    "embedding": "Embedding", "prelu": "PReLU", "permute": "Permute", "unitnormalization": "UnitNormalization",
    "gaussiandropout": "GaussianDropout", "alphadropout": "AlphaDropout", "relu6": "ReLU",
    "repeatvector": "RepeatVector", "einsumdense": "EinsumDense", "masking": "Masking",
}  # fmt: skip
"""The layers for which labc has no word of its own, with their classes in Keras."""

_MISSING = {
    "instancenorm": "use `groupnorm` with as many groups as channels",
    "instancenormalization": "use `groupnorm` with as many groups as channels",
    "localresponsenorm": "`batchnorm` is the usual layer for its purpose",
    "lrn": "`batchnorm` is the usual layer for its purpose",
    "crosschannelnormalization": "`batchnorm` is the usual layer for its purpose",
    "attention": "a step has one input, and the layer takes several tensors",
    "multiheadattention": "a step has one input, and the layer takes several tensors",
    "transformer": "a step has one input, and the layer takes several tensors",
    "bidirectional": "the layer takes another layer as its argument",
    "timedistributed": "the layer takes another layer as its argument",
    "lambda": "a .lab file cannot contain Python code",
    "pixelshuffle": "use `upsample` or `conv_transpose`",
    "maxunpool": "use `upsample` or `conv_transpose`",
    "adaptiveconcatpool": "write `parallel(concat) { branch { global_avgpool } branch { global_maxpool } }`",
    "end": "remove it; a `}` ends a body",
    "while": "write `repeat 3 { … }`, or `for n in range(3) { … }`",
    "compile": "the settings of `train` are the optimizer and the loss",
    "fit": "`labc run` trains the model",
    "evaluate": "`labc run` evaluates the model",
    "sequential": "write the layers directly, one on each line or joined by `->`",
    "modulelist": "write the layers directly, or a loop: `repeat 3 { … }`",
    "model": "write the layers directly, one on each line or joined by `->`",
    "crossentropyloss": "the loss is a setting of `train`: `loss = categorical_crossentropy`",
    "bceloss": "the loss is a setting of `train`: `loss = binary_crossentropy`",
    "classification": "remove it; `loss` in `train` is the loss",
    "regression": "remove it; `loss` in `train` is the loss",
    "pixelclassification": "remove it; `loss` in `train` is the loss",
    "output": "write the last layer, for example `dense(1, sigmoid)`",
    "head": "write the last layer, for example `dense(1, sigmoid)`, or the standard block `classifier`",
    "logsoftmax": "use `softmax`: the losses take probabilities",
}
"""The layers that labc does not have, or does not need, with what to do instead."""


def counterpart(name: str) -> Counterpart | None:
    """Return what labc has for a layer of another tool; None if the name is not known.

    Upper and lower case, `_`, a module before a dot, the number of axes (`2d`), R's `layer_` and MATLAB's `Layer` are
    ignored.
    """
    plain = name.rpartition(".")[2].casefold().replace("_", "")
    for key in (plain, re.sub(r"[123]d", "", plain.removeprefix("layer").removesuffix("layer"))):
        if word := _MEANT.get(key) or _words().get(key):
            return Counterpart(f"`{name}` is called `{word}` here", word)
        if key in _MISSING:
            return Counterpart(f"labc has no layer `{name}`: {_MISSING[key]}")
        if key in _KERAS:
            keras = f"keras.{_KERAS[key]}"
            return Counterpart(f"labc has no word for this layer: write the layer of Keras, `{keras}(…)`", keras)
    return None


@cache
def _words() -> dict[str, str]:
    """Return the words of labc for its layers and merges; the keys are the words without `_`."""
    return {word.replace("_", ""): word for word in (*LAYERS, *MERGES)}
