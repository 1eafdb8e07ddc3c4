"""Panellists (pseudonymous), their contacts (apart, encrypted) and their consent."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from analysis.study.records import AnswersAfterLeaving, EntryMode
from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade, closed_set


class Panellist(Base):
    """One pseudonymous person of a study, known by a code.

    `language` None: not chosen. While `group_confirmed_at` is None the answers are kept and count nowhere.
    `sessions_valid_from`: when they last signed out everywhere else; older sessions have ended.
    `join_form`: which form of the study's open link they came in by, so that sending it twice makes one
    person; None: the team put them on the panel.
    """

    __tablename__ = "panellist"
    __table_args__ = (
        UniqueConstraint("study_id", "code"),
        Index("ix_panellist_join_form", "join_form", unique=True),
    )

    id: Mapped[Id]
    study_id: Mapped[int] = mapped_column(cascade("study.id"))
    group_id: Mapped[int] = mapped_column(cascade("stakeholder_group.id"))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    joined_round_id: Mapped[int] = mapped_column(cascade("round.id"))
    withdrew_round_id: Mapped[int | None] = mapped_column(cascade("round.id"))
    language: Mapped[str | None] = mapped_column(String(20))
    group_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sessions_valid_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    join_form: Mapped[str | None] = mapped_column(String(64))


class Contact(Base):
    """Name, e-mail and telephone of a panellist, sealed with a key that is not in the database."""

    __tablename__ = "contact"

    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Consent(Base):
    """A panellist's answer to the consent question of a round, with the very wording that was shown.

    `language` None: not known, from before it was kept.
    """

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_panellist_round", "panellist_id", "round_id"),)

    id: Mapped[Id]
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"))
    round_id: Mapped[int] = mapped_column(cascade("round.id"))
    wording: Mapped[str] = mapped_column(Text)
    agreed: Mapped[bool]
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[str] = mapped_column(String(20), default="1", server_default="1")
    language: Mapped[str | None] = mapped_column(String(20))
    entered: Mapped[EntryMode] = mapped_column(
        closed_set(EntryMode, "entered"), default=EntryMode.SELF, server_default=EntryMode.SELF
    )


class ProfileAnswer(Base):
    """What a panellist tells of themselves; a newer answer stands for an older one, "" takes it back.

    Of several choices each is a line of `answer`.
    """

    __tablename__ = "profile_answer"
    __table_args__ = (Index("ix_profile_answer_newest", "panellist_id", "question", "id"),)

    id: Mapped[Id]
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"))
    question: Mapped[str] = mapped_column(String(40))
    answer: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered: Mapped[EntryMode] = mapped_column(
        closed_set(EntryMode, "entered"), default=EntryMode.SELF, server_default=EntryMode.SELF
    )


class Channel(StrEnum):
    """How a panellist may be reached."""

    EMAIL = "email"
    MESSAGE = "message"
    TELEPHONE = "telephone"
    NONE = "none"


class Hours(StrEnum):
    """When a panellist may be reached."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Reminders(StrEnum):
    """Whether a panellist wants to be reminded."""

    WANTED = "wanted"
    PAUSED = "paused"
    STOPPED = "stopped"


class ContactWish(Base):
    """How a panellist wants to be contacted; the newest counts. `neutral`: sender and subject say nothing.

    `paused_until` only where reminders are paused.
    """

    __tablename__ = "contact_wish"
    __table_args__ = (Index("ix_contact_wish_newest", "panellist_id", "id"),)

    id: Mapped[Id]
    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"))
    round_id: Mapped[int | None] = mapped_column(cascade("round.id"))
    channel: Mapped[Channel] = mapped_column(closed_set(Channel, "channel"))
    hours: Mapped[Hours] = mapped_column(closed_set(Hours, "hours"))
    neutral: Mapped[bool]
    reminders: Mapped[Reminders] = mapped_column(closed_set(Reminders, "reminders"))
    paused_until: Mapped[date | None] = mapped_column(Date)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Withdrawal(Base):
    """A panellist said that they leave, or somebody entered it for them.

    `receipt` is the number on their receipt, None where it came with a bundle, which holds none.
    """

    __tablename__ = "withdrawal"

    panellist_id: Mapped[int] = mapped_column(cascade("panellist.id"), primary_key=True)
    answers: Mapped[AnswersAfterLeaving] = mapped_column(closed_set(AnswersAfterLeaving, "answers"))
    receipt: Mapped[str | None] = mapped_column(String(40))
    withdrew_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered: Mapped[EntryMode] = mapped_column(
        closed_set(EntryMode, "entered"), default=EntryMode.SELF, server_default=EntryMode.SELF
    )
