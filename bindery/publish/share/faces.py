"""The typefaces of the pictures, from packages, so that every machine draws the same; and what they lack."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import Path

from PIL import ImageFont

from bindery.config import Site
from bindery.errors import SiteError
from bindery.model import Place

SERIF = "font_source_serif_pro"
"""Source Serif Pro, of the families of static/css/tokens.css: Latin, Greek, Cyrillic. SIL Open Font License."""
REGULAR, BOLD = (f"files/SourceSerifPro-{weight}.otf" for weight in ("Regular", "Semibold"))
EAST_ASIAN = ("paperang_p2_fonts_cjk", "fonts/wqy-microhei.ttc")
"""WenQuanYi Micro Hei: 20,932 Han characters, kana, Hangul in 5 MB, byte for byte as in Debian's fonts-wqy-microhei; Noto Sans CJK takes
16 MB. Apache License 2.0."""
NOBODY_HAS = "\U0010ffff"
_RIGHT_TO_LEFT = ("R", "AL")

Face = tuple[Path, int]
"""A font file and the size it is set in, px."""


def chain(site: Site, size: int, weight: str = REGULAR) -> tuple[Face, ...]:
    """Where a letter is looked for, first hit wins: the serif, the East Asian face, the archive's own."""
    own = [site.root / site.share_font] if site.share_font else []
    return tuple((path, size) for path in (packaged(SERIF, weight), packaged(*EAST_ASIAN), *own))


def runs(text: str, faces: tuple[Face, ...]) -> list[tuple[ImageFont.FreeTypeFont, str]]:
    """The text cut where the face changes; letters that no face has are left out."""
    placed = [(next((face for face in faces if _has(face[0], sign)), None), sign) for sign in unicodedata.normalize("NFC", text)]
    return [(font(*face), "".join(sign for _, sign in found)) for face, found in groupby(placed, key=lambda one: one[0]) if face]


def length(text: str, faces: tuple[Face, ...]) -> float:
    """Of a line, in px."""
    return sum(face.getlength(part) for face, part in runs(text, faces))


def missing(text: str, site: Site) -> str:
    """The letters and figures of a text that no face has, each once. A sign that is neither, such as an emoji, can be left out."""
    paths = [path for path, _ in chain(site, 1)]
    letters = dict.fromkeys(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign)[0] in "LMN")
    return "".join(sign for sign in letters if not any(_has(path, sign) for path in paths))


def right_to_left(text: str) -> bool:
    """Whether a text has letters that need joining and turning, which is not done here."""
    return any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text)


@cache
def font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """Raises SiteError for a file that is no font. Simple layout: the other one depends on libraries of the machine."""
    try:
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise SiteError("not a font", at=Place(path.name), fix="name a .ttf, .otf or .ttc file as share_font in site.yaml") from error


@cache
def packaged(package: str, name: str) -> Path:
    return Path(str(resources.files(package).joinpath(name)))


@cache
def _has(path: Path, sign: str) -> bool:
    """Whether the face draws anything for a letter but the box it draws for a letter nobody has."""
    if sign.isspace():
        return True
    face = font(path, 32)
    return bytes(face.getmask(sign)) != bytes(face.getmask(NOBODY_HAS))
