"""Opens an image file. Only a regular file is opened: a pipe or a device could block the run or never end."""

import os
import stat
from io import BufferedReader
from pathlib import Path

from .image_limits import NotAnImage, check_bytes

SAMPLE = 1024  # the number of bytes that are examined to describe a file that is not an image

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
}


def open_image_file(path: Path, any_size: bool = False) -> BufferedReader:
    """Open a file that may be an image, or with `any_size` contain many of them.

    Raises:
        NotAnImage: if it cannot be opened, is not a regular file, is empty, or is too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotAnImage(f"{_KINDS.get(stat.S_IFMT(status.st_mode), 'a special file')}, not a file with an image")
        if not status.st_size:
            raise NotAnImage("the file is empty")
        if not any_size:
            check_bytes(status.st_size, "the file has")
        return path.open("rb")
    except OSError as error:
        what = "a link that cannot be followed" if os.path.islink(path) else "cannot be opened"  # noqa: PTH114 - never raises
        raise NotAnImage(f"{what}: {os_reason(error)}") from None


def os_reason(error: OSError) -> str:
    """Return the reason of an error of the operating system, for example `Permission denied`."""
    return os.strerror(error.errno) if error.errno else str(error)


def describe_content(path: Path) -> str:
    """Describe a regular file that no decoder recognises as an image."""
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    if len(start) < 4:
        return f"not an image: the file has only {len(start)} byte{'s' * (len(start) > 1)}"
    text = start.decode("utf-8", "ignore")
    is_text = len(text.encode()) > len(start) - 4 and all(sign.isprintable() or sign.isspace() for sign in text)
    return "not an image: the file contains text" if is_text else "not an image, or damaged at its beginning"
