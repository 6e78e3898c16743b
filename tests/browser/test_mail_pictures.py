"""E-mails as Chromium draws them at 600 and 320 px, against pictures kept in tests/golden/mail/.

A picture is kept as a grid of greys, a cell for about 15 × 24 px: where blocks of text, rules and margins lie. Every machine draws
Latin letters in the face of a package; only the Chinese ones are in what it has. `pytest --update-golden` draws them anew;
tests/golden/mail/*.full.png are never compared, only to look at.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date as Date
from email import message_from_bytes
from email.policy import default
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser

from bindery import pipeline
from bindery.publish.mail import digest, letter
from bindery.publish.mail.message import Envelope
from bindery.publish.views.catalogue import Catalogue, catalogue
from tests.browser.test_pages import OVERFLOW, WIDER
from tests.publish.archive import briefing, library, site

GOLDEN = Path(__file__).parents[1] / "golden" / "mail"
CELL = (15, 24)
TOLERANCE = 0.55
"""Difference of two grids as a part of the ink of the one kept. Measured: other serifs, a sans-serif or a narrow face 0.26 to 0.43, the
mail without margins and paddings 0.8 and more, without any style 1.1 and more."""
FAMILIES = re.compile(r"font-family:[^;\"]+")
WEIGHTS = {"normal": "Regular", "bold": "Bold"}
TALLER = 0.1
"""By how much of its height a mail may grow or shrink with other fonts."""
WIDTHS = (600, 320)
LONG = """[Chongqing](../cities/chongqing.md) received a delegation on Tuesday. Both sides spoke of trade, of direct flights and of a school
exchange, and agreed to meet again in the autumn.

#### A heading

> What was said is quoted here, at some length, so that it takes more than a line.

- a first point
- a second point

重庆市与日本企业的代表就新能源汽车与机器人产业的合作举行了会谈，双方表示今后将继续加强交流。"""


def mails(root: Path) -> dict[str, str]:
    """HTML parts of a digest and of a briefing, as they come out of their .eml."""
    found = library()
    long = briefing("long", "A delegation from Ōsaka in 重庆市, with a title that is longer than one line", Date(2022, 3, 4), LONG)
    found = replace(found, briefings=(long, *found.briefings), mentioned_in={**found.mentioned_in, "cities/chongqing": (long,)})
    bodies = pipeline.bodies(found)
    read: Catalogue = catalogue(found, bodies, site(root, base_url="https://archive.example", publisher="The keepers"))
    made = {
        "digest": digest.digest(read, digest.Choice(Date(2000, 1, 1)), Envelope()).data,
        "briefing": letter.letter(long, bodies[long.id], read, Envelope())[1],
    }
    return {name: html_part(data) for name, data in made.items()}


def html_part(data: bytes) -> str:
    body = message_from_bytes(data, policy=default).get_body(("html",))
    return str(body.get_content())


def drawn(chromium: Browser, html: str, width: int) -> Image.Image:
    page = chromium.new_page(viewport={"width": width, "height": 400})
    page.set_content(FAMILIES.sub("font-family: Kept", html))
    page.add_style_tag(content=faces())
    page.evaluate("Promise.all([...document.fonts].map((face) => face.load()))")
    picture = Image.open(BytesIO(page.screenshot(full_page=True))).convert("L")
    page.close()
    return picture


@cache
def faces() -> str:
    """The family Kept: Source Serif Pro, which the share pictures bring along."""
    files = resources.files("font_source_serif_pro").joinpath("files")
    rule = "@font-face {{ font-family: Kept; font-weight: {}; src: url(data:font/otf;base64,{}) }}"
    drawn_from = {weight: files.joinpath(f"SourceSerifPro-{name}.otf").read_bytes() for weight, name in WEIGHTS.items()}
    return "".join(rule.format(weight, b64encode(data).decode()) for weight, data in drawn_from.items())


def grid(picture: Image.Image) -> Image.Image:
    columns, rows = (max(1, round(length / cell)) for length, cell in zip(picture.size, CELL, strict=True))
    return picture.resize((columns, rows), Image.Resampling.BOX)


def difference(kept: Image.Image, found: Image.Image) -> float:
    """0 for the same; 1 where as much is out of place as there is ink."""
    apart = ImageStat.Stat(ImageChops.difference(kept, found.resize(kept.size, Image.Resampling.BOX))).sum[0]
    return apart / ImageStat.Stat(ImageChops.invert(kept)).sum[0]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["digest", "briefing"])
def test_a_mail_looks_as_it_did(chromium: Browser, tmp_path: Path, request: pytest.FixtureRequest, name: str, width: int) -> None:
    html = mails(tmp_path)[name]
    picture, path = drawn(chromium, html, width), GOLDEN / f"{name}-{width}.png"
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        grid(picture).save(path, optimize=True)
        picture.quantize(8).save(path.with_suffix(".full.png"), optimize=True)
    kept = Image.open(path).convert("L")

    assert abs(grid(picture).height / kept.height - 1) <= TALLER
    assert difference(kept, grid(picture)) <= TOLERANCE


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["digest", "briefing"])
def test_a_mail_fits_the_window(chromium: Browser, tmp_path: Path, name: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 400})
    page.set_content(mails(tmp_path)[name])

    assert page.evaluate(OVERFLOW) == 0, page.evaluate(WIDER)
    page.close()


@pytest.mark.parametrize("broken", [r' style="[^"]*"', r"(?:padding|margin)[^;]*;"], ids=["no styles", "no room"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pictures_tell_when_a_mail_is_broken(chromium: Browser, tmp_path: Path, width: int, broken: str) -> None:
    kept = Image.open(GOLDEN / f"digest-{width}.png").convert("L")
    found = grid(drawn(chromium, re.sub(broken, "", mails(tmp_path)["digest"]), width))

    assert abs(found.height / kept.height - 1) > TALLER or difference(kept, found) > TOLERANCE
