r"""File names as text: stored so that the name can be read again, and safe names for folders.

A file name is a sequence of bytes. Python represents a byte that is not UTF-8 as a lone surrogate (PEP 383), which
cannot be encoded in UTF-8. In the files of a run, such a byte is written `\xHH`.
"""

import hashlib
import os
import re
import unicodedata

LONGEST = 200
"""The largest length of a folder name in bytes. Several file systems do not allow the usual 255."""

_TO_ESCAPE = re.compile(r"[\udc80-\udcff]|\\(?=x(?:5c|[89a-f][0-9a-f]))")
_ESCAPED = re.compile(r"\\x(5c|[89a-f][0-9a-f])")

# A dot at the start hides a folder, and leads out of the folder in `..`. Windows removes a dot or a space at the end.
_UNSAFE = re.compile(r"^\.|[. ]$|[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # reserved by Windows


def escape_name(name: str) -> str:
    r"""Return a file name as text that UTF-8 can encode. `unescape_name` returns the name again.

    A byte that is not UTF-8 becomes `\xHH`; a backslash before such an `xHH` becomes `\x5c`. Other names do not change.
    """
    return _TO_ESCAPE.sub(lambda match: f"\\x{ord(match[0]) & 0xFF:02x}", name)


def unescape_name(text: str) -> str:
    """Return the file name that `escape_name` has escaped; functions such as `open` accept it."""
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text)


def _character(byte: int) -> str:
    return chr(byte) if byte < 0x80 else chr(0xDC00 + byte)


def escape_in_strings(text: str) -> str:
    r"""Return the text of a `.lab` file with each byte that is not UTF-8 as `\xHH` in its string.

    A `.lab` file is UTF-8. Therefore it cannot name a file whose name is not UTF-8, and such a path no longer works.
    """
    return re.sub(r"[\udc80-\udcff]", lambda match: "\\" + escape_name(match[0]), text)


def folder_name(name: str) -> str:
    """Return the name of a folder for a name of any form: the same name if it is safe.

    Otherwise the unsafe characters are replaced by `_`, and a hash of the name is added, so that different names have
    different folders. The result names a folder directly below the folder in which it is used, is not hidden, contains
    no control characters, is UTF-8, and has at most 210 bytes.
    """
    safe = _UNSAFE.sub("_", name)
    safe = f"_{safe}" if _DEVICE.fullmatch(safe) else safe
    safe = safe.encode()[:LONGEST].decode(errors="ignore")
    if safe == name:
        return name
    return f"{safe}-{hashlib.sha256(os.fsencode(name)).hexdigest()[:8]}"


def folded_name(name: str) -> str:
    """Return a name that is equal for two names that some file systems do not distinguish.

    They differ only in case, or in the Unicode normalisation.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
