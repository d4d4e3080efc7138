"""Evaluates a trained model: metrics, statistics and predictions."""
