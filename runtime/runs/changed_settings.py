"""The settings of a section, a layer or a call that differ from their defaults, as plain data."""

from dataclasses import asdict, is_dataclass

from ...compiler.schema.arguments import Arguments

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def changed_settings(arguments: Arguments) -> dict[str, Plain]:
    """Return each argument whose value differs from its default, by name; an empty dictionary if there is none.

    A default value that is written in the file counts as unchanged.
    """
    changed: dict[str, Plain] = {}
    for name, field in type(arguments).model_fields.items():
        value = as_plain(getattr(arguments, name))
        if field.is_required() or value != as_plain(field.get_default(call_default_factory=True)):
            changed[name] = value
    return changed


def as_plain(value: object) -> Plain:
    """Return a validated value as plain data for JSON.

    Raises:
        TypeError: if the type of the value is unknown. A conversion could otherwise make different values equal.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Arguments():
            return [value.word(), changed_settings(value)]
        case list() | tuple():
            return [as_plain(item) for item in value]
        case dict():
            return {str(name): as_plain(item) for name, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {name: as_plain(item) for name, item in asdict(value).items()}
    raise TypeError(f"cannot convert {value!r} to plain data")
