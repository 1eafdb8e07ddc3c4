"""How many questions somebody answered: what is remembered must not hide a newer answer."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Flask
from sqlalchemy import delete, insert

from delphi.dataset.questions_answered import questions_answered
from delphi.extensions import db
from delphi.models import Rating
from delphi.web import clock
from tests.data.small_study import small_study
from tests.studies_on_app import StudyOnApp, load_study


def answered(study: StudyOnApp) -> int:
    """How many questions of round 2 the newcomer has answered."""
    found = questions_answered(study.study_id, study.rounds["2"])
    return found.get(study.panellists["new"], 0)


def send(study: StudyOnApp, outcomes: Sequence[str], *, late: bool = False) -> None:
    """Let the newcomer answer these outcomes."""
    who = {"round_id": study.rounds["2"], "panellist_id": study.panellists["new"], "criterion": "inclusion"}
    what = {"score": 7, "late": late, "answered_at": clock.now()}
    rows = [{**who, **what, "outcome_id": study.outcomes[code]} for code in outcomes]
    db.session.execute(insert(Rating), rows)
    db.session.commit()


def test_questions_are_told_apart_again_when_an_answer_has_come(each_app: Flask) -> None:
    small = small_study()
    newcomer = replace(small.panel[-1], code="new", joined="2")
    study = load_study(each_app, replace(small, panel=(*small.panel, newcomer)), open_round="2")
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
        db.session.execute(delete(Rating).where(Rating.panellist_id == study.panellists["new"]))
        assert answered(study) == 0, "they left and took their answers along"
