"""A generated archive → what its search costs over http and from disk, and whether both answer the same.

    python -m benchmarks.search 2000              # or: make bench-search BRIEFINGS=2000
    python -m benchmarks.search 2000 --site DIR   # a site that is built already

Payload is what a host with gzip sends until the first result stands on a page that was never visited; time runs from the
navigation to that result; a long task is one that kept the page from answering for more than 50 ms while words were typed, and
a slow key one whose effect was painted later than that.
Exit status 1 when the answers differ, or the payload or a task over http is beyond its limit. Times depend on the machine: the
load stands beside them.
"""

from __future__ import annotations

import argparse
import gzip
import html
import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_plus

from playwright.sync_api import Browser, sync_playwright

from benchmarks import corpus
from tests.browser.conftest import launched, publish
from tests.browser.equality import Query, answers
from tests.browser.firefox import firefox
from tests.browser.readers import SEARCHED, ChromiumReader, Reader
from tests.browser.serving import COMPRESSED, serving

RUNS = 5
WORDS = "economic cooperation"
"""Stand in nine of ten briefings: of words that somebody looks for, nothing costs more."""
COMMONEST = "the"
TYPED = (f"{WORDS} of the city", "harbour t", f'"{WORDS}" trade', "两江新区", "consul-general")
LIMITS = ((2_000, 300), (10_000, 400))
"""Briefings, and the kilobytes a first result may cost up to there."""
LONG = 50
"""Milliseconds."""
FIRST_RESULT = """new Promise((done) => {
  const look = () => (document.querySelector(".result") ? done(performance.now()) : requestAnimationFrame(look));
  look();
})"""
WATCH_TASKS = """window.longTasks = [];
window.slowKeys = [];
const watch = (type, into, most) => new PerformanceObserver((list) => {
  for (const { name, duration } of list.getEntries()) if (type !== "event" || name.startsWith("key")) into.push(Math.round(duration));
}).observe({ type, durationThreshold: most });
watch("longtask", window.longTasks);
watch("event", window.slowKeys, LONG);""".replace("LONG", str(LONG))


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
            beyond = [*measure(browser, fox, site, chosen.briefings), *typing(browser, site)]
    print("\n".join(beyond) or "everything within its limits")
    return 1 if beyond else 0


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
    """Nearly fifty: words of the archive, common to rare, in pairs, in quotes, in other scripts, with filters."""
    page = min((site / "briefings").glob("*.html")).read_text(encoding="utf-8")
    said = list(dict.fromkeys(re.findall(r"[a-z]{5,}", re.sub(r"<[^>]*>", " ", page[page.index("<main") :]))))
    single = [Query(word) for word in said[:: max(1, len(said) // 20)][:20]]
    pairs = [Query(" ".join(pair)) for pair in zip(said[::9], said[1::9], strict=False)][:12]
    quoted = [Query(f'"{query.words}"') for query in pairs[:8]]
    others = [Query(words) for words in ("重庆", "两江新区", "江新", "cooperaton", "the", "x")]
    years = {"year": {"any": ["2003", "2011"]}}
    shaped = [Query(None), Query(WORDS, years), Query(WORDS, {"kind": "briefing"})]
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


def measure(browser: Browser, fox: Reader, site: Path, briefing_count: int) -> Iterator[str]:
    """Print what first results cost; give what is beyond its limit."""
    limit = next((most for count, most in LIMITS if briefing_count <= count), None)
    for name, is_chromium in (("Chromium", True), ("Firefox", False)):
        for way in ("http", "disk"):
            for words, kind in ((WORDS, "two words of nearly every briefing"), (COMMONEST, "the commonest word"), (a_name(site), "a name")):
                firsts = [first(browser if is_chromium else fox, site, way, words) for _ in range(RUNS)]
                times, payload, count = sorted(time for time, _ in firsts), *weight(site, firsts[0][1])
                load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
                print(f"{name} {way}, {kind}: first result {statistics.median(times):.0f} ms ({times[0]:.0f} to {times[-1]:.0f}) {load}")
                if way == "http":
                    print(f"    {payload:.0f} KB in {count} files")
                    if limit and payload > limit:
                        yield f"{payload:.0f} KB until the first result for {kind}, more than {limit}"


def a_name(site: Path) -> str:
    """An official's, as their page has it."""
    pages = [path for path in (site / "officials").glob("*.html") if path.name != "index.html"]
    page = max(pages, key=lambda path: (path.stat().st_size, path.name)).read_text(encoding="utf-8")
    title = re.search(r"<title>(.*?) ·", page)
    assert title
    return html.unescape(title[1])


def first(browser: Browser | Reader, site: Path, way: str, words: str) -> tuple[float, list[str]]:
    """Milliseconds to the first result on a page never visited, and what was asked of the server until then."""
    asked: list[tuple[float, str]] = []
    with serving(site, asked=Asked(asked)) as served:  # a port of its own, so that nothing is in a cache
        reader = ChromiumReader(browser.new_context()) if isinstance(browser, Browser) else browser
        reader.goto(f"{served if way == 'http' else f'{site.as_uri()}/'}search.html?q={quote_plus(words)}")
        moment = reader.evaluate(FIRST_RESULT)
        began = reader.evaluate("performance.timeOrigin")
        if isinstance(reader, ChromiumReader):
            reader.page.context.close()
    return moment, [path for when, path in asked if when * 1000 <= began + moment]


class Asked(list[str]):
    """Notes what is asked for, and when."""

    def __init__(self, times: list[tuple[float, str]]) -> None:
        super().__init__()
        self.times = times

    def append(self, path: str) -> None:
        self.times.append((time.time(), path))


def weight(site: Path, paths: list[str]) -> tuple[float, int]:
    """Kilobytes on the wire, and files."""
    files = set(paths)
    return sum(sent(site / path) for path in files) / 1000, len(files)


def sent(path: Path) -> int:
    """Bytes of a file on the wire, without headers."""
    if not path.is_file():
        return 0
    return len(gzip.compress(path.read_bytes(), 6)) if path.suffix in COMPRESSED else path.stat().st_size


def typing(browser: Browser, site: Path) -> Iterator[str]:
    """Print what kept the page from answering while somebody typed; give what over http was beyond the limit."""
    for way in ("http", "disk"):
        for words in TYPED:
            with serving(site) as served:
                tasks, keys = typed(browser, served if way == "http" else f"{site.as_uri()}/", words)
            longest = f"the longest {max(tasks)} ms" if tasks else "none"
            slowest = f"the slowest {max(keys)} ms" if keys else "none"
            print(f"Chromium {way}, {words!r} typed: long tasks {len(tasks)}, {longest}; slow keys {len(keys)}, {slowest}")
            if way == "http" and tasks:
                yield f"a task of {max(tasks)} ms while {words!r} was typed, more than {LONG}"


def typed(browser: Browser, address: str, words: str) -> tuple[list[int], list[int]]:
    """Milliseconds of each long task and of each slow key."""
    context = browser.new_context()
    context.add_init_script(WATCH_TASKS)
    page = context.new_page()
    page.goto(f"{address}search.html")
    page.wait_for_function(f"() => {SEARCHED}")
    page.evaluate("window.longTasks.length = window.slowKeys.length = 0")
    page.locator("search-box input[name=q]").press_sequentially(words, delay=120)
    page.wait_for_function(f"(words) => new URLSearchParams(location.search).get('q') === words && {SEARCHED}", arg=words, timeout=120_000)
    found: tuple[list[int], list[int]] = page.evaluate("[window.longTasks, window.slowKeys]")
    context.close()
    return found


if __name__ == "__main__":
    raise SystemExit(main())
