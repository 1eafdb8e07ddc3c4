"""Reads themes and counts them."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from delphi.extensions import db
from delphi.models import Comment, CommentTheme, StakeholderGroup, Theme
from delphi.themes.ground import Ground, comments_of
from delphi.themes.pages import MergedTheme, ThemePage, ThemeRow, ThemesPage


def themes_page(ground: Ground) -> ThemesPage:
    """Return the study's themes, with how many comments and people of the round have each."""
    people = func.count(func.distinct(Comment.panellist_id))
    query = (
        comments_of(
            ground.round_id, CommentTheme.theme_id, StakeholderGroup.code, func.count(Comment.id), people
        )
        .join(CommentTheme, CommentTheme.comment_id == Comment.id)
        .group_by(CommentTheme.theme_id, StakeholderGroup.code)
    )
    comments: Counter[int] = Counter()
    spoke: Counter[tuple[int, int | None]] = Counter()
    for theme_id, group, number, persons in db.session.execute(query):
        comments[theme_id] += number
        spoke[theme_id, ground.part_of(group)] += persons
    named = {group for part in ground.parts for group in part}
    wrote = db.session.scalars(comments_of(ground.round_id, StakeholderGroup.code).distinct())
    return ThemesPage(
        ground=ground,
        rows=tuple(
            ThemeRow(
                theme_id=id_,
                name=name,
                comments=comments[id_],
                people=tuple(spoke[id_, at] for at in range(len(ground.parts))),
            )
            for id_, name in ground.themes.items()
        ),
        merged=_merged(ground.study_id),
        some_hidden=not named.issuperset(wrote),
    )


def theme_page(ground: Ground, theme_id: int) -> ThemePage | None:
    """Return one theme that is in use, None if the study has none with that id."""
    if theme_id not in ground.themes:
        return None
    number = select(func.count()).where(CommentTheme.theme_id == theme_id)
    return ThemePage(
        ground=ground,
        theme_id=theme_id,
        name=ground.themes[theme_id],
        version=db.session.scalar(select(Theme.version).where(Theme.id == theme_id)) or 0,
        comments=db.session.scalar(number) or 0,
    )


def _merged(study_id: int) -> tuple[MergedTheme, ...]:
    other = aliased(Theme)
    query = (
        select(Theme.id, Theme.name, other.name, Theme.merged_at)
        .join(other, other.id == Theme.merged_into)
        .where(Theme.study_id == study_id)
        .order_by(Theme.merged_at.desc(), Theme.id)
    )
    return tuple(
        MergedTheme(theme_id=id_, name=name, into=into, at=at)
        for id_, name, into, at in db.session.execute(query)
        if at is not None
    )
