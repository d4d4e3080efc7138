"""Studies: running the trainings of an experiment."""
