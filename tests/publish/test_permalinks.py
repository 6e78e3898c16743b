"""Addresses never break."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bindery.content import lock
from bindery.content.lock import Address
from bindery.errors import ContentError
from bindery.model import Authority, Briefing, Library
from bindery.publish import permalinks

BRIEFING = Briefing("6898abf", "2016-01-19-a-page", "A page", None, None, None, "en", "Text.")
TANG = Authority("official", "tang-zongwei", "Tang Zongwei", id="officials/tang-zongwei")


def kept(addresses: dict[str, Address], library: Library, *others: str) -> tuple[Address, ...]:
    """What stands for the lost addresses of a site that has the library's pages and some others."""
    made = {*permalinks.published(library.briefings, library.authorities), *others}
    return permalinks.kept(addresses, library.briefings, library.authorities, library.merged, made)


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


def test_a_lock_read_back_is_the_same(tmp_path: Path) -> None:
    addresses = {
        "b/6898abf/index.html": Address("b/6898abf/index.html", briefing="6898abf"),
        "briefings/a-page.html": Address("briefings/a-page.html", briefing="6898abf", reason="withdrawn"),
        "cities/a.html": Address("cities/a.html"),
        "officials/b.html": Address("officials/b.html", target="officials/c.html"),
        "officials/d.html": Address("officials/d.html", reason="withdrawn, at the publisher's request"),
    }
    (tmp_path / "content").mkdir()
    (tmp_path / lock.LOCK_FILE).write_text("\ufeff" + lock.dump(addresses.values()), encoding="utf-8")

    assert lock.read(tmp_path) == addresses
    assert lock.withdrawn(addresses) == {"6898abf"}


@pytest.mark.parametrize(
    "line", ["a/../../evil.html gone: x", "/etc/passwd", "C:\\x.html", "<script>.html", "a.html -> ../b.html", "a.html gone:"]
)
def test_a_line_that_is_no_address_of_the_site_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / lock.LOCK_FILE).write_text(f"# head\n{line}\n", encoding="utf-8")

    with pytest.raises(ContentError, match="not an address") as caught:
        lock.read(tmp_path)
    assert str(caught.value.at) == "content/permalinks.lock:2"


def test_a_renamed_briefing_keeps_its_old_address() -> None:
    locked = permalinks.published([BRIEFING], [TANG.id])
    renamed = library(replace(BRIEFING, slug="2016-01-19-another-title"))

    assert [(stub.permalink, stub.target) for stub in kept(locked, renamed)] == [
        ("briefings/2016-01-19-a-page.html", "briefings/2016-01-19-another-title.html")
    ]


def test_a_merged_record_keeps_its_address() -> None:
    locked = {"officials/tang-zong-wei.html": Address("officials/tang-zong-wei.html")}

    (stub,) = kept(locked, library(merged={"officials/tang-zong-wei": TANG.id}))
    assert stub.target == "officials/tang-zongwei.html"


def test_an_address_that_would_be_lost_stops_the_build_and_says_how_to_keep_it() -> None:
    locked = permalinks.published([BRIEFING], [TANG.id])

    with pytest.raises(ExceptionGroup) as caught:
        kept(locked, library())
    assert all(isinstance(error, ContentError) for error in caught.value.exceptions)
    assert "briefings/2016-01-19-a-page.html = 6898abf -> page.html" in str(caught.value.exceptions[0])


def test_a_reason_written_into_the_lock_is_a_tombstone() -> None:
    locked = {"briefings/gone.html": Address("briefings/gone.html", reason="withdrawn")}

    assert kept(locked, library()) == (Address("briefings/gone.html", None, None, "withdrawn"),)


def test_a_target_that_is_not_in_the_site_stops_the_build() -> None:
    locked = {"officials/old.html": Address("officials/old.html", target="officials/nobody.html")}

    with pytest.raises(ExceptionGroup, match="addresses would be lost"):
        kept(locked, library())


