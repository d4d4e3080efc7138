"""settings.md: the settings of each section, and the calls that are their values, from docstrings and fields."""

from collections.abc import Iterator

from labc.compiler.losses import Loss
from labc.compiler.schema.arguments import Arguments
from labc.compiler.schema.choice import choice_of, group_of
from labc.compiler.sections import Data, Train
from labc.compiler.sections.search import LogRange, Search
from labc.compiler.sections.sweep import Sweep

from .arguments import argument_table
from .call import WRITTEN_BY, heading, link_to, signature
from .docstring import describe_arguments

OPENING = f"""\
# Settings

<!-- {WRITTEN_BY} compiler/sections; change that. -->

The sections of an experiment, and the calls that are values of their settings. [Losses](losses.md) and
[metrics](metrics.md) have separate pages. Arguments before the semicolon may be given by position, the others by name.
A path is relative to the `.lab` file that contains it. `check` and `plan` accept all settings of this page, but some of
them [cannot be trained yet](language.md#what-is-not-run-yet).
"""
FURTHER: dict[type[Arguments], tuple[type[Arguments], ...]] = {Search: (LogRange,)}
Use = tuple[type[Arguments], str]  # a class, and the code around one of its values, `{}`, in the section


def settings_page() -> str:
    """Return the whole page: each section, followed by the groups and calls that its settings take."""
    contents, pages = [], []
    seen: set[type[Arguments]] = set()
    for section in (Data, Train, Sweep, Search):
        inner = [use for use in _uses(section) if use[0] not in seen]
        seen.update(cls for cls, _ in inner)
        links = ", ".join(link_to(cls) for cls, _ in inner)
        contents.append(f"- {link_to(section)}" + (f": {links}" if links else ""))
        pages += [_section(section), *(_entry(cls, frame) for cls, frame in inner)]
    return "\n".join([OPENING, *contents, "", *pages])


def _uses(section: type[Arguments]) -> list[Use]:
    """Return every class that a section takes, once each, with the code around the class's first use."""
    found: dict[type[Arguments], str] = {}
    waiting = list(_members(section, "{}"))
    while waiting:
        cls, frame = waiting.pop(0)
        if cls not in found:
            found[cls] = frame
            waiting += _members(cls, frame)
    for cls in FURTHER.get(section, ()):
        found[cls] = "lr = {}"
    return list(found.items())


def _members(cls: type[Arguments], frame: str) -> Iterator[Use]:
    """Yield the classes that the fields of a class take."""
    for position, (name, field) in enumerate(cls.model_fields.items()):
        choice, group = choice_of(field), group_of(field)
        if group:
            yield group, f"{name} {{ {{}} }}"
        for made in choice.made.values() if choice else ():
            if not issubclass(made, Loss):  # losses have a separate page
                yield made, frame.replace("{}", _argument(cls, name, position))


def _argument(cls: type[Arguments], name: str, position: int) -> str:
    if cls.positional == 0:
        return f"{name} = {{}}"
    return f"{cls.word()}({{}})" if position == 0 else f"{cls.word()}({name} = {{}})"


def _section(cls: type[Arguments]) -> str:
    described = describe_arguments(cls)
    example = [f"```lab\n{described.example}\n```"] if described.example else []
    return "\n\n".join([f"## {cls.word()}", *described.paragraphs, argument_table(cls, "setting"), *example]) + "\n"


def _entry(cls: type[Arguments], frame: str) -> str:
    """Return the entry of a call or of a group of settings."""
    described = describe_arguments(cls)
    is_group = cls.positional == 0 and described.example.startswith(f"{cls.word()} {{")
    what = "setting" if is_group else "argument"
    example = described.example if is_group else frame.replace("{}", described.example)
    call = f"`{cls.word()} {{ … }}`" if is_group else f"`{signature(cls)}`"
    blocks = [f"### {heading(cls)}", call, *described.paragraphs, argument_table(cls, what), f"```lab\n{example}\n```"]
    return "\n\n".join(blocks) + "\n"
