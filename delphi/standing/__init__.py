"""Where a panellist stands in their study, in their language: what every page of theirs begins with."""

from delphi.standing.facts import EarlierRound, RoundFacts, Standing, in_language_of_page, standing_of
from delphi.standing.listed import Listed, list_of
from delphi.standing.view import page_of, see, standing_in_view

__all__ = [
    "EarlierRound",
    "Listed",
    "RoundFacts",
    "Standing",
    "in_language_of_page",
    "list_of",
    "page_of",
    "see",
    "standing_in_view",
    "standing_of",
]
