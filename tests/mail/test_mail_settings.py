"""The settings of mail: which are good, and what is said of those that are not."""

import pytest

from delphi.mail_settings import MailSecurity, MailServer, read_mail_settings

REST = {"DELPHI_MAIL_FROM": "Post <post@example.org>", "DELPHI_ADDRESS": "https://delphi.example.org/"}


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://a%40b:p%2Fw@mail.org", ("mail.org", 465, MailSecurity.TLS, "a@b", "p/w")),
        ("smtp://mail.org:2525", ("mail.org", 2525, MailSecurity.STARTTLS, "", "")),
        ("smtp+plain://127.0.0.1", ("127.0.0.1", 25, MailSecurity.NONE, "", "")),
    ],
)
def test_an_address_names_a_server(url: str, server: tuple[str, int, MailSecurity, str, str]) -> None:
    problems: list[str] = []
    settings = read_mail_settings({"DELPHI_SMTP_URL": url, **REST}, problems=problems, may_keep=False)
    host, port, security, user, password = server
    assert problems == []
    assert settings is not None
    assert settings.server == MailServer(
        host=host, port=port, security=security, user=user, password=password
    )
    assert settings.address == "https://delphi.example.org"


@pytest.mark.parametrize("url", ["mail.org", "smtp+plain://mail.org", "smtps://", "smtp://a:secret@h:port"])
def test_an_address_that_names_none_is_told_and_not_repeated(url: str) -> None:
    problems: list[str] = []
    read_mail_settings({"DELPHI_SMTP_URL": url, **REST}, problems=problems, may_keep=False)
    assert len(problems) == 1
    assert "DELPHI_SMTP_URL" in problems[0]
    assert "secret" not in problems[0]


def test_a_server_without_sender_and_address_is_refused() -> None:
    problems: list[str] = []
    read_mail_settings({"DELPHI_SMTP_URL": "smtps://mail.org"}, problems=problems, may_keep=False)
    assert [problem.split()[0] for problem in problems] == ["DELPHI_MAIL_FROM", "DELPHI_ADDRESS"]


def test_without_a_server_mail_is_off_and_in_development_kept() -> None:
    assert read_mail_settings(REST, problems=[], may_keep=False) is None
    kept = read_mail_settings({}, problems=[], may_keep=True)
    assert kept is not None
    assert kept.server is None


def test_a_password_is_in_no_printed_settings() -> None:
    url = "smtps://user:hidden@mail.org"
    assert "hidden" not in repr(
        read_mail_settings({"DELPHI_SMTP_URL": url, **REST}, problems=[], may_keep=False)
    )
