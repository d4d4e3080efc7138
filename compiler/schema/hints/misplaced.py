"""The help for settings and arguments in the wrong section or layer, or with their names in Keras."""

from ..arguments import Arguments, SettingsGroup
from ..call_arguments import Hint
from ..choice import choice_of, group_of
from .keras_names import ARGUMENTS


def where_it_belongs(cls: type[Arguments], name: str) -> Hint | None:
    """Return the help for a name that is not a field of the class, None if no other class and not Keras has it."""
    word = ARGUMENTS.get(name, name)
    called = f"write `{word}` instead of `{name}`" if word != name else f"`{name}` is"
    if word in cls.model_fields:
        return Hint(called, word)
    inside = _inside(cls, word)
    if inside is None and issubclass(cls, SettingsGroup):
        sections = (section for section, other in SettingsGroup.groups.items() if word in other.model_fields)
        inside = next((f"a setting of `{section}`" for section in sections), None)
    joined = called if word == name else f"{called}; `{word}` is"
    return Hint(f"{joined} {inside}", word) if inside else None


def _inside(cls: type[Arguments], word: str) -> str | None:
    """Describe the field of the class that takes the word, None if no field takes it."""
    for name, field in cls.model_fields.items():
        choice = choice_of(field)
        if choice and word in choice.made:
            return f"a value of `{name}`: `{name} = {word}(…)`"
    for name, field in cls.model_fields.items():
        group, choice = group_of(field), choice_of(field)
        if group and word in group.model_fields:
            return f"a setting of `{name}`: `{name} {{ {word} = … }}`"
        for call, made in choice.made.items() if choice else ():
            if word in made.model_fields:
                return f"an argument of `{name}`: `{name} = {call}({word} = …)`"
    return None
