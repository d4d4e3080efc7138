"""Settings of training and data in Keras, PyTorch and other tools, with what labc has instead."""

from ....grammar.value_class import value_class


@value_class(slots=True)
class Counterpart:
    """The setting of labc to write instead, and its section. `text` ends with `…` if the value may stay."""

    section: str
    text: str

    @property
    def setting(self) -> str:
        """The name of the setting, without the group that contains it."""
        return self.text.rpartition("{ ")[2].partition(" = ")[0]

    @property
    def name(self) -> str | None:
        """The name of the setting if only the name must be replaced, else None."""
        return self.text.removesuffix(" = …") if self.text.endswith("…") else None


_CLIP = Counterpart("train", "clip = …")
_SCHEDULE = Counterpart("train", "optimizer = adam(cosine(1e-3))")
_SHARE = Counterpart("data", "split { validation = 20% }")
_VALIDATION = Counterpart("data", 'validation = folder("…")')
_TRAIN_SHARE = Counterpart("data", "split { train = 70% }")
_TEST_SHARE = Counterpart("data", "split { test = 20% }")
_WEIGHTS = Counterpart("data", "balance = class_weight")
_EPOCHS = Counterpart("train", "epochs = …")
_BATCH = Counterpart("train", "batch = …")
_IMAGE = Counterpart("data", "image = 128x128x1")
_CLASSES = Counterpart("data", 'classes = ["benign", "malignant"]')
_LABELS = Counterpart("data", 'labels = ["atelectasis", "effusion"]')
_TARGET = Counterpart("data", 'target = column("age")')
_PATIENCE = Counterpart("train", "early_stop = patience(10)")
_MONITOR = Counterpart("train", "monitor = max(val_accuracy)")
_PLATEAU = Counterpart("train", "reduce_lr = plateau(factor = 0.1, patience = 5)")
_MIXED = Counterpart("train", "precision = mixed")
_LOSS = Counterpart("train", "loss = …")
_OPTIMIZER = Counterpart("train", "optimizer = …")
_AUGMENT = Counterpart("data", "augment { flip = horizontal }")
_SEED = Counterpart("train", "seed = …")
_SCALE = Counterpart("data", "scale = standard")
_FOLDS = Counterpart("data", "folds = 5")

INSTEAD = {
    "clipnorm": _CLIP, "global_clipnorm": _CLIP, "clipvalue": _CLIP, "gradient_clip_val": _CLIP,
    "max_grad_norm": _CLIP, "grad_clip": _CLIP, "gradient_clip": _CLIP, "clip_grad_norm": _CLIP, "clip_grad": _CLIP,
    "lr_schedule": _SCHEDULE, "schedule": _SCHEDULE, "scheduler": _SCHEDULE, "lr_scheduler": _SCHEDULE,
    "learning_rate_schedule": _SCHEDULE, "lr_decay": _SCHEDULE, "decay": _SCHEDULE, "one_cycle": _SCHEDULE,
    "class_weight": _WEIGHTS, "class_weights": _WEIGHTS, "pos_weight": _WEIGHTS, "sample_weight": _WEIGHTS,
    "weighted_sampler": _WEIGHTS, "oversample": Counterpart("data", "balance = oversample"),
    "validation_split": _SHARE, "val_split": _SHARE, "valid_pct": _SHARE, "val_size": _SHARE,
    "validation_size": _SHARE, "valid_size": _SHARE, "val_ratio": _SHARE, "val_fraction": _SHARE,
    "test_split": _TEST_SHARE, "test_size": _TEST_SHARE, "test_ratio": _TEST_SHARE, "test_fraction": _TEST_SHARE,
    "holdout": _TEST_SHARE, "hold_out": _TEST_SHARE, "holdout_size": _TEST_SHARE, "held_out": _TEST_SHARE,
    "train_size": _TRAIN_SHARE, "train_split": _TRAIN_SHARE, "train_ratio": _TRAIN_SHARE,
    "validation_data": _VALIDATION, "val_data": _VALIDATION,
    "valid": _VALIDATION, "val": _VALIDATION,
    "stratified": Counterpart("data", "split { stratify = true }"), "cross_validation": _FOLDS, "kfold": _FOLDS,
    "k_folds": _FOLDS, "n_splits": _FOLDS,
    "nb_epoch": _EPOCHS, "num_epochs": _EPOCHS, "n_epochs": _EPOCHS, "n_epoch": _EPOCHS, "max_epochs": _EPOCHS,
    "bs": _BATCH, "mini_batch_size": _BATCH, "minibatch": _BATCH, "train_batch_size": _BATCH,
    "image_size": _IMAGE, "img_size": _IMAGE, "target_size": _IMAGE, "input_shape": _IMAGE, "input_size": _IMAGE,
    "imgsz": _IMAGE, "color_mode": _IMAGE, "resolution": _IMAGE,
    "class_names": _CLASSES, "num_classes": _CLASSES, "n_classes": _CLASSES, "nb_classes": _CLASSES,
    "label_names": _LABELS, "label_list": _LABELS, "num_labels": _LABELS, "n_labels": _LABELS,
    "target_column": _TARGET, "target_col": _TARGET, "regression_target": _TARGET,
    "early_stopping": _PATIENCE, "earlystopping": _PATIENCE, "early_stopping_patience": _PATIENCE,
    "reduce_lr_on_plateau": _PLATEAU, "reducelronplateau": _PLATEAU,
    "checkpoint": _MONITOR, "model_checkpoint": _MONITOR, "save_best_only": _MONITOR, "restore_best_weights": _MONITOR,
    "mixed_precision": _MIXED, "amp": _MIXED, "fp16": _MIXED, "bf16": _MIXED, "use_amp": _MIXED,
    "criterion": _LOSS, "loss_fn": _LOSS, "loss_func": _LOSS, "loss_function": _LOSS, "objective": _LOSS,
    "optim": _OPTIMIZER, "opt": _OPTIMIZER, "opt_func": _OPTIMIZER, "solver": _OPTIMIZER,
    "transform": _AUGMENT, "transforms": _AUGMENT, "augmentation": _AUGMENT, "augmentations": _AUGMENT,
    "batch_tfms": _AUGMENT, "item_tfms": _AUGMENT, "aug_transforms": _AUGMENT, "data_augmentation": _AUGMENT,
    "random_state": _SEED, "random_seed": _SEED, "manual_seed": _SEED,
    "normalize": _SCALE, "normalization": _SCALE, "rescale": _SCALE, "standardize": _SCALE,
}  # fmt: skip
"""Names of settings in other tools, with the setting of labc for the same purpose."""

