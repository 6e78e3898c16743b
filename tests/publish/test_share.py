"""The pictures that messengers show of a link: their size, their letters, what stands for what cannot be drawn."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date as Date
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from bindery import config, pipeline
from bindery.errors import SiteError
from bindery.publish import entries
from bindery.publish.share import card, faces, pictures
from bindery.publish.share.card import Card
from tests.publish.archive import briefing, catalogue_of, library, rendered, site

LARGEST = 60_000
"""Bytes: messengers fetch a picture before they show a link; some give up on large ones."""
THUMBNAIL = (300, 158)
TITLES = {
    "short": "Talks",
    "long": "Economic and technological cooperation seminar was successfully held by Hitachi under the support of NDRC in Chengdu " * 4,
    "chinese": "重庆市与日本企业的代表就新能源汽车与机器人产业的合作举行会谈，双方表示今后将继续加强交流",
    "japanese": "重慶市長が日本国総領事と会談、ロボット産業での協力を確認",
    "korean": "충칭시와 일본 기업의 회담",
    "mixed": "Ōsaka – Łódź – Москва: 重庆 & “Kōbe” <talks>",
    "one word": "x" * 5000,
}
EVERY_TITLE = pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)


def drawn(root: Path, title: str, **values: str) -> Image.Image:
    return Image.open(io.BytesIO(card.png(words(title), site(root, **values))))


def words(title: str) -> Card:
    return Card("19 January 2016 · 人民网", title, "", "An archive", "archive.example")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Where in a box of the picture something is drawn; None where nothing is."""
    part = image.convert("RGB").crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, "#ffffff")).getbbox()


@EVERY_TITLE
def test_a_picture_has_the_size_that_is_asked_for_and_is_small(tmp_path: Path, title: str) -> None:
    data = card.png(words(title), site(tmp_path))
    image = Image.open(io.BytesIO(data))

    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(data) < LARGEST
    assert card.png(words(title), site(tmp_path)) == data


@EVERY_TITLE
def test_no_word_leaves_its_place(tmp_path: Path, title: str) -> None:
    image = drawn(tmp_path, title)

    assert ink(image, (card.RIGHT + 8, 0, card.WIDTH, card.HEIGHT)) is None
    assert ink(image, (card.SPINE + 1, 0, card.LEFT - 8, card.HEIGHT)) is None
    assert ink(image, (card.LEFT, card.FOOT - 58, card.RIGHT, card.FOOT - 46)) is None, "room above the rule"
    assert ink(image, (card.LEFT, card.TOP + 16, card.RIGHT, card.LAST_LINE)) is not None


@EVERY_TITLE
def test_a_title_can_be_read_in_a_thumbnail(tmp_path: Path, title: str) -> None:
    """The smallest letters of a title are 11 px high there, and as dark as letters that thin can be."""
    image = drawn(tmp_path, title).convert("L").resize(THUMBNAIL, Image.Resampling.BOX)
    darkest, lightest = image.crop((32, 30, 280, 115)).getextrema()

    assert min(card.TITLE_SIZES) * THUMBNAIL[0] / card.WIDTH >= 11
    assert (darkest < 130, lightest) == (True, 255)  # of one band, as "L" has it


@pytest.mark.parametrize("title", [TITLES["chinese"], TITLES["japanese"], TITLES["korean"], TITLES["mixed"]])
def test_every_letter_is_drawn_as_itself(tmp_path: Path, title: str) -> None:
    """Boxes would all look the same, and like the box for a letter nobody has."""
    where = site(tmp_path)
    signs = sorted({sign for sign in title if sign.isalnum()})
    masks = {bytes(face.getmask(part)) for sign in signs for face, part in faces.runs(sign, faces.chain(where, 40))}
    box = bytes(faces.font(*faces.chain(where, 40)[1]).getmask(faces.NOBODY_HAS))

    assert faces.missing(title, where) == ""
    assert len(masks) >= len(signs) - sum(sign in "oоaаeесcК" for sign in signs)  # Latin and Cyrillic share some shapes
    assert box not in masks


@pytest.mark.parametrize(
    ("title", "letters"),
    [("𠮷野家", "𠮷"), ("ไทย and ไท", "ไทย"), ("😀 party ☃", ""), ("e\u0301 and\u200b \u202ex", "")],
    ids=["rare", "Thai", "emoji", "invisible"],
)
def test_what_no_font_has_is_known(tmp_path: Path, title: str, letters: str) -> None:
    assert faces.missing(title, site(tmp_path)) == letters
    assert drawn(tmp_path, title).size == card.SIZE


def test_the_archives_own_font_fills_the_gap(tmp_path: Path) -> None:
    own = faces.font(*faces.chain(site(tmp_path), 12)[0]).path
    shutil.copy(str(own), tmp_path / "own.otf")

    assert faces.chain(site(tmp_path, share_font="own.otf"), 12)[-1][0] == tmp_path / "own.otf"


