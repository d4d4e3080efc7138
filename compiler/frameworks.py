"""Keras and the frameworks that it computes with: which are installed, and the command that installs one."""

from importlib.util import find_spec

FRAMEWORKS = ("tensorflow", "jax", "torch")
"""The frameworks that Keras computes with (its backends), in the order of preference."""
RUN_MODULES = (
    "keras", "numpy", "scipy", "skimage", "sklearn", "matplotlib", "filelock", "threadpoolctl", "jinja2", "psutil",
)  # fmt: skip
"""What a run imports beside a framework: the modules of the extra `run` in pyproject.toml."""


def missing_modules(framework: str) -> list[str]:
    """The modules that a run with `framework` needs and that are not installed. Imports none of them."""
    return [name for name in (framework, *RUN_MODULES) if not _is_installed(name)]


def keras_framework() -> str | None:
    """The first framework that is installed, for Keras to compute with; None without Keras or any framework."""
    return next(filter(_is_installed, FRAMEWORKS), None) if _is_installed("keras") else None


def install_help(framework: str = FRAMEWORKS[0]) -> str:
    """The help of a diagnostic about a module that is not installed."""
    return f'run `pip install "labc[{framework}]"`, or in a clone of labc `pip install -e ".[{framework}]"`'


def _is_installed(name: str) -> bool:
    # A folder of that name that holds no package, such as an uninstall may leave behind, has no origin.
    spec = find_spec(name)
    return spec is not None and spec.origin is not None
