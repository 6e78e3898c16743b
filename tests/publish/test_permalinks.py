"""Addresses never break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bindery.errors import SiteError
from bindery.model import Authority, Briefing, Library
from bindery.publish import permalinks
from bindery.publish.permalinks import Address

BRIEFING = Briefing("6898abf", "2016-01-19-a-page", "A page", None, None, None, "en", "Text.")
TANG = Authority("official", "tang-zongwei", "Tang Zongwei", id="officials/tang-zongwei")


def library(*briefings: Briefing, merged: dict[str, str] | None = None) -> Library:
    return Library(briefings, {TANG.id: TANG}, {}, merged or {})


@pytest.mark.parametrize(
    ("origin", "target", "fragment", "link"),
    [
        ("briefings/a.html", "cities/chongqing.html", "", "../cities/chongqing.html"),
        ("index.html", "cities/chongqing.html", "mentions", "cities/chongqing.html#mentions"),
        ("b/6898abf/index.html", "briefings/a.html", "", "../../briefings/a.html"),
        ("briefings/a.html", "briefings/a.html", "p-x", "#p-x"),
        ("briefings/a.html", "briefings/a.html", "", "a.html"),
    ],
)
def test_a_link_is_relative_and_ends_in_a_file_name(origin: str, target: str, fragment: str, link: str) -> None:
    assert permalinks.relative(origin, target, fragment) == link


def test_a_lock_read_back_is_the_same(tmp_path) -> None:  # type: ignore[no-untyped-def]
    addresses = {
        "b/6898abf/index.html": Address("b/6898abf/index.html", briefing="6898abf"),
        "cities/a.html": Address("cities/a.html"),
        "officials/b.html": Address("officials/b.html", target="officials/c.html"),
        "officials/d.html": Address("officials/d.html", reason="withdrawn, at the publisher's request"),
    }
    (tmp_path / "content").mkdir()
    (tmp_path / permalinks.LOCK_FILE).write_text(permalinks.dump_lock(addresses.values()), encoding="utf-8")

    assert permalinks.read_lock(tmp_path) == addresses


def test_a_renamed_briefing_keeps_its_old_address() -> None:
    lock = permalinks.published(library(BRIEFING))
    renamed = library(replace(BRIEFING, slug="2016-01-19-another-title"))

    assert [(stub.permalink, stub.target) for stub in permalinks.kept(lock, renamed)] == [
        ("briefings/2016-01-19-a-page.html", "briefings/2016-01-19-another-title.html")
    ]


def test_a_merged_record_keeps_its_address() -> None:
    lock = {"officials/tang-zong-wei.html": Address("officials/tang-zong-wei.html")}

    (stub,) = permalinks.kept(lock, library(merged={"officials/tang-zong-wei": TANG.id}))
    assert stub.target == "officials/tang-zongwei.html"


def test_an_address_that_would_be_lost_stops_the_build_and_says_how_to_keep_it() -> None:
    lock = permalinks.published(library(BRIEFING))

    with pytest.raises(ExceptionGroup) as caught:
        permalinks.kept(lock, library())
    assert all(isinstance(error, SiteError) for error in caught.value.exceptions)
    assert "briefings/2016-01-19-a-page.html -> page.html" in str(caught.value.exceptions[0])


def test_a_reason_written_into_the_lock_is_a_tombstone() -> None:
    lock = {"briefings/gone.html": Address("briefings/gone.html", reason="withdrawn")}

    assert permalinks.kept(lock, library()) == (Address("briefings/gone.html", None, None, "withdrawn"),)


def test_a_target_that_is_not_in_the_site_stops_the_build() -> None:
    lock = {"officials/old.html": Address("officials/old.html", target="officials/nobody.html")}

    with pytest.raises(ExceptionGroup, match="addresses would be lost"):
        permalinks.kept(lock, library())
