"""Figures: one JSON object a line, printed and kept under bench/results/."""

import json
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


class Report:
    """The figures of one run."""

    def __init__(self) -> None:
        """Begin a file of its own."""
        RESULTS.mkdir(exist_ok=True)
        self.file = RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%S}.jsonl"

    def add(self, name: str, value: float, unit: str) -> None:
        """Print a figure and keep it."""
        line = json.dumps({"name": name, "value": round(value, 3), "unit": unit})
        print(line, flush=True)
        with self.file.open("a") as file:
            file.write(line + "\n")
