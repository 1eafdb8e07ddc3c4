"""From a study to the answers of a draft.

The consensus definition and the feedback are left to be decided anew: they belong to one study.
"""

from dataclasses import replace

from analysis.sentences import exact_number
from analysis.study.protocol import Protocol
from analysis.study.records import Outcome
from analysis.study.rounds import RoundKind
from analysis.study.scale import Scale
from analysis.study.weighting import WeightScheme
from delphi.drafting.answers import (
    WORDLESS,
    About,
    Criteria,
    CriterionRow,
    GroupRow,
    Groups,
    JoiningAnswer,
    OutcomeRow,
    Outcomes,
    PartAnswers,
    Profile,
    ProfileRow,
    RoundRow,
    Rounds,
    ScaleAnswer,
    Support,
    SupportRow,
    Texts,
)
from delphi.models import Part


def copied(protocol: Protocol, outcomes: tuple[Outcome, ...]) -> dict[Part, PartAnswers]:
    """The parts of a draft that are like the study; a part that a draft cannot hold is left to be decided."""
    parts: dict[Part, PartAnswers | None] = {
        Part.ABOUT: About(title=f"Copy of {protocol.study.title}", question=protocol.study.question),
        Part.OUTCOMES: Outcomes(rows=tuple(map(_outcome, outcomes))),
        Part.SCALE: _scale(protocol.scales[0]) if protocol.scales else None,
        Part.GROUPS: _groups(protocol),
        Part.ROUNDS: _rounds(protocol),
        Part.CRITERIA: _criteria(protocol),
        Part.PROFILE: _profile(protocol),
        Part.JOINING: _joining(protocol),
        Part.SUPPORT: _support(protocol),
        Part.TEXTS: _texts(protocol),
    }
    return {part: answers for part, answers in parts.items() if answers is not None}


def _outcome(outcome: Outcome) -> OutcomeRow:
    return OutcomeRow(
        code=outcome.code,
        label=outcome.label,
        descriptor=outcome.descriptor,
        domain=outcome.domain,
        plain=outcome.plain,
        reason=outcome.reason,
    )


def _scale(scale: Scale) -> ScaleAnswer | None:
    if scale.low != 1:
        return None
    labels = [box.label for box in scale.boxes]
    answer = ScaleAnswer(
        points=str(scale.high),
        lowest=scale.words[0],
        highest=scale.words[-1],
        between="\n".join(word or WORDLESS for word in scale.words[1:-1]),
        cannot_say=scale.cannot_say,
    )
    if len(labels) != 3:
        return answer
    return replace(answer, low_label=labels[0], middle_label=labels[1], high_label=labels[2])


def _groups(protocol: Protocol) -> Groups:
    scheme = next((each for each in protocol.weights if each.scheme is WeightScheme.MULTIPLIER), None)
    values = scheme.values if scheme else {}
    return Groups(
        rows=tuple(
            GroupRow(
                code=group.code,
                label=group.label,
                one=group.one,
                weight=exact_number(values[group.code]) if group.code in values else "1",
            )
            for group in protocol.groups
        )
    )


def _rounds(protocol: Protocol) -> Rounds:
    return Rounds(
        rows=tuple(
            RoundRow(
                code=round_.code,
                label=round_.label,
                kind=round_.kind.value,
                question=round_.criteria[0].question if round_.criteria else round_.question,
                order=round_.order.value,
                places=str(round_.places or ""),
            )
            for round_ in protocol.rounds
            if round_.kind is not RoundKind.WORKSHOP
        )
    )


def _criteria(protocol: Protocol) -> Criteria:
    """Those of the round that asks most; the first is the round's own question."""
    further = max((round_.criteria[1:] for round_ in protocol.rounds), key=len, default=())
    return Criteria(rows=tuple(CriterionRow(code=each.code, question=each.question) for each in further))


def _profile(protocol: Protocol) -> Profile:
    return Profile(
        rows=tuple(
            ProfileRow(
                code=each.code,
                question=each.question,
                kind=each.kind.value,
                choices="\n".join(each.choices),
                hint=each.hint,
            )
            for each in protocol.profile
        )
    )


def _joining(protocol: Protocol) -> JoiningAnswer:
    joining, leaving = protocol.joining, protocol.leaving
    return JoiningAnswer(
        open_link="yes" if joining.open_link else "no",
        confirm_groups="yes" if joining.confirm_groups else "no",
        exit_to=leaving.exit_to,
        removable_until=leaving.removable_until,
    )


def _support(protocol: Protocol) -> Support:
    return Support(
        rows=tuple(
            SupportRow(
                name=line.name,
                contact=line.contact,
                country=line.country,
                languages=", ".join(line.languages),
                hours=line.hours,
                url=line.url,
            )
            for line in protocol.support
        )
    )


def _texts(protocol: Protocol) -> Texts:
    ethics = protocol.ethics
    return Texts(
        welcome=ethics.welcome,
        consent=ethics.consent,
        comment_readers=ethics.comment_readers,
        private_readers=ethics.private_readers,
        team_contact=ethics.team_contact,
        thanks=ethics.thanks,
    )
