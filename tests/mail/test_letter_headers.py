"""Headers of a message as they go over the wire."""

from datetime import UTC, datetime

from delphi.mail.letter import Letter, Words, as_email

STOP = f"https://delphi.example.org/stop-reminders/{'4556b384' * 8}"


def test_the_address_that_stops_reminders_is_sent_whole_and_other_headers_are_folded() -> None:
    words = Words(subject="استبيانك جاهز " * 9, text="Hello", html="<p>Hello</p>")
    letter = Letter(
        key="k", to="ada@a.example", words=words, language="ar", stop=STOP, link_hash="h", sender_name="Us"
    )
    sent = as_email(letter, sender="Us <post@a.example>", now=datetime(2026, 1, 1, tzinfo=UTC)).as_bytes()
    lines = sent.split(b"\r\n")
    assert f"List-Unsubscribe: <{STOP}>".encode() in lines
    assert all(len(line) <= 78 for line in lines if STOP.encode() not in line)
