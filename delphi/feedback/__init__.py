"""What a panellist is shown of earlier answers: their own, and each group's."""

from delphi.feedback.cards import EarlierRound, FeedbackCard, FeedbackGroup
from delphi.feedback.earlier import cards_for

__all__ = ["EarlierRound", "FeedbackCard", "FeedbackGroup", "cards_for"]
