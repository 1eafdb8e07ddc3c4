"""A planned design as a TOML file."""

from pathlib import Path

from analysis.bundle.faults import BundleError, Fault
from analysis.bundle.text import decoded
from analysis.bundle.toml_reader import read_toml
from analysis.simulation.design import Design


def read_design(path: Path) -> Design:
    """Return the design in the TOML file `path`, whose tables are the fields of `Design`.

    Raises BundleError, a ValueError, with every fault: file, line, field, what was found, what is expected.
    """
    file = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BundleError([Fault(file, None, "", error.strerror or "", "a file that can be read")]) from error
    text = decoded(file, data)
    if text.value is None:
        raise BundleError(text.faults)
    reading = read_toml(text.value, file=file, kind=Design)
    if reading.value is None or text.faults:
        raise BundleError((*text.faults, *reading.faults))
    return reading.value.part
