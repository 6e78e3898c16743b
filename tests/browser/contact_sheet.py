"""Every kind of page, narrow to wide, dark and printed → pictures, and a sheet that shows them side by side.

    python -m tests.browser.contact_sheet DIR                        # or: make screenshots
    python -m tests.browser.contact_sheet DIR --site SITE --kinds home map   # a site that is built already, some kinds
    python -m tests.browser.contact_sheet DIR --keep docs/contact-sheet.webp

DIR gets a PNG of each page as a reader sees it, as far as MOST pixels down, and index.html to look through them. The sheet to keep is one
picture of all.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, sync_playwright

from benchmarks.showing import stage
from bindery.publish.share.faces import EAST_ASIAN, packaged
from tests.browser.conftest import REPOSITORY, launched, publish
from tests.browser.kinds import KINDS, example
from tests.browser.serving import serving

MOST = 5000
"""Pixels of a long page."""
LONG = 120_000
"""Milliseconds after which a page will not come any more, on a busy machine as well."""
SEARCHED = {"search": "?q=japan"}
"""What follows an address for the page to have something to show."""
CELL, GAP = (208, 300), 8
"""Of the sheet to keep."""
PAPER, INK = "#fbfbf8", "#191c1a"
QUALITY = 42
STYLE = """body { font: 15px sans-serif; margin: 24px; background: #e7e8e4 } section { display: flex; gap: 16px; align-items: start }
figure { margin: 0 } img { width: auto; height: 640px; object-fit: cover; object-position: top; box-shadow: 0 1px 4px #0006 }"""


@dataclass(frozen=True, slots=True)
class Look:
    """A way to look at a page."""

    name: str
    width: int
    media: str = "screen"
    scheme: str = "light"


LOOKS = (
    Look("320", 320),
    Look("768", 768),
    Look("1440", 1440),
    Look("dark", 1440, scheme="dark"),
    Look("print", 718, media="print"),  # 190 mm: A4 without its margins
)


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description="Show every kind of page.")
    options.add_argument("folder", type=Path, help="gets the pictures and index.html")
    options.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND", help="some of them")
    options.add_argument("--site", type=Path, help="a site that is built already")
    options.add_argument("--keep", type=Path, help="picture of all of them")
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        site = chosen.site or own_site(Path(folder))
        pages = {kind: example(site, kind) for kind in chosen.kinds}
        chosen.folder.mkdir(parents=True, exist_ok=True)
        pictures = taken(site, pages, chosen.folder)
    (chosen.folder / "index.html").write_text(overview(pages, pictures), encoding="utf-8")
    print(f"{chosen.folder / 'index.html'}: {len(pages)} kinds of page, {len(LOOKS)} pictures each")
    if chosen.keep:
        sheet(pictures).save(chosen.keep, quality=QUALITY, method=6)
        print(f"{chosen.keep}: {chosen.keep.stat().st_size:,} bytes")
    return 0


def own_site(root: Path) -> Path:
    """The repository's archive, published in a folder of its own."""
    for name in ("content", "seeds"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "site.yaml", root)
    return publish(root)


Pictures = Mapping[str, Mapping[str, Path]]
"""Kind → look → its picture."""


@contextmanager
def packaged_fonts() -> Iterator[None]:
    """Lets browsers on Linux set Chinese, Japanese and Korean in the face that comes with the program, whatever the machine has."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        shutil.copytree(packaged(*EAST_ASIAN).parent, Path(folder, "fonts"))
        patch.setenv("XDG_DATA_HOME", folder)
        yield


def taken(site: Path, pages: Mapping[str, str], folder: Path) -> Pictures:
    with packaged_fonts(), serving(site) as address, sync_playwright() as playwright, stage("screenshots", len(pages)) as shown:
        browser = launched(playwright)
        found = {}
        for kind, page in pages.items():
            shown.begin(kind)
            found[kind] = dict(_looks(browser, f"{address}{page}{SEARCHED.get(kind, '')}", folder / kind))
            shown.end(page)
        browser.close()
    return found


def _looks(browser: Browser, address: str, stem: Path) -> Iterator[tuple[str, Path]]:
    for look in LOOKS:
        context = browser.new_context(viewport={"width": look.width, "height": 900}, reduced_motion="reduce")
        context.set_default_timeout(LONG)
        page = context.new_page()
        page.emulate_media(media=look.media, color_scheme=look.scheme)  # type: ignore[arg-type]  # "screen" or "print", "light" or "dark"
        page.goto(address, wait_until="networkidle")
        if SEARCHED.get(stem.name):
            page.locator(".result").first.wait_for()
        height = min(MOST, page.evaluate("document.documentElement.scrollHeight"))
        path = stem.with_name(f"{stem.name}-{look.name}.png")
        page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": look.width, "height": height})
        context.close()
        yield look.name, path


def overview(pages: Mapping[str, str], pictures: Pictures) -> str:
    """A page with all of them; each picture leads to itself."""
    sections = []
    for kind, found in pictures.items():
        figures = (
            f'<figure><figcaption>{look}</figcaption><a href="{path.name}"><img src="{path.name}" alt="{kind}, {look}"></a></figure>'
            for look, path in found.items()
        )
        sections.append(f"<h2>{kind} <small>{escape(pages[kind])}</small></h2>\n<section>{''.join(figures)}</section>")
    head = f'<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>Every kind of page</title><style>{STYLE}</style>'
    return f"{head}\n{chr(10).join(sections)}\n</html>\n"


def sheet(pictures: Pictures) -> Image.Image:
    """All of them in one picture: a row for each kind, a column for each look, the top of each page."""
    (width, height), label = CELL, 16
    size = (GAP + len(LOOKS) * (width + GAP), GAP + len(pictures) * (height + label + GAP))
    paper = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(paper)
    for row, (kind, found) in enumerate(pictures.items()):
        top = GAP + row * (height + label + GAP)
        for column, (look, path) in enumerate(found.items()):
            left = GAP + column * (width + GAP)
            draw.text((left, top), f"{kind}, {look}", INK)
            with Image.open(path) as picture:
                seen = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, picture.width * height // width)))
            seen = seen.resize((width, max(1, seen.height * width // seen.width)), Image.Resampling.LANCZOS)
            paper.paste(seen, (left, top + label))
            draw.rectangle((left, top + label, left + width - 1, top + label + height - 1), outline="#7d8680")
    return paper


if __name__ == "__main__":
    raise SystemExit(main())
