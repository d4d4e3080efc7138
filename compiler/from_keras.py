"""Keras's names for what the language calls otherwise: the way out for who writes them from habit."""

LAYERS = {
    "Conv": "conv", "Convolution": "conv", "ConvTranspose": "conv_transpose", "SeparableConv": "separable_conv",
    "DepthwiseConv": "depthwise_conv", "MaxPooling": "maxpool", "MaxPool": "maxpool", "AveragePooling": "avgpool",
    "AvgPool": "avgpool", "GlobalMaxPooling": "global_maxpool", "GlobalMaxPool": "global_maxpool",
    "GlobalAveragePooling": "global_avgpool", "GlobalAvgPool": "global_avgpool", "UpSampling": "upsample",
    "ZeroPadding": "zero_pad", "Cropping": "crop", "BatchNormalization": "batchnorm",
    "LayerNormalization": "layernorm", "GroupNormalization": "groupnorm", "SpatialDropout": "spatial_dropout",
    "GaussianNoise": "gaussian_noise", "Rescaling": "rescale", "Concatenate": "concat", "InputLayer": "input",
    "Add": "add", "Multiply": "multiply", "Average": "average", "Maximum": "maximum", "Dense": "dense",
    "Flatten": "flatten", "Reshape": "reshape", "Dropout": "dropout", "Activation": "activation", "ReLU": "relu",
    "LeakyReLU": "leaky_relu", "ELU": "elu", "Softmax": "softmax",
}  # fmt: skip
"""Layers, without the number of axes in their name."""

ARGUMENTS = {
    "kernel_size": "kernel", "pool_size": "size", "strides": "stride", "dilation_rate": "dilation",
    "use_bias": "bias", "kernel_initializer": "init", "learning_rate": "lr", "batch_size": "batch",
    "target_shape": "shape", "negative_slope": "slope",
}  # fmt: skip
"""Arguments of layers, optimizers and `fit`."""


def layer_word(name: str) -> str | None:
    """The word for a layer by Keras's name, `conv` for `Conv2D` and `keras.layers.Conv2D`."""
    plain = name.rpartition(".")[2]
    for axes in ("1D", "2D", "3D"):
        plain = plain.replace(axes, "")
    return LAYERS.get(plain)


def argument_word(name: str) -> str | None:
    """The word for an argument by Keras's name."""
    return ARGUMENTS.get(name)
