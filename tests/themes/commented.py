"""A closed round with comments, one of which tells who wrote it."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import select

from analysis.study.records import Comment, CommentKind
from analysis.study.study import Study
from delphi.extensions import db
from delphi.models import Comment as CommentRow
from tests.synthesis.deciders import undecided_study
from tests.web_client import Page, PageClient

URL = "/studies/small/rounds/1/comments"
THEMES = f"{URL}/themes"
TELLING = "I am the nurse of Bridge Street. Seeing a doctor when one is needed is what I want."
REWORDED = "Seeing a doctor when one is needed is what somebody wants."
PAPERS = "Papers come first."
LOUD = "=SUM(A1:A9)"
SLEEP = "Sleep."


def commented_study() -> Study:
    """Three survivors and one researcher wrote; groups of more than two are named."""
    comments = (
        Comment("1", "s1", "home", TELLING),
        Comment("1", "s2", "papers", PAPERS),
        Comment("1", "s3", "papers", LOUD),
        Comment("1", "r1", None, SLEEP, CommentKind.PROPOSAL),
    )
    return replace(undecided_study(), comments=comments)


def id_of(app: Flask, text: str) -> int:
    """The id of the comment with that text."""
    with app.app_context():
        return db.session.scalars(select(CommentRow.id).where(CommentRow.text == text)).one()


def code(client: PageClient, comment: int, *, new_theme: str) -> Page:
    """Give a comment a theme by its name."""
    client.get(f"{URL}/{comment}")
    return client.submit({"new_theme": new_theme}, button="Save themes")


def mark(client: PageClient, comment: int, passing: str, wording: str = REWORDED) -> Page:
    """Mark a comment."""
    client.get(f"{URL}/{comment}")
    return client.submit({"passing": passing, "wording": wording}, button="Save this mark")


def theme_url(client: PageClient, name: str) -> str:
    """The address of a theme's own page."""
    return client.get(THEMES).link(f"Rename or merge {name}")
