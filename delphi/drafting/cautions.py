"""What a draft may well say, and what its numbers of people make of it: told, and no fault."""

from collections.abc import Iterator

from delphi.drafting.answers import Answers
from delphi.drafting.faults import count_in
from delphi.models import Part


def cautions_of(answers: Answers, part: Part) -> tuple[str, ...]:
    """What to think of once more on a page, in sentences."""
    found = {Part.CONSENSUS: _few_for_a_verdict, Part.FEEDBACK: _few_in_a_group}.get(part)
    return tuple(found(answers)) if found else ()


def _few_for_a_verdict(answers: Answers) -> Iterator[str]:
    hoped = [count_in(row.target) for row in answers.groups.rows]
    whole = sum(number or 0 for number in hoped)
    fewest = count_in(answers.consensus.minimum_n)
    if fewest and hoped and all(hoped) and fewest >= whole:
        yield (
            f"You hope for {whole} people, and a verdict needs {fewest} answers. "
            "So an outcome that one of them leaves out may get no verdict. A smaller number is safer."
        )


def _few_in_a_group(answers: Answers) -> Iterator[str]:
    smallest = count_in(answers.feedback.minimum_group_size)
    hidden = [
        row.label.strip()
        for row in answers.groups.rows
        if smallest and (number := count_in(row.target)) and number <= smallest
    ]
    if hidden and answers.feedback.shown == "groups":
        yield (
            f"You hope for {smallest} people or fewer in: {', '.join(hidden)}. "
            "If one of them does not answer, the group is not shown by itself."
        )
