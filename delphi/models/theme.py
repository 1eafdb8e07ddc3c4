"""What a team sees in comments: themes, which comments speak of them, and which tell who somebody is."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from delphi.extensions import Base
from delphi.models.columns import Id, UtcDateTime, cascade

# Without a cascade: whoever read a comment stays in the database as long as their mark does.
USER = "user_account.id"
IN_USE = text("merged_at IS NULL")


class Theme(Base):
    """A theme of a study. `version` counts its changes; a form that has seen an older one changes nothing.

    `merged_into`: the theme that took its place at `merged_at`; its comments stay with it, so that it can be
    brought back.
    """

    __tablename__ = "theme"
    __table_args__ = (
        Index(
            "ix_theme_name_in_use",
            "study_id",
            "name",
            unique=True,
            sqlite_where=IN_USE,
            postgresql_where=IN_USE,
        ),
        CheckConstraint("(merged_into IS NULL) = (merged_at IS NULL)", name="merged_at_a_time"),
        CheckConstraint("version >= 1", name="version_from_1"),
    )

    id: Mapped[Id]
    study_id: Mapped[int] = mapped_column(cascade("study.id"))
    name: Mapped[str] = mapped_column(String(100))
    version: Mapped[int]
    merged_into: Mapped[int | None] = mapped_column(cascade("theme.id"))
    merged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CommentTheme(Base):
    """That a comment speaks of a theme: a row each, so that two who add themes do not disturb each other."""

    __tablename__ = "comment_theme"
    __table_args__ = (Index("ix_comment_theme_theme", "theme_id"),)

    comment_id: Mapped[int] = mapped_column(cascade("comment.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(cascade("theme.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(USER))
    coded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CommentMark(Base):
    """Whether a comment tells who somebody is. Rows are only added; the one with the highest number counts.

    `wording`: what is passed on in its place; "": it is held back whole.
    """

    __tablename__ = "comment_mark"
    __table_args__ = (
        UniqueConstraint("comment_id", "number"),
        CheckConstraint("number >= 1", name="number_from_1"),
        CheckConstraint("identifying OR wording = ''", name="wording_only_if_identifying"),
    )

    id: Mapped[Id]
    comment_id: Mapped[int] = mapped_column(cascade("comment.id"))
    number: Mapped[int]
    identifying: Mapped[bool]
    wording: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int] = mapped_column(ForeignKey(USER))
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
