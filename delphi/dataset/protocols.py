"""The protocol in the database: the bundle's `study.toml`, as text."""

from functools import lru_cache
from typing import TypeVar

from analysis.bundle.faults import BundleError
from analysis.bundle.toml_reader import read_toml
from analysis.bundle.toml_text import toml_text
from analysis.study.protocol import Protocol
from analysis.study.published import Published
from delphi.models import Study

PROTOCOL_FILE, PUBLISHED_FILE = "study.toml", "published.toml"
PROTOCOLS_KEPT = 64  # parsed ones, for the studies that are asked for most

Part = TypeVar("Part", Protocol, Published)


def protocol_of(study: Study) -> Protocol:
    """Return the study's protocol; parsed once for each text."""
    return protocol_in(study.protocol)


@lru_cache(maxsize=PROTOCOLS_KEPT)
def protocol_in(text: str) -> Protocol:
    """Return the protocol that `text` defines; raises BundleError if it defines none."""
    return _part_in(text, file=PROTOCOL_FILE, kind=Protocol)


def published_in(text: str) -> Published:
    """Return the published figures that `text` defines; raises BundleError if it defines none."""
    return _part_in(text, file=PUBLISHED_FILE, kind=Published)


def text_of(part: Protocol | Published) -> str:
    """Return the TOML that is kept in the database; equal parts give equal text."""
    return toml_text(part)


def _part_in(text: str, *, file: str, kind: type[Part]) -> Part:
    reading = read_toml(text, file=file, kind=kind)
    if reading.value is None:
        raise BundleError(reading.faults)
    return reading.value.part
