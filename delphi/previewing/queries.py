"""What can be previewed of a round."""

from dataclasses import dataclass

from sqlalchemy import select

from analysis.study.rounds import FeedbackShown, RoundKind
from delphi.dataset import path_of, protocol_of
from delphi.domain.journey import ANSWERED_ONLINE
from delphi.domain.rounds import RoundState, state_of
from delphi.extensions import db
from delphi.models import Round, Study
from delphi.web.language import BY_CODE, Language, among


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooserPage:
    """Groups and languages as pairs of code and name. `refusal`: why there is nothing to preview, or "".

    `without_pages`: languages of the study in which the pages cannot be read. `former`: the round whose
    answers would be shown and that has not closed, "" if that does not matter.
    """

    study: str
    study_title: str
    synthetic: str
    round_code: str
    round_label: str
    groups: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    without_pages: tuple[str, ...]
    is_open: bool
    shows_groups: bool
    former: str
    outcomes: int
    refusal: str

    def group_label(self, code: str) -> str | None:
        """The name of a group, None if there is none with this code."""
        return dict(self.groups).get(code)

    def language(self, code: str) -> Language | None:
        """A language that can be chosen, None for any other."""
        return BY_CODE[code] if code in dict(self.languages) else None


def chooser_page(study_id: int, round_code: str) -> ChooserPage | None:
    """What can be chosen for a round, None if the study has no such round."""
    query = select(Round.code, Round.opened_at, Round.closed_at).where(Round.study_id == study_id)
    states = {
        row.code: state_of(row.opened_at, row.closed_at)
        for row in db.session.execute(query.order_by(Round.position))
    }
    if round_code not in states:
        return None
    protocol = protocol_of(db.session.get_one(Study, study_id))
    round_, state = protocol.round(round_code), states[round_code]
    before = list(states)[: list(states).index(round_code)]
    rated = [code for code in before if protocol.round(code).kind is RoundKind.RATING]
    waits = bool(rated) and states[rated[-1]] is not RoundState.CLOSED
    shows_groups = round_.feedback is FeedbackShown.GROUPS
    spoken = among(protocol.study.languages)
    refusal = ""
    if round_.kind not in ANSWERED_ONLINE:
        refusal = "It is held in a room, so panellists have no pages for it."
    elif state is RoundState.CLOSED:
        refusal = "It has closed, so panellists cannot answer it any more."
    return ChooserPage(
        study=protocol.study.code,
        study_title=protocol.study.title,
        synthetic=protocol.study.note if protocol.study.synthetic else "",
        round_code=round_code,
        round_label=round_.label,
        groups=tuple((group.code, group.label) for group in protocol.groups),
        languages=tuple((language.code, language.name) for language in spoken),
        without_pages=_not_ours(protocol.study.languages),
        is_open=state is RoundState.OPEN,
        shows_groups=shows_groups and bool(rated),
        former=protocol.round(rated[-1]).label if waits and shows_groups else "",
        outcomes=len(path_of(study_id).final) if state is RoundState.NOT_OPENED else -1,
        refusal=refusal,
    )


def _not_ours(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code.partition("-")[0].lower() not in BY_CODE)
