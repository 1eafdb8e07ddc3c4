"""What a panellist is shown of earlier answers: their own, and each group's."""

from delphi.feedback.cards import FeedbackCard, FeedbackGroup
from delphi.feedback.earlier import cards_for

__all__ = ["FeedbackCard", "FeedbackGroup", "cards_for"]
