"""Worked examples of feedback-words.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from analysis.counts import ResponseCounts
from analysis.feedback_words import feedback_of
from analysis.study.scale import Box, Scale

# %% What panellists are told of two outcomes
# No share, no pass mark. Three policymakers are too few to be shown, and the providers are hidden with them:
# whoever has the figures of all could subtract.
boxes = (Box("low", 1, 3, "not important"), Box("mid", 4, 6, "between"), Box("top", 7, 9, "critical"))
scale = Scale("nine", 1, 9, ("not important", *("",) * 7, "critical"), "cannot say", boxes)
rows = [
    *(("survivors", "home", 9, None, 12), ("survivors", "home", 5, None, 4)),
    *(("providers", "home", 8, None, 11),),
    *(("survivors", "work", 2, None, 7), ("survivors", "work", 8, None, 9)),
    *(("providers", "work", 8, None, 6), ("providers", "work", 5, None, 1), ("policy", "work", 8, None, 3)),
]
counts = ResponseCounts.from_rows(
    rows, groups=("survivors", "providers", "policy"), outcomes=("home", "work"), categories=range(1, 10)
)
labels = {"survivors": "Survivors", "providers": "Service providers", "policy": "Policymakers"}
for outcome, sentence in feedback_of(counts, group_labels=labels, scale=scale, minimum=5).items():
    print(f"{outcome}: {sentence}")
