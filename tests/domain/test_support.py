"""Where there is help, in the reader's order."""

import pytest

from analysis.study.taking_part import SupportLine
from delphi.domain.support import address_of, help_by_country, without_repeats

BRITISH = SupportLine("Helpline", "08000 121 700", "United Kingdom", ("en", "ar"))
FRENCH = SupportLine("Écoute", "0800 00 00 00", "France", ("fr",))
FRENCH_IN_ARABIC = SupportLine("Soutien", "0800 11 11 11", "France", ("ar",))
ANYWHERE = SupportLine("Online", "help@example.org")


def names(language: str) -> list[tuple[str, list[str]]]:
    found = help_by_country((ANYWHERE, FRENCH, BRITISH, FRENCH_IN_ARABIC), language=language)
    return [(each.country, [line.name for line in each.lines]) for each in found]


def test_help_in_the_readers_language_comes_first_in_each_country() -> None:
    assert names("ar") == [
        ("United Kingdom", ["Helpline"]),
        ("France", ["Soutien", "Écoute"]),
        ("", ["Online"]),
    ]
    assert names("fr") == [
        ("France", ["Écoute", "Soutien"]),
        ("", ["Online"]),
        ("United Kingdom", ["Helpline"]),
    ]


def test_without_a_line_in_the_language_the_protocols_order_holds() -> None:
    assert [country for country, _ in names("es")] == ["", "France", "United Kingdom"]


@pytest.mark.parametrize(
    ("second", "is_the_same"),
    [
        (SupportLine("Another name", "08000-121 700", "united  kingdom"), True),
        (SupportLine("Helpline", "08000 121 700", "Ireland"), False),
        (SupportLine("Helpline", "08000 121 701", "United Kingdom"), False),
    ],
)
def test_a_line_is_the_same_where_contact_and_country_are(second: SupportLine, is_the_same: bool) -> None:
    assert without_repeats((BRITISH, second)) == ((BRITISH,) if is_the_same else (BRITISH, second))


def test_a_region_of_a_language_is_left_aside() -> None:
    line = SupportLine("Linha", "112", "Brasil", ("pt-BR",))
    assert help_by_country((BRITISH, line), language="pt")[0].lines == (line,)


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("08000 121 700", "tel:08000121700"),
        ("+44 (0)20 7946-0000", "tel:+4402079460000"),
        ("116 123", "tel:116123"),
        (" help@example.org ", "mailto:help@example.org"),
        ("Text HOME to 741741", None),
        ("12 High Street", None),
    ],
)
def test_what_can_be_called_is_called_by_a_tap(contact: str, address: str | None) -> None:
    assert address_of(contact) == address
