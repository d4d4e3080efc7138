"""`mask_name`: how the name of a mask follows from the name of its image."""

from typing import Annotated, NoReturn

from pydantic import AfterValidator

from ....grammar.diagnostics.codes import Code
from ...expressions.values import show
from ...schema.choice import TextOr
from ...schema.refusal import Instead, refuse
from .filename_pattern import FilenamePattern

STEM, ANY = "{stem}", "*"
_ENDINGS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".nii", ".nii.gz", ".dcm")
_EXAMPLE = "write for example `{stem}_mask`; `{stem}` is the image's file name without its extension"


def _checked(name: str | FilenamePattern | None) -> str | FilenamePattern | None:
    """Refuse a name that has other placeholders, an ending, or a `*` at another place than its end."""
    if not isinstance(name, str):
        return name
    rest = name.replace(STEM, "", 1)
    if "{" in rest or not name.strip():
        what = "cannot have another placeholder than one `{stem}`" if rest else "cannot be empty"
        refuse(Code.OUT_OF_BOUNDS, what, _EXAMPLE)
    if "/" in name:
        help = "a mask in another folder is found by its name; write the folder in `masks = …`"
        refuse(Code.OUT_OF_BOUNDS, "cannot contain a folder", help)
    ending = next((one for one in _ENDINGS if name.lower().endswith(one)), "")
    if ending:
        without = show(name[: -len(ending)])
        message = f"cannot have the ending `{ending}`: it is the name without its extension"
        refuse(Code.OUT_OF_BOUNDS, message, f"write `{without}`", Instead(without, safe=True))
    if ANY in name:
        _check_star(name)
    return name


def _check_star(name: str) -> None:
    if name.count(ANY) > 1 or not name.endswith(ANY) or STEM not in name:
        _refuse_star("must have a `*` only as its last character, after `{stem}`")
    if name.endswith(STEM + ANY):
        _refuse_star("cannot have the `*` directly after `{stem}`: the masks of `10` would also be those of `1`")


def _refuse_star(message: str) -> NoReturn:
    help = "write for example `{stem}_mask*` for all masks of an image whose names begin like this"
    refuse(Code.OUT_OF_BOUNDS, message, help)


MaskName = Annotated[
    str | FilenamePattern | None,
    TextOr((FilenamePattern,), optional=True, otherwise=_EXAMPLE),
    AfterValidator(_checked),
]