def test_an_address_may_lead_to_any_page_and_is_followed_when_that_one_moves() -> None:
    locked = {
        "officials/a.html": Address("officials/a.html", target="officials/b.html"),
        "officials/b.html": Address("officials/b.html", target="officials/tang-zongwei.html"),
        "cities/c.html": Address("cities/c.html", target="methodology.html"),
    }

    assert [stub.target for stub in kept(locked, library(), "methodology.html")] == [
        "officials/tang-zongwei.html",
        "officials/tang-zongwei.html",
        "methodology.html",
    ]


def test_the_reason_given_for_one_address_of_a_briefing_holds_for_all() -> None:
    locked = permalinks.published([BRIEFING], [TANG.id])
    locked["briefings/2016-01-19-a-page.html"] = replace(locked["briefings/2016-01-19-a-page.html"], reason="withdrawn")

    assert [stub.reason for stub in kept(locked, library())] == ["withdrawn", "withdrawn"]


def test_addresses_that_lead_to_each_other_are_lost() -> None:
    locked = {"a.html": Address("a.html", target="b.html"), "b.html": Address("b.html", target="a.html")}

    with pytest.raises(ExceptionGroup):
        kept(locked, library())


def test_the_page_given_for_one_address_of_a_briefing_holds_for_all() -> None:
    locked = permalinks.published([BRIEFING], [TANG.id])
    locked["briefings/2016-01-19-a-page.html"] = replace(locked["briefings/2016-01-19-a-page.html"], target="methodology.html")

    assert [stub.target for stub in kept(locked, library(), "methodology.html")] == ["methodology.html", "methodology.html"]


def test_a_renamed_record_is_suggested_for_its_old_address() -> None:
    locked = {"officials/tang-zong-wei.html": Address("officials/tang-zong-wei.html")}

    with pytest.raises(ExceptionGroup) as caught:
        kept(locked, library())
    assert "'officials/tang-zong-wei.html -> officials/tang-zongwei.html'" in str(caught.value.exceptions[0])


def test_a_briefing_that_was_given_another_id_is_suggested_for_its_old_short_address() -> None:
    locked = permalinks.published([BRIEFING], [TANG.id])

    with pytest.raises(ExceptionGroup) as caught:
        kept(locked, library(replace(BRIEFING, id="1234567")))
    assert "'b/6898abf/index.html = 6898abf -> briefings/2016-01-19-a-page.html'" in str(caught.value.exceptions[-1])


def test_two_briefings_that_change_names_stop_the_build() -> None:
    """Each of them has a page, and every link to one would lead to the other."""
    other = replace(BRIEFING, id="1234567", slug="2016-01-20-other", path="content/briefings/2016-01-20-other.md")
    locked = permalinks.published([BRIEFING, other], [TANG.id])

    with pytest.raises(ExceptionGroup) as caught:
        kept(locked, library(replace(BRIEFING, slug=other.slug), replace(other, slug=BRIEFING.slug)))
    assert [str(error).partition("\n")[0] for error in caught.value.exceptions] == [
        f": briefings/{other.slug}.html was published for briefing 1234567, and this is 6898abf",
        f"content/briefings/2016-01-20-other.md: briefings/{BRIEFING.slug}.html was published for briefing 6898abf, and this is 1234567",
    ]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["a.html", "a.html"], Address("a.html")),
        (["a.html", "a.html gone: withdrawn"], Address("a.html", reason="withdrawn")),
        (["a.html -> b.html", "a.html"], Address("a.html", target="b.html")),
        ([f"a.html gone: {lock.NO_LONGER_NAMED}", "a.html -> b.html"], Address("a.html", target="b.html")),
        (["a.html gone: withdrawn", "a.html -> b.html"], None),
    ],
)
def test_two_lines_for_one_address_are_read_as_the_one_that_says_more(tmp_path: Path, lines: list[str], read: Address | None) -> None:
    """As git leaves them when two branches that both published are merged line by line."""
    (tmp_path / "content").mkdir()
    (tmp_path / lock.LOCK_FILE).write_text("\n".join(lines), encoding="utf-8")

    if read:
        assert lock.read(tmp_path) == {"a.html": read}
    else:
        with pytest.raises(ContentError, match="stands twice"):
            lock.read(tmp_path)
