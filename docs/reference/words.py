"""What the losses and metrics are that are words and no calls."""

LOSSES = {
    "binary_crossentropy": "Cross-entropy of yes and no.",
    "categorical_crossentropy": "Cross-entropy over the classes.",
    "hinge": "max(0, 1 - truth * output), the truth being -1 or 1.",
    "squared_hinge": "The square of `hinge`.",
    "categorical_hinge": "max(0, 1 + the largest output of a wrong class - the output of the right one).",
    "mse": "Mean of the squared differences.",
    "mae": "Mean of the differences without their sign.",
    "dice": "1 minus the Dice index of two masks: twice their overlap over the sum of their sizes.",
    "bce_dice": "`binary_crossentropy` plus `dice`.",
    "jaccard": "1 minus the Jaccard index of two masks: their overlap over their union.",
}
METRICS = {
    "accuracy": "Share of what is named rightly.",
    "auc": "Area under the ROC curve; of more than two classes the mean, each against the rest.",
    "precision": "Share of what is named as a class that is of it.",
    "recall": "Share of what is of a class that is named as it; also called sensitivity.",
    "specificity": "Share of what is not of a class that is not named as it.",
    "f1": "Harmonic mean of precision and recall.",
    "dice": "Dice index of two masks: twice their overlap over the sum of their sizes.",
    "iou": "Jaccard index of two masks: their overlap over their union.",
}
