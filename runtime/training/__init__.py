"""Training one model."""

DEVICES = ("auto", "cpu", "gpu")
