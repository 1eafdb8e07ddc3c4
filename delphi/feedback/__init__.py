"""What a panellist sees of answers: their own earlier ones, each group's, and what people wrote."""

from delphi.feedback.cards import NO_FEEDBACK, FeedbackCard, OutcomeFeedback
from delphi.feedback.showing import show_feedback

__all__ = ["NO_FEEDBACK", "FeedbackCard", "OutcomeFeedback", "show_feedback"]
