"""Settings of one running app, read once from the environment; frozen from then on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from cryptography.fernet import Fernet

from delphi.mail_settings import MailSettings, read_mail_settings

LEAST_SECRET_LENGTH = 32
SQLITE_FILE = "delphi.sqlite3"
# For development and tests only; production refuses to start without keys of its own.
PUBLICLY_KNOWN_SECRET = "not a secret: for development and tests only"  # noqa: S105  # it says so
PUBLICLY_KNOWN_CONTACT_KEY = "bm90IGEgc2VjcmV0OiBmb3IgdGVzdHMgb25seSEhISE="

Value = TypeVar("Value")


class Environment(StrEnum):
    """Where the app runs."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"
    TEST = "test"


class ConfigError(Exception):
    """Settings that are missing or wrong: all of them, one plain sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Config:
    """Settings of one running app.

    `contact_keys` seal contacts: the first one seals, every one opens. `trusted_proxies` is the number of
    reverse proxies whose forwarded address may be believed. `trusted_hosts` empty: any host name is answered.
    `mail` None: it is off.
    """

    environment: Environment
    secret_key: str = field(repr=False)
    contact_keys: tuple[str, ...] = field(repr=False)
    database_url: str = field(repr=False)
    data_folder: Path
    time_zone: ZoneInfo
    trusted_proxies: int = 0
    trusted_hosts: tuple[str, ...] = ()
    throttle_storage: str = field(default="memory://", repr=False)
    mail: MailSettings | None = None

    @property
    def is_production(self) -> bool:
        """Whether real people may be using it."""
        return self.environment is Environment.PRODUCTION

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Config":
        """Read every `DELPHI_…` variable; raises ConfigError that names all that are missing or wrong."""
        source = _Source(environ)
        environment = source.read("DELPHI_ENV", "production", Environment, "production, development or test")
        is_real = environment is Environment.PRODUCTION
        data_folder = Path(environ.get("DELPHI_DATA") or "var").resolve()
        config = cls(
            environment=environment,
            secret_key=source.secret("DELPHI_SECRET_KEY", PUBLICLY_KNOWN_SECRET, is_real, _long_enough),
            contact_keys=source.secret(
                "DELPHI_CONTACT_KEY", PUBLICLY_KNOWN_CONTACT_KEY, is_real, _fernet_keys
            ),
            database_url=environ.get("DELPHI_DATABASE_URL") or f"sqlite:///{data_folder / SQLITE_FILE}",
            data_folder=data_folder,
            time_zone=source.read("DELPHI_TIME_ZONE", "Europe/London", ZoneInfo, "such as Europe/London"),
            trusted_proxies=source.read("DELPHI_TRUSTED_PROXIES", "0", _whole_number, "a whole number"),
            trusted_hosts=_parts(environ.get("DELPHI_TRUSTED_HOSTS", "")),
            throttle_storage=environ.get("DELPHI_THROTTLE_STORAGE") or "memory://",
            mail=read_mail_settings(
                environ, problems=source.problems, may_keep=environment is Environment.DEVELOPMENT
            ),
        )
        if source.problems:
            raise ConfigError(tuple(source.problems))
        return config

    @classmethod
    def for_tests(
        cls,
        *,
        database_url: str = "sqlite://",
        data_folder: Path = Path("var"),
        mail: MailSettings | None = None,
    ) -> "Config":
        """Settings with publicly known keys and no proxy, for tests."""
        return cls(
            environment=Environment.TEST,
            secret_key=PUBLICLY_KNOWN_SECRET,
            contact_keys=(PUBLICLY_KNOWN_CONTACT_KEY,),
            database_url=database_url,
            data_folder=data_folder,
            time_zone=ZoneInfo("Europe/London"),
            mail=mail,
        )


class _Source:
    """Reads variables one by one and remembers what was wrong, so that all of it can be told at once."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def read(self, name: str, default: str, convert: Callable[[str], Value], expected: str) -> Value:
        """The variable, converted; the default after noting a problem."""
        text = self._environ.get(name) or default
        try:
            return convert(text)
        except (ValueError, OSError, LookupError):
            self.problems.append(f"{name} is {text!r}; it should be {expected}.")
            return convert(default)

    def secret(self, name: str, default: str, is_needed: bool, convert: Callable[[str], Value]) -> Value:
        """A secret, never quoted in a problem; where one `is_needed`, a publicly known one is refused."""
        given = self._environ.get(name)
        text = given or default
        if is_needed and default in _parts(text):
            fault = "is publicly known, or holds a key that is" if given else "is missing"
            self.problems.append(f"{name} {fault}. {HOW_TO_MAKE[name]}")
            return convert(default)
        try:
            return convert(text)
        except ValueError as error:
            self.problems.append(f"{name} {error}. {HOW_TO_MAKE[name]}")
            return convert(default)


HOW_TO_MAKE = {
    "DELPHI_SECRET_KEY": 'Make one with: python -c "import secrets; print(secrets.token_urlsafe(48))"',
    "DELPHI_CONTACT_KEY": "Make one with: "
    'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"',
}


def _long_enough(text: str) -> str:
    if len(text) < LEAST_SECRET_LENGTH:
        raise ValueError(f"is shorter than {LEAST_SECRET_LENGTH} characters")
    return text


def _fernet_keys(text: str) -> tuple[str, ...]:
    keys = _parts(text)
    if not keys:
        raise ValueError("holds no key")
    for number, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError:
            raise ValueError(f"is not a list of keys parted by commas: key {number} is not one") from None
    return keys


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _whole_number(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number
