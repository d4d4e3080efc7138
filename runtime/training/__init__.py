"""Trains one model."""

DEVICES = ("auto", "cpu", "gpu")
