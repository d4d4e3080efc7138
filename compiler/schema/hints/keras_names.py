"""What other tools call the words and arguments of the language: the way out for who writes them from habit."""

ARGUMENTS = {
    "kernel_size": "kernel", "pool_size": "size", "strides": "stride", "dilation_rate": "dilation",
    "use_bias": "bias", "kernel_initializer": "init", "learning_rate": "lr", "batch_size": "batch",
    "target_shape": "shape", "negative_slope": "slope",
}  # fmt: skip
"""Keras's arguments of layers, optimizers and `fit`."""

WORDS = {
    "bce": "binary_crossentropy", "cce": "categorical_crossentropy", "mean_squared_error": "mse",
    "mean_absolute_error": "mae", "swish": "silu", "float16": "mixed", "mixed_float16": "mixed",
    "sensitivity": "recall", "None": "none", "True": "true", "False": "false",
}  # fmt: skip
"""Words that settings and arguments take."""
