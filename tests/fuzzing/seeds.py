"""The texts that the fuzzer starts from, and the folder in which its programs are checked."""

import random
import re
import shutil
from pathlib import Path

from ..drawn.draft import Draft
from ..drawn.programs import draw_program
from ..programs import EXAMPLES, WHOLE_GRAMMAR

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
GOLDEN = sorted(file for folder in ("bad", "good", "fuzz") for file in (TESTS / folder).glob("*.lab"))


def seed_texts() -> list[bytes]:
    """Return the examples, the golden programs, the cases found before, and the programs in the documentation."""
    pages = [*(ROOT / "docs").glob("*.md"), *(ROOT / "compiler" / "help").glob("*.md")]
    quoted = [text for page in sorted(pages) for text in re.findall(rb"```lab\n(.*?)```", page.read_bytes(), re.DOTALL)]
    files = [*EXAMPLES, *GOLDEN, *sorted((ROOT / "compiler" / "std").glob("*.lab"))]
    return [WHOLE_GRAMMAR.encode(), *(file.read_bytes() for file in files), *quoted]


def drawn_text(draw: random.Random) -> bytes:
    """Return a random valid program of one file."""
    return draw_program(Draft(draw.randint), alone=True, most=4).text.encode()


def make_folder(folder: Path) -> Path:
    """Fill an empty folder with the files that the seeds name in `extends` and `use`; return the path of a program."""
    shutil.copytree(ROOT / "examples" / "base", folder / "base")
    programs = folder / "programs"
    programs.mkdir()
    for file in [*EXAMPLES, *GOLDEN]:
        shutil.copy(file, programs)
    return programs / "program.lab"
