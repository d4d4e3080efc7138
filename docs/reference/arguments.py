"""The table of the arguments or settings of a class: values, default, meaning."""

from labc.compiler.schema.arguments import Arguments
from labc.compiler.schema.choice import group_of

from .call import default_of, table
from .docstring import describe_arguments
from .takes import takes


def argument_table(cls: type[Arguments], what: str = "argument") -> str:
    """Return a table with a row for each argument or setting; an empty string if there are none."""
    texts = describe_arguments(cls).arguments
    rows = [[f"`{name}`", takes(cls, name), _default(cls, name), texts[name]] for name in texts]
    return table([what, "values", "default", ""], rows)


def _default(cls: type[Arguments], name: str) -> str:
    field = cls.model_fields[name]
    if field.is_required():
        return "required"
    return "" if group_of(field) or field.default == [] else f"`{default_of(cls, name)}`"
