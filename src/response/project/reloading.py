"""Development: a plugin that is saved takes effect without anybody starting Response again.

The supervisor looks at the folder of plugins. What changed is first loaded in a process of its own: when that
fails, its sentence is printed and everything goes on as before; when it does not, web and worker start anew.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

POLL = 0.3
FOR_SERVICES = {
    # Who saves twice while the first is being loaded may break what was found good: it is left out then.
    "SKIP_BROKEN_PLUGINS": "true",
    # Python would take compiled code for current that is as long, and of the same second.
    "PYTHONDONTWRITEBYTECODE": "1",
}

Contents = dict[str, tuple[int, int, int]]


def contents(folder: Path) -> Contents:
    """Return what is in the folder, so that any change makes a difference. Hidden files do not count."""
    return dict(seen(folder))


def seen(folder: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
        for name in files:
            if not name.startswith(".") and not name.endswith(("~", ".pyc")):
                try:
                    state = (Path(place) / name).stat()
                except OSError:  # taken away in this moment
                    continue
                yield os.path.relpath(Path(place) / name, folder), (state.st_mtime_ns, state.st_size, state.st_ino)


class Reloader:
    """Looks at a folder of plugins from the moment it is made."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self.folder = folder
        self.environ = {**environ, "PYTHONDONTWRITEBYTECODE": "1"}
        self.known = contents(folder)

    def run(self, start_anew: Callable[[], None]) -> None:
        """Call `start_anew` whenever the plugins changed and can be loaded. Does not return."""
        while True:
            time.sleep(POLL)
            now = contents(self.folder)
            if now != self.known and now == self.settled():
                self.take_up(now, start_anew)

    def settled(self) -> Contents:
        """Return what is there a moment later: an editor may still be writing."""
        time.sleep(POLL / 2)
        return contents(self.folder)

    def take_up(self, now: Contents, start_anew: Callable[[], None]) -> None:
        """Load what changed, or say what is wrong with it."""
        changed = sorted(name for name in self.known.keys() | now.keys() if self.known.get(name) != now.get(name))
        self.known = now
        if mistake := self.mistake():
            tell(f"{mistake}\n  What ran before goes on. Save it again when it is mended.")
        else:
            tell(f"Plugins are loaded anew: {', '.join(changed)}")
            start_anew()

    def mistake(self) -> str:
        """Return what is wrong with the plugins, or nothing."""
        command = [sys.executable, "-m", "response", "check"]
        done = subprocess.run(command, env=self.environ, capture_output=True, text=True, check=False)  # noqa: S603
        return done.stderr.strip().removeprefix("response: ") if done.returncode else ""


def tell(words: str) -> None:
    """Say it in the terminal, in one piece: others write there too."""
    sys.stdout.write(f"  {words}\n")
    sys.stdout.flush()
