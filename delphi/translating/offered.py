"""Which languages a study can be given: those that the pages have."""

from collections.abc import Iterable

from delphi.web.language import LANGUAGES, Language


def languages_to_add(languages: Iterable[str]) -> tuple[Language, ...]:
    """Our languages that are not among a study's; a region is left aside, so a study in pt-BR has pt."""
    plain = {code.partition("-")[0].lower() for code in languages}
    return tuple(each for each in LANGUAGES if each.code not in plain)
