"""Whether a PostgreSQL can be used."""

import psycopg

from response.setup.answers import Mistake

OLDEST = 14


def check_database(url: str) -> str:
    """Return the address of a database that can be used, or "" for the embedded one. Raises Mistake."""
    if not url:
        return ""
    if not url.startswith(("postgresql://", "postgres://")):
        raise Mistake(
            "That is not the address of a PostgreSQL; write it like postgresql://user:password@host:5432/name"
        )
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        raise Mistake(f"The database cannot be used: {first_line(error)}") from error
    require_version(version)
    return url


def require_version(number: int) -> None:
    """Raise Mistake for a PostgreSQL that is too old: `number` is the server's own, 160004 for 16.4."""
    if number // 10000 < OLDEST:
        raise Mistake(f"PostgreSQL {number // 10000} is too old: Response needs {OLDEST} or later.")


def first_line(error: Exception) -> str:
    """Return the first line of what an error says; psycopg's never hold the password."""
    return (str(error).strip().splitlines() or ["it does not say why"])[0]
