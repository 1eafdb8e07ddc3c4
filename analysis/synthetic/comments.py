"""Synthetic comments: our own phrases, each of them saying that it is synthetic."""

from collections.abc import Iterable, Iterator

from analysis.study.records import Comment, Evidence, LineageAction, LineageStep
from analysis.synthetic.design import Design
from analysis.synthetic.draws import Draws
from analysis.synthetic.panel import Attendance
from analysis.synthetic.parameters import Parameters, Remarks

MARK = "Synthetic comment: "


def draw_comments(
    design: Design, *, attendance: Attendance, parameters: Parameters, draws: Draws
) -> list[Comment]:
    """Draw the comments of every round that has remarks, ordered by round, person and the list's order."""
    comments: list[Comment] = []
    for remarks in parameters.remarks:
        people = attendance.respondents[remarks.round]
        drawn = _once_each(
            (*_on_steps(remarks, design, people, draws), *_free(remarks, design, people, draws))
        )
        place = {code: index for index, code in enumerate(design.lists[remarks.round], start=1)}
        comments += sorted(
            drawn, key=lambda comment: (comment.panellist, place.get(comment.outcome or "", 0))
        )
    return comments


def _once_each(comments: Iterable[Comment]) -> list[Comment]:
    """Keep a person's first comment on each outcome."""
    first: dict[tuple[str, str | None], Comment] = {}
    for comment in comments:
        first.setdefault((comment.panellist, comment.outcome), comment)
    return list(first.values())


def _free(remarks: Remarks, design: Design, people: tuple[str, ...], draws: Draws) -> Iterator[Comment]:
    for person in people:
        writes = draws.happens(remarks.writers)
        count = 1 + int(draws.share() * remarks.most)
        if writes:
            for outcome in draws.sample(design.lists[remarks.round], size=count):
                yield Comment(remarks.round, person, outcome, MARK + draws.pick(remarks.on_outcomes))
            if draws.happens(remarks.on_the_round_share):
                yield Comment(remarks.round, person, None, MARK + draws.pick(remarks.on_the_round))


def _on_steps(remarks: Remarks, design: Design, people: tuple[str, ...], draws: Draws) -> Iterator[Comment]:
    """Let some people speak for each step that the lineage rests on comments."""
    for step in design.lineage:
        if step.after == remarks.round and step.evidence is Evidence.COMMENTS:
            for person in draws.sample(people, size=remarks.voices):
                yield _on_step(remarks, step, design, person, draws)


def _on_step(remarks: Remarks, step: LineageStep, design: Design, person: str, draws: Draws) -> Comment:
    if step.action is LineageAction.ADDED:
        return Comment(remarks.round, person, None, MARK + draws.pick(remarks.adding))
    if step.action is LineageAction.DROPPED:
        return Comment(remarks.round, person, step.sources[0], MARK + draws.pick(remarks.dropping))
    about, *others = draws.sample(step.sources, size=len(step.sources))
    phrase = draws.pick(remarks.merging).replace("{other}", design.labels[others[0]])
    return Comment(remarks.round, person, about, MARK + phrase)
