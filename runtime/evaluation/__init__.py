"""Metrics, statistics and predictions of a trained model."""
