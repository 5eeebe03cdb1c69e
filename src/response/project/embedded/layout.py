"""Where the parts of one embedded server lie, worked out from its data folder alone."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

USER = "response"
DATABASE = "response"
PORT = 5432

# The address of a UNIX socket holds 104 bytes on the BSDs and macOS, 108 on Linux, with a closing zero.
_LONGEST_SOCKET_PATH = 103


@dataclass(frozen=True)
class Layout:
    """The files of one embedded server. Making one touches nothing.

    `folder` is the part of the data folder that is the database's alone.
    """

    folder: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own folder, or a link to it where it had to lie elsewhere."""
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def users_lock(self) -> Path:
        """Held shared by every process that uses the server; the keeper stops when it can have it alone."""
        return self.folder / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held by the one process that looks whether the server runs, and starts it."""
        return self.folder / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper for as long as it lives."""
        return self.folder / "keeper.lock"

    @property
    def name(self) -> str:
        """A short name of this folder for what must lie outside it."""
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return f"response-{os.geteuid()}-{digest}"

    @property
    def socket_dir(self) -> Path:
        """The folder of the server's socket: inside the data folder where its path is short enough.

        As root it is always outside: PostgreSQL then runs as another account, which may not be able to enter.
        """
        inside = self.folder / "socket"
        if os.geteuid() != 0 and len(os.fsencode(socket_in(inside))) <= _LONGEST_SOCKET_PATH:
            return inside
        return _runtime_dir() / self.name

    @property
    def url(self) -> str:
        host = quote(str(self.socket_dir), safe="")
        return f"postgresql://{USER}@:{PORT}/{DATABASE}?host={host}"


def layout_of(data_dir: Path | str) -> Layout:
    """The layout of a data folder, the same however the folder was named."""
    return Layout(Path(data_dir).expanduser().resolve() / "postgres")


def connection_url(data_dir: Path | str) -> str:
    """The address of the embedded server of `data_dir`, whether it runs or not. Touches nothing."""
    return layout_of(data_dir).url


def socket_in(folder: Path) -> Path:
    """The socket that PostgreSQL makes in `folder`."""
    return folder / f".s.PGSQL.{PORT}"


def _runtime_dir() -> Path:
    """A short folder for sockets. /run is root's alone, so nobody can have put something there before us."""
    run = Path("/run")
    return run if os.geteuid() == 0 and run.is_dir() else Path("/tmp")  # noqa: S108  (ownership is checked on use)
