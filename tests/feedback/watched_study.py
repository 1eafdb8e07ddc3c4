"""A study in which people answer, look, join and leave, and all that anybody has seen is written down."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from random import Random

from flask import Flask
from sqlalchemy import delete, insert, update

from analysis.study.protocol import FeedbackPolicy, Group, Identity
from analysis.study.records import Panellist as PanelRow
from analysis.study.records import Rating as RatingRow
from analysis.study.study import Study
from delphi.extensions import db
from delphi.feedback import FeedbackCard, show_feedback
from delphi.feedback.kept import kept_answers
from delphi.models import ListedOutcome, Panellist, Rating, Round
from delphi.standing import standing_of
from delphi.web import clock
from tests.data.small_study import INCLUSION, LIST_1, LIST_2, ROUND_1, ROUND_2, small_study
from tests.feedback.attacker import Count
from tests.studies_on_app import StudyOnApp, load_study

ROUND_3 = replace(ROUND_2, code="3", label="Round 3", weights=None, definition=None)
Block = tuple[str, int]


def study_of(sizes: dict[str, int], *, minimum: int, live: bool, code: str, random: Random) -> Study:
    """Groups of those sizes, Round 1 answered by most of them, Round 2 and 3 empty."""
    small = small_study(code=code)
    people = [f"{group}{number}" for group, size in sizes.items() for number in range(size)]
    rounds = (
        replace(ROUND_1, weights=None, definition=None),
        replace(ROUND_2, weights=None, definition=None, live_feedback=live),
        ROUND_3,
    )
    protocol = replace(
        small.protocol,
        study=Identity(code, "A study", "What matters most?"),
        groups=tuple(Group(group, f"Group {group}", f"one of {group}") for group in sizes),
        rounds=rounds,
        weights=(),
        definitions=(),
        feedback=FeedbackPolicy(minimum),
    )
    ratings = tuple(
        RatingRow("1", person, outcome, INCLUSION.code, random.randint(1, 9), None)
        for person in people
        for outcome in LIST_1
        if random.random() < 0.8
    )
    panel = tuple(PanelRow(person, person[0], "1") for person in people)
    return replace(small, protocol=protocol, panel=panel, ratings=ratings, comments=())


@dataclass
class Watched:
    """The study on an app. `scores`: what counts now, by round and outcome, of each person by code.

    `seen`: the counts that were published of each round and outcome, each as the scores that went into it.
    """

    app: Flask
    study: StudyOnApp
    labels: dict[str, str]
    unconfirmed: set[str] = field(default_factory=set)
    closed: list[str] = field(default_factory=lambda: ["1"])
    confirmed_later: set[tuple[str, str]] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    scores: dict[Block, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    seen: dict[Block, list[Count]] = field(default_factory=lambda: defaultdict(list))
    last: dict[Block, dict[frozenset[str], tuple[int, tuple[int, ...]]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    @classmethod
    def load(cls, app: Flask, study: Study) -> "Watched":
        """Load a study with Round 2 open; everybody has agreed to take part."""
        on_app = load_study(app, study, open_round="2")
        watched = cls(app, on_app, labels={group.label: group.code for group in study.protocol.groups})
        for row in study.ratings:
            watched.scores["1", on_app.outcomes[row.outcome]][row.panellist] = row.score or 0
        return watched

    def answer(self, person: str, outcome: str, score: int | None, *, round_: str = "2") -> None:
        """Give an answer; None: cannot say."""
        outcome_id = self.study.outcomes[outcome]
        row = {
            "round_id": self.study.rounds[round_],
            "panellist_id": self.study.panellists[person],
            "outcome_id": outcome_id,
            "criterion": INCLUSION.code,
            "score": score,
            "missing": "cannot_say" if score is None else None,
            "late": False,
            "answered_at": clock.now(),
        }
        self._write(insert(Rating).values(**row))
        self.scores[round_, outcome_id].pop(person, None)
        if score is not None:
            self.scores[round_, outcome_id][person] = score

    def take_out(self, person: str) -> None:
        """Leave the study and take all answers out."""
        panellist_id = self.study.panellists[person]
        self._write(delete(Rating).where(Rating.panellist_id == panellist_id))
        self._write(
            update(Panellist)
            .where(Panellist.id == panellist_id)
            .values(withdrew_round_id=self.study.rounds["2"])
        )
        self.left.add(person)
        for block in self.scores.values():
            block.pop(person, None)

    def confirm(self, person: str, *, confirmed: bool) -> None:
        """Confirm somebody's group, once, or wait for that; in rounds that have closed they stay out."""
        if confirmed and person not in self.unconfirmed:
            return
        self.confirmed_later |= {(round_, person) for round_ in self.closed if confirmed}
        at = clock.now() if confirmed else None
        where = Panellist.id == self.study.panellists[person]
        self._write(update(Panellist).where(where).values(group_confirmed_at=at))
        (self.unconfirmed.discard if confirmed else self.unconfirmed.add)(person)

    def go_on_to_round_3(self) -> None:
        """Close Round 2 and open Round 3 with the same list."""
        now, rounds = clock.now(), self.study.rounds
        self.closed.append("2")
        self._write(update(Round).where(Round.id == rounds["2"]).values(closed_at=now))
        self._write(update(Round).where(Round.id == rounds["3"]).values(opened_at=now))
        rows = [
            {"round_id": rounds["3"], "outcome_id": self.study.outcomes[outcome], "position": place}
            for place, outcome in enumerate(LIST_2)
        ]
        self._write(insert(ListedOutcome).values(rows))

    def look(self, person: str) -> None:
        """Let somebody see all that they may, and write down the counts in it; who has left sees nothing."""
        if person in self.left:
            return
        with self.app.test_request_context():
            standing = standing_of(self.study.panellists[person], now=clock.now())
            round_ = next(each for each in standing.rounds if each.opened_at and not each.closed_at)
            outcome_ids = [self.study.outcomes[outcome] for outcome in LIST_2]
            feedback = show_feedback(standing, round_=round_, outcome_ids=outcome_ids, now=clock.now())
            cards = [card for each in feedback.values() for card in (*each.earlier, *each.live)]
            found = [(card.round_label.removeprefix("Round "), card) for card in cards]
            upto = {(code, card.form_id): self._upto(self.study.rounds[code], card) for code, card in found}
        if person in self.unconfirmed:
            assert not any(card.groups for _, card in found), person
            return
        for code, card in found:
            self._note((code, card.form_id), card, upto=upto[code, card.form_id])

    @staticmethod
    def _upto(round_id: int, card: FeedbackCard) -> dict[str, int]:
        kept = kept_answers(round_id, [card.form_id]).get((card.form_id, INCLUSION.code))
        return dict(kept.answers.upto) if kept else {}

    def _note(self, block: Block, card: FeedbackCard, *, upto: dict[str, int]) -> None:
        """Write down what is new on a card; refuse counts that are not those of the moment."""
        shown = {}
        for part in card.groups:
            names = str(part.name).replace(" and ", ", ").replace("group ", "Group ").split(", ")
            groups = frozenset(self.labels[name] for name in names)
            counts = tuple(bar.count for bar in part.picture.bars)
            shown[groups] = (max(upto.get(group, 0) for group in groups), counts)
            if self.last[block].get(groups) != shown[groups]:
                self.seen[block].append(self._scores_behind(block, groups, counts))
        self.last[block] = shown

    def _scores_behind(self, block: Block, groups: frozenset[str], counts: tuple[int, ...]) -> Count:
        behind = {
            (person, score)
            for person, score in self.scores[block].items()
            if person[0] in groups
            and person not in self.unconfirmed
            and (block[0], person) not in self.confirmed_later
        }
        scores = [score for _, score in behind]
        assert counts == tuple(scores.count(point) for point in range(1, 10)), (block, groups)
        return frozenset(behind)

    def _write(self, statement: object) -> None:
        with self.app.app_context():
            db.session.execute(statement)  # type: ignore[call-overload]  # an insert, an update or a delete
            db.session.commit()
