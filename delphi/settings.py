"""Settings as Flask and its extensions name them."""

from datetime import timedelta
from typing import Any

from delphi.config import Config, Environment
from delphi.web import headers

GREATEST_REQUEST_BYTES = 2 * 1024 * 1024
SESSION_LASTS = timedelta(days=7)  # at most, in a browser that stays open: a round is answered in sittings


def flask_settings(config: Config) -> dict[str, Any]:
    """The app's own settings under those names."""
    return {
        "SECRET_KEY": config.secret_key,
        "TESTING": config.environment is Environment.TEST,
        "CONTACT_KEYS": config.contact_keys,
        "TIME_ZONE": config.time_zone,
        "MAIL": config.mail,
        "MAIL_FOLDER": config.data_folder / "outbox",  # where no mail server is named, in development
        "TRUSTED_HOSTS": list(config.trusted_hosts) or None,
        "MAX_CONTENT_LENGTH": GREATEST_REQUEST_BYTES,
        "PROVIDE_AUTOMATIC_OPTIONS": False,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # answers and hashes stay out of error texts
        "PERMANENT_SESSION_LIFETIME": SESSION_LASTS,
        **headers.session_cookie(is_production=config.is_production),
        "WTF_CSRF_TIME_LIMIT": None,  # a slow reader keeps what they wrote: the session ends it
        "WTF_CSRF_SSL_STRICT": False,  # asks for a referrer, and our pages send none
        "RATELIMIT_STORAGE_URI": config.throttle_storage,
        "RATELIMIT_HEADERS_ENABLED": True,
        "COMPRESS_MIN_SIZE": 1000,  # bytes; below that, compression makes answers longer
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 2,  # the next levels take twice the time for a section that is 2 % shorter
        "COMPRESS_LEVEL": 3,  # gzip, for the few that know nothing else
    }
