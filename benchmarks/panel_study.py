"""A study to be answered by many at once: one rating round of 72 outcomes, in six domains of twelve."""

import secrets
from datetime import timedelta
from fractions import Fraction

from sqlalchemy import select

from analysis.study.protocol import Ethics, Group, Identity, Protocol
from analysis.study.records import Outcome, Panellist
from analysis.study.rounds import Criterion, Round, RoundKind
from analysis.study.rules import Comparator, ConsensusDefinition, ShareRule, ShareTest, Verdict
from analysis.study.scale import Box, Scale
from analysis.study.study import Study
from analysis.study.values import Provenance
from delphi.access.links import hash_of
from delphi.dataset import import_study
from delphi.dataset.writing import add_rows
from delphi.extensions import db
from delphi.models import Consent, SignInLink
from delphi.models import Panellist as PanellistRow
from delphi.models import Round as RoundRow
from delphi.web import clock

ROUND = "1"
DOMAINS = ("Safety", "Health", "Housing", "Work", "Family", "Rights")
OUTCOMES_IN_A_DOMAIN = 12
OUTCOMES = len(DOMAINS) * OUTCOMES_IN_A_DOMAIN
LINKS_LAST = timedelta(days=1)
TOKEN_BYTES = 32
SCALE = Scale(
    code="agreement",
    low=1,
    high=9,
    words=("Strongly disagree", "", "", "", "Neither", "", "", "", "Strongly agree"),
    cannot_say="I cannot say",
    boxes=(
        Box("disagree", 1, 3, "disagree"),
        Box("neither", 4, 6, "in between"),
        Box("agree", 7, 9, "agree"),
    ),
)
SEVENTY_PERCENT = ConsensusDefinition(
    code="seventy_percent",
    rules=(ShareRule(Verdict.IN, (ShareTest("agree", Comparator.AT_LEAST, Fraction(70)),)),),
    otherwise=Verdict.OUT,
    minimum_n=2,
    reason="Fixed in advance.",
)


def load_panel(number: int, *, agreed: bool) -> dict[str, int]:
    """Load the study with a panel of `number` people; returns each one's id by the token of their link.

    `agreed`: they have said yes to this round before, and need not be asked.
    """
    study_id = import_study(panel_study(number), by="command line", now=clock.now(), open_round=ROUND)
    ids = db.session.scalars(select(PanellistRow.id).where(PanellistRow.study_id == study_id)).all()
    tokens = {secrets.token_urlsafe(TOKEN_BYTES): panellist_id for panellist_id in ids}
    now = clock.now()
    links = [
        {
            "token_hash": hash_of(token),
            "panellist_id": panellist_id,
            "user_id": None,
            "created_at": now,
            "expires_at": now + LINKS_LAST,
            "used_at": None,
        }
        for token, panellist_id in tokens.items()
    ]
    add_rows(SignInLink, links)
    round_id = db.session.scalars(select(RoundRow.id).where(RoundRow.study_id == study_id)).one()
    consent = {"round_id": round_id, "wording": "Yes.", "agreed": True, "answered_at": now}
    add_rows(Consent, [{**consent, "panellist_id": panellist_id} for panellist_id in ids if agreed])
    db.session.commit()
    return tokens


def panel_study(number: int) -> Study:
    """The study, with `number` people and no answers yet."""
    outcomes = tuple(
        Outcome(
            f"{domain.lower()}_{place}",
            f"{domain}, outcome {place}",
            f"What a change in outcome {place} of {domain.lower()} would mean, in one plain sentence.",
            domain,
            provenance=Provenance.SYNTHETIC,
        )
        for domain in DOMAINS
        for place in range(1, OUTCOMES_IN_A_DOMAIN + 1)
    )
    groups = _protocol().groups
    panel = tuple(Panellist(f"p{at}", groups[at % len(groups)].code, ROUND) for at in range(number))
    return Study(protocol=_protocol(), outcomes=outcomes, panel=panel)


def _protocol() -> Protocol:
    return Protocol(
        study=Identity(
            "load",
            "A study for a measurement",
            "What matters most?",
            synthetic=("outcomes", "panel"),
            note="Made for a measurement.",
        ),
        ethics=Ethics(
            welcome="Welcome.\n\nYou will read one text after another, and say how much each one matters.",
            consent="It is your choice to take part. You can stop at any time, and you need not say why.",
            comment_readers="The team reads what you write. Others see it without your name.",
            thanks="Thank you. Your answers are saved.",
        ),
        groups=(
            Group("survivors", "Survivors", "survivor"),
            Group("researchers", "Researchers", "researcher"),
        ),
        rounds=(
            Round(
                code=ROUND,
                kind=RoundKind.RATING,
                label="Round 1",
                scale=SCALE.code,
                criteria=(Criterion("inclusion", "How strongly do you agree that this outcome matters?"),),
                definition=SEVENTY_PERCENT.code,
            ),
        ),
        scales=(SCALE,),
        definitions=(SEVENTY_PERCENT,),
    )
