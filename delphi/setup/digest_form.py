"""What the form of a digest brings: the lines of each box, and from which edition they were written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from delphi.domain.answers import LONGEST_COMMENT, TooLong, read_comment
from delphi.domain.line_merge import Choice

LARGEST_EDITION = 10**9  # fits a column; an edition is a save by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBox:
    """The lines of a box. `base`: the edition that its page had shown.

    `theirs`, where it was shown beside somebody else's: that edition; `choices`: what is kept, by number.
    """

    texts: tuple[str, ...]
    base: int
    theirs: int | None
    choices: Mapping[int, Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDigest:
    """What was sent: each box that could be read, under None the whole round's; `too_long`: as it was typed.

    `language` None: the lines that are new are in the study's first.
    """

    boxes: Mapping[int | None, GivenBox]
    too_long: Mapping[int | None, "TooLongBox"]
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLongBox:
    """A box with more than is kept: what was typed, from which edition, and what is wrong."""

    typed: str
    base: int
    fault: str


def digest_field(outcome_id: int | None) -> str:
    """The name of a box."""
    return "digest" if outcome_id is None else f"digest-{outcome_id}"


def read_digest(
    form: Mapping[str, str], *, outcome_ids: Collection[int], languages: tuple[str, ...]
) -> GivenDigest:
    """Read the boxes: each line that is not empty is a line of the digest; a missing box was not sent.

    A page that does not say what it had seen had seen nothing: then nobody's lines are taken away.
    """
    seen = _edition(form.get("seen", "")) or 0
    boxes: dict[int | None, GivenBox] = {}
    too_long: dict[int | None, TooLongBox] = {}
    for outcome_id in (None, *outcome_ids):
        field = digest_field(outcome_id)
        if field not in form:
            continue
        base = _edition(form.get(f"{field}-base", ""))
        base = seen if base is None else base
        try:
            boxes[outcome_id] = _box(form, field, base=base)
        except TooLong as fault:
            words = f"Write {LONGEST_COMMENT:,} characters or fewer. You have {fault.length:,}."
            too_long[outcome_id] = TooLongBox(typed=form[field], base=base, fault=words)
    chosen = form.get("language")
    return GivenDigest(boxes=boxes, too_long=too_long, language=chosen if chosen in languages[1:] else None)


def _box(form: Mapping[str, str], field: str, *, base: int) -> GivenBox:
    text = read_comment(form[field])
    prefix = f"{field}-choice-"
    return GivenBox(
        texts=tuple(filter(None, (line.strip() for line in text.split("\n")))),
        base=base,
        theirs=_edition(form.get(f"{field}-theirs", "")),
        choices={
            int(name.removeprefix(prefix)): Choice(value)
            for name, value in form.items()
            if name.startswith(prefix) and name.removeprefix(prefix).isdecimal() and value in set(Choice)
        },
    )


def _edition(field: str) -> int | None:
    return int(field) if field.isdecimal() and len(field) < len(str(LARGEST_EDITION)) else None
