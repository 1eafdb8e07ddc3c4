"""Consent in versions: what somebody agreed to, and whether what is asked now is something else."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The last yes: to which version, in which words, in which language (None: not known), and when."""

    version: str
    wording: str
    language: str | None
    at: datetime


def has_changed(agreed: Agreed | None, *, version: str, wording: str, language: str) -> bool:
    """Say whether what is asked differs from what somebody last agreed to; nothing agreed: no change.

    The version decides. The same version in other words of the same language is a change too: somebody
    mended the text and forgot the number. In another language other words are only a translation.
    """
    if agreed is None:
        return False
    return agreed.version != version or (agreed.language == language and agreed.wording != wording)
