"""The help for a group of settings that is written as one value: `split = 0.2`, `augment = true`."""

import re
from itertools import starmap

from ....grammar import syntax as s
from ....grammar.diagnostics.edit import Edit
from ..arguments import Arguments

_EXAMPLE = re.compile(r"Example: `(.+)`")
_PARTS = ("train", "validation", "test")


def as_group(key: s.Name, group: type[Arguments], value: s.Expression) -> tuple[str | None, tuple[Edit, ...]]:
    """Return the help and the edit for a group of settings with `=`."""
    whole = key.span.to(value.span)
    if isinstance(value, s.Constant) and not value.value:
        return "remove it, because without it all its settings have their defaults", (Edit(whole, ""),)
    if group.model_fields.keys() >= set(_PARTS) and (shares := _shares(value)):
        text = f"{key.id} {{ {'  '.join(starmap('{} = {}'.format, shares))} }}"
        return f"write `{text}`", (Edit(whole, text),)
    example = _EXAMPLE.search(group.__doc__ or "")
    return f"write for example `{example[1]}`" if example else None, ()


def _shares(value: s.Expression) -> list[tuple[str, str]]:
    """Return the parts of the images that one number or several numbers stand for, with their shares."""
    items = value.items if isinstance(value, s.Sequence) else (value,)
    numbers = [float(item.value) for item in items if isinstance(item, s.Number)]
    if len(numbers) < len(items):
        return []
    in_percent = [number if any(one > 1 for one in numbers) else number * 100 for number in numbers]
    if len(numbers) == 1 and in_percent[0] < 100:
        return [("validation", f"{in_percent[0]:g}%")]
    if len(numbers) in (2, 3) and abs(sum(in_percent) - 100) < 1e-6:
        return [(part, f"{share:g}%") for part, share in zip(_PARTS, in_percent, strict=False)]
    return []
