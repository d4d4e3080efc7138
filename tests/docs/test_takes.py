"""What the pages say of an argument's values is what its type takes."""

from typing import Any

import pytest
from pydantic import ValidationError, create_model
from reference.takes import PHRASES

from labc.compiler.expressions.values import Angle, Percent, Word
from labc.compiler.schema import field_types as fields
from labc.compiler.schema import units as quantities
from labc.compiler.schema.arguments import Arguments
from labc.compiler.sections.train.train import Figure

# For each type what it takes and what it refuses, at the bounds that its phrase names.
PROBES: list[tuple[Any, list[Any], list[Any]]] = [
    (fields.PositiveInt, [1, fields.MAX_WHOLE], [0, 1.5, True, "1", fields.MAX_WHOLE + 1]),
    (fields.NonNegativeInt, [0], [-1, 0.5]),
    (fields.IntFrom2, [2], [1, 2.5]),
    (fields.GreyValue, [0, 65_535], [-1, 65_536, 0.5]),
    (fields.Float, [-1e9, 0, 2.5, Percent(0.1)], [True, "1", Angle(1), float("nan")]),
    (fields.Rate, [0, 0.999], [-0.001, 1]),
    (fields.NonNegativeFloat, [0, 1e9], [-1e-9]),
    (fields.PlainNumber, [0, 0.2, 1e9], [-1e-9, Percent(0.1), "1", True]),
    (fields.PositiveFloat, [1e-9, 1e9], [0, -1]),
    (fields.Fraction, [1e-9, 0.999], [0, 1]),
    (fields.Boolean, [True, False], [0, 1, "true"]),
    (fields.Text, ["", "a"], [1, Word("a")]),
    (fields.FilePath, ["", "data/skin"], [Word("data"), 1]),
    (fields.ImageSize, [(1, 1, 1), (128, 64, 3)], [(8, 8), (8, 8, 2), (0, 8, 1), 8]),
    (fields.CountOrPercentage, [0, 800, Percent(0), Percent(1)], [-1, 0.5, Percent(1.01)]),
    (quantities.RotationAngle, [Angle(0), Angle(180)], [Angle(-1), Angle(180.5), 10, Percent(0.1)]),
    (quantities.ShearAngle, [Angle(0), Angle(60)], [Angle(60.5), 10]),
    (quantities.Percentage, [Percent(0), Percent(1)], [Percent(1.01), 0.5, Angle(1)]),
    (quantities.PercentagePerAxis, [Percent(1), (Percent(0), Percent(1))], [0.5, (Percent(0.1),), (Percent(0.1), 0.1)]),
    (fields.NumberRange, [(0, 1), (-1000.5, 400)], [(1, 0), (1, 1), [0, 1], (0, 1, 2), 5, (0, "1")]),
    (
        quantities.Percentiles,
        [(Percent(0), Percent(1))],
        [Percent(0.5), (Percent(1), Percent(0)), (Percent(0.5), Percent(0.5))],
    ),
    (Figure, [Word("val_loss")], ["val_loss", 1]),
]


def test_every_phrase_is_probed() -> None:
    assert [kind for kind, _, _ in PROBES] == list(PHRASES)


@pytest.mark.parametrize(("kind", "taken", "refused"), PROBES, ids=list(PHRASES.values()))
def test_a_type_takes_what_its_phrase_says(kind: Any, taken: list[Any], refused: list[Any]) -> None:
    probe = create_model("Probe", __base__=Arguments, value=(kind, ...))
    for value in taken:
        probe.model_validate({"value": value})
    for value in refused:
        with pytest.raises(ValidationError):
            probe.model_validate({"value": value})
