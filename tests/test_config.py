"""Settings from the environment: all that is missing or wrong is told at once."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from delphi.config import Config, ConfigError, Environment

SECRET, KEY, OLDER_KEY = "s" * 48, Fernet.generate_key().decode(), Fernet.generate_key().decode()
GOOD = {"DELPHI_SECRET_KEY": SECRET, "DELPHI_CONTACT_KEY": KEY}


def problems_of(environ: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        Config.from_environment(environ)
    return caught.value.problems


def test_production_is_the_default_and_names_every_missing_secret_at_once() -> None:
    first, second = problems_of({})
    assert first.startswith("DELPHI_SECRET_KEY is missing. Make one with: python -c")
    assert second.startswith("DELPHI_CONTACT_KEY is missing. Make one with: python -c")


def test_publicly_known_keys_count_as_missing_in_production() -> None:
    known = Config.for_tests()
    environ = {"DELPHI_SECRET_KEY": known.secret_key, "DELPHI_CONTACT_KEY": known.contact_keys[0]}
    assert len(problems_of(environ)) == 2


@pytest.mark.parametrize("keys", ["{known},", " {known}", "{known},{own}", "{own},{known}"])
def test_a_publicly_known_key_among_others_is_refused_in_production(keys: str) -> None:
    text = keys.format(known=Config.for_tests().contact_keys[0], own=KEY)
    (told,) = problems_of({**GOOD, "DELPHI_CONTACT_KEY": text})
    assert told.startswith("DELPHI_CONTACT_KEY is publicly known, or holds a key that is.")


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("DELPHI_ENV", "live", "DELPHI_ENV is 'live'; it should be production, development or test."),
        ("DELPHI_TIME_ZONE", "Nowhere/Land", "DELPHI_TIME_ZONE is 'Nowhere/Land'; it should be such as"),
        ("DELPHI_TRUSTED_PROXIES", "-1", "DELPHI_TRUSTED_PROXIES is '-1'; it should be a whole number."),
        ("DELPHI_TRUSTED_PROXIES", "all", "DELPHI_TRUSTED_PROXIES is 'all'; it should be a whole number."),
        ("DELPHI_SECRET_KEY", "short", "DELPHI_SECRET_KEY is shorter than 32 characters."),
        pytest.param(
            "DELPHI_CONTACT_KEY",
            f"{KEY},nonsense",
            "DELPHI_CONTACT_KEY is not a list of keys parted by commas: key 2",
            id="a key that is none",  # the default would hold a key, and another one each time
        ),
        ("DELPHI_CONTACT_KEY", " , ", "DELPHI_CONTACT_KEY holds no key."),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(name: str, value: str, problem: str) -> None:
    (told,) = problems_of({**GOOD, name: value})
    assert told.startswith(problem)


def test_a_secret_that_is_wrong_is_not_repeated() -> None:
    assert "hunter2" not in str(problems_of({**GOOD, "DELPHI_SECRET_KEY": "hunter2"}))


def test_no_secret_shows_when_settings_are_printed() -> None:
    printed = repr(Config.from_environment({**GOOD, "DELPHI_DATABASE_URL": "postgresql://me:pass@host/db"}))
    assert [secret for secret in (SECRET, KEY, "pass") if secret in printed] == []


def test_contact_keys_are_a_list_newest_first() -> None:
    config = Config.from_environment({**GOOD, "DELPHI_CONTACT_KEY": f"{KEY}, {OLDER_KEY}"})
    assert config.contact_keys == (KEY, OLDER_KEY)


def test_development_needs_nothing(tmp_path: Path) -> None:
    config = Config.from_environment({"DELPHI_ENV": "development", "DELPHI_DATA": str(tmp_path)})
    assert config.environment is Environment.DEVELOPMENT
    assert config.database_url == f"sqlite:///{tmp_path / 'delphi.sqlite3'}"
    assert (config.time_zone.key, config.trusted_proxies) == ("Europe/London", 0)


def test_an_empty_variable_counts_as_absent() -> None:
    environ = {**GOOD, "DELPHI_TIME_ZONE": "", "DELPHI_DATABASE_URL": "", "DELPHI_TRUSTED_HOSTS": ""}
    config = Config.from_environment(environ)
    assert (config.time_zone.key, config.trusted_hosts) == ("Europe/London", ())
