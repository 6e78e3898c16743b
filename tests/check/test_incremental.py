"""A check that knows the last one finds just what one would that knows nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bindery import config, pipeline
from bindery.check import everything, examine, pages
from bindery.model import Finding

STEPS = 60
BRIEFING = """---
id: page{0}
title: Report {0}
date: 2019-05-0{0}
source: gazette.example
---

[Karl Moen](../officials/karl-moen.md "Mayor") met [Index](../companies/index-2.md) about ferries on day {0} and said so.

A second paragraph on day {0} names [Linden](../cities/linden.md), and nobody else was there.
"""
RECORDS = {"officials/karl-moen": "Karl Moen", "companies/index-2": "Index", "cities/linden": "Linden"}


class History:
    """What happens to a site and its archive, one thing at a time."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.choice = random.Random(seed)
        for number in range(1, 5):
            self.write(f"content/briefings/report-{number}.md", BRIEFING.format(number))
        for record, name in RECORDS.items():
            self.write(f"content/{record}.md", f"---\nname: {name}\nstatus: confirmed\n---\n")
        pipeline.publish(config.load(root), with_search=False)

    def step(self) -> str:
        """Do something; its name."""
        step: Callable[[], None] = self.choice.choice(
            (
                self.break_link,
                self.break_anchor,
                self.repeat_id,
                self.lose_ids,
                self.lose_file,
                self.add_file,
                self.publish,
                self.publish,
                self.name_nobody,
                self.delete_record,
                self.decide,
                self.lock,
                self.damage,
            )
        )
        step()
        return step.__name__

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def page(self) -> Path:
        return self.choice.choice(sorted((self.root / "site").rglob("*.html")))

    def change(self, path: Path, before: str, after: str) -> None:
        path.write_text(path.read_text("utf-8").replace(before, after, 1), "utf-8")

    def break_link(self) -> None:
        self.change(self.page(), "</main>", '<a href="nowhere.html">x</a></main>')

    def break_anchor(self) -> None:
        self.change(self.page(), "</main>", '<a href="/index.html">x</a><a href="#no-such">y</a></main>')

    def repeat_id(self) -> None:
        self.change(self.page(), "</main>", '<i id="twice"></i><i id="twice"></i></main>')

    def lose_ids(self) -> None:
        path = self.page()
        path.write_text(path.read_text("utf-8").replace(' id="', ' data-id="'), "utf-8")

    def lose_file(self) -> None:
        self.choice.choice([path for path in sorted((self.root / "site").rglob("*")) if path.is_file()]).unlink()

    def add_file(self) -> None:
        self.write("site/briefings/nowhere.html", '<i id="no-such"></i>')

    def publish(self) -> None:
        pipeline.publish(config.load(self.root), with_search=False)

    def name_nobody(self) -> None:
        path = self.root / f"content/briefings/report-{self.choice.randrange(1, 5)}.md"
        self.change(path, "../officials/karl-moen.md", f"../officials/nobody-{self.choice.randrange(3)}.md")

    def delete_record(self) -> None:
        record = self.choice.choice(list(RECORDS))
        path = self.root / f"content/{record}.md"
        if path.exists():
            path.rename(self.root / f"{record.partition('/')[2]}.gone")
        else:
            (self.root / f"{record.partition('/')[2]}.gone").rename(path)

    def decide(self) -> None:
        pair = self.choice.choice(("officials/a, officials/b", "cities/linden, cities/linden-2"))
        self.write("content/decisions.yaml", f"not-same:\n  - [{pair}]\n")

    def lock(self) -> None:
        with (self.root / "content/permalinks.lock").open("a", encoding="utf-8") as file:
            file.write(f"cities/old-{self.choice.randrange(9)}.html gone: it was a mistake\n")

    def damage(self) -> None:
        files = sorted(path for path in (self.root / ".cache/check").rglob("*") if path.is_file())
        path = self.choice.choice(files)
        path.write_bytes(path.read_bytes()[: self.choice.choice((0, path.stat().st_size // 2))])


def cleanly(root: Path) -> list[Finding]:
    kept, aside = root / ".cache/check", root / ".cache/aside"
    if kept.exists():
        kept.rename(aside)
    found = pipeline.check(config.load(root))
    shutil.rmtree(kept)
    if aside.exists():
        aside.rename(kept)
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_over_a_random_history_every_check_finds_what_one_from_nothing_would(tmp_path: Path, seed: int) -> None:
    history = History(tmp_path, seed)
    said: set[str] = set()
    for number in range(STEPS):
        step = ""
        with suppress(ExceptionGroup):  # a build that would lose an address is refused
            step = history.step() if number else "begin"
        found = pipeline.check(config.load(tmp_path))
        assert found == cleanly(tmp_path), (number, step)
        said |= {finding.code for finding in found}
    assert {"broken-link", "lost-address", "missing-record"} <= said


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    History(tmp_path, 0)
    pipeline.check(config.load(tmp_path))
    return tmp_path


def test_a_check_without_a_change_reads_nothing(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everything, "findings", lambda *_: pytest.fail("something was read"))

    assert examine.findings(config.load(archive)) == examine.findings(config.load(archive))


def test_only_a_changed_page_is_read(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive / "site/briefings/report-2.html"
    path.write_text(path.read_text("utf-8").replace("</main>", '<a href="no.html">x</a></main>'), "utf-8")
    (archive / "site/index.html").touch()
    read: list[str] = []
    parse = pages.read
    monkeypatch.setattr(pages, "read", lambda html, permalink: read.append(permalink) or parse(html, permalink))
    before = len(pipeline.check(config.load(archive)))

    assert read == ["briefings/report-2.html"]
    path.write_text(path.read_text("utf-8").replace("no.html", "report-1.html"), "utf-8")
    assert len(pipeline.check(config.load(archive))) == before - 1


def test_a_link_of_a_page_that_did_not_change_is_found_broken(archive: Path) -> None:
    before = pipeline.check(config.load(archive))
    record = archive / "site/cities/linden.html"
    page = record.read_text("utf-8")
    record.unlink()
    found = {str(finding.at).partition(":")[0] for finding in pipeline.check(config.load(archive)) if "linden.html" in finding.message}

    assert {f"site/briefings/report-{number}.html" for number in range(1, 5)} <= found
    record.write_text(page, "utf-8")
    assert pipeline.check(config.load(archive)) == before
