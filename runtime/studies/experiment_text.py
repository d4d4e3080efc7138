"""The text of `experiment.lab` in a run's folder."""

import re
from pathlib import Path

from ...compiler.experiment import Experiment


def experiment_text(experiment: Experiment, folder: Path) -> str:
    r"""Return the text of the experiment for a file in the run's folder.

    A `.lab` file is UTF-8, so it cannot name a folder whose name is not UTF-8: a byte that is not UTF-8 becomes `\xHH`
    in the string, and the experiment must be given another path before it is run from the run's folder.
    """
    text = experiment.text_in(folder)
    return re.sub(r"[\udc80-\udcff]", lambda match: rf"\\x{ord(match[0]) & 0xFF:02x}", text)
