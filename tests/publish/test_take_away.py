"""archive.zip: the whole archive, the same bytes on every run, without what a folder on disk has no use for."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import date as Date
from pathlib import Path

import jinja2
import pytest

from bindery.config import Site, load
from bindery.errors import SiteError
from bindery.languages import interface
from bindery.publish import render, take_away
from bindery.publish.ledger import Made

FILES = {
    "index.html": "<p>Home</p>OFFER",
    "cities/wuxi.html": "<p>Wuxi</p>OFFER",
    "cities/plain.html": "<p>a page of its own making</p>",
    "404.html": "<p>Gone</p>OFFER",
    "b/1/index.html": "<p>redirect</p>",
    "static/css/tokens.css": ":root{}",
    "packs/start.js": "searchDisk.pack()",
    "pagefind/pagefind.js": "export{}",
    "robots.txt": "User-agent: *",
    "feed.xml": "<feed/>",
    "feed.json": "{}",
    "feeds/cities/wuxi.xml": "<feed/>",
    "static/css/feed.css": "entry{}",
    "data/edition.css": "",
    "data/index.html": "<p>Data</p>OFFER",
    "data/archive.sqlite": "",
    "data/named.csv": "",
    "data/datapackage.json": "{}",
    "data/archive.json": "{}",
    "static/own.csv": "an archive's own",
    "briefings/old.html": '<link rel="alternate" type="text/markdown" href="old.md">\n<p>Old</p>OFFER',
    "briefings/old.md": "# Old",
    "llms.txt": "# Archive",
    "sitemap.xml": "<urlset/>",
    ".nojekyll": "",
}
"""OFFER stands for the part of the footer that only the site has."""
NEWEST = Date(2021, 7, 21)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "site.yaml").write_text("title: 'Kraków–Ōsaka: letters, visits and what people made of them'\n", encoding="utf-8")
    return load(tmp_path)


@pytest.fixture
def env(site: Site) -> jinja2.Environment:
    return render.environment(site)


def made(folder: Path, env: jinja2.Environment, **changes: str) -> Path:
    for name, text in {**FILES, **changes}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        env.globals["link"].leave_for(name)  # type: ignore[attr-defined]  # the environment's own
        offer = "".join(env.globals["once"](one) for one in (take_away.OFFER, take_away.DATA_OFFER))  # type: ignore[operator]  # as above
        (folder / name).write_text(text.replace("OFFER", offer), encoding="utf-8")
    return folder


def taken(folder: Path, site: Site, env: jinja2.Environment, newest: Date | None = NEWEST, old: str = "none.zip") -> Path:
    """archive.zip of a folder, beside it."""
    (site.cache / "publish").mkdir(parents=True, exist_ok=True)
    paths = (path for path in folder.rglob("*") if path.is_file())
    outputs = {path.relative_to(folder).as_posix(): Made(0, 0, 0, hashlib.sha256(path.read_bytes()).digest()) for path in paths}
    path = folder.with_name(f"{folder.name}.zip")
    take_away.write(path, folder.with_name(old), take_away.Source(folder, outputs, newest, {"page.txt": {"ab" * 32}}), site, env)
    return path


def test_the_archive_holds_what_disk_needs_below_one_folder(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    path = taken(made(tmp_path / "site", env), site, env)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        home, briefing = (archive.read(f"krakow-osaka-letters/{name}").decode() for name in ("index.html", "briefings/old.html"))

        assert archive.testzip() is None
    assert names == [
        f"krakow-osaka-letters/{name}"
        for name in (
            *("b/1/index.html", "briefings/old.html", "cities/plain.html", "cities/wuxi.html", "data/archive.json", "index.html"),
            *("packs/start.js", "static/css/tokens.css", "static/own.csv"),
            "manifest.json",
        )
    ]
    assert (home, briefing) == ("<p>Home</p>", "<p>Old</p>")


def test_its_manifest_has_the_digest_of_each_file_as_it_is_unpacked(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    with zipfile.ZipFile(taken(made(tmp_path / "site", env), site, env)) as archive:
        listed = json.loads(archive.read("krakow-osaka-letters/manifest.json"))
        found = {name.partition("/")[2]: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    del found["manifest.json"]

    assert listed == {"files": found, "seeds": {"page.txt": ["ab" * 32]}}


def test_two_runs_give_the_same_bytes(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    first, second = (taken(made(tmp_path / name, env), site, env).read_bytes() for name in ("one", "two"))

    assert first == second


def test_what_is_taken_over_from_the_last_one_gives_the_same_bytes(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    taken(made(tmp_path / "old", env), site, env)
    changes = {"cities/wuxi.html": "<p>Wuxi, corrected</p>OFFER", "cities/new.html": "<p>New</p>"}
    after = taken(made(tmp_path / "new", env, **changes), site, env, old="old.zip").read_bytes()
    (site.cache / "publish" / take_away.INDEX).unlink()

    assert after == taken(made(tmp_path / "clean", env, **changes), site, env).read_bytes()


def test_another_file_under_the_name_of_the_last_one_is_not_looked_into(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    first = taken(made(tmp_path / "old", env), site, env)
    whole = first.read_bytes()
    first.write_bytes(b"\0" * (len(whole) - 1))

    assert taken(made(tmp_path / "new", env), site, env, old="old.zip").read_bytes() == whole


def test_what_was_packed_otherwise_is_packed_again(
    tmp_path: Path, site: Site, env: jinja2.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = {"cities/wuxi.html": "".join(f"<p>Wuxi and {number * number % 97} other towns</p>" for number in range(400))}
    monkeypatch.setattr(take_away, "LEVEL", 1)
    before = taken(made(tmp_path / "old", env, **long), site, env).read_bytes()
    monkeypatch.undo()
    after = taken(made(tmp_path / "new", env, **long), site, env, old="old.zip").read_bytes()
    (site.cache / "publish" / take_away.INDEX).unlink()

    assert before != after == taken(made(tmp_path / "clean", env, **long), site, env).read_bytes()


def test_more_files_than_are_packed_at_a_time_stand_in_order(
    tmp_path: Path, site: Site, env: jinja2.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = taken(made(tmp_path / "one", env), site, env).read_bytes()
    (site.cache / "publish" / take_away.INDEX).unlink()
    monkeypatch.setattr(take_away, "AT_ONCE", 2)

    assert taken(made(tmp_path / "two", env), site, env).read_bytes() == whole


def test_entries_are_stamped_with_the_newest_briefing(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    path = taken(made(tmp_path / "site", env), site, env)
    with zipfile.ZipFile(path) as archive:
        stamps = {entry.date_time for entry in archive.infolist()}

    assert stamps == {(2021, 7, 21, 0, 0, 0)}


def test_an_archive_without_dates_says_none(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    with zipfile.ZipFile(taken(made(tmp_path / "site", env), site, env, None)) as archive:
        assert archive.infolist()[0].date_time[0] == 1980
    assert b"briefings to" not in take_away.facts(1000, 1000, None, interface("en"))


def test_the_footer_says_its_size_its_day_and_what_keeping_it_would_take() -> None:
    css = take_away.facts(14_400_000, 1_600_000, NEWEST, interface("en")).decode()

    assert '"ZIP, 14 MB, briefings to 21\u00a0July\u00a02021"' in css
    assert '.offline__kept::before{content:"1.6 MB"}' in css


def test_a_day_before_zip_files_is_stamped_as_their_first_year() -> None:
    assert take_away._entry("a", Date(1979, 5, 4)).date_time == (1980, 5, 4, 0, 0, 0)


def test_a_path_too_long_to_unpack_stops_the_build(tmp_path: Path, site: Site, env: jinja2.Environment) -> None:
    folder = made(tmp_path / "site", env)
    long = folder / "briefings" / ("a" * 90) / ("b" * 90 + ".html")
    long.parent.mkdir(parents=True)
    long.touch()

    with pytest.raises(SiteError, match="too many to be unpacked") as caught:
        taken(folder, site, env)
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
    assert take_away.words(size, interface("en")) == words
