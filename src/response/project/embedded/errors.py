"""What can go wrong with the embedded PostgreSQL, said in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot be used. The message is one sentence for the person at the keyboard."""


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals while working below `folder` into an EmbeddedError."""
    try:
        yield
    except PermissionError as error:
        raise EmbeddedError(
            f"The data folder {folder} cannot be used: {error.filename or folder} is not ours to read and "
            "write; change its owner, or choose another folder with RESPONSE_DATA_DIR."
        ) from error
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise EmbeddedError(f"The data folder {folder} cannot be used: {error.strerror}{where}.") from error
