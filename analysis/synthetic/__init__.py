"""Synthetic answers for a study whose real ones are not published: seeded, the same to the byte each time."""

from analysis.synthetic.tables import Answers, draw_answers, synthesise

__all__ = ["Answers", "draw_answers", "synthesise"]
