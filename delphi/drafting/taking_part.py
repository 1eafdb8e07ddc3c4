"""From a draft to the definitions of how people take part, and what is missing there."""

from collections.abc import Iterator

from analysis.study.taking_part import Joining, Leaving, ProfileKind, ProfileQuestion, SupportLine
from analysis.study.values import LANGUAGE_PATTERN, DefinitionError, repeated
from delphi.drafting.answers import JoiningAnswer, Profile, ProfileRow, Support

Found = Iterator[tuple[str, str]]
SITE_WANTED = "it begins with https:// and a name such as www.example.org (other letters as punycode, xn--…)"


def profile_of(profile: Profile) -> tuple[ProfileQuestion, ...]:
    """The questions about oneself."""
    return tuple(
        ProfileQuestion(
            row.code, row.question.strip(), ProfileKind(row.kind), lines_in(row.choices), row.hint.strip()
        )
        for row in profile.rows
    )


def support_of(support: Support) -> tuple[SupportLine, ...]:
    """The places of support."""
    return tuple(
        SupportLine(
            name=row.name.strip(),
            contact=row.contact.strip(),
            country=row.country.strip(),
            languages=_codes(row.languages),
            hours=row.hours.strip(),
            url=row.url.strip(),
        )
        for row in support.rows
    )


def joining_of(answer: JoiningAnswer) -> Joining:
    """How people come in."""
    return Joining(answer.open_link == "yes", answer.confirm_groups == "yes")


def leaving_of(answer: JoiningAnswer) -> Leaving:
    """How people leave."""
    return Leaving(answer.exit_to.strip(), answer.removable_until.strip())


def lines_in(text: str) -> tuple[str, ...]:
    """The lines that are not empty."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def profile_faults(profile: Profile) -> Found:
    """What is wrong with the questions about oneself."""
    for at, row in enumerate(profile.rows):
        if row.kind not in tuple(ProfileKind):
            yield f"kind-{at}-choice", f"For “{row.question}”: choose how it is answered."
            continue
        words = _fault_of_choices(row)
        if words:
            yield f"choices-{at}", f"For “{row.question}”: {words}"


def _fault_of_choices(row: ProfileRow) -> str:
    choices = lines_in(row.choices)
    if row.kind == ProfileKind.TEXT:
        return "leave the choices empty, or let people choose." if choices else ""
    if len(choices) < 2:
        return "give at least two choices, one a line."
    return "name each choice only once." if repeated(choices) else ""


def support_faults(support: Support) -> Found:
    """What is wrong with the places of support."""
    for at, row in enumerate(support.rows):
        if not row.contact.strip():
            yield f"contact-{at}", f"Say how to reach “{row.name}”."
        if not all(map(LANGUAGE_PATTERN.fullmatch, _codes(row.languages))):
            yield f"languages-{at}", f"For “{row.name}”: give codes such as en, fr or pt-BR, with commas."
        if not _is_site(row.url):
            yield f"url-{at}", f"For “{row.name}”: {SITE_WANTED}, or leave it empty."


def joining_faults(answer: JoiningAnswer) -> Found:
    """What is wrong with joining and leaving."""
    for name in ("open_link", "confirm_groups"):
        if getattr(answer, name) not in ("yes", "no"):
            yield f"{name}-yes", "Choose yes or no."
    if not answer.exit_to.strip() or not _is_site(answer.exit_to):
        yield "exit_to", f"Give another address: {SITE_WANTED}."
    try:
        Leaving(removable_until=answer.removable_until.strip())
    except DefinitionError:
        yield "removable_until", "Give a day such as 2027-03-31, or leave it empty."


def _is_site(url: str) -> bool:
    try:
        SupportLine(name="x", contact="x", url=url.strip())
    except DefinitionError:
        return False
    return True


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(",") if code.strip())
