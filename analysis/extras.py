"""Libraries that only some installations have, fetched at the moment that they are needed."""

from importlib import import_module
from types import ModuleType


class ExtraNotInstalled(ModuleNotFoundError):
    """A library that this piece of work needs is not there; the text says how to get it."""


def required(module: str, *, extra: str | None) -> ModuleType:
    """Return the library `module`, or say how to install it.

    Parameters
    ----------
    module : name as in an import statement, such as "pyarrow.parquet".
    extra : the extra of the package that brings it; None where the package itself does.

    Returns
    -------
    The module.

    Raises
    ------
    ExtraNotInstalled
        Where it, or something that it needs itself, is not installed.

    Notes
    -----
    The statistics need NumPy and SciPy only. A module that offers more asks here when it is called, so that
    everything can be imported without it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        bringing = "chorus-delphi" if extra is None else f"chorus-delphi[{extra}]"
        sentence = f"{error.name} is not installed. To install it: pip install {bringing}"
        raise ExtraNotInstalled(sentence, name=error.name) from error
