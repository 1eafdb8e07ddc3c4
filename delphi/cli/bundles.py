"""Reading a bundle for a command: its faults are the command's refusal, one a line."""

from pathlib import Path

from analysis.bundle.faults import BundleError
from analysis.bundle.reader import read
from analysis.study.study import Study
from delphi.cli.printing import Refused


def read_bundle(path: Path) -> Study:
    """Return the study in a folder or zip; refuses with every fault."""
    try:
        return read(path)
    except BundleError as error:
        raise Refused(*map(str, error.faults), "Nothing was loaded.") from None
