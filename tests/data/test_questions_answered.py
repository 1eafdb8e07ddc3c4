"""How many questions somebody answered: what is remembered from an earlier look must not hide a newer answer."""

from collections.abc import Sequence

from flask import Flask
from sqlalchemy import delete, insert, select

from delphi.dataset.questions_answered import questions_answered
from delphi.extensions import db
from delphi.models import Rating
from delphi.web import clock
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp, load_study


def answered(study: StudyOnApp) -> int:
    """How many questions of round 2 s6 has answered."""
    found = questions_answered(study.study_id, study.rounds["2"])
    return found.get(study.panellists["s6"], 0)


def send(study: StudyOnApp, outcomes: Sequence[str], *, late: bool = False) -> None:
    """Let s6 answer these outcomes."""
    who = {"round_id": study.rounds["2"], "panellist_id": study.panellists["s6"], "criterion": "inclusion"}
    what = {"score": 7, "late": late, "answered_at": clock.now()}
    rows = [{**who, **what, "outcome_id": study.outcomes[code]} for code in outcomes]
    db.session.execute(insert(Rating), rows)
    db.session.commit()


def test_questions_are_told_apart_again_when_an_answer_has_come(each_app: Flask) -> None:
    study = load_study(each_app, small_study(), open_round="2")
    first, second = list(study.outcomes)[:2]
    with each_app.app_context():
        assert answered(study) == 0
        send(study, [first])
        assert answered(study) == 1
        send(study, [first])
        assert answered(study) == 1, "a changed answer is one answer"
        send(study, [second], late=True)
        assert answered(study) == 1, "a late answer counts for nothing"
        send(study, [second])
        assert answered(study) == 2
        mine = Rating.panellist_id == study.panellists["s6"]
        db.session.execute(delete(Rating).where(mine))
        assert answered(study) == 0, "they left and took their answers along"
        assert db.session.scalar(select(Rating.id).limit(1)), "others' are there"
