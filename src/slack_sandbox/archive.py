"""Lines in a file, found again by their number: what does not fit into memory."""

import json
import os
import tempfile
from array import array
from pathlib import Path
from typing import IO, Any

from slack_sandbox.shapes import Json


class Archive:
    """A file of one JSON object a line. Without a path it is a nameless one, gone with the process.

    A file that is there already is continued. Raises ValueError when it holds something else, OSError when it cannot
    be opened.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._starts = array("Q", [0])
        """Where each line starts, and where the next one will."""
        self._file: IO[bytes] | None = None
        if path is not None:
            self._file = path.open("a+b")
            self._find_lines(path)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def append(self, entry: Json) -> None:
        """Write one more line; at once if somebody else may be reading."""
        line = json.dumps(entry, separators=(",", ":"), default=str).encode() + b"\n"
        self._opened().write(line)
        self._starts.append(self._starts[-1] + len(line))
        if self._path is not None:
            self._opened().flush()

    def read(self, first: int, last: int) -> list[Json]:
        """The lines from number `first` up to `last`, counted from 0, without the last."""
        last = min(last, len(self))
        if first >= last:
            return []
        file = self._opened()
        file.flush()
        # Beside the file's buffer, which would not know any more where the end is that it appends to.
        content = os.pread(file.fileno(), self._starts[last] - self._starts[first], self._starts[first])
        return [json.loads(line) for line in content.splitlines()]

    def close(self) -> None:
        """No more."""
        if self._file is not None:
            self._file.close()

    def _opened(self) -> IO[Any]:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the archive
        return self._file

    def _find_lines(self, path: Path) -> None:
        """Learn where the lines of a file that was there already start. One that was cut off in writing is dropped."""
        with path.open("rb") as file:
            for line in file:
                if not line.startswith(b"{"):
                    raise ValueError(f"{path} is no journal: line {len(self) + 1} is no JSON object")
                if line.endswith(b"\n"):
                    self._starts.append(self._starts[-1] + len(line))
        os.truncate(path, self._starts[-1])
