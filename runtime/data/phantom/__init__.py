"""Phantoms: synthetic images that labc draws. The examples use them, so they need no download.

Each kind is a module with `draw(label, rng)`, which returns an image, and `VERSION`. The kinds for segmentation also
have `mask(rng)`, which returns the mask of the image that `draw` makes from the same state of the generator.

The images have the same bytes on every machine.
"""

from types import ModuleType

from . import bone, chest, ct, organs, scan, skin

KINDS: dict[str, ModuleType] = {
    "skin": skin,
    "bone": bone,
    "organs": organs,
    "scan": scan,
    "chest": chest,
    "ct": ct,
}
