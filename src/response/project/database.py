"""Where the database is: `DATABASE_URL`, or the embedded PostgreSQL of the data folder."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from response.project import embedded
from response.project.config import Config

# One connection a thread: the web process has few threads, and a worker one for each job it runs at once.
POOL = {"min_size": 0, "max_size": 32, "timeout": 2}


def database_url(config: Config) -> str:
    """Return the address of the database, as libpq understands it. Starts nothing."""
    if config.database_url:
        return config.database_url.get_secret_value()
    return embedded.connection_url(config.response_data_dir)


def django_database(config: Config) -> dict[str, Any]:
    """Return Django's `DATABASES["default"]`."""
    parts = conninfo_to_dict(database_url(config))
    known = {
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "NAME": parts.pop("dbname", "response"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
    }
    parts.setdefault("connect_timeout", 5)
    return {
        "ENGINE": "response.project.postgresql",
        **known,
        "OPTIONS": {"pool": POOL, **parts},
    }
