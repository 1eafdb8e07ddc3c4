"""Made-up answers in long format, as a data frame and as Parquet files."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.counts import MISSING_KINDS, ResponseCounts

GROUPS, OUTCOMES, POINTS = ("carers", "policy", "survivors"), ("home", "sleep", "work"), tuple(range(1, 10))
KINDS = tuple(kind.value for kind in MISSING_KINDS)


def made_up_answers(rows: int, *, seed: int) -> pd.DataFrame:
    """Rows of two rounds and two criteria, a tenth without a score, a tenth late."""
    rng = np.random.default_rng(seed)
    scored = rng.random(rows) < 0.9
    return pd.DataFrame(
        {
            "round": rng.choice(["1", "2"], rows),
            "panellist": [f"p{number}" for number in range(rows)],
            "group": rng.choice(GROUPS, rows),
            "outcome": rng.choice(OUTCOMES, rows),
            "criterion": rng.choice(["importance", "wording"], rows),
            "score": pd.array(np.where(scored, rng.choice(POINTS, rows), None), dtype="Int64"),
            "missing": np.where(scored, None, rng.choice(KINDS, rows)),
            "late": rng.random(rows) < 0.1,
        }
    )


def write_parts(frame: pd.DataFrame, folder: Path, *, parts: int) -> Path:
    """Write the rows as that many files."""
    folder.mkdir()
    for number, rows in enumerate(np.array_split(np.arange(len(frame)), parts)):
        frame.iloc[rows].to_parquet(folder / f"part-{number:03}.parquet", index=False)
    return folder


def grouped_by_pandas(
    frame: pd.DataFrame, *, round_code: str, criterion: str, groups: Sequence[str] = GROUPS
) -> ResponseCounts:
    """Count the same with a `groupby`: on time, of that round and criterion."""
    right = (frame["round"] == round_code) & (frame["criterion"] == criterion) & ~frame["late"]
    keys = ["group", "outcome"]
    chosen = frame[right].astype({"score": float})
    scores = chosen.groupby([*keys, "score"]).size()
    kinds = chosen.groupby([*keys, "missing"]).size()
    counts = [[[scores.get((g, o, p), 0) for p in POINTS] for o in OUTCOMES] for g in groups]
    missing = [[[kinds.get((g, o, k), 0) for k in KINDS] for o in OUTCOMES] for g in groups]
    return ResponseCounts(tuple(groups), OUTCOMES, POINTS, np.array(counts), np.array(missing))
