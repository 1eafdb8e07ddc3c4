"""A round's list in sections, and what its pages ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from analysis.study.protocol import Protocol
from analysis.study.rounds import FeedbackShown, RoundKind
from analysis.study.scale import Scale
from analysis.study.translation import domain_in_language
from delphi.domain.sections import Progress, Section, progress_of, section_holding, sections_of
from delphi.models import TextKind
from delphi.rating.forms import Asked
from delphi.rating.held import Held
from delphi.standing import Listed, RoundFacts, Standing, list_of

LISTS_KEPT = 64  # cut into sections, one a round and order


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A round's list, cut into sections. `notes`: what to know before a domain's section, by its name."""

    round: RoundFacts
    protocol: Protocol
    listed: tuple[Listed, ...]
    sections: tuple[Section, ...]
    notes: Mapping[str, str]

    def section(self, number: int) -> Section | None:
        """The section with that number, None if there is none."""
        return self.sections[number - 1] if 1 <= number <= len(self.sections) else None

    def outcomes_of(self, section: Section) -> tuple[Listed, ...]:
        """A section's outcomes, in its order."""
        by_id = {outcome.outcome_id: outcome for outcome in self.listed}
        return tuple(by_id[outcome_id] for outcome_id in section.outcome_ids)

    def beside(self, outcome_id: int) -> frozenset[int]:
        """The outcomes on the page that shows this one."""
        section = section_holding(self.sections, outcome_id)
        return frozenset(section.outcome_ids if section else ())

    @property
    def comments_only(self) -> bool:
        """Whether nothing but comments is asked for."""
        return self.round.definition.kind is RoundKind.COMMENT

    @property
    def criteria(self) -> tuple[str, ...]:
        """The codes of the questions that each outcome is asked."""
        return tuple(criterion.code for criterion in self.round.definition.criteria)

    @property
    def scale(self) -> Scale | None:
        """What its questions are answered on, None where nothing is rated."""
        return None if self.comments_only else self.protocol.scale_of(self.round.definition)

    @property
    def offers_private(self) -> bool:
        """Whether one may write to the team alone."""
        return bool(self.protocol.ethics.private_readers)

    @property
    def keeps_dissent(self) -> bool:
        """Whether one may ask to be put on record as seeing something differently from the groups."""
        return self.round.definition.feedback is FeedbackShown.GROUPS and not self.comments_only

    def asked(self, section: Section | None = None) -> Asked:
        """What a section asks for; None: what all of them do."""
        outcomes = self.outcomes_of(section) if section else self.listed
        kinds = {
            TextKind.COMMENT: True,
            TextKind.PRIVATE: self.offers_private,
            TextKind.REASON: self.round.definition.ask_why_changed,
            TextKind.DISSENT: self.keeps_dissent,
        }
        return Asked(
            labels={outcome.outcome_id: outcome.label for outcome in outcomes},
            criteria=self.criteria,
            scale=self.scale,
            kinds=frozenset(kind for kind, is_asked in kinds.items() if is_asked),
        )

    def asked_at_the_end(self) -> Asked:
        """What the last page asks for."""
        kinds = {
            TextKind.COMMENT: True,
            TextKind.PROPOSAL: self.comments_only,
            TextKind.PRIVATE: self.offers_private,
        }
        return Asked(labels={}, of_round=frozenset(kind for kind, is_asked in kinds.items() if is_asked))

    def done(self, held: Held) -> frozenset[int]:
        """The outcomes that are answered; in a comment round those with a comment."""
        return held.commented if self.comments_only else held.answered(self.criteria)

    def progress(self, done: frozenset[int], section: Section | None = None) -> Progress:
        """How far one is with a section, or with everything."""
        outcome_ids = section.outcome_ids if section else [outcome.outcome_id for outcome in self.listed]
        return progress_of(outcome_ids, answered=done)

    def left(self, done: frozenset[int], section: Section) -> tuple[Listed, ...]:
        """A section's outcomes that are not `done`."""
        return tuple(outcome for outcome in self.outcomes_of(section) if outcome.outcome_id not in done)


def sheet_of(standing: Standing, round_: RoundFacts) -> Sheet:
    """A round's list in sections; one statement."""
    listed = list_of(standing, round_)
    sections = _sections(tuple((outcome.outcome_id, outcome.domain) for outcome in listed))
    notes = {
        domain_in_language(domain.name, standing.texts): domain.note for domain in standing.protocol.domains
    }
    return Sheet(round=round_, protocol=standing.protocol, listed=listed, sections=sections, notes=notes)


@lru_cache(maxsize=LISTS_KEPT)
def _sections(listed: tuple[tuple[int, str], ...]) -> tuple[Section, ...]:
    return sections_of(listed)
