"""A resolved config as `.lab` text, with a comment behind each value that says where it comes from."""

from collections.abc import Iterator

from ....compiler.expressions.values import show
from ....compiler.resolved_config import Origin, ResolvedConfig, Setting

Line = tuple[str, str]  # text and comment


def render_config(config: ResolvedConfig) -> str:
    """The `let`s and sections with all defaults filled in; ends with a newline."""
    parts = [f"experiment {show(config.title)}\n"]
    for word, settings in config.sections.items():
        if word == "let":
            lines = [(f"let {text}", comment) for text, comment in _settings(settings, 0, "")]
        else:
            lines = [(f"{word} {{", ""), *_settings(settings, 1, ""), ("}", "")]
        parts += [_aligned(lines)] if settings else []
    return "\n".join(parts)


def _settings(settings: tuple[Setting, ...], indent: int, comma: str) -> Iterator[Line]:
    """Settings, one a line, with aligned `=`."""
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
    """Whether all arguments, at every depth, come from the same place as the call itself."""
    return all(one.origin == setting.origin and _of_one_origin(one) for one in setting.inner)


def _call(setting: Setting) -> str:
    """A value and its arguments on one line."""
    arguments = ", ".join(f"{one.name} = {_call(one)}" for one in setting.inner)
    return f"{setting.text}({arguments})" if setting.inner else setting.text


def _comment(origin: Origin) -> str:
    match origin.kind:
        case "file":
            return f"line {origin.line}" + (f" of {origin.file}" if origin.file else "")
        case "override":
            return "--set"
    return "default"


def _aligned(lines: list[Line]) -> str:
    """Lines with aligned comments."""
    width = max(len(text) for text, _ in lines)
    return "".join((f"{text:<{width}}  # {comment}" if comment else text) + "\n" for text, comment in lines)
