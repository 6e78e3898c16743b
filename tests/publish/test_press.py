"""What a build keeps of the last one, and what it must not: a test for each thing that was once kept wrongly."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bindery import config, pipeline, segments
from bindery.publish import reader
from bindery.publish.views import authority, lists
from tests.builds import built, copied, differences, files

TANG, MORI, WUXI = "[Tang](../officials/tang.md)", "[Mori](../officials/mori.md)", "[Wuxi](../cities/wuxi.md)"


class Archive:
    def __init__(self, root: Path) -> None:
        self.root = root
        for record in ("officials/tang", "officials/mori", "cities/wuxi"):
            self.write(f"content/{record}.md", f"---\nname: {record.partition('/')[2].title()}\nstatus: confirmed\n---\n")
        for year in range(2012, 2019):
            self.briefing(year, f"{TANG} met {MORI} in {year}.")

    def write(self, name: str, source: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")

    def briefing(self, year: int, body: str, *, title: str = "Talks", date: str = "", slug: str = "") -> None:
        head = f"id: talk{year}\ntitle: {title}\ndate: {date or f'{year}-01-19'}\nsource: Gazette\n"
        self.write(f"content/briefings/{slug or f'{year}-talks'}.md", f"---\n{head}---\n\n{body}\n")

    def publish(self, *, with_search: bool = False) -> int:
        """How many files were made."""
        return pipeline.publish(config.load(self.root), with_search=with_search).made_count

    def page(self, permalink: str) -> str:
        return (self.root / "site" / permalink).read_text(encoding="utf-8")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def wrong(archive: Archive, *, with_search: bool = False) -> list[str]:
    """In what a build now differs from one from nothing."""
    clean = archive.root.with_name("clean")
    copied(archive.root, clean)
    told = built(archive.root, with_search=with_search), built(clean, with_search=with_search)
    return [*differences(files(archive.root), files(clean)), *(["errors differ", *told[0], *told[1]] if told[0] != told[1] else [])]


# what is kept


def test_a_second_build_makes_nothing(archive: Archive) -> None:
    archive.publish()
    assert archive.publish() == 0


def test_paragraph_addresses_that_were_recorded_do_not_make_their_pages_again(archive: Archive) -> None:
    archive.publish()
    archive.briefing(2012, f"{TANG} left.")
    assert archive.publish() < 20
    assert archive.page("briefings/2018-talks.html")
    assert archive.publish() == 0


def test_a_new_briefing_makes_no_page_of_a_name_again_that_it_does_not_mention(archive: Archive) -> None:
    archive.publish()
    before = (archive.root / "site/officials/mori.html").stat().st_ino
    archive.briefing(2019, WUXI, date="2018-01-20")
    archive.publish()
    assert (archive.root / "site/officials/mori.html").stat().st_ino == before
    assert not wrong(archive)


def test_a_file_system_without_links_keeps_as_much(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_link(source: str, *_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM), source)

    monkeypatch.setattr(os, "link", no_link)
    archive.publish()
    for count in range(3):
        archive.briefing(2012, f"{TANG} left. {count}")
        assert archive.publish() < 20
    assert not wrong(archive)


# what was kept wrongly


@pytest.mark.parametrize("rights", ["full", "excerpt", "metadata-only"])
def test_a_record_that_is_new_is_linked_to_where_its_name_stood_already(archive: Archive, rights: str) -> None:
    archive.write("site.yaml", f"rights: {rights}\n")
    archive.briefing(2012, f"{TANG} and [Zhou](../officials/zhou.md) met.")
    archive.publish()
    archive.write("content/officials/zhou.md", "---\nname: Zhou\n---\n")
    assert not wrong(archive)
    assert "officials/zhou.html" in archive.page("briefings/2012-talks.html")


@pytest.mark.parametrize("aside", ["> [!NOTE]\n> Not {}.", "> {} said so."], ids=["note", "quotation"])
def test_a_link_in_a_note_or_a_quotation_goes_with_its_record(archive: Archive, aside: str) -> None:
    archive.briefing(2012, "Words.\n\n" + aside.format(WUXI))
    archive.publish()
    assert "cities/wuxi.html" in archive.page("briefings/2012-talks.html")
    (archive.root / "content/cities/wuxi.md").unlink()
    lock = (archive.root / "content/permalinks.lock").read_text(encoding="utf-8")
    archive.write("content/permalinks.lock", lock.replace("cities/wuxi.html", "cities/wuxi.html gone: by mistake"))
    assert not wrong(archive)
    assert "cities/wuxi.html" not in archive.page("briefings/2012-talks.html")


def test_pages_of_older_mentions_name_the_years_of_each_other(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authority, "ON_A_PAGE", 2)
    monkeypatch.setattr(authority, "LEAST_FIRST", 2)
    archive.publish()
    assert "2012–2013" in archive.page("officials/tang/mentions-2.html")
    archive.briefing(2012, f"{TANG} met {MORI} in 2012.", date="2011-01-19")
    assert not wrong(archive)
    assert "2011–2013" in archive.page("officials/tang/mentions-2.html")


def test_an_address_that_leads_to_the_page_of_a_year_is_missed_when_that_goes(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "ON_ONE_PAGE", 3)
    archive.briefing(2020, "Gone soon.")
    archive.publish()
    (archive.root / "content/briefings/2020-talks.md").unlink()
    lock = (archive.root / "content/permalinks.lock").read_text(encoding="utf-8")
    year = "briefings/by-year/2013.html"
    lock = lock.replace("2020-talks.html = talk2020", f"2020-talks.html = talk2020 -> {year}")
    archive.write("content/permalinks.lock", lock)
    archive.publish()
    archive.briefing(2013, f"{TANG} met {MORI} in 2013.", date="2014-01-18")  # still between its neighbours
    with pytest.raises(ExceptionGroup, match="addresses would be lost"):
        archive.publish()


def test_two_of_one_name_stand_in_the_order_of_their_records(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "NEWEST", 1)
    for slug in ("li-wei", "li-wei-2"):
        archive.write(f"content/officials/{slug}.md", "---\nname: Li Wei\n---\n")
    first, second = "[Li Wei](../officials/li-wei.md)", "[Li Wei](../officials/li-wei-2.md)"
    archive.briefing(2012, f"{first} and {second}.")
    archive.publish()
    archive.briefing(2012, f"{second} and {first}.")
    assert not wrong(archive)


def test_a_list_of_the_archives_own_may_show_whom_a_briefing_names(archive: Archive) -> None:
    shown = "{% for year in view.years %}{% for entry in year.entries %}{{ entry.id }}:{{ entry.named | length }} {% endfor %}{% endfor %}"
    archive.write("templates/pages/briefings.html", shown)
    archive.publish()
    assert "talk2012:2" in archive.page("briefings/index.html")
    archive.briefing(2012, f"{TANG} met {MORI} in {WUXI}.")
    assert not wrong(archive)
    assert "talk2012:3" in archive.page("briefings/index.html")


@pytest.mark.parametrize("call", ['once(template="components/own.html")', 'once("components/" ~ "own.html")', "(once)(name)"])
def test_what_is_rendered_once_counts_however_it_is_named(archive: Archive, call: str) -> None:
    archive.write("templates/pages/search.html", f'{{% set name = "components/own.html" %}}{{% set f = once %}}{{{{ {call} }}}}')
    archive.write("templates/components/own.html", "one")
    archive.publish()
    archive.write("templates/components/own.html", "two")
    archive.publish()
    assert archive.page("search.html") == "two"


def test_a_text_that_is_saved_while_it_is_read_is_read_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.publish()
    path = archive.root / "content/briefings/2012-talks.md"
    wanted = path.read_text(encoding="utf-8").replace("met", "saw")
    read = reader.store.read_text
    path.write_text(wanted, encoding="utf-8")

    def late(file: Path | str, shown: str) -> str:
        if shown.endswith("2012-talks.md"):
            path.write_text(wanted.replace("saw", "heard"), encoding="utf-8")
        return read(file, shown)

    with monkeypatch.context() as patched:
        patched.setattr(reader.store, "read_text", late)
        archive.publish()
    path.write_text(wanted, encoding="utf-8")
    assert not wrong(archive)


# what stands in the way


def as_link(path: Path) -> None:
    (path.parents[1] / "elsewhere").mkdir()
    (path.parents[1] / "elsewhere" / "index.html").write_text("somebody's own", encoding="utf-8")
    path.symlink_to(path.parents[1] / "elsewhere")


@pytest.mark.parametrize("put", [Path.mkdir, Path.touch, as_link], ids=["an empty folder", "a file", "a link"])
@pytest.mark.parametrize("name", ["feed.xml", "cities"])
def test_whatever_somebody_put_into_the_site_gives_way(archive: Archive, name: str, put: Callable[[Path], None]) -> None:
    archive.write("site.yaml", "base_url: https://a.example\n")
    archive.publish()
    path = archive.root / "site" / name
    path.rename(archive.root / "away")
    put(path)
    for count in range(3):
        archive.briefing(2012, f"{TANG} left. {count}")
        assert not wrong(archive)
    if put is as_link:
        assert (archive.root / "elsewhere/index.html").read_text(encoding="utf-8") == "somebody's own"


@pytest.mark.parametrize("with_search", [False, True], ids=["pages", "search"])
@pytest.mark.parametrize("name", ["index.html", "b/talk2015/index.html", "officials/mori.html"])
def test_a_file_of_the_site_that_was_edited_is_made_again(archive: Archive, name: str, with_search: bool) -> None:
    archive.publish(with_search=with_search)
    path = archive.root / "site" / name
    path.write_text("edited\n", encoding="utf-8")

    assert wrong(archive, with_search=with_search) == []


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda path: (path.unlink(), path.write_text("edited", encoding="utf-8")), id="edited as by sed -i"),
        pytest.param(lambda path: path.unlink(), id="deleted"),
        pytest.param(lambda path: path.with_name("other.html").write_text("other", encoding="utf-8"), id="another beside it"),
        pytest.param(lambda path: (path.unlink(), path.mkdir(), (path / "a").write_text("a", encoding="utf-8")), id="a folder now"),
    ],
)
@pytest.mark.parametrize("name", ["index.html", "b/talk2015/index.html", "officials/mori.html"])
def test_what_befalls_the_twin_does_not_come_to_light(archive: Archive, name: str, harm: Callable[[Path], None]) -> None:
    archive.publish()
    archive.briefing(2012, f"{MORI} met nobody.")
    archive.publish()
    harm(archive.root / ".site-twin" / name)
    archive.briefing(2013, f"{TANG} met nobody.")

    assert wrong(archive) == []


def test_an_editors_mark_of_a_file_it_has_open_is_no_briefing(archive: Archive) -> None:
    archive.publish()
    (archive.root / "content/briefings/.#2012-talks.md").symlink_to("somebody@here.1234:5678")
    archive.briefing(2013, f"{TANG} left.")
    assert not wrong(archive)


def test_a_link_that_leads_nowhere_is_named(archive: Archive) -> None:
    archive.publish()
    path = archive.root / "content/briefings/2012-talks.md"
    path.unlink()
    path.symlink_to("nowhere.md")
    (told,) = built(archive.root, with_search=False)
    assert told.startswith("content/briefings/2012-talks.md: cannot be read")


# what is kept and damaged


def damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


HARM: dict[str, Callable[[Path], None]] = {
    "publish/ledger": damaged,
    "publish/segment-*": damaged,
    "publish/zip": damaged,
    "templates/*": cut,
    "pagefind/*.part": damaged,
    "pagefind/*_fragment": Path.unlink,
    "pagefind/*[!t]": cut,
}


@pytest.mark.parametrize(("pattern", "harm"), HARM.items(), ids=HARM)
def test_what_is_kept_is_not_believed_when_it_is_damaged(archive: Archive, pattern: str, harm: Callable[[Path], None]) -> None:
    archive.publish(with_search=True)
    archive.briefing(2012, f"{TANG} left.")
    archive.publish(with_search=True)
    for path in _harmed(archive, pattern):
        harm(path)
    archive.briefing(2013, f"{MORI} left.")
    assert not wrong(archive, with_search=True)
    for path in _harmed(archive, pattern):
        harm(path)
    shutil.rmtree(archive.root / "site")  # so that all that is kept is used
    assert not wrong(archive, with_search=True)


def _harmed(archive: Archive, pattern: str) -> list[Path]:
    found = list(archive.root.glob(f".cache/{pattern}"))
    assert found, pattern
    return found


def test_leaves_in_many_files_are_joined_without_those_that_are_damaged(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "MOST", 2)
    archive.publish()
    for year in (2012, 2013):
        archive.briefing(year, f"{TANG} left in {year}.")
        archive.publish()
    one, other, *_ = sorted(archive.root.glob(".cache/publish/segment-*"))
    one.unlink()
    damaged(other)
    archive.briefing(2014, f"{TANG} left at last.")
    assert not wrong(archive)
    archive.briefing(2015, f"{TANG} left, too.")
    assert not wrong(archive)