SAME = {
    "global_clipnorm", "gradient_clip_val", "max_grad_norm", "num_epochs", "n_epochs", "n_epoch", "nb_epoch",
    "max_epochs", "bs", "mini_batch_size", "train_batch_size", "loss_fn", "loss_func", "loss_function",
    "random_state", "random_seed",
}  # fmt: skip
"""The names whose value means the same in labc: only the name must be replaced."""

UNNEEDED = {
    "shuffle": "the split is random, and the training images are in another random order in every epoch",
    "steps_per_epoch": "every epoch uses all training images",
    "validation_steps": "every validation uses all validation images",
    "validation_freq": "the model is validated after every epoch",
    "verbose": "`labc run` shows the progress",
    "drop_last": "every epoch uses all training images",
    "workers": "labc loads the images itself",
    "num_workers": "labc loads the images itself",
    "pin_memory": "labc loads the images itself",
    "use_multiprocessing": "labc loads the images itself",
    "device": "`labc run --device gpu` chooses the device",
    "gpus": "`labc run --device gpu` chooses the device",
    "accelerator": "`labc run --device gpu` chooses the device",
    "backend": "`labc run --backend torch` chooses the framework",
    "logger": "`labc run` writes the history and a report to the run folder",
    "callbacks": "`early_stop`, `reduce_lr` and `monitor` are settings of `train`, and the run folder has the history",
    "dropout": "dropout is a layer of the model, for example `dropout(0.5)`",
    "l2": "`l2` is an argument of a layer, for example `dense(64, relu, l2 = 1e-4)`",
    "jit_compile": "the framework decides this itself",
    "run_eagerly": "the framework decides this itself",
    "amsgrad": "labc has no AMSGrad",
    "ema": "labc keeps the weights of the best epoch, and no averages of weights",
    "use_ema": "labc keeps the weights of the best epoch, and no averages of weights",
    "initial_epoch": "a training starts with the first epoch",
    "cutmix": "labc blends whole images with `augment { mixup = 0.2 }`, and has no CutMix",
    "cut_mix": "labc blends whole images with `augment { mixup = 0.2 }`, and has no CutMix",
    "cutmix_alpha": "labc blends whole images with `augment { mixup = 0.2 }`, and has no CutMix",
    "one_hot": "the loss decides how the labels are encoded",
    "task": "the task follows from `classes`, `labels`, `target` or masks",
    "task_type": "the task follows from `classes`, `labels`, `target` or masks",
    "multi_label": "with `labels` instead of `classes`, an image may have several of them",
    "multilabel": "with `labels` instead of `classes`, an image may have several of them",
    "label_mode": "the loss decides how the labels are encoded",
}
"""Names of settings in other tools that labc does not have, with the reason why they must be removed."""
