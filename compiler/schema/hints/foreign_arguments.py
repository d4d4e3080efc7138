"""Arguments of layers in PyTorch, fastai, MATLAB and other tools, with their names in labc."""

RENAMED: dict[str, tuple[str, ...]] = {
    "p": ("rate",), "prob": ("rate",), "probability": ("rate",), "drop_rate": ("rate",), "dropout": ("rate",),
    "drop_prob": ("rate",), "ps": ("rate",),
    "out_features": ("units",), "num_units": ("units",), "output_dim": ("units",), "n_out": ("units",),
    "output_size": ("units", "size"), "neurons": ("units",), "nodes": ("units",), "size": ("kernel", "units"),
    "out_channels": ("filters",), "num_filters": ("filters",), "n_filters": ("filters",), "nf": ("filters",),
    "num_outputs": ("filters", "units"), "features": ("filters", "units"), "channels": ("filters",),
    "filter_size": ("kernel",), "kernel_size": ("size",), "kernel": ("size",), "ks": ("kernel", "size"),
    "ksize": ("kernel", "size"), "window": ("size",), "scale_factor": ("size",),
    "mode": ("interpolation", "padding"), "act": ("activation",), "act_fn": ("activation",),
    "act_cls": ("activation",), "activation_fn": ("activation",), "nonlinearity": ("activation",),
    "func": ("function",),
    "eps": ("epsilon",), "num_groups": ("groups",), "alpha": ("slope",), "std": ("stddev",), "sigma": ("stddev",),
    "weight_init": ("init",), "initializer": ("init",), "weights_initializer": ("init",), "weight_decay": ("l2",),
    "kernel_regularizer": ("l2",), "regularizer": ("l2",), "biases": ("bias",), "learn_rate": ("lr",), "eta": ("lr",),
    "step_size": ("lr",), "beta1": ("beta_1",), "beta2": ("beta_2",), "wd": ("weight_decay",), "mom": ("momentum",),
    "gamma": ("factor",), "milestones": ("at",), "warmup_epochs": ("warmup",),
}  # fmt: skip
"""The names of arguments in other tools, with the names that they may have in labc: the first that a class has."""

SAME = {"p", "prob", "drop_rate", "drop_prob", "ps", "out_features", "out_channels", "eps", "num_groups"}
"""The arguments whose value means the same in labc: only the name must be replaced."""

UNNEEDED = {
    "in_channels": "remove it: the number of input channels follows from the layer before",
    "in_features": "remove it: the number of inputs follows from the layer before",
    "num_features": "remove it: the number of channels follows from the layer before",
    "num_channels": "remove it: the number of channels follows from the layer before",
    "normalized_shape": "remove it: the shape follows from the layer before",
    "input_dim": "remove it: the number of inputs follows from the layer before",
    "data_format": "remove it: the channels are always the last axis",
    "inplace": "remove it: labc decides itself where results are stored",
    "trainable": "write `frozen { … }` around layers that are not trained",
    "name": "remove it, or name the output of the step: `as skip`",
    "kernel_constraint": "labc has no constraints; a layer of Keras is written `keras.Conv2D(…)`",
    "activity_regularizer": "labc has only `l2`, for the weights; a layer of Keras is written `keras.Dense(…)`",
    "bias_initializer": "labc sets `init` for the kernel only; a layer of Keras is written `keras.Dense(…)`",
}
"""The arguments of layers in other tools that labc does not have, with what to do instead."""

SEVERAL = {"betas": ("beta_1", "beta_2")}
"""The arguments whose value is a pair, with the arguments of labc for its items."""
