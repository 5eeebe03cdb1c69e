"""The account PostgreSQL runs as: our own, except for root, whom PostgreSQL refuses."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from response.project.embedded.errors import EmbeddedError

# Accounts without rights of their own that a Linux or macOS machine has anyway, the best fit first.
_UNPRIVILEGED = ("postgres", "_postgres", "nobody", "daemon")


@dataclass(frozen=True)
class Account:
    """Whom to run PostgreSQL as. `changes` is true when that is not who we are."""

    uid: int
    gid: int

    @property
    def changes(self) -> bool:
        return self.uid != os.geteuid()

    @property
    def identity(self) -> dict[str, Any]:
        """What `subprocess` needs to become this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.changes else {}

    def run(self, command: Sequence[str | Path], text: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command as this account in a clean environment; both its streams come back together."""
        return subprocess.run(  # noqa: S603
            [str(part) for part in command],
            input=text or "",
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=ENVIRONMENT,
            check=False,
            **self.identity,
        )

    def can_enter(self, folder: Path) -> bool:
        """Whether this account may go into `folder`. Asks the kernel: there may be more to it than modes."""
        return self.run(["/bin/sh", "-c", 'cd -- "$1"', "sh", folder]).returncode == 0

    def take(self, folder: Path) -> None:
        """Give a folder of ours to this account, closed to everybody else."""
        folder.chmod(0o700)
        if self.changes:
            os.chown(folder, self.uid, self.gid)


# Ours might name another server (PGPORT, PGDATA) or a locale this machine lacks.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def account_for(cluster: Path) -> Account:
    """The account for a cluster: ourselves; for root the cluster's owner, or one without rights."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if cluster.exists():
        owner = cluster.stat()
        return Account(owner.st_uid, owner.st_gid)
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        "PostgreSQL refuses to run as root and this machine has none of the accounts "
        f"{', '.join(_UNPRIVILEGED)} to run it as; start Response as another user or set DATABASE_URL."
    )
