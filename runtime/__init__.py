"""A checked experiment to a trained model, a run folder and a report."""
