"""Formats a resolved config as `.lab` text, with a comment after each value that names its origin."""

from collections.abc import Iterator

from ....compiler.expressions.values import show
from ....compiler.resolved_config import Origin, ResolvedConfig, Setting
from ....grammar.terminal_text import printable

Line = tuple[str, str]  # text and comment


def render_config(config: ResolvedConfig) -> str:
    """Return the `let`s and sections as `.lab` text, including all default values. The text ends with a newline."""
    parts = [f"experiment {show(config.title)}\n"]
    for word, settings in config.sections.items():
        if word == "let":
            lines = [(f"let {text}", comment) for text, comment in _settings(settings, 0, "")]
        else:
            lines = [(f"{word} {{", ""), *_settings(settings, 1, ""), ("}", "")]
        parts += [_aligned(lines)] if settings else []
    return "\n".join(parts)


def _settings(settings: tuple[Setting, ...], indent: int, comma: str) -> Iterator[Line]:
    """Yield the lines of settings, with aligned `=`. A call with arguments of several origins takes several lines."""
    width = max((len(one.name) for one in settings if one.text), default=0)
    for position, one in enumerate(settings):
        last = position == len(settings) - 1
        yield from _setting(one, width, "  " * indent, indent, "" if last else comma)


def _setting(setting: Setting, width: int, blanks: str, indent: int, comma: str) -> Iterator[Line]:
    name, comment = setting.name, _comment(setting.origin)
    if not setting.text:
        yield f"{blanks}{name} {{", comment
        yield from _settings(setting.inner, indent + 1, "")
        yield f"{blanks}}}", ""
        return
    start = f"{blanks}{name:<{width}} = {setting.text}"
    if not setting.inner:
        yield start + comma, comment
    elif _of_one_origin(setting):
        yield f"{blanks}{name:<{width}} = {_call(setting)}{comma}", comment
    else:
        yield f"{start}(", comment
        yield from _settings(setting.inner, indent + 1, ",")
        yield f"{blanks}){comma}", ""


def _of_one_origin(setting: Setting) -> bool:
    """Return whether all arguments of a call, including nested arguments, have the same origin as the call."""
    return all(one.origin == setting.origin and _of_one_origin(one) for one in setting.inner)


def _call(setting: Setting) -> str:
    """Return a value and its arguments as one line of text."""
    arguments = ", ".join(f"{one.name} = {_call(one)}" for one in setting.inner)
    return f"{setting.text}({arguments})" if setting.inner else setting.text


def _comment(origin: Origin) -> str:
    match origin.kind:
        case "file":
            return f"line {origin.line}" + (f" of {printable(origin.file)}" if origin.file else "")
        case "override":
            return "--set"
    return "default"


def _aligned(lines: list[Line]) -> str:
    """Join lines into a text with aligned comments."""
    width = max(len(text) for text, _ in lines)
    return "".join((f"{text:<{width}}  # {comment}" if comment else text) + "\n" for text, comment in lines)
