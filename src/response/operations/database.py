"""The database itself: its size, its version, and whether its tables are those that this version needs."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def size() -> int:
    """Return how many bytes the database takes on disk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        found: int = cursor.fetchone()[0]
    return found


def answers() -> None:
    """Ask the database for the least. Raises what Django and the pool raise when it is away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


# What is applied stays so, and the files of a running process are those that it began with.
_all_applied = False


def look_again() -> None:
    """Forget that all were applied. For tests."""
    global _all_applied  # noqa: PLW0603
    _all_applied = False


def missing_migrations() -> list[str]:
    """Return the migrations that `response migrate` would apply, as "response.0008_operations"."""
    global _all_applied  # noqa: PLW0603 - once they are applied there is nothing to read again
    if _all_applied:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _all_applied = not plan
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
