"""Feeds: valid, absolute, each briefing under an id that nothing changes, and no more of it than its rights allow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date as Date
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from bindery.config import Site
from bindery.content.lock import Address
from bindery.model import Authority, Briefing, Library
from bindery.publish import entries as listing
from bindery.publish import follow, render, rights
from bindery.publish.follow.feed import OF_ARCHIVE, OF_NAME
from tests.publish import archive

BASE = "https://example.org/archive"
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
HOSTILE = "</title><script>&amp; ]]> \u0001 “q”"


def written(root: Path, library: Library | None = None, addresses: Iterable[Address] = (), **values: str) -> dict[str, str]:
    """Permalink → text of every feed, and the list of all."""
    found = library or archive.library()
    where: Site = archive.site(root, **{"base_url": BASE, "publisher": "The keepers", **values})
    env = render.environment(where)
    feeds = (one for one in archive.planned(found, where, addresses) if one.permalink.startswith("feed"))
    return {one.permalink: archive.text(one, env) for one in feeds}


def named(library: Library, **values: Any) -> Library:
    """The library with every briefing changed."""
    by_id = {briefing.id: replace(briefing, **values) for briefing in library.briefings}
    mentioned_in = {key: tuple(by_id[briefing.id] for briefing in found) for key, found in library.mentioned_in.items()}
    return replace(library, briefings=tuple(by_id.values()), mentioned_in=mentioned_in)


def many(count: int) -> Library:
    """An archive of `count` briefings that all name Wuxi."""
    found = archive.library()
    briefings = tuple(
        archive.briefing(f"many{number}", f"No. {number}", Date(2020, 1, 1), "[Wuxi](../cities/wuxi.md) grows.") for number in range(count)
    )
    return replace(found, briefings=briefings, mentioned_in={"cities/wuxi": briefings})


def entries(atom: str) -> dict[str, etree._Element]:
    return {entry.findtext(f"{ATOM}title") or "": entry for entry in etree.fromstring(atom.encode()).iter(f"{ATOM}entry")}


def objections(feed: Any) -> list[str]:
    """What https://www.jsonfeed.org/version/1.1/ has against a feed."""
    found = [] if feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"] else ["head"]
    found += [name for name in ("home_page_url", "feed_url") if not feed[name].startswith("https://")]
    found += ["known"] * bool(set(feed) - {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"})
    ids = [item["id"] for item in feed["items"]]
    found += ["ids"] * (len(set(ids)) != len(ids) or not all(isinstance(one, str) for one in ids))
    for item in feed["items"]:
        found += [f"{item['id']}: no content"] * (not (item.get("content_html") or item.get("content_text")))
        found += [f"{item['id']}: address"] * (not item["url"].startswith("https://"))
        found += [f"{item['id']}: date"] * ("date_published" in item and not RFC_3339.fullmatch(item["date_published"]))
        found += [f"{item['id']}: authors"] * (not all(one["name"] for one in item.get("authors", [])))
    return found


def test_there_is_a_feed_for_the_archive_and_for_everybody_it_names(tmp_path: Path) -> None:
    records = ["cities/chongqing", "cities/wuxi", "companies/nec", "officials/mori", "officials/tang-zongwei"]
    expected = {"feed.xml", "feed.json", "feeds/all.opml", *(f"feeds/{record}.{form}" for record in records for form in ("xml", "json"))}

    assert set(written(tmp_path)) == expected


def test_a_record_nobody_names_has_none(tmp_path: Path) -> None:
    found = archive.library()
    quiet = Authority("city", "essen", "Essen", id="cities/essen")
    made = written(tmp_path, replace(found, authorities={**found.authorities, quiet.id: quiet}))

    assert "feeds/cities/wuxi.xml" in made
    assert "feeds/cities/essen.xml" not in made


def test_an_archive_without_an_address_has_none(tmp_path: Path) -> None:
    assert written(tmp_path, base_url="") == {}


@pytest.mark.parametrize("words", ["plain", HOSTILE], ids=["plain", "hostile"])
def test_every_atom_feed_is_valid(tmp_path: Path, words: str) -> None:
    library = archive.library() if words == "plain" else named(archive.library(), title=words, source=words, byline=words)
    for permalink, text in written(tmp_path, library, title=words).items():
        if permalink.endswith(".xml"):
            assert GRAMMAR.validate(etree.fromstring(text.encode())), (permalink, GRAMMAR.error_log)
            assert not feedparser.parse(text)["bozo"], permalink


@pytest.mark.parametrize(
    "wrong",
    ["<id>x</id>", "<updated>2020-01-01</updated>", '<link rel="self" href="../a"/>', "<summary/>", "<unknown/>"],
)
def test_the_grammar_would_object(tmp_path: Path, wrong: str) -> None:
    """The control: a feed with a fault is not valid."""
    text = written(tmp_path)["feed.xml"].replace("</entry>", f"{wrong}</entry>", 1)

    assert not GRAMMAR.validate(etree.fromstring(text.encode()))


@pytest.mark.parametrize("words", ["plain", HOSTILE], ids=["plain", "hostile"])
def test_every_json_feed_is_valid(tmp_path: Path, words: str) -> None:
    library = archive.library() if words == "plain" else named(archive.library(), title=words, source=words, byline=words)
    feeds = {
        permalink: json.loads(text) for permalink, text in written(tmp_path, library, title=words).items() if permalink.endswith(".json")
    }

    assert {permalink: found for permalink, feed in feeds.items() if (found := objections(feed))} == {}


def test_a_feed_reader_gets_title_text_author_date_and_address(tmp_path: Path) -> None:
    feed = feedparser.parse(written(tmp_path)["feed.xml"])
    newest = feed.entries[0]

    assert (feed.feed.title, feed.feed.updated, feed.feed.author) == ("Briefing archive", "2021-07-21T00:00:00Z", "The keepers")
    assert (newest.title, newest.author, newest.published) == ("New & old", "Gazette", "2021-07-21T00:00:00Z")
    assert newest.link == f"{BASE}/briefings/new1.html"
    assert newest.summary == "Mori of NEC Co., Ltd. came."
    assert newest.content[0].value.startswith("<p>Mori of NEC Co., Ltd. came.</p>")
    assert "<b>Caution.</b>" in newest.content[0].value


def test_both_forms_tell_the_same(tmp_path: Path) -> None:
    found = written(tmp_path)
    for record in ("feed", "feeds/cities/chongqing"):
        atom, items = entries(found[f"{record}.xml"]), json.loads(found[f"{record}.json"])["items"]

        assert [(item["title"], item["id"], item["content_html"]) for item in items] == [
            (title, entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}content")) for title, entry in atom.items()
        ]


def test_a_feed_of_a_name_has_the_briefings_that_name_it_newest_first(tmp_path: Path) -> None:
    found = written(tmp_path)

    assert list(entries(found["feeds/officials/mori.xml"])) == ["New & old", "Old"]
    assert list(entries(found["feeds/companies/nec.xml"])) == ["New & old"]


def test_a_page_without_a_date_stands_last_and_claims_none(tmp_path: Path) -> None:
    found = written(tmp_path)
    title, undated = list(entries(found["feed.xml"]).items())[-1]

    assert title == "重慶の会談"
    assert undated.findtext(f"{ATOM}published") is None
    assert "date_published" not in json.loads(found["feed.json"])["items"][-1]


def test_an_entry_keeps_its_id_through_every_change(tmp_path: Path) -> None:
    """A new title, date, file name, text, host: a reader that has seen it must not take it for new."""
    before = json.loads(written(tmp_path)["feed.json"])["items"]
    changed = named(archive.library(), title="Another", slug="another", date=Date(1999, 1, 1), text="Other words.", mentions=())
    after = json.loads(written(tmp_path, changed, base_url="https://moved.example")["feed.json"])["items"]

    assert [item["id"] for item in before] == [item["id"] for item in after]
    assert before[0]["id"] == "urn:uuid:23314ae0-9e5c-56ef-adf1-227fd35fa68e"


def test_the_language_of_a_text_is_said(tmp_path: Path) -> None:
    entry = entries(written(tmp_path)["feed.xml"])["重慶の会談"]

    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"


def test_addresses_in_a_text_are_whole_and_words_that_look_like_one_stay(tmp_path: Path) -> None:
    body = 'See [this](../cities/wuxi.md "x"), [that](other.html#x) and src="y.png".'
    library = Library((archive.briefing("a1b2", "T", None, body),), {}, {}, {})
    html = json.loads(written(tmp_path, library)["feed.json"])["items"][0]["content_html"]

    assert f'<a href="{BASE}/briefings/other.html#x">that</a>' in html
    assert 'and src="y.png".' in html


def test_the_page_it_was_captured_from_is_named(tmp_path: Path) -> None:
    library = named(archive.library(), extra={"url": "https://gazette.example/a?b=1&c=2"})
    found = written(tmp_path, library)

    assert feedparser.parse(found["feed.xml"]).entries[0].links[1].href == "https://gazette.example/a?b=1&c=2"
    assert json.loads(found["feed.json"])["items"][0]["external_url"] == "https://gazette.example/a?b=1&c=2"


def test_where_the_text_is_withheld_the_feed_has_none(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("rights: metadata-only\n", encoding="utf-8")
    library = rights.shown(archive.library(), archive.site(tmp_path))
    found = written(tmp_path, library)

    assert not any("came" in text for text in found.values())
    assert json.loads(found["feed.json"])["items"][0]["content_text"] == "New & old"
    assert objections(json.loads(found["feed.json"])) == []
    assert GRAMMAR.validate(etree.fromstring(found["feed.xml"].encode()))


def test_a_feed_is_as_long_as_said(tmp_path: Path) -> None:
    found = written(tmp_path, many(60))

    assert len(entries(found["feed.xml"])) == OF_ARCHIVE
    assert len(entries(found["feeds/cities/wuxi.xml"])) == OF_NAME


def test_the_feeds_of_names_in_a_large_archive_hold_how_a_text_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow.feed, "WHOLE_IN_NAMES", 59)
    found = written(tmp_path, many(60))
    item = json.loads(found["feeds/cities/wuxi.json"])["items"][0]

    assert "content_html" in json.loads(found["feed.json"])["items"][0]
    assert "content_html" not in item
    assert item["content_text"] == "Wuxi grows."
    assert objections(json.loads(found["feeds/cities/wuxi.json"])) == []
    assert GRAMMAR.validate(etree.fromstring(found["feeds/cities/wuxi.xml"].encode()))


def test_who_followed_a_merged_record_goes_on_following(tmp_path: Path) -> None:
    merged = Address("officials/tang.html", target="officials/tang-zongwei.html")
    elsewhere = Address("b/gone1/index.html", briefing="gone1", target="officials/tang-zongwei.html")
    found = written(tmp_path, addresses=[merged, elsewhere])

    assert found["feeds/officials/tang.xml"] == found["feeds/officials/tang-zongwei.xml"]
    assert found["feeds/officials/tang.json"] == found["feeds/officials/tang-zongwei.json"]
    assert "officials/tang.xml" not in found["feeds/all.opml"]
    assert not any("gone1" in permalink for permalink in found)


def test_the_list_of_all_feeds_can_be_imported(tmp_path: Path) -> None:
    found = written(tmp_path, title=HOSTILE)
    opml = etree.fromstring(found["feeds/all.opml"].encode())
    outlines = opml.findall(".//outline[@xmlUrl]")

    groups = [outline.get("text") for outline in opml.findall("body/outline") if outline.get("xmlUrl") is None]

    assert (opml.tag, opml.get("version")) == ("opml", "2.0")
    assert groups == ["Cities", "Officials", "Companies"]
    assert {outline.get("type") for outline in outlines} == {"rss"}
    assert {f"{BASE}/{permalink}" for permalink in found if permalink.endswith(".xml")} == {outline.get("xmlUrl") for outline in outlines}


def test_every_announced_feed_is_there(tmp_path: Path) -> None:
    found = written(tmp_path)
    for page, text in archive.rendered(tmp_path, base_url=BASE):
        announced = re.findall(r'<link rel="alternate" type="application/[a-z]+\+[a-z]+" title="[^"]+" href="([^"]+)">', text)
        if page.permalink.endswith(".html") and "short_address" not in page.template:
            assert len(announced) == (
                4 if page.permalink.startswith(("cities/", "officials/", "companies/")) and "index" not in page.permalink else 2
            )
        assert {address.removeprefix(f"{BASE}/") for address in announced} <= set(found)


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path) == written(tmp_path)


def test_ids_differ_between_briefings() -> None:
    assert len({entry_of(briefing).id for briefing in many(50).briefings}) == 50


def entry_of(briefing: Briefing) -> follow.entries.Entry:
    where = archive_site()
    return follow.entries.entry(listing.entry(briefing, (), where), "", (), where)


def archive_site() -> Site:
    return archive.site(Path(__file__).parent, base_url=BASE)


def test_a_byline_is_the_author_and_else_the_source() -> None:
    briefing = Briefing("abcd", "a", "T", None, "Gazette", "Anna Berg", None, "")

    assert entry_of(briefing).author == "Anna Berg"
    assert entry_of(replace(briefing, byline=None)).author == "Gazette"
