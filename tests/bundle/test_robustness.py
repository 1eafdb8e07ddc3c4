"""Whatever a bundle holds, reading it gives a study or faults in plain words, never another error."""

import tomllib
from collections.abc import Callable, Mapping

import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.bundle.faults import BundleError, Fault
from analysis.bundle.reader import unpacked
from tests.bundle.hostile_cases import JARGON
from tests.bundle.tiny import TINY, tiny_bundle, zip_of

FEW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ODD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=4),
    st.dates(),
    st.times(),
    st.lists(
        st.integers() | st.text(max_size=2) | st.dictionaries(st.text(max_size=2), st.booleans()), max_size=2
    ),
    st.dictionaries(
        st.sampled_from(["code", "kind", "low", "int", "ShareRule", ""]), st.just("share"), max_size=2
    ),
)


def faults_of(changes: Mapping[str, str | bytes | None]) -> tuple[Fault, ...]:
    """Return the faults of the changed bundle, none where it is right."""
    try:
        unpacked(zip_of(tiny_bundle(changes)))
    except BundleError as error:
        return error.faults
    return ()


def changed(value: object, place: int, odd: object, *, count: Callable[[], int]) -> object:
    """Return `value` with its part number `place`, in reading order, changed to `odd` (None: left out)."""
    if count() == place:
        return odd
    if isinstance(value, dict):
        parts = {key: changed(part, place, odd, count=count) for key, part in value.items()}
        return {key: part for key, part in parts.items() if part is not None}
    if isinstance(value, list):
        items = [changed(part, place, odd, count=count) for part in value]
        return [item for item in items if item is not None]
    return value


@FEW
@given(st.sampled_from(["study.toml", "published.toml"]), st.integers(1, 90), ODD_VALUES)
def test_any_odd_value_anywhere_in_a_definition_is_told_in_plain_words(
    file: str, place: int, odd: object
) -> None:
    numbers = iter(range(10**6))
    document = changed(tomllib.loads(TINY[file]), place, odd, count=lambda: next(numbers))
    assert isinstance(document, dict)
    for fault in faults_of({file: tomli_w.dumps(document)}):
        assert fault.expected
        assert not any(word in fault.expected for word in JARGON)


@FEW
@given(st.sampled_from(sorted(TINY)), st.integers(0, 10**6), st.binary(max_size=4), st.integers(0, 4))
def test_any_damage_to_any_file_is_told_as_faults(file: str, place: int, new: bytes, length: int) -> None:
    data = TINY[file].encode()
    at = place % len(data)
    for fault in faults_of({file: data[:at] + new + data[at + length :]}):
        assert "\n" not in str(fault)
        assert fault.file in TINY
