"""A protocol's texts in other languages: each has a key, such as `rounds.1.label`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from typing import Any, TypeVar

from analysis.study.protocol import Domain, Ethics, Group, Identity, Protocol
from analysis.study.rounds import Ballot, Criterion, Round
from analysis.study.scale import Box, Scale
from analysis.study.taking_part import ProfileQuestion, SupportLine

Part = TypeVar("Part")
_TEXTS: Mapping[type, tuple[str, ...]] = {
    Identity: ("title", "question", "note"),
    Ethics: ("welcome", "consent", "comment_readers", "private_readers", "team_contact", "thanks"),
    Group: ("label", "one", "description"),
    Domain: ("note",),
    Scale: ("words", "cannot_say"),
    Box: ("label",),
    Round: ("label", "question"),
    Criterion: ("question",),
    Ballot: ("label",),
    ProfileQuestion: ("question", "choices", "hint"),
    SupportLine: ("name", "country", "hours"),
}
_DOMAINS, _DIGEST = "domains", "digest"
DIGEST_DIGITS = 16  # hexadecimal: no two lines of a study will ever share a key


def texts_of(protocol: Protocol, *, domains: Iterable[str] = ()) -> dict[str, str]:
    """Return every text that a panellist may read, by its key; a domain's key ends in the domain itself."""
    found: dict[str, str] = {}

    def note(key: str, text: str) -> str:
        if text.strip():
            found[key] = text
        return text

    _walked(protocol, (), note)
    return found | {f"{_DOMAINS}.{domain}": domain for domain in domains}


def digest_key(line: str) -> str:
    """Return the key of a digest's line: from its words, so that a line which changes has no translation."""
    return f"{_DIGEST}.{sha256(line.encode()).hexdigest()[:DIGEST_DIGITS]}"


def is_digest_key(key: str) -> bool:
    """Whether it is the key of a digest's line, which is written after a round and so frozen by none."""
    return key.startswith(f"{_DIGEST}.")


def in_language(protocol: Protocol, texts: Mapping[str, str]) -> Protocol:
    """Return the protocol with `texts` (by key) in place of its own; what has no translation stays."""
    return _walked(protocol, (), lambda key, text: texts.get(key) or text)


def domain_in_language(domain: str, texts: Mapping[str, str]) -> str:
    """Return a domain's name out of `texts`, itself where there is none."""
    return texts.get(f"{_DOMAINS}.{domain}") or domain


def _walked(part: Part, path: tuple[str, ...], put: Callable[[str, str], str]) -> Part:
    """Return the definition with each of its texts put through `put`, which is given the text's key."""
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changed: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        here = (*path, field.name)
        if field.name in _TEXTS.get(type(part), ()):
            changed[field.name] = _texts(part, value, here, put)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(
                _walked(item, (*here, _name(item, place)), put) for place, item in enumerate(value)
            )
        else:
            changed[field.name] = _walked(value, here, put)
    return replace(part, **changed)


def _texts(part: object, value: Any, path: tuple[str, ...], put: Callable[[str, str], str]) -> Any:  # noqa: ANN401  # a text or a tuple of them
    if isinstance(value, str):
        return put(".".join(path), value)
    first = part.low if isinstance(part, Scale) else 1
    return tuple(put(".".join((*path, str(number))), text) for number, text in enumerate(value, start=first))


def _name(item: object, place: int) -> str:
    return item.name if isinstance(item, Domain) else str(getattr(item, "code", place + 1))
