"""Find out which of Keras and its frameworks are installed, and give the command that installs a framework."""

from importlib.util import find_spec

FRAMEWORKS = ("tensorflow", "jax", "torch")
"""The frameworks that Keras computes with (its backends); the first one that is installed is used."""
RUN_MODULES = (
    "keras", "numpy", "scipy", "skimage", "PIL", "tifffile", "sklearn", "matplotlib", "filelock", "threadpoolctl",
    "jinja2", "psutil",
)  # fmt: skip
"""The modules that a training run imports besides a framework: those of the extra `run` in pyproject.toml."""


def missing_modules(*frameworks: str) -> list[str]:
    """Return the modules that reading images, and training with a framework, need but that are not installed.

    No module is imported.
    """
    return [name for name in (*frameworks, *RUN_MODULES) if not is_installed(name)]


def keras_framework() -> str | None:
    """Return the first installed framework for Keras; None if Keras or all frameworks are missing."""
    return next(filter(is_installed, FRAMEWORKS), None) if is_installed("keras") else None


def install_help(extra: str = FRAMEWORKS[0]) -> str:
    """Return the help line of a diagnostic about a module that is not installed. `extra`: a framework, or `medical`."""
    return f'run `pip install "labc[{extra}]"`, or in a clone of labc `pip install -e ".[{extra}]"`'


def is_installed(name: str) -> bool:
    """Return whether a module is installed. It is not imported."""
    # An uninstall may leave an empty folder with the name of the package: its spec has no origin.
    spec = find_spec(name)
    return spec is not None and spec.origin is not None
