"""The settings of a section, a layer or a call that differ from their defaults, as plain data."""

from dataclasses import asdict, is_dataclass

from ...compiler.schema.arguments import Arguments

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def changed_settings(arguments: Arguments) -> dict[str, Plain]:
    """Each argument whose value differs from its default, by name.

    It makes no difference whether a default is written out or left out.
    """
    changed: dict[str, Plain] = {}
    for name, field in type(arguments).model_fields.items():
        value = as_plain(getattr(arguments, name))
        if field.is_required() or value != as_plain(field.get_default(call_default_factory=True)):
            changed[name] = value
    return changed


def as_plain(value: object) -> Plain:
    """A validated value as data for JSON.

    Raises:
        TypeError: for a value of an unknown type, because two different ones might otherwise look the same.
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
    raise TypeError(f"{value!r} has no form as plain data")
