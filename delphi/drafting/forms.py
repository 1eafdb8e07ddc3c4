"""What a page of a draft sends: kept as it was typed, whatever it is."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from delphi.drafting.answers import EMPTY, ROWS, InRows, PartAnswers
from delphi.drafting.names import code_from
from delphi.drafting.questions import PAGES
from delphi.models import Part

LONGEST_TYPED = 20_000
SEEN = "seen"
FIRST_CRITERION = "importance"


def seen_in(form: Mapping[str, str]) -> int:
    """The number of the save that the page was made from; one that cannot be where it is no number."""
    text = form.get(SEEN, "")
    return int(text) if text.isdecimal() and len(text) < 9 else -2


def answers_in(part: Part, form: Mapping[str, str], *, held: PartAnswers) -> PartAnswers:
    """The answers of a page. Rows keep the codes that they have; a row without a name is left out."""
    page = PAGES[part]
    names = [question.name for question in page.questions]
    if not page.most_rows:
        typed: dict[str, Any] = {name: _typed(form, name) for name in names}
        return replace(EMPTY[part], **typed)
    former = held.rows if isinstance(held, InRows) else ()
    rows = [(at, {name: _typed(form, f"{name}-{at}") for name in names}) for at in range(page.most_rows)]
    filled = [(at, row) for at, row in rows if row[names[0]].strip()]
    made, kind = EMPTY[part], ROWS[part]
    if part is Part.SUPPORT:
        return replace(made, rows=tuple(kind(**row) for _, row in filled))  # type: ignore[arg-type]  # its own
    codes = {at: getattr(former[at], "code", "") for at, _ in filled if at < len(former)}
    rows_coded = _coded(filled, codes, names[0], page.row.casefold())
    return replace(made, rows=tuple(kind(code=code, **row) for code, row in rows_coded))  # type: ignore[call-arg, arg-type]  # its own


def _coded(
    filled: list[tuple[int, dict[str, str]]], codes: dict[int, str], name: str, otherwise: str
) -> Iterator[tuple[str, dict[str, str]]]:
    taken = {*codes.values(), "start", FIRST_CRITERION}  # names that are taken by what every study has
    for at, row in filled:
        code = codes.get(at) or code_from(row[name], taken=taken, otherwise=otherwise)
        taken.add(code)
        yield code, row


def _typed(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "")[:LONGEST_TYPED].replace("\r\n", "\n").replace("\0", "")
