"""A bundle as a person writes it, small enough to count its lines."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

TINY = {
    "study.toml": """\
format = 1
[study]
code = "tiny"
title = "A tiny study"
question = "What matters?"
languages = ["en", "cy"]
[ethics]
welcome = "Welcome."
consent = "Your choice."
comment_readers = "The team."
[[groups]]
code = "survivors"
label = "Survivors"
one = "survivor"
[[groups]]
code = "others"
label = "Others"
one = "other"
[[scales]]
code = "agreement"
low = 1
high = 9
words = ["no", "", "", "", "", "", "", "", "yes"]
cannot_say = "I cannot say"
boxes = [ {code = "agree", low = 7, high = 9, label = "agree"} ]
[[weights]]
code = "double"
scheme = "multiplier"
values = {survivors = "2"}
[[definitions]]
code = "seventy"
rules = [
  {kind = "share", verdict = "in", tests = [{box = "agree", comparator = ">=", percent = "70"}]},
  {kind = "top", verdict = "out", size = 1, measure = {kind = "mean"}},
]
[[rounds]]
code = "1"
kind = "rating"
label = "Round 1"
scale = "agreement"
weights = "double"
definition = "seventy"
criteria = [{code = "inclusion", question = "In the set?"}]
[[rounds]]
code = "2"
kind = "workshop"
label = "Workshop"
ballots = [{code = "final", label = "Final", places = 2}]
[[rounds]]
code = "3"
kind = "ranking"
label = "Ranking"
""",
    "outcomes.csv": """\
code,label,descriptor,domain,provenance,reason
home,A safe home,,Life,published,
work,Work,"Chosen,
and paid",Life,published,
ties,Ties,,Life,derived,
""",
    "outcomes.cy.csv": "code,label,descriptor\nhome,Cartref,\n",
    "lineage.csv": """\
after,action,from,to,reason,evidence,provenance
1,merged,home work,ties,They say the same.,comments,derived
""",
    "panel.csv": "panellist,group,joined,withdrew\np1,survivors,1,\np2,others,1,2\n",
    "ratings.csv": """\
round,panellist,outcome,criterion,score,missing,late
1,p1,home,inclusion,9,,
1,p1,work,inclusion,,cannot_say,
1,p2,home,inclusion,2,,late
""",
    "rankings.csv": "round,panellist,position,outcome\n3,p1,1,ties\n",
    "ballots.csv": "round,ballot,panellist,position,outcome\n2,final,p1,1,ties\n",
    "comments.csv": 'round,panellist,outcome,comment\n1,p1,home,- I agree\n1,p2,,"Two\nlines"\n',
    "published.toml": """\
[[sources]]
code = "report"
title = "The report"
reference = "Page 1"
[[figures]]
code = "names"
measure = "final_labels"
value = ["Ties"]
source = "report"
should_reproduce = true
""",
    "README.md": "# Tiny\n",
}


def tiny_bundle(changes: Mapping[str, str | bytes | None] | None = None) -> dict[str, bytes]:
    """Return the tiny bundle's files with `changes`: other contents by file name, None to leave one out."""
    files = {**TINY, **(changes or {})}
    return {
        name: data.encode() if isinstance(data, str) else data
        for name, data in files.items()
        if data is not None
    }


def edited(file: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """Return the change of `old`, which must be there, to `new` in `file`."""
    assert old in TINY[file], f"{file} of the tiny bundle has no {old!r}"
    return {file: TINY[file].replace(old, new, 1)}


def folder_of(files: Mapping[str, bytes], path: Path) -> Path:
    """Write `files` into the new folder `path`."""
    path.mkdir()
    for name, data in files.items():
        (path / name).write_bytes(data)
    return path


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of `files`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()
