"""Angles and percentages as pydantic types. A number without a unit is refused, because it could mean two things."""

import math
from collections.abc import Callable
from typing import Annotated, NoReturn, TypeAlias

from pydantic import PlainValidator

from ...grammar.diagnostics.codes import Code
from ..expressions.values import Angle, Percent, Value, is_number, kind, show
from .refusal import refuse


def _angle(most: float) -> Callable[[Value], Angle]:
    def read(value: Value) -> Angle:
        if not isinstance(value, Angle):
            _refuse_bare(value, "an angle", lambda number: _degrees(number, most), "10deg")
        if not 0 <= value.degrees <= most:
            refuse(Code.OUT_OF_BOUNDS, f"must be an angle from 0deg to {most:g}deg, but is {show(value)}")
        return value

    return read


def _percentage(value: Value) -> Percent:
    if not isinstance(value, Percent):
        _refuse_bare(value, "a percentage", _percents, "10%")
    if not 0 <= value <= 1:
        refuse(Code.OUT_OF_BOUNDS, f"must be from 0% to 100%, but is {show(value)}")
    return value


def _degrees(number: float, most: float) -> str:
    in_radians = math.degrees(number)
    radians = f", or `{in_radians:g}deg` if {number:g} is in radians" if in_radians <= most else ""
    return f"`{number:g}deg`{radians}"


def _percents(number: float) -> str:
    return f"`{number * 100:g}%`, or `{number:g}%`" if number <= 1 else f"`{number:g}%`"


def _refuse_bare(value: Value, wanted: str, spellings: Callable[[float], str], example: str) -> NoReturn:
    """Refuse a value that is not a quantity with this unit. The help lists the spellings of the value with a unit."""
    if isinstance(value, Percent) or not is_number(value):
        refuse(Code.WRONG_TYPE, f"must be {wanted}, but is {kind(value)}", f"for example `{example}`")
    refuse(Code.UNIT_MISSING, f"must be {wanted}, but is {show(value)} without a unit", f"write {spellings(value)}")


def _pair(value: tuple[Value, ...]) -> tuple[Percent, Percent]:
    if len(value) != 2:
        refuse(Code.WRONG_TYPE, f"must be a pair, but has {len(value)} items", "for example `(2%, 98%)`")
    return _percentage(value[0]), _percentage(value[1])


def _axes(value: Value) -> Percent | tuple[Percent, Percent]:
    return _pair(value) if isinstance(value, tuple) else _percentage(value)


def _percentiles(value: Value) -> tuple[Percent, Percent]:
    if not isinstance(value, tuple):
        refuse(Code.WRONG_TYPE, f"must be two percentiles, but is {kind(value)}", "for example `(2%, 98%)`")
    low, high = _pair(value)
    if low >= high:
        refuse(Code.OUT_OF_BOUNDS, f"must have the smaller percentile first, but is {show(value)}")
    return low, high


RotationAngle: TypeAlias = Annotated[Angle, PlainValidator(_angle(180))]
ShearAngle: TypeAlias = Annotated[Angle, PlainValidator(_angle(60))]
Percentage: TypeAlias = Annotated[Percent, PlainValidator(_percentage)]
PercentagePerAxis: TypeAlias = Annotated[Percent | tuple[Percent, Percent], PlainValidator(_axes)]
Percentiles: TypeAlias = Annotated[tuple[Percent, Percent], PlainValidator(_percentiles)]
