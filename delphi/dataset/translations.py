"""A study's texts in other languages than its first."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from analysis.study import records
from analysis.study.translation import digest_key, is_digest_key
from delphi.extensions import db
from delphi.models import Outcome, StudyText, Wording


def wordings_of(study_id: int, *, languages: Sequence[str]) -> tuple[records.Wording, ...]:
    """Return the outcomes' wordings, language by language in the order of `languages`."""
    columns = (
        Wording.language,
        Outcome.code,
        Wording.label,
        Wording.descriptor,
        Wording.plain,
        Wording.state,
    )
    query = (
        select(*columns)
        .join(Outcome, Outcome.id == Wording.outcome_id)
        .where(Outcome.study_id == study_id)
        .order_by(Outcome.position)
    )
    rows = sorted(db.session.execute(query), key=lambda row: languages.index(row.language))
    return tuple(records.Wording(*row) for row in rows)


def texts_of_study(study_id: int, *, languages: Sequence[str]) -> tuple[records.StudyText, ...]:
    """Return the protocol's texts, language by language in the order of `languages`, each by its key."""
    columns = (StudyText.language, StudyText.key, StudyText.text, StudyText.state)
    query = select(*columns).where(StudyText.study_id == study_id).order_by(StudyText.position)
    rows = sorted(db.session.execute(query), key=lambda row: languages.index(row.language))
    return tuple(records.StudyText(*row) for row in rows)


def texts_in_use(
    study_id: int, *, digest: Iterable[records.DigestLine], languages: Sequence[str]
) -> tuple[records.StudyText, ...]:
    """Return the same without what belongs to lines of a digest that have been changed since."""
    lines = {digest_key(line.line) for line in digest}
    texts = texts_of_study(study_id, languages=languages)
    return tuple(text for text in texts if not is_digest_key(text.key) or text.key in lines)
