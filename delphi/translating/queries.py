"""What the pages about a study's languages show."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from analysis.study.protocol import Protocol
from delphi.dataset import outcomes_of, protocol_of
from delphi.extensions import db
from delphi.models import Panellist, Round, Study
from delphi.translating.forms import piece_field
from delphi.translating.held import NOTHING, Given, State, Translation, Translations, held_in
from delphi.translating.offered import languages_to_add
from delphi.translating.texts import PARTS, Item, Piece, items_of
from delphi.web.language import Language, StudyLanguage, language_of_study

TEXTS_A_PAGE = 20
NO_FAULTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyTexts:
    """A study and everything in it that can be translated."""

    study_id: int
    protocol: Protocol
    items: tuple[Item, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Its languages, the first one first."""
        return self.protocol.study.languages

    def held(self, language: str) -> Translations:
        """What it has in a language."""
        return held_in(self.study_id, language=language, languages=self.languages, items=self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What each of the pages names: the study, its first language, the rounds that have a receipt."""

    study: str
    study_title: str
    synthetic: str
    first: StudyLanguage
    opened: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLine:
    """A language of the study: how many of its texts are in which state, and how many people chose it."""

    code: str
    is_first: bool
    checked: int
    draft: int
    missing: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagesPage:
    """The languages of a study, and those that can be added."""

    frame: Frame
    lines: tuple[LanguageLine, ...]
    to_add: tuple[Language, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A text to translate. `text` is in its field; `theirs`: what somebody else wrote there meanwhile."""

    field: str
    name: str
    source: str
    text: str
    rows: int
    fault: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item on the page; `is_late`: somebody else changed it, so one of the two must be chosen."""

    field: str
    name: str
    state: State
    boxes: tuple[Box, ...]
    is_checked: bool
    seen: str
    is_late: bool
    theirs_checked: bool

    @property
    def has_fault(self) -> bool:
        """Whether it was not saved."""
        return self.is_late or any(box.fault for box in self.boxes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which texts are listed: all for "", else those in a state; `number` of them."""

    code: str
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatingPage:
    """Texts beside each other: `parts` are groups of entries with their heading."""

    frame: Frame
    language: StudyLanguage
    filters: tuple[Filter, ...]
    parts: tuple[tuple[str, tuple[Entry, ...]], ...]
    show: str
    number: int
    pages: int

    @property
    def faulty(self) -> tuple[Entry, ...]:
        """What was not saved."""
        return tuple(entry for _, entries in self.parts for entry in entries if entry.has_fault)


def texts_in_view(study_id: int) -> StudyTexts:
    """Return the study and what can be translated in it."""
    protocol = protocol_of(db.session.get_one(Study, study_id))
    items = items_of(protocol, outcomes=outcomes_of(study_id))
    return StudyTexts(study_id=study_id, protocol=protocol, items=items)


def frame_of(texts: StudyTexts) -> Frame:
    """Return what each page names."""
    identity = texts.protocol.study
    opened = select(Round.code).where(Round.study_id == texts.study_id, Round.opened_at.is_not(None))
    codes = db.session.scalars(opened.order_by(Round.position))
    return Frame(
        study=identity.code,
        study_title=identity.title,
        synthetic=identity.note if identity.synthetic else "",
        first=language_of_study(identity.languages[0]),
        opened=tuple((code, texts.protocol.round(code).label) for code in codes),
    )


def languages_page(study_id: int) -> LanguagesPage:
    """Return the languages of a study, each with how far it is translated."""
    texts = texts_in_view(study_id)
    query = select(Panellist.language, func.count()).where(Panellist.study_id == study_id)
    people = dict(db.session.execute(query.group_by(Panellist.language)).all())
    lines = []
    for place, code in enumerate(texts.languages):
        states = _states(texts.items, texts.held(code)) if place else Counter[State]()
        lines.append(
            LanguageLine(
                code=code,
                is_first=place == 0,
                checked=states[State.CHECKED],
                draft=states[State.DRAFT],
                missing=states[State.MISSING],
                people=people.get(code.partition("-")[0].lower(), 0),
            )
        )
    return LanguagesPage(frame=frame_of(texts), lines=tuple(lines), to_add=languages_to_add(texts.languages))


def translating_page(texts: StudyTexts, *, language: str, show: str, number: int) -> TranslatingPage:
    """Return a page of the texts in a language that are in the state `show`, of all for ""."""
    held = texts.held(language)
    listed = [item for item in texts.items if show in ("", held.get(item.key, NOTHING).state(item))]
    pages = max(1, -(-len(listed) // TEXTS_A_PAGE))
    number = min(max(number, 1), pages)
    of_page = listed[(number - 1) * TEXTS_A_PAGE : number * TEXTS_A_PAGE]
    entries = [(item, _entry(item, held.get(item.key, NOTHING))) for item in of_page]
    return _page(texts, entries, held=held, language=language, show=show, number=number, pages=pages)


def unsaved_page(
    texts: StudyTexts,
    *,
    language: str,
    show: str,
    number: int,
    late: Collection[Given],
    faulty: Collection[Given],
    faults: Mapping[str, str],
) -> TranslatingPage:
    """Return the texts that were sent and not saved, as they were sent, and nothing else."""
    held = texts.held(language)
    entries = [
        (
            each.item,
            _entry(each.item, held.get(each.item.key, NOTHING), given=each, late=each in late, faults=faults),
        )
        for each in (*late, *faulty)
    ]
    order = [item.key for item in texts.items]
    entries.sort(key=lambda entry: order.index(entry[0].key))
    return _page(texts, entries, held=held, language=language, show=show, number=number, pages=1)


def _page(
    texts: StudyTexts,
    entries: Iterable[tuple[Item, Entry]],
    *,
    held: Translations,
    language: str,
    show: str,
    number: int,
    pages: int,
) -> TranslatingPage:
    parts: dict[str, tuple[Entry, ...]] = {}
    for item, entry in entries:
        parts[PARTS[item.part]] = (*parts.get(PARTS[item.part], ()), entry)
    states = _states(texts.items, held)
    numbers = {"": len(texts.items), **{state.value: states[state] for state in State}}
    filters = [Filter(code=code, number=of, chosen=code == show) for code, of in numbers.items()]
    return TranslatingPage(
        frame=frame_of(texts),
        language=language_of_study(language),
        filters=tuple(filters),
        parts=tuple(parts.items()),
        show=show,
        number=number,
        pages=pages,
    )


def _states(items: Iterable[Item], held: Translations) -> Counter[State]:
    return Counter(held.get(item.key, NOTHING).state(item) for item in items)


def _entry(
    item: Item,
    held: Translation,
    *,
    given: Given | None = None,
    late: bool = False,
    faults: Mapping[str, str] = NO_FAULTS,
) -> Entry:
    """An item as it is held, or as it was sent. What is late has seen what is held now, on this page."""
    shown = given.translation if given else held
    theirs = held if late else NOTHING
    boxes = (_box(item, piece, shown=shown, theirs=theirs, faults=faults) for piece in item.pieces)
    return Entry(
        field=item.field,
        name=item.name,
        state=held.state(item),
        boxes=tuple(boxes),
        is_checked=shown.is_checked,
        seen=given.seen if given and not late else held.fingerprint,
        is_late=late,
        theirs_checked=held.is_checked,
    )


def _box(
    item: Item, piece: Piece, *, shown: Translation, theirs: Translation, faults: Mapping[str, str]
) -> Box:
    field = piece_field(item, piece)
    return Box(
        field=field,
        name=piece.name if len(item.pieces) > 1 else item.name,
        source=piece.source,
        text=shown.of(piece),
        rows=_rows(piece.source),
        fault=faults.get(field, ""),
        theirs=theirs.of(piece),
    )


def _rows(source: str) -> int:
    """The height of a box: room for about as much as the first language has."""
    lines = sum(1 + len(line) // 50 for line in source.splitlines())
    return min(max(lines + 1, 2), 14)
