"""A generated archive → what its search costs over http and from disk, and whether both answer the same.

    python -m benchmarks.search 2000              # or: make bench-search BRIEFINGS=2000
    python -m benchmarks.search 2000 --site DIR   # a site that is built already

Payload is what a host with gzip sends until the first result stands on a page that was never visited; time runs from the
navigation to that result; a long task is one that kept the page from answering for more than 50 ms while words were typed.
Exit status 1 when the answers differ.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import corpus
from tests.browser.conftest import launched, publish
from tests.browser.equality import Query, answers
from tests.browser.firefox import firefox
from tests.browser.readers import SEARCHED, ChromiumReader, Reader
from tests.browser.serving import serving

RUNS = 5
WORDS = "economic cooperation"
COMPRESSED = {".html", ".css", ".js", ".json", ".svg"}
"""What GitHub Pages sends with gzip; Pagefind's chunks are gzip already."""
FIRST_RESULT = """new Promise((done) => {
  const look = () => (document.querySelector(".result") ? done(performance.now()) : requestAnimationFrame(look));
  look();
})"""
WATCH_TASKS = """window.longTasks = [];
new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => Math.round(entry.duration))))
  .observe({ type: "longtask" });"""


def main() -> int:
    options = argparse.ArgumentParser(description="Measure the search.")
    options.add_argument("briefings", type=int)
    options.add_argument("--site", type=Path, help="a site that is built already")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = chosen.site or build(Path(folder), chosen.briefings)
        print(sizes(site))
        with sync_playwright() as playwright, firefox() as fox, chromium(launched(playwright)) as browser:
            for reader, name in ((ChromiumReader(browser.new_context()), "Chromium"), (fox, "Firefox")):
                if (differing := compare(reader, name, site)) is None:
                    continue
                print(f"{name}: http and disk differ for {differing!r}")
                return 1
            measure(browser, fox, site)
    return 0


def build(folder: Path, briefing_count: int) -> Path:
    corpus.write(folder, briefing_count)
    return publish(folder)


def sizes(site: Path) -> str:
    parts = []
    for name in ("pagefind", "packs"):
        files = [path.stat().st_size for path in (site / name).rglob("*") if path.is_file()]
        parts.append(f"{name}/ {len(files)} files, {sum(files) / 1e6:.1f} MB")
    return "; ".join(parts)


@contextmanager
def chromium(browser: Browser) -> Iterator[Browser]:
    yield browser
    browser.close()


def queries(site: Path) -> list[Query]:
    """Fifty: words of the archive, common to rare, in pairs, in quotes, in other scripts, with filters and orders."""
    page = min((site / "briefings").glob("*.html")).read_text(encoding="utf-8")
    said = list(dict.fromkeys(re.findall(r"[a-z]{5,}", re.sub(r"<[^>]*>", " ", page[page.index("<main") :]))))
    single = [Query(word) for word in said[:: max(1, len(said) // 20)][:20]]
    pairs = [Query(" ".join(pair)) for pair in zip(said[::9], said[1::9], strict=False)][:12]
    quoted = [Query(f'"{query.words}"') for query in pairs[:8]]
    others = [Query(words) for words in ("重庆", "两江新区", "江新", "cooperaton", "the", "x")]
    years = {"year": {"any": ["2003", "2011"]}}
    shaped = [Query(None), Query(WORDS, years), Query(WORDS, {"kind": "briefing"}, {"date": "desc"}), Query(None, years, {"date": "asc"})]
    return [*single, *pairs, *quoted, *others, *shaped]


def compare(reader: Reader, name: str, site: Path) -> str | None:
    """The first query that http and disk answer differently; None if there is none."""
    asked = queries(site)
    with serving(site) as address:
        filters, over_http = answers(reader, address, asked)
    filters_from_disk, from_disk = answers(reader, f"{site.as_uri()}/", asked)
    if filters != filters_from_disk:
        return "the filters"
    for query, expected, found in zip(asked, over_http, from_disk, strict=True):
        if expected != found:
            return str(query)
    hits = sum(len(answer["order"]) for answer in over_http)
    print(f"{name}: {len(asked)} queries with {hits:,} results answered the same over http and from disk")
    return None


def measure(browser: Browser, fox: Reader, site: Path) -> None:
    for name, is_chromium in (("Chromium", True), ("Firefox", False)):
        for way in ("http", "disk"):
            times, payload = [], 0
            for _ in range(RUNS):
                asked: list[str] = []
                with serving(site, asked=asked) as served:  # a port of its own, so that nothing is in a cache
                    address = served if way == "http" else f"{site.as_uri()}/"
                    reader = ChromiumReader(browser.new_context()) if is_chromium else fox
                    reader.goto(f"{address}search.html?q={WORDS.replace(' ', '+')}")
                    times.append(reader.evaluate(FIRST_RESULT))
                    payload = sum(sent(site / path) for path in set(asked))
                    if isinstance(reader, ChromiumReader):
                        reader.page.context.close()
            figures = f"{name} {way}: first result {statistics.median(times):.0f} ms (of {RUNS}: {min(times):.0f} to {max(times):.0f})"
            print(figures + (f", {payload / 1000:.0f} KB in {len(set(asked))} files" if way == "http" else ""))
    for way in ("http", "disk"):
        with serving(site) as served:
            print(f"Chromium {way}: long tasks while typing: {typing(browser, served if way == 'http' else f'{site.as_uri()}/')}")


def sent(path: Path) -> int:
    """Bytes of a file on the wire, without headers."""
    if not path.is_file():
        return 0
    return len(gzip.compress(path.read_bytes(), 6)) if path.suffix in COMPRESSED else path.stat().st_size


def typing(browser: Browser, address: str) -> str:
    context = browser.new_context()
    context.add_init_script(WATCH_TASKS)
    page = context.new_page()
    page.goto(f"{address}search.html")
    page.wait_for_function(f"() => {SEARCHED}")
    page.evaluate("window.longTasks.length = 0")
    page.locator("search-box input[name=q]").press_sequentially(f"{WORDS} of the city", delay=120)
    page.wait_for_function(f"() => location.search.length > 20 && {SEARCHED}")
    found: list[int] = page.evaluate("window.longTasks")
    context.close()
    return f"{len(found)}, the longest {max(found)} ms" if found else "none"


if __name__ == "__main__":
    raise SystemExit(main())
