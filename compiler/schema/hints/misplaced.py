"""The help for settings and arguments in the wrong section or layer, or with their names in Keras and other tools."""

from functools import cache, lru_cache, partial

from ....grammar import syntax as s
from ....grammar.diagnostics.suggest import listing
from ..arguments import Arguments, SettingsGroup
from ..call_arguments import Hint
from ..choice import choice_of, group_of
from . import foreign_arguments, foreign_settings
from .foreign_augmentation import augmentation
from .keras_names import ARGUMENTS

_FEW = 15  # members of a family, one of which an author chooses


@lru_cache
def where_it_belongs(cls: type[Arguments], name: str) -> Hint | None:
    """Return the help for a name that is not a field of the class, None if neither labc nor another tool has it."""
    return (
        _of_labc_or_keras(cls, name)
        or _argument_of_another_tool(cls, name)
        or _of_another_member(cls, name)
        or _setting_of_another_tool(cls, name)
        or _augmentation_of_another_tool(cls, name)
    )


def _argument_of_another_tool(cls: type[Arguments], name: str) -> Hint | None:
    word = next((one for one in foreign_arguments.RENAMED.get(name, ()) if one in cls.model_fields), None)
    if word:
        return Hint(f"write `{word}` instead of `{name}`", word, name in foreign_arguments.SAME)
    several = foreign_arguments.SEVERAL.get(name, ())
    if several and set(several) <= cls.model_fields.keys():
        help = "write " + " and ".join(f"`{one} = …`" for one in several)
        return Hint(help, rewritten=partial(_for_each_item, several))
    unneeded = None if issubclass(cls, SettingsGroup) else foreign_arguments.UNNEEDED.get(name)
    return Hint(unneeded) if unneeded else None


def _for_each_item(names: tuple[str, ...], value: s.Expression | s.Settings) -> str | None:
    if not isinstance(value, s.Sequence) or len(value.items) != len(names):
        return None
    return ", ".join(f"{name} = {item.span.text}" for name, item in zip(names, value.items, strict=True))


def _of_another_member(cls: type[Arguments], name: str) -> Hint | None:
    """Return the help for an argument of another optimizer, schedule or loss. There are too many layers for it."""
    family = cls.__base__
    if family is None or not issubclass(family, Arguments) or family.__base__ is not Arguments:
        return None
    members = family.__subclasses__()
    words = [other.word() for other in members if name in other.model_fields]
    if issubclass(cls, SettingsGroup) or len(members) > _FEW or not words:
        return None
    others = f"{listing(words)}, which has it" if len(words) == 1 else f"one of {listing(words)}, which have it"
    in_layers = next((f"; layers have `{word}`" for word in foreign_arguments.RENAMED.get(name, ())), "")
    return Hint(f"remove it, or use {others}{in_layers}")


def _augmentation_of_another_tool(cls: type[Arguments], name: str) -> Hint | None:
    setting = augmentation(name) if issubclass(cls, SettingsGroup) else None
    if setting is None:
        return None
    word, _, value = setting.partition(" = ")
    if word not in cls.model_fields:
        return Hint(f"write `augment {{ {word} = {value or '…'} }}` in `data`")
    if value:
        help = f"write `{setting}`, `flip = both` or `flip = none`"
        return Hint(help, rewritten=partial(_flip, setting), safe=False)
    if word == "shift":
        return Hint("write `shift = (…, …)`, with the shares of height and width, for example `shift = (5%, 10%)`")
    return Hint(f"write `{word}` instead of `{name}`", word)  # its value is checked too


def _flip(setting: str, value: s.Expression | s.Settings) -> str:
    return "flip = none" if value.span.text.casefold() == "false" else setting


def _setting_of_another_tool(cls: type[Arguments], name: str) -> Hint | None:
    instead, unneeded = foreign_settings.INSTEAD.get(name), foreign_settings.UNNEEDED.get(name)
    if instead and instead.section != cls.word() and instead.setting in cls.model_fields:
        return Hint(f"write `{instead.setting}` instead of `{name}`", instead.setting)  # its value is checked too
    if instead is None:
        return Hint(f"remove it; {unneeded}") if unneeded else None
    same = name in foreign_settings.SAME
    written = f"`{instead.name}` instead of `{name}`" if same else f"`{instead.text}`"
    place = "" if cls.word() == instead.section else f" in `{instead.section}`"
    return Hint(f"write {written}{place}", instead.name, same)


def _of_labc_or_keras(cls: type[Arguments], name: str) -> Hint | None:
    word = ARGUMENTS.get(name, name)
    called = f"write `{word}` instead of `{name}`" if word != name else f"`{name}` is"
    if word in cls.model_fields:
        return Hint(called, word)
    inside = _inside(cls).get(word)
    if inside is None and issubclass(cls, SettingsGroup):
        sections = (section for section, other in SettingsGroup.groups.items() if word in other.model_fields)
        inside = next((f"a setting of `{section}`" for section in sections), None)
    joined = called if word == name else f"{called}; `{word}` is"
    return Hint(f"{joined} {inside}", word) if inside else None


@cache
def _inside(cls: type[Arguments]) -> dict[str, str]:
    """Describe the words that a field of the class takes: for each word, the first field that takes it."""
    values: dict[str, str] = {}
    settings: dict[str, str] = {}
    for name, field in cls.model_fields.items():
        group, choice = group_of(field), choice_of(field)
        for call, made in choice.made.items() if choice else ():
            values.setdefault(call, f"a value of `{name}`: `{name} = {call}(…)`")
            for word in made.model_fields:
                settings.setdefault(word, f"an argument of `{name}`: `{name} = {call}({word} = …)`")
        for word in group.model_fields if group else ():
            settings.setdefault(word, f"a setting of `{name}`: `{name} {{ {word} = … }}`")
    return settings | values
