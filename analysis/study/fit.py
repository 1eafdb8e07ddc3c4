"""Whether the parts of a study fit together: every name that one part uses is defined by another."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol as Shape

from analysis.study.lineage_fit import lineage_problems
from analysis.study.protocol import Protocol
from analysis.study.published import Published
from analysis.study.records import (
    Comment,
    DigestLine,
    LineageStep,
    Outcome,
    Panellist,
    Ranking,
    Rating,
    StudyText,
    Vote,
    Wording,
)
from analysis.study.rounds import Round
from analysis.study.rules import (
    BallotMeasure,
    ConsensusDefinition,
    MeanMeasure,
    Rule,
    ShareMeasure,
    ShareRule,
)
from analysis.study.translation import digest_key, texts_of
from analysis.study.values import Problem

PROTOCOL, OUTCOMES, PANEL, PUBLISHED = "study.toml", "outcomes.csv", "panel.csv", "published.toml"
TABLES = ("outcomes", "lineage", "panel", "ratings", "rankings", "ballots", "comments")
AN_OUTCOME, A_PANELLIST = "an outcome of outcomes.csv", "a panellist of panel.csv"


class Parts(Shape):
    """What a study offers to be checked."""

    @property
    def protocol(self) -> Protocol: ...
    @property
    def outcomes(self) -> tuple[Outcome, ...]: ...
    @property
    def lineage(self) -> tuple[LineageStep, ...]: ...
    @property
    def panel(self) -> tuple[Panellist, ...]: ...
    @property
    def ratings(self) -> tuple[Rating, ...]: ...
    @property
    def rankings(self) -> tuple[Ranking, ...]: ...
    @property
    def ballots(self) -> tuple[Vote, ...]: ...
    @property
    def comments(self) -> tuple[Comment, ...]: ...
    @property
    def digest(self) -> tuple[DigestLine, ...]: ...
    @property
    def wordings(self) -> tuple[Wording, ...]: ...
    @property
    def texts(self) -> tuple[StudyText, ...]: ...
    @property
    def published(self) -> Published: ...


def problems_between(study: Parts) -> tuple[Problem, ...]:
    """Return every problem between the parts of `study`, in the order of its files."""
    return (
        *_protocol_problems(study.protocol),
        *_domain_problems(study),
        *_duplicates(OUTCOMES, "code", (outcome.code for outcome in study.outcomes), "each code only once"),
        *_wording_problems(study),
        *_text_problems(study),
        *lineage_problems(study.protocol, study.outcomes, study.lineage),
        *_panel_problems(study),
        *_rating_problems(study),
        *_ranking_problems(study),
        *_vote_problems(study),
        *_comment_problems(study),
        *_digest_problems(study),
        *_published_problems(study),
    )


def one_of(names: Iterable[str]) -> str:
    """Say which names would be right, in words."""
    known = list(names)
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"one of: {shown}" if known else "nothing: none is defined"


def _duplicates(table: str, field: str, keys: Iterable[Hashable], expected: str) -> Iterator[Problem]:
    seen: set[Hashable] = set()
    for row, key in enumerate(keys):
        if key in seen:
            parts = key if isinstance(key, tuple) else (key,)
            yield Problem(table, row, field, " ".join(str(part) for part in parts if part), expected)
        seen.add(key)


def _unknown(
    table: str,
    row: int | None,
    field: str,
    found: str | None,
    known: Collection[str],
    expected: str | None = None,
) -> Iterator[Problem]:
    if found is not None and found not in known:
        yield Problem(table, row, field, found, expected or one_of(known))


def _protocol_problems(protocol: Protocol) -> Iterator[Problem]:
    for index, name in enumerate(protocol.study.synthetic):
        yield from _unknown(PROTOCOL, None, f"study.synthetic[{index}]", name, TABLES)
    for name in ("groups", "scales", "weights", "definitions", "rounds", "profile"):
        yield from _repeated_parts(PROTOCOL, name, [part.code for part in getattr(protocol, name)])
    for index, weighting in enumerate(protocol.weights):
        for group in weighting.values:
            at = f"weights[{index}].values.{group}"
            yield from _unknown(PROTOCOL, None, at, group, protocol.group_codes)
    for index, round_ in enumerate(protocol.rounds):
        yield from _round_problems(protocol, index, round_)


def _domain_problems(study: Parts) -> Iterator[Problem]:
    names, known = [], list(dict.fromkeys(outcome.domain for outcome in study.outcomes))
    for index, domain in enumerate(study.protocol.domains):
        at = f"domains[{index}].name"
        yield from _unknown(PROTOCOL, None, at, domain.name, known, "a domain of outcomes.csv")
        if domain.name in names:
            yield Problem(PROTOCOL, None, at, domain.name, "each domain only once")
        names.append(domain.name)


def _repeated_parts(table: str, name: str, codes: Sequence[str]) -> Iterator[Problem]:
    for problem in _duplicates(table, "code", codes, "each code only once"):
        yield replace(problem, row=None, field=f"{name}[{problem.row}].code")


def _round_problems(protocol: Protocol, index: int, round_: Round) -> Iterator[Problem]:
    for name, parts in (("scale", "scales"), ("weights", "weights"), ("definition", "definitions")):
        known = [part.code for part in getattr(protocol, parts)]
        yield from _unknown(PROTOCOL, None, f"rounds[{index}].{name}", getattr(round_, name), known)
    for number, definition in enumerate(protocol.definitions):
        if definition.code == round_.definition:
            yield from _definition_problems(protocol, number, definition, round_)


def _definition_problems(
    protocol: Protocol, number: int, definition: ConsensusDefinition, round_: Round
) -> Iterator[Problem]:
    boxes = [box.code for scale in protocol.scales if scale.code == round_.scale for box in scale.boxes]
    ballots = [ballot.code for ballot in round_.ballots]
    for place, rule in enumerate(definition.rules):
        at = f"definitions[{number}].rules[{place}]"
        yield from _unknown(PROTOCOL, None, f"{at}.group", rule.group, protocol.group_codes)
        for field, name, known in _names_used(rule, boxes, ballots):
            yield from _unknown(PROTOCOL, None, f"{at}.{field}", name, known)
        if isinstance(rule, ShareRule):
            if rule.groups_needed is not None and rule.groups_needed > len(protocol.groups):
                most = f"at most {len(protocol.groups)}, the number of groups"
                yield Problem(PROTOCOL, None, f"{at}.groups_needed", str(rule.groups_needed), most)
        elif isinstance(rule.measure, MeanMeasure) and round_.scale is None:
            yield Problem(PROTOCOL, None, f"{at}.measure", "mean", "a measure of a round that has no scale")


def _names_used(rule: Rule, boxes: list[str], ballots: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    if isinstance(rule, ShareRule):
        for test in rule.tests:
            yield "tests", test.box, boxes
    elif isinstance(rule.measure, ShareMeasure):
        yield "measure.box", rule.measure.box, boxes
    elif isinstance(rule.measure, BallotMeasure):
        yield "measure.ballot", rule.measure.ballot, ballots


def _wording_problems(study: Parts) -> Iterator[Problem]:
    codes = {outcome.code for outcome in study.outcomes}
    for language in dict.fromkeys(wording.language for wording in study.wordings):
        table = f"outcomes.{language}.csv"
        yield from _unknown(table, None, "language", language, study.protocol.study.languages)
        own = [wording.code for wording in study.wordings if wording.language == language]
        yield from _duplicates(table, "code", own, "each code only once")
        for row, code in enumerate(own):
            yield from _unknown(table, row, "code", code, codes, AN_OUTCOME)


def _text_problems(study: Parts) -> Iterator[Problem]:
    known = set(texts_of(study.protocol, domains={outcome.domain for outcome in study.outcomes}))
    known |= {digest_key(line.line) for line in study.digest}
    for language in dict.fromkeys(text.language for text in study.texts):
        table = f"texts.{language}.csv"
        yield from _unknown(table, None, "language", language, study.protocol.study.languages)
        own = [text.key for text in study.texts if text.language == language]
        yield from _duplicates(table, "key", own, "each key only once")
        for row, key in enumerate(own):
            yield from _unknown(table, row, "key", key, known, "the key of a text that the study has")


def _panel_problems(study: Parts) -> Iterator[Problem]:
    rounds = [round_.code for round_ in study.protocol.rounds]
    yield from _duplicates(PANEL, "panellist", (p.code for p in study.panel), "each panellist only once")
    for row, person in enumerate(study.panel):
        yield from _unknown(PANEL, row, "group", person.group, study.protocol.group_codes)
        yield from _unknown(PANEL, row, "joined", person.joined, rounds)
        yield from _unknown(PANEL, row, "withdrew", person.withdrew, rounds)


def _rating_problems(study: Parts) -> Iterator[Problem]:
    table = "ratings.csv"
    rounds = {round_.code: round_ for round_ in study.protocol.rounds if round_.criteria}
    criteria = {code: [c.code for c in round_.criteria] for code, round_ in rounds.items()}
    scales = {scale.code: scale for scale in study.protocol.scales}
    people, outcomes = {p.code for p in study.panel}, {o.code for o in study.outcomes}
    keys = ((r.round, r.panellist, r.outcome, r.criterion) for r in study.ratings)
    yield from _duplicates(table, "outcome", keys, "one answer to each criterion of an outcome in a round")
    for row, rating in enumerate(study.ratings):
        yield from _unknown(table, row, "panellist", rating.panellist, people, A_PANELLIST)
        yield from _unknown(table, row, "outcome", rating.outcome, outcomes, AN_OUTCOME)
        yield from _unknown(table, row, "round", rating.round, rounds)
        if rating.round not in rounds:
            continue
        yield from _unknown(table, row, "criterion", rating.criterion, criteria[rating.round])
        scale = scales.get(rounds[rating.round].scale or "")
        if scale and rating.score is not None and not scale.low <= rating.score <= scale.high:
            wanted = f"a whole number from {scale.low} to {scale.high}"
            yield Problem(table, row, "score", str(rating.score), wanted)


def _ranking_problems(study: Parts) -> Iterator[Problem]:
    table = "rankings.csv"
    rounds = [round_.code for round_ in study.protocol.rounds if round_.kind.value == "ranking"]
    yield from _place_problems(table, study.rankings, study)
    for row, ranking in enumerate(study.rankings):
        yield from _unknown(table, row, "round", ranking.round, rounds)


def _vote_problems(study: Parts) -> Iterator[Problem]:
    table = "ballots.csv"
    ballots = {
        (round_.code, ballot.code): ballot for round_ in study.protocol.rounds for ballot in round_.ballots
    }
    yield from _place_problems(table, study.ballots, study)
    taken = {(vote.round, vote.ballot, vote.panellist, vote.position) for vote in study.ballots}
    for row, vote in enumerate(study.ballots):
        ballot = ballots.get((vote.round, vote.ballot))
        if ballot is None:
            yield Problem(
                table, row, "ballot", f"{vote.round} {vote.ballot}", one_of(" ".join(k) for k in ballots)
            )
        elif vote.position > ballot.places:
            yield Problem(table, row, "position", str(vote.position), f"1 to {ballot.places}")
        elif vote.position > 1 and (vote.round, vote.ballot, vote.panellist, vote.position - 1) not in taken:
            # Those who cast a ballot are counted by its first place.
            wanted = "1, or the next place: a ballot is filled from 1 on without a gap"
            yield Problem(table, row, "position", str(vote.position), wanted)


def _place_problems(table: str, places: Sequence[Ranking | Vote], study: Parts) -> Iterator[Problem]:
    people, outcomes = {p.code for p in study.panel}, {o.code for o in study.outcomes}
    taken, chosen = [], []
    for place in places:
        who = (place.round, place.ballot if isinstance(place, Vote) else "", place.panellist)
        taken.append((*who, place.position))
        chosen.append((*who, place.outcome))
    yield from _duplicates(table, "position", taken, "one outcome in each place")
    yield from _duplicates(table, "outcome", chosen, "each outcome in one place only")
    for row, place in enumerate(places):
        yield from _unknown(table, row, "panellist", place.panellist, people, A_PANELLIST)
        yield from _unknown(table, row, "outcome", place.outcome, outcomes, AN_OUTCOME)


def _comment_problems(study: Parts) -> Iterator[Problem]:
    table = "comments.csv"
    rounds = [round_.code for round_ in study.protocol.rounds]
    people, outcomes = {p.code for p in study.panel}, {o.code for o in study.outcomes}
    keys = ((c.round, c.panellist, c.outcome, c.kind) for c in study.comments)
    yield from _duplicates(table, "outcome", keys, "one comment of a person on each outcome in a round")
    for row, comment in enumerate(study.comments):
        yield from _unknown(table, row, "round", comment.round, rounds)
        yield from _unknown(table, row, "panellist", comment.panellist, people, A_PANELLIST)
        yield from _unknown(table, row, "outcome", comment.outcome, outcomes, AN_OUTCOME)


def _digest_problems(study: Parts) -> Iterator[Problem]:
    table = "digest.csv"
    rounds = [round_.code for round_ in study.protocol.rounds]
    outcomes, languages = {o.code for o in study.outcomes}, ("", *study.protocol.study.languages)
    keys = ((line.round, line.outcome, line.line, line.language) for line in study.digest)
    yield from _duplicates(table, "line", keys, "each line of an outcome in a round only once")
    for row, line in enumerate(study.digest):
        yield from _unknown(table, row, "round", line.round, rounds)
        yield from _unknown(table, row, "outcome", line.outcome, outcomes, AN_OUTCOME)
        yield from _unknown(table, row, "language", line.language, languages, one_of(languages[1:]))


def _published_problems(study: Parts) -> Iterator[Problem]:
    sources = [source.code for source in study.published.sources]
    stages = ["start", *(round_.code for round_ in study.protocol.rounds)]
    yield from _repeated_parts(PUBLISHED, "sources", sources)
    yield from _repeated_parts(PUBLISHED, "figures", [figure.code for figure in study.published.figures])
    for index, figure in enumerate(study.published.figures):
        yield from _unknown(PUBLISHED, None, f"figures[{index}].source", figure.source, sources)
        yield from _unknown(PUBLISHED, None, f"figures[{index}].stage", figure.stage, stages)
