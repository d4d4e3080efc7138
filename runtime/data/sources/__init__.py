"""Sources of images, one file for each kind of source. A source lists its images and reads each of them on request."""

from collections.abc import Mapping

from ....compiler.schema.arguments import Arguments
from ....compiler.sections import Column, Csv, Data, Files, Folder, Npz, Phantom, TargetColumn
from ....grammar.source import Span
from ..decoding.decode_options import DecodeOptions
from .arrays import list_arrays
from .divided_folder import check_not_divided
from .drawn import DrawnSource
from .image_folder import list_files, list_folder
from .image_source import Source
from .image_table import list_table
from .joined_source import JoinedSource
from .listed_images import ListedImages
from .mask_directions import check_directions
from .mask_files import images_apart, masks_apart

__all__ = ["ListedImages", "Source", "join", "list_images", "list_masks"]


def list_images(data: Data) -> dict[str, ListedImages]:
    """List the images of each source of a `data` section, by the name of its setting.

    Raises:
        LabError: if a source cannot be read, contains no image, or is divided into parts that it does not tell.
    """
    masks = _list(data.masks, data, "masks") if data.masks else None
    listed = {}
    for setting, source in data.sources.items():
        listed[setting] = _list(source, data, setting)
        if masks:
            listed[setting] = images_apart(listed[setting], masks, data, setting)
        check_not_divided(listed[setting], data.classes)
    return listed


def list_masks(data: Data, listed: Mapping[str, ListedImages]) -> ListedImages:
    """List the masks of a `data` section with `masks`; `listed` are its images.

    Raises:
        LabError: if the source of the masks cannot be read or contains no image, or if its axes have other directions.
    """
    assert data.masks
    masks = masks_apart(_list(data.masks, data, "masks"), listed)
    check_directions(data, listed.values(), masks)
    return masks


def join(listed: dict[str, ListedImages]) -> Source:
    """Return all images as one source. With several sources, each name begins with the name of its setting."""
    sources = {setting: images.source for setting, images in listed.items()}
    return JoinedSource(sources) if len(sources) > 1 else next(iter(sources.values()))


def _list(source: Arguments, data: Data, setting: str) -> ListedImages:
    options = DecodeOptions.of(data)
    match source:
        case Phantom():
            return ListedImages(DrawnSource.of(source), source)
        case Folder():
            return list_folder(source, options)
        case Files():
            return list_files(source, options)
        case Csv():
            return list_table(source, _used_columns(data, setting), data, options)
        case Npz():
            return list_arrays(source, data.classes, data.labels, options.axes)
        case other:
            raise AssertionError(f"{other!r} is no source")


def _used_columns(data: Data, setting: str) -> dict[str, Span]:
    """Return the columns that classes, labels, numbers and groups come from, with their places in the file."""
    columns: list[tuple[object, Span]] = [(data.label, data.place("label")), (data.target, data.place("target"))]
    if setting != "masks":
        columns.append((data.split.group, data.split.place("group")))
    used = {column.name: place for column, place in columns if isinstance(column, Column | TargetColumn)}
    of_labels = {} if isinstance(data.label, Column) else dict.fromkeys(data.labels, data.place("labels"))
    return used | of_labels
