"""Fuzz labc: `python tests/fuzz.py --minutes 10`. Found programs are written to tests/fuzz/, and the status is 1."""

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.remove(str(Path(__file__).parent))

from tests.fuzzing.campaign import Campaign
from tests.fuzzing.cases import FOLDER
from tests.fuzzing.process import Checker


def main() -> None:
    """Run the fuzzer with the options of the command line, and print what it found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32), help="draws the same programs again")
    parser.add_argument("--seconds", type=int, default=12, help="the most CPU time for all checks of one program")
    parser.add_argument("--megabytes", type=int, default=1024, help="the most memory (address space)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where found programs are written")
    options = parser.parse_args()
    campaign = Campaign(options.seed, options.folder)
    print(f"seed {options.seed}", flush=True)
    with Checker(options.seconds, options.megabytes << 20) as checker:
        campaign.run(options.minutes, checker)
    print(f"{campaign.programs} programs, {campaign.sound} of them sound; {len(campaign.found)} kinds of findings")
    for kind, count in campaign.found.most_common():
        print(f"{count:6} {kind}: {campaign.files[kind]}")
    sys.exit(bool(campaign.found))


if __name__ == "__main__":
    main()
