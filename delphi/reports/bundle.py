"""The study as a bundle to download: what has been decided on, and nothing of a round that still runs."""

from dataclasses import replace

from sqlalchemy import select

from analysis.bundle.writer import packed
from analysis.study.study import Study
from delphi.dataset import export_study
from delphi.domain.rounds import RoundState, state_of
from delphi.extensions import db
from delphi.models import Round


def closed_bundle(study_id: int) -> bytes:
    """Return the study as the bytes of a zip, without the answers of an open round.

    Whoever downloads it while a round runs must not see results before everybody does.
    """
    study = export_study(study_id)
    return packed(without_answers(study, round_codes=_open_rounds(study_id)))


def without_answers(study: Study, *, round_codes: frozenset[str]) -> Study:
    """Return the study without anybody's answers in these rounds."""
    if not round_codes:
        return study
    return replace(
        study,
        ratings=tuple(row for row in study.ratings if row.round not in round_codes),
        rankings=tuple(row for row in study.rankings if row.round not in round_codes),
        ballots=tuple(row for row in study.ballots if row.round not in round_codes),
        comments=tuple(row for row in study.comments if row.round not in round_codes),
    )


def _open_rounds(study_id: int) -> frozenset[str]:
    query = select(Round.code, Round.opened_at, Round.closed_at).where(Round.study_id == study_id)
    return frozenset(
        code
        for code, opened_at, closed_at in db.session.execute(query)
        if state_of(opened_at, closed_at) is RoundState.OPEN
    )
