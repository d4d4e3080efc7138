"""Files of the image cache."""

from pathlib import Path

from labc.runtime.data.caching.entry_writer import EntryWriter
from labc.runtime.data.pixels import Values
from labc.runtime.data.stored_values import StoredValues


def write_entry(path: Path, images: Values, values: StoredValues, source: str) -> None:
    """Write images (image, ...) into a file of the cache."""
    with EntryWriter(path, images.shape, source) as writer:
        for image in images:
            writer.append(image)
        writer.finish(values)
