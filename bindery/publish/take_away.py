"""site/ → site/archive.zip: the whole archive to take away, and the line in every footer that offers it."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

import jinja2

from bindery.config import Site
from bindery.errors import SiteError
from bindery.model import Library, Place
from bindery.publish import follow, search
from bindery.publish.permalinks import relative
from bindery.publish.share import pictures

ARCHIVE = "archive.zip"
MARK = b"<!-- take-away -->"
"""Where templates/components/site_footer.html leaves room for the offer. A copy on disk does not offer itself: there it stays empty."""
OFFER = "components/take_away.html"
NOT_ON_DISK = frozenset({ARCHIVE, "404.html", "robots.txt", "sitemap.xml", ".nojekyll", "static/js/keep-offline.js", *follow.FILES})
"""What only a web server, or who visits one, has a use for."""
NOT_ON_DISK_FOLDERS = (f"{search.FOLDER}/", f"{follow.FOLDER}/", f"{pictures.FOLDER}/")
"""Pagefind's own files cannot be read from disk, packs/ stands for them; feeds and pictures are for where the archive is published."""
LONGEST_FOLDER = 24
LONGEST_PATH = 200
"""Old Windows programs take 260 characters in all; the reader's own folders need the rest."""
EARLIEST = Date(1980, 1, 1)
"""The first day a ZIP file can name, for an archive without dates."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the footer says of the ZIP file."""

    permalink: str
    size: str
    """In words: "1.2 MB"."""
    newest: Date | None
    """Day of the newest briefing; None when no briefing has a date."""
    kept_size: str
    """Of the whole site as a browser keeps it, in words."""


def write(folder: Path, library: Library, site: Site, env: jinja2.Environment, kept_size: int) -> Path:
    """Make archive.zip of the finished site in `folder`, then tell every page of it. The same site gives the same bytes.

    `kept_size` in bytes is what a browser would keep of the site as it is now; the footer offers that as well.

    The pages in the ZIP file are as they were before: that is how they can say its size. Raises SiteError for a path that
    is too long to be unpacked everywhere.
    """
    newest = next((briefing.date for briefing in library.briefings if briefing.date), None)
    path = _zip(folder, short_name(site.title), newest or EARLIEST)
    template = env.get_template(OFFER)

    def offered(page: Path, size: int) -> bytes:
        permalink = page.relative_to(folder).as_posix()
        offer = Offer(ARCHIVE, words(path.stat().st_size), newest, words(size))
        return template.render(offer=offer, link=lambda target: relative(permalink, target)).encode("utf-8")

    pages = [page for page in sorted(folder.rglob("*.html")) if MARK in page.read_bytes()]
    kept_size += sum(len(offered(page, kept_size)) - len(MARK) for page in pages)  # the offer itself is kept as well
    for page in pages:
        page.write_bytes(page.read_bytes().replace(MARK, offered(page, kept_size)))
    return path


def short_name(title: str) -> str:
    """The one folder that the archive unpacks into: whole words of its title, lower-case ASCII, at most 24 characters."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", title) if not unicodedata.combining(sign))
    name = "-".join(re.findall(r"[a-z0-9]+", re.sub("['’]", "", letters.lower())))
    if len(name) > LONGEST_FOLDER:
        name = name[: LONGEST_FOLDER + 1].rpartition("-")[0] or name[:LONGEST_FOLDER]
    return name or "archive"


def words(size: int) -> str:
    """A number of bytes as people say it: "312 KB", "1.2 MB", "120 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1e6:.1f} MB" if size < 10_000_000 else f"{round(size / 1e6):,} MB"


def _zip(folder: Path, top: str, day: Date) -> Path:
    """Every entry is stamped with `day` and stands in order of its name."""
    path = folder / ARCHIVE
    files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in files:
            if name not in NOT_ON_DISK and not name.startswith(NOT_ON_DISK_FOLDERS):
                archive.writestr(_entry(f"{top}/{name}", day), (folder / name).read_bytes().replace(MARK, b""))
    return path


def _entry(name: str, day: Date) -> zipfile.ZipInfo:
    if len(name) >= LONGEST_PATH:
        raise SiteError(
            f"its path has {len(name)} characters, too many to be unpacked everywhere", at=Place(name), fix="give it a shorter slug"
        )
    entry = zipfile.ZipInfo(name, (max(day.year, EARLIEST.year), day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, on every system: the same bytes, and the mode below is read
    entry.external_attr = 0o644 << 16
    return entry
