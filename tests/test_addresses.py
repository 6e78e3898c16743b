"""Over a life of an archive: no build loses an address, and after each one every address ever printed leads where it should."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bindery import new, pipeline
from bindery.publish.permalinks import relative
from tests.life import STEPS, Life, Printed, Step, begin


@dataclass(frozen=True)
class Landing:
    """Where an address leads by what the files say: refreshes, ids, and what short-address.js and landing.js make of a key."""

    page: str
    heading: str
    text: str
    """Of the page."""
    paragraph: str | None
    """None where the address names none, or none that is there."""


def landing(site: Path, address: str) -> Landing:
    rest, _, fragment = address.partition("#")
    path, _, query = rest.partition("?p=")
    wanted = fragment or (f"p-{query}" if query else "")
    page = f"{path}index.html" if path.endswith("/") else path
    for _ in range(3):
        tree = LexborHTMLParser((site / page).read_text("utf-8"))
        refresh = tree.css_first("meta[http-equiv=refresh]")
        if refresh is None:
            break
        target = str(refresh.attributes["content"]).partition("url=")[2]
        page = next(one for one in (path.relative_to(site).as_posix() for path in site.rglob("*.html")) if relative(page, one) == target)
    place = tree.css_first(f'[id="{wanted}"]') if wanted else None
    return Landing(page, _text(tree.css_first("h1")), _text(tree.body), _paragraph(place))


def _paragraph(place: LexborNode | None) -> str | None:
    while place is not None and "para" not in (place.attributes.get("class") or "").split():
        place = place.parent
    return _text(place.css_first(".para__text")) if place else None


def _text(node: LexborNode | None) -> str:
    return " ".join(unescape(node.text()).split()) if node else ""


def wrong(life: Life, one: Printed, found: Landing) -> str | None:
    """What is wrong with a landing; None if it is where it should be."""
    if one.briefing is None:
        name = life.became.get(one.name, one.name)
        return None if found.heading == name else f"{one.address}: {found.heading!r} instead of {name!r}"
    if one.briefing in life.withdrawn:
        return None if life.withdrawn[one.briefing] in found.text else f"{one.address} does not say why it is gone"
    if found.page != life.page_of(one.briefing):
        return f"{one.address} leads to {found.page}"
    if one.labels and not one.labels <= life.gone and not any(label in (found.paragraph or "") for label in one.labels - life.gone):
        return f"{one.address}: {sorted(one.labels)} are not in {found.paragraph!r}"
    if one.labels and one.labels <= life.gone and found.paragraph:
        return f"{one.address}: {sorted(one.labels)} are gone, and it leads to {found.paragraph!r}"
    return None


def lived(life: Life, step: Step) -> None:
    """One step and its build. A build that would lose an address is refused, names the remedy, and changes nothing."""
    step.happens(life)
    if step.remedy:
        permalink, words = step.remedy
        before = {path: path.read_bytes() for path in (life.root / "site").rglob("*") if path.is_file()}
        with pytest.raises(ExceptionGroup, match="addresses would be lost") as refused:
            life.build()
        told = "\n".join(str(error) for error in refused.value.exceptions)
        assert f"{permalink} was published and has no page any more" in told
        assert words.partition(" ")[0] in told
        assert {path: path.read_bytes() for path in (life.root / "site").rglob("*") if path.is_file()} == before
        life.complete(permalink, words)
    life.build()


def test_every_address_ever_printed_leads_to_its_words_after_every_build(tmp_path: Path) -> None:
    life = Life(tmp_path)
    for step in STEPS:
        lived(life, step)
        landings = {one: landing(tmp_path / "site", one.address) for one in life.printed.values()}
        problems = [problem for one, found in landings.items() if (problem := wrong(life, one, found))]
        assert problems == [], step.happens.__name__

    assert life.builds >= 12
    assert len(life.printed) > 120
    assert sum(bool(one.labels) for one in life.printed.values()) > 80


def test_only_paragraphs_whose_first_words_changed_got_new_keys(tmp_path: Path) -> None:
    """What the corrections of the script need, and not one more."""
    life = Life(tmp_path)
    before: set[str] = set()
    new: dict[str, set[str]] = {}
    for step in STEPS:
        lived(life, step)
        keys = {f"{one.briefing} {one.address.partition('#p-')[2]}" for one in life.printed.values() if "html#p-" in one.address}
        new[step.happens.__name__], before = keys - before, keys

    assert {name: len(keys) for name, keys in new.items() if keys and name != "begin"} == {
        "correct_paragraphs": 2,
        "insert_paragraphs": 2,
        "capture_again": 3,
        "delete_split_and_join": 1,
        "capture_a_page_of_the_same_title": 3,
    }


def git(root: Path, *arguments: str) -> None:
    author = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    subprocess.run(["git", "-C", str(root), *author, *arguments], check=True, stdout=subprocess.DEVNULL)


def commit(life: Life) -> None:
    life.build()
    git(life.root, "add", ".")
    git(life.root, "commit", "--message", "a build")


def test_two_branches_that_both_published_are_merged_and_lose_no_address(tmp_path: Path) -> None:
    """Each renames a file and corrects paragraphs; git merges the lock and the anchors by itself."""
    new.create(tmp_path)
    life = Life(tmp_path)
    begin(life)
    git(tmp_path, "init", "--initial-branch=main")
    commit(life)
    git(tmp_path, "checkout", "-b", "other")
    life.change(life.briefing("2019-05-02-talks"), ("A delegation", "Later a delegation"), ("A choir", "At last a choir"))
    life.briefing("2019-05-03-schools").rename(life.briefing("teachers"))
    commit(life)
    git(tmp_path, "checkout", "main")
    life.change(life.briefing("2019-05-02-talks"), ("The mayor", "On 2 May the mayor"), ("its hall.", "its tiled hall."))
    life.briefing("2019-05-04-market").rename(life.briefing("the-market"))
    commit(life)
    git(tmp_path, "merge", "--message", "both", "other")
    life.build()

    landings = {one: landing(tmp_path / "site", one.address) for one in life.printed.values()}
    assert [problem for one, found in landings.items() if (problem := wrong(life, one, found))] == []
    assert pipeline.check(life.site) == []


def test_a_page_that_stands_for_an_old_address_has_no_script(tmp_path: Path) -> None:
    life = Life(tmp_path)
    for step in STEPS[:3]:
        lived(life, step)
    html = (tmp_path / "site/briefings/2019-05-02-talks.html").read_text("utf-8")

    assert '<meta http-equiv="refresh" content="0; url=talks-about-ferries.html">' in html
    assert '<link rel="canonical" href="https://archive.example/briefings/talks-about-ferries.html">' in html
    assert '<a href="talks-about-ferries.html">Talks at the harbour</a>' in html
    assert not re.search(r"<script|javascript:| on\w+=", html)
