"""Names of Keras for the words and arguments of labc, for the help for people who write the names of Keras."""

ARGUMENTS = {
    "kernel_size": "kernel", "pool_size": "size", "strides": "stride", "dilation_rate": "dilation",
    "use_bias": "bias", "kernel_initializer": "init", "learning_rate": "lr", "batch_size": "batch",
    "target_shape": "shape", "negative_slope": "slope",
}  # fmt: skip
"""The names of arguments in Keras (of layers, optimizers and `fit`), with their names in labc."""

WORDS = {
    "bce": "binary_crossentropy", "cce": "categorical_crossentropy", "mean_squared_error": "mse",
    "mean_absolute_error": "mae", "swish": "silu", "float16": "mixed", "mixed_float16": "mixed",
    "sensitivity": "recall", "None": "none", "True": "true", "False": "false",
}  # fmt: skip
"""The names of losses, activations and other words in Keras and other tools, with their names in labc."""
