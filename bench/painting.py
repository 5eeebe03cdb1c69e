"""What a browser that comes for the first time transfers and waits for: `page.<name>_kb`, `_fcp_ms` and `_shift`.

The home page and a document with 1,000 entries, in a real Chromium with an empty cache; the medians of some visits.
`_kb` is all that is transferred (1,000 bytes), `_fcp_ms` the first contentful paint, `_shift` the layout shift.
"""

import statistics

import psycopg
from playwright.sync_api import Browser

from bench.ack import database
from bench.generate import Size, fill, trusted
from bench.live import browser
from bench.pages import pages
from bench.report import Report

VISITS = 5
SIZE = Size(incidents=1000, entries=20_000, people=200, actions=2000, longest=1000, todo=20)
SEEN = """() => new Promise((resolve) => {
  let shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { shift += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => {
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    resolve([painted.startTime, shift]);
  }, 1500);
})"""


def measure(report: Report) -> None:
    """Visit both pages."""
    with database() as url:
        with psycopg.connect(url) as connection, trusted(connection):
            fill(connection, SIZE)
        with pages(url) as served, browser() as chromium:
            for name, path in (("home", "/"), ("document", f"/incident/{SIZE.incidents}/")):
                visit(chromium, served.url + path)
                visits = [visit(chromium, served.url + path) for _ in range(VISITS)]
                for place, (figure, unit) in enumerate((("kb", "kB"), ("fcp_ms", "ms"), ("shift", ""))):
                    report.add(f"page.{name}_{figure}", statistics.median(seen[place] for seen in visits), unit)


def visit(chromium: Browser, url: str) -> tuple[float, float, float]:
    """Come for the first time. Returns kilobytes, milliseconds, and the shift."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, timezone_id="Europe/Berlin")
    page = context.new_page()
    network = context.new_cdp_session(page)
    transferred: list[float] = []
    network.on("Network.loadingFinished", lambda event: transferred.append(event["encodedDataLength"]))
    network.send("Network.enable")
    page.goto(url)
    painted, shift = page.evaluate(SEEN)
    context.close()
    return sum(transferred) / 1000, painted, shift


if __name__ == "__main__":
    measure(Report())
