"""The practice copy: the study as it stood in its last rating round, with what a running study may offer.

How people join, the order of the sections, what is asked of changed answers and the summary of comments are
not the study's own, which stays as its bundle has it. The summary says that it is synthetic.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace

from analysis.asof import as_of
from analysis.study.protocol import Protocol
from analysis.study.records import StudyText
from analysis.study.rounds import Round, RoundKind, SectionOrder
from analysis.study.study import Study
from analysis.study.taking_part import Joining

TITLE = "study.title"
ENGLISH = "en"
# What is put behind the study's title, in each language that we have words for.
WORDS = {
    ENGLISH: "practice copy, {round} open",
    "fr": "copie d’essai, {round} ouvert",
    "ar": "نسخة للتجربة، {round} مفتوحة",
    "es": "copia de prueba, {round} abierta",
}
ON_THE_ROUND = "Synthetic summary: people wrote that they answered on a phone, and that it worked."
ON_AN_OUTCOME = (
    "Synthetic summary: some people would join this with another text. Some were not sure what to choose."
)
OUTCOMES_SUMMED_UP = 2


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A line of the digest of a round's comments; `outcome` None: on the whole round."""

    round: str
    outcome: str | None
    text: str


def last_rating_round(protocol: Protocol) -> Round:
    """The round that is open in the practice copy."""
    return [round_ for round_ in protocol.rounds if round_.kind is RoundKind.RATING][-1]


def practice_copy(study: Study, *, without: Set[str]) -> Study:
    """Return the study as it stood in its last rating round, which nobody of `without` has answered."""
    current = last_rating_round(study.protocol)
    past = as_of(study, current.code, without=without)
    own = past.protocol
    identity = replace(
        own.study,
        code=f"{own.study.code[:30]}_practice",
        title=_title(own.study.title, WORDS[ENGLISH], round_label=current.label),
    )
    rounds = tuple(_as_practised(round_, study) if round_ == current else round_ for round_ in own.rounds)
    joining = Joining(open_link=True, confirm_groups=True)
    protocol = replace(own, study=identity, rounds=rounds, joining=joining)
    return replace(past, protocol=protocol, texts=tuple(_texts(past.texts, current)))


def summaries_of(practice: Study) -> tuple[Summary, ...]:
    """Return a digest of the comments that came before the open round: on it, and on what most wrote about.

    Nothing where the comments are not synthetic: we do not put words into people's mouths.
    """
    current = last_rating_round(practice.protocol)
    earlier = [comment.round for comment in practice.comments if comment.round != current.code]
    if not current.show_digest or not earlier:
        return ()
    last = max(earlier, key=practice.protocol.position)
    on_outcomes = Counter(c.outcome for c in practice.comments if c.round == last and c.outcome)
    most = [outcome for outcome, _ in on_outcomes.most_common(OUTCOMES_SUMMED_UP)]
    return (
        Summary(round=last, outcome=None, text=ON_THE_ROUND),
        *(Summary(round=last, outcome=outcome, text=ON_AN_OUTCOME) for outcome in most),
    )


def _as_practised(round_: Round, study: Study) -> Round:
    has_digest = "comments" in study.protocol.study.synthetic
    return replace(round_, order=SectionOrder.SHUFFLED, ask_why_changed=True, show_digest=has_digest)


def _texts(texts: Iterable[StudyText], current: Round) -> Iterator[StudyText]:
    """The texts in other languages; a title that we cannot complete is left out, so it shows in English."""
    labels = {text.language: text.text for text in texts if text.key == f"rounds.{current.code}.label"}
    for text in texts:
        if text.key != TITLE:
            yield text
        elif text.language in WORDS:
            label = labels.get(text.language, current.label)
            yield replace(text, text=_title(text.text, WORDS[text.language], round_label=label))


def _title(title: str, words: str, *, round_label: str) -> str:
    return f"{title} — {words.format(round=round_label)}"
