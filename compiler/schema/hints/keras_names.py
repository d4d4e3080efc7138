"""Names of Keras for the arguments of labc, for the help for people who write the names of Keras."""

ARGUMENTS = {
    "kernel_size": "kernel", "pool_size": "size", "strides": "stride", "dilation_rate": "dilation",
    "use_bias": "bias", "kernel_initializer": "init", "learning_rate": "lr", "batch_size": "batch",
    "target_shape": "shape", "negative_slope": "slope",
}  # fmt: skip
"""The names of arguments in Keras (of layers, optimizers and `fit`), with their names in labc."""
