"""Libraries that are fetched when they are asked for."""

import numpy as np
import pytest

from analysis.extras import ExtraNotInstalled, required


def test_a_library_that_is_there_is_returned() -> None:
    assert required("numpy", extra=None) is np


@pytest.mark.parametrize(
    ("extra", "line"), [("cluster", r"chorus-delphi\[cluster\]$"), (None, "pip install chorus-delphi$")]
)
def test_a_library_that_is_not_there_is_told_with_how_to_get_it(extra: str | None, line: str) -> None:
    with pytest.raises(ExtraNotInstalled, match=line) as raised:
        required("no_such_library.part", extra=extra)
    assert str(raised.value).startswith("no_such_library is not installed.")


def test_it_is_an_import_error_as_any_other() -> None:
    assert issubclass(ExtraNotInstalled, ModuleNotFoundError)
