"""archive.zip: the whole archive, the same bytes on every run, without what a folder on disk has no use for."""

from __future__ import annotations

import zipfile
from datetime import date as Date
from pathlib import Path

import jinja2
import pytest

from bindery.config import Site, load
from bindery.errors import SiteError
from bindery.model import Library
from bindery.publish import render, take_away
from tests.publish.archive import library

FILES = {
    "index.html": "<p>Home</p><!-- take-away -->",
    "cities/wuxi.html": "<p>Wuxi</p><!-- take-away -->",
    "cities/plain.html": "<p>a page of its own making</p>",
    "404.html": "<p>Gone</p><!-- take-away -->",
    "b/1/index.html": "<p>redirect</p>",
    "static/css/tokens.css": ":root{}",
    "packs/start.js": "searchDisk.pack()",
    "pagefind/pagefind.js": "export{}",
    "robots.txt": "User-agent: *",
    "feed.xml": "<feed/>",
    "feed.json": "{}",
    "feeds/cities/wuxi.xml": "<feed/>",
    "static/css/feed.css": "entry{}",
    "sitemap.xml": "<urlset/>",
    ".nojekyll": "",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "site.yaml").write_text("title: 'Kraków–Ōsaka: letters, visits and what people made of them'\n", encoding="utf-8")
    return load(tmp_path)


@pytest.fixture
def env(site: Site) -> jinja2.Environment:
    return render.environment(site)


def made(folder: Path) -> Path:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_archive_holds_what_disk_needs_below_one_folder(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    path = take_away.write(made(tmp_path / "site"), library(), site, env, 1_400_000)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        home = archive.read("krakow-osaka-letters/index.html").decode()

    assert names == [
        f"krakow-osaka-letters/{name}"
        for name in ("b/1/index.html", "cities/plain.html", "cities/wuxi.html", "index.html", "packs/start.js", "static/css/tokens.css")
    ]
    assert home == "<p>Home</p>"


def test_every_page_of_the_site_offers_it(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    folder = made(tmp_path / "site")
    take_away.write(folder, library(), site, env, 1_400_000)

    assert 'href="archive.zip"' in (folder / "index.html").read_text(encoding="utf-8")
    assert 'href="../archive.zip"' in (folder / "cities/wuxi.html").read_text(encoding="utf-8")
    assert "1 KB" in (folder / "index.html").read_text(encoding="utf-8")
    assert (folder / "cities/plain.html").read_text(encoding="utf-8") == FILES["cities/plain.html"]
    assert not any(take_away.MARK in path.read_bytes() for path in folder.rglob("*.html"))


def test_every_page_says_what_keeping_it_would_take(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    folder = made(tmp_path / "site")
    take_away.write(folder, library(), site, env, 1_600_000)

    assert "keep it in this browser, 1.6 MB" in (folder / "index.html").read_text(encoding="utf-8")


def test_two_runs_give_the_same_bytes(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    first, second = (take_away.write(made(tmp_path / name), library(), site, env, 1_400_000).read_bytes() for name in ("one", "two"))

    assert first == second


def test_entries_are_stamped_with_the_newest_briefing(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    newest = max(briefing.date for briefing in library().briefings if briefing.date)
    path = take_away.write(made(tmp_path / "site"), library(), site, env, 1_400_000)
    with zipfile.ZipFile(path) as archive:
        stamps = {entry.date_time for entry in archive.infolist()}

    assert stamps == {(newest.year, newest.month, newest.day, 0, 0, 0)}


def test_an_archive_without_dates_says_none(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    folder = made(tmp_path / "site")
    with zipfile.ZipFile(take_away.write(folder, Library((), {}, {}, {}), site, env, 1_400_000)) as archive:
        assert archive.infolist()[0].date_time[0] == 1980
    assert "briefings to" not in (folder / "index.html").read_text(encoding="utf-8")


def test_a_day_before_zip_files_is_stamped_as_their_first_year() -> None:
    assert take_away._entry("a", Date(1979, 5, 4)).date_time == (1980, 5, 4, 0, 0, 0)


def test_a_path_too_long_to_unpack_stops_the_build(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    folder = made(tmp_path / "site")
    long = folder / "briefings" / ("a" * 90) / ("b" * 90 + ".html")
    long.parent.mkdir(parents=True)
    long.touch()

    with pytest.raises(SiteError, match="too many to be unpacked") as caught:
        take_away.write(folder, library(), site, env, 1_400_000)
    assert caught.value.at.path.endswith("b.html")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Japan–China City Diplomacy", "japan-china-city"),
        ("Śląsk & Ōsaka", "slask-osaka"),
        ("L'archive", "larchive"),
        ("資料館", "archive"),
        ("Donaudampfschifffahrtsgesellschaft", "donaudampfschifffahrtsge"),
        ("../../etc", "etc"),
    ],
)
def test_the_folder_has_a_short_name(title: str, name: str) -> None:
    assert take_away.short_name(title) == name


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "1 KB"), (300_698, "301 KB"), (999_499, "999 KB"), (1_240_000, "1.2 MB"), (9_990_000, "10.0 MB"), (1_234_000_000, "1,234 MB")],
)
def test_a_size_is_said_in_words(size: int, words: str) -> None:
    assert take_away.words(size) == words