def test_a_file_that_is_no_font_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "own.ttf").write_text("no font", encoding="utf-8")
    with pytest.raises(SiteError, match="not a font"):
        drawn(tmp_path, "𠮷", share_font="own.ttf")


@pytest.mark.parametrize(
    ("choice", "title", "expected"),
    [
        pytest.param("archive", "Talks", pictures.ARCHIVE, id="not asked for"),
        pytest.param("briefing", "Talks", "share/one.png", id="asked for"),
        pytest.param("briefing", "重庆会谈", "share/one.png", id="Chinese"),
        pytest.param("briefing", "𠮷野家", pictures.ARCHIVE, id="a letter nobody has"),
        pytest.param("briefing", "محادثات", pictures.ARCHIVE, id="right to left"),
    ],
)
def test_a_briefing_has_its_own_picture_where_it_is_asked_for_and_can_be_drawn(
    tmp_path: Path, choice: str, title: str, expected: str
) -> None:
    one = entries.entry(briefing("one", title, Date(2021, 7, 21), "Text."), (), site(tmp_path, share_image=choice))

    assert pictures.permalink(one) == expected


def test_pages_name_the_picture_with_its_whole_address(tmp_path: Path) -> None:
    pages = {page.permalink: text for page, text in rendered(tmp_path, base_url="https://archive.example", share_image="briefing")}
    image = re.compile(r'<meta property="og:image" content="([^"]+)">')

    assert image.findall(pages["briefings/new1.html"]) == ["https://archive.example/share/new1.png"]
    assert image.findall(pages["cities/wuxi.html"]) == image.findall(pages["index.html"]) == ["https://archive.example/share/archive.png"]
    assert '<meta name="twitter:card" content="summary_large_image">' in pages["index.html"]
    assert '<meta property="og:image:alt" content="New &amp; old">' in pages["briefings/new1.html"]


def test_without_an_address_no_page_names_a_picture(tmp_path: Path) -> None:
    for _, text in rendered(tmp_path):
        assert "og:image" not in text


def test_a_picture_is_drawn_anew_when_its_words_or_colours_change(tmp_path: Path) -> None:
    def keys(**values: str) -> dict[str, int]:
        read = catalogue_of(library(), site(tmp_path, **values))
        return {one.permalink: one.key for one in pictures.files(read)}

    first = keys(share_image="briefing")
    assert set(first) == {pictures.ARCHIVE, *(f"share/{one.id}.png" for one in library().briefings)}
    assert keys(share_image="briefing") == first
    assert keys() == {pictures.ARCHIVE: first[pictures.ARCHIVE]}
    assert keys(title="Another")[pictures.ARCHIVE] != first[pictures.ARCHIVE]
    (tmp_path / "static/css").mkdir(parents=True)
    (tmp_path / "static/css/tokens.css").write_text(":root { --accent: #123456 }\n", encoding="utf-8")
    assert not set(keys(share_image="briefing").values()) & set(first.values())


def test_the_archives_own_colours_are_taken(tmp_path: Path) -> None:
    (tmp_path / "static/css").mkdir(parents=True)
    (tmp_path / "static/css/tokens.css").write_text(":root { --accent: #123456; --paper: #fff }\n", encoding="utf-8")

    assert drawn(tmp_path, "Talks").convert("RGB").getpixel((5, 5)) == (0x12, 0x34, 0x56)


def test_the_site_has_the_pictures_and_its_copies_do_not(tmp_path: Path) -> None:
    (tmp_path / "content/briefings").mkdir(parents=True)
    (tmp_path / "content/briefings/a.md").write_text("---\nid: abcd1\ntitle: 会谈\ndate: 2020-01-02\n---\n\nText.\n", encoding="utf-8")
    (tmp_path / "site.yaml").write_text("base_url: https://archive.example\nshare_image: briefing\n", encoding="utf-8")
    pipeline.publish(config.load(tmp_path))
    names = {path.name for path in (tmp_path / "site/share").iterdir()}

    assert names == {"archive.png", "abcd1.png"}
    for copy in ("archive.zip", "data/offline.json"):
        assert b"share/a" not in (tmp_path / "site" / copy).read_bytes()


@pytest.mark.parametrize(
    ("line", "error"),
    [("share_image: all", "share_image cannot be 'all'"), ("share_font: fonts/none.ttf", "no file in the archive: 'fonts/none.ttf'")],
)
def test_a_wrong_wish_is_told(tmp_path: Path, line: str, error: str) -> None:
    (tmp_path / "site.yaml").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(SiteError, match=re.escape(error)):
        config.load(tmp_path)
