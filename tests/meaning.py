"""What an experiment means, for tests that compare two texts."""

from labc.compiler.experiment import Experiment
from labc.runtime.runs.changed_settings import Plain
from labc.runtime.runs.fingerprint import describe_training


def meaning(experiment: Experiment) -> dict[str, Plain]:
    """The model and the settings; equal for two texts that train the same."""
    return describe_training(experiment.graph, experiment.data, experiment.train)
