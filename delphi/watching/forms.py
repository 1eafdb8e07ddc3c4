"""Forms of the planned closing of a round."""

from flask_wtf import FlaskForm

from delphi.web.moments import MomentForm


class PlanForm(MomentForm):
    """The day and the time at which a round closes."""


class TakeAwayForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The button that takes the planned closing away."""
