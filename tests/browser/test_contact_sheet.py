"""make screenshots: a picture of each look at a page, a page to look through them, and one picture of all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageChops

from tests.browser import contact_sheet
from tests.repository import REPOSITORY


def test_a_kind_of_page_is_pictured_in_every_look(site_folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "sheet.webp"
    arguments = [str(tmp_path / "out"), "--site", str(site_folder), "--kinds", "missing", "--keep", str(kept)]
    subprocess.run([sys.executable, "-m", "tests.browser.contact_sheet", *arguments], check=True, cwd=REPOSITORY)  # beside another browser

    pictures = {look.name: picture(tmp_path / "out" / f"missing-{look.name}.png") for look in contact_sheet.LOOKS}
    assert [picture.width for picture in pictures.values()] == [look.width for look in contact_sheet.LOOKS]
    assert ImageChops.difference(pictures["1440"], pictures["dark"]).getbbox()
    assert pictures["print"].getpixel((300, pictures["print"].height - 5)) == (255, 255, 255)  # no footer

    page = (tmp_path / "out/index.html").read_text("utf-8")
    assert all(f'src="missing-{look.name}.png"' in page for look in contact_sheet.LOOKS)
    with Image.open(kept) as sheet:
        assert sheet.width > len(contact_sheet.LOOKS) * contact_sheet.CELL[0]


def picture(path: Path) -> Image.Image:
    with Image.open(path) as opened:
        return opened.convert("RGB")
