"""Random changes of the training images, computed on the training device."""
