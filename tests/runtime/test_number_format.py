"""Numbers in the report."""

import pytest

from labc.runtime.report.number_format import number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.00123, "0.00123"), (0.5, "0.500"), (9.87654, "9.877"), (61.0, "61.0"), (-68.57, "-68.6"),
        (152.71, "153"), (3008.487, "3,008"), (2.5e7, "2.5e+07"), (0.0, "0"), (float("nan"), "not a number"),
    ],
)  # fmt: skip
def test_a_number_has_about_three_digits_and_no_exponent_where_people_write_none(value: float, text: str) -> None:
    assert number(value) == text
