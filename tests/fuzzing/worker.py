"""The process that checks programs: reads one JSON line for each program from stdin, writes one with the verdict.

It has a limit of CPU time for each program and a limit of memory. The operating system ends it at the first limit; at
the second, Python raises MemoryError. Its parent starts it again: see `process.py`.
"""

import json
import re
import resource
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

from labc.compiler.layers import keras_layer
from labc.grammar.diagnostics.diagnostic import Diagnostic

from .commands import check_commands
from .oracles import Violation, check_compiler
from .seeds import make_folder

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Answer questions until stdin ends. The arguments are the limits: seconds of CPU time, bytes of memory."""
    seconds, memory = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("error")  # a warning of Python is no message of labc
    keras_layer._ask_worker = _ask_nobody
    with tempfile.TemporaryDirectory() as folder:
        file = make_folder(Path(folder))
        print("ready", flush=True)
        for line in sys.stdin:
            _limit_time(seconds)
            print(json.dumps(verdict(line, file)), flush=True)


def verdict(question: str, file: Path) -> dict[str, Any]:
    """Return the kind and the detail of what is wrong, or the signature: what kinds of messages the text gives."""
    try:
        file.write_bytes(json.loads(question).encode("latin-1"))
        diagnostics = check_compiler(file)
        check_commands(file, diagnostics)
    except Violation as violation:
        return {"kind": violation.kind, "detail": str(violation)}
    except MemoryError:
        return {"kind": "MemoryError", "detail": "more memory than the limit"}
    except Exception as error:
        return {"kind": _place(error), "detail": traceback.format_exc()[-3000:]}
    return {"kind": "", "signature": sorted(set(map(_signature, diagnostics)))}


def _signature(diagnostic: Diagnostic) -> str:
    """The code and the message without quoted pieces of the text and without numbers."""
    return f"{diagnostic.code} {re.sub(r'`[^`]*`|[0-9][0-9.,]*', '…', diagnostic.message)}"


def _place(error: Exception) -> str:
    """The type of an exception, and the function of labc that it comes from; in a recursion, the most frequent one."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(ROOT)]
    own = [f"{Path(one.filename).stem}.{one.name}" for one in frames if "tests" not in Path(one.filename).parts] or [
        "?"
    ]
    where = Counter(own).most_common(1)[0][0] if isinstance(error, RecursionError) else own[-1]
    return f"{type(error).__name__} in {where}"


def _limit_time(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _ask_nobody(question: tuple[str, Any, Any]) -> dict[str, Any]:
    """Answer for Keras, which is too slow to be loaded here: every class is a layer that keeps the shape."""
    _, arguments, shape = question
    if arguments is None:
        return {"parameters": ["units", "filters", "rate", "activation"], "required": []}
    return {"output": shape, "weights": []}


if __name__ == "__main__":
    main()
