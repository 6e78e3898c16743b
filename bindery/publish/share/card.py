"""Words → a picture of 1200 × 630 px: a spine in the binder's green, large type, the archive's name at the foot."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from bindery.config import Site
from bindery.publish import breaking
from bindery.publish.share import faces, pictures
from bindery.publish.share.faces import Face

SIZE = WIDTH, HEIGHT = (1200, 630)
"""px; what Open Graph's readers and Twitter's large card are made for."""
SPINE, STRIPE = 56, (38, 44)
LEFT, RIGHT, TOP, FOOT = 120, 1120, 84, 540
TITLE_SIZES = range(84, 43, -4)
"""px, the first that fits: at a quarter of the width, as messengers show it, the smallest is still 11 px."""
SMALL, LEADING = 34, 1.16
LAST_LINE = 462
SHADES = 14
"""Between paper and ink at the edges of letters; more cannot be told apart and make the file larger."""
LONGEST = 300
"""Characters of a title that are looked at; no more fit."""
ELLIPSIS = " …"


@dataclass(frozen=True, slots=True)
class Card:
    """What is told."""

    above: str
    """Small: day and source. Empty if none."""
    title: str
    below: str
    """Small, under the title. Empty if none."""
    foot: str
    """Small and bold."""
    corner: str
    """Small, to the right of it: where the archive is."""


def png(card: Card, site: Site) -> bytes:
    """The picture's file, about 25 KB, in a hundredth of a second; `optimize` would take a tenth off and ten times as long."""
    colours = pictures.tokens(site)
    image = Image.new("RGB", SIZE, colours["paper"])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SPINE, HEIGHT), fill=colours["accent"])
    draw.rectangle((STRIPE[0], 0, STRIPE[1], HEIGHT), fill=colours["paper"])
    _write(draw, (LEFT, TOP), next(_lines(card.above, faces.chain(site, SMALL)), ""), faces.chain(site, SMALL), colours["ink-soft"])
    baseline = _title(draw, card.title, site, colours["ink"], LAST_LINE - (3 * SMALL if card.below else 0))
    for at, line in enumerate(list(_lines(card.below, faces.chain(site, SMALL)))[:2]):
        below = baseline + round(SMALL * (1.9 + 1.3 * at))
        _write(draw, (LEFT, below), line, faces.chain(site, SMALL), colours["ink-soft"])
    _foot(draw, card, site, colours)
    file = BytesIO()
    image.quantize(palette=_palette(colours), dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _palette(colours: dict[str, str]) -> Image.Image:
    """The colours themselves, and what lies between paper and each ink."""
    paper, *inks = (ImageColor.getrgb(colours[name])[:3] for name in ("paper", "ink", "ink-soft"))
    shades = [
        round(ground + (ink - ground) * step / SHADES)
        for colour in inks
        for step in range(SHADES + 1)
        for ground, ink in zip(paper, colour, strict=True)
    ]
    rest = [channel for name in ("accent", "rule-strong") for channel in ImageColor.getrgb(colours[name])[:3]]
    palette = Image.new("P", (1, 1))
    palette.putpalette([*shades, *rest])
    return palette


def _title(draw: ImageDraw.ImageDraw, title: str, site: Site, colour: str, last: int) -> int:
    """Set the title as large as it fits, cut short where even the smallest does not. Gives the last baseline."""
    for size in TITLE_SIZES:
        chain = faces.chain(site, size)
        lines, step = list(_lines(title, chain)), round(size * LEADING)
        first = TOP + SMALL + size
        room = (last - first) // step + 1
        if len(lines) <= room:
            break
    if len(lines) > room:
        lines = [*lines[: room - 1], _cut(lines[room - 1], chain)]
    for at, line in enumerate(lines):
        _write(draw, (LEFT, first + at * step), line, chain, colour)
    return first + (len(lines) - 1) * step


def _foot(draw: ImageDraw.ImageDraw, card: Card, site: Site, colours: dict[str, str]) -> None:
    """A rule, the archive's name, and where it is, if there is room beside it."""
    draw.rectangle((LEFT, FOOT - 44, RIGHT, FOOT - 43), fill=colours["rule-strong"])
    bold, plain = faces.chain(site, SMALL, faces.BOLD), faces.chain(site, SMALL)
    lines = list(_lines(card.foot, bold))
    line = _cut(lines[0], bold) if len(lines) > 1 else card.foot
    _write(draw, (LEFT, FOOT + 12), line, bold, colours["ink"])
    start = RIGHT - faces.length(card.corner, plain)
    if start > LEFT + faces.length(line, bold) + SMALL:
        _write(draw, (round(start), FOOT + 12), card.corner, plain, colours["ink-soft"])


def _write(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, chain: tuple[Face, ...], colour: str) -> None:
    """One line, from its left end on its baseline."""
    x, y = at
    for face, part in faces.runs(text, chain):
        draw.text((x, y), part, font=face, fill=colour, anchor="ls")
        x += round(face.getlength(part))


def _lines(text: str, chain: tuple[Face, ...]) -> Iterator[str]:
    """The text in lines that fit; a word that is longer than one is cut."""
    line = ""
    for piece in breaking.pieces(text.strip()[:LONGEST]):
        part = piece
        if line and not part.isspace() and faces.length(line + part, chain) > RIGHT - LEFT:
            yield line.rstrip()
            line = ""
        while not line and len(part) > 1 and faces.length(part, chain) > RIGHT - LEFT:
            end = max(1, bisect_right(range(len(part)), RIGHT - LEFT, key=lambda end: int(faces.length(part[: end + 1], chain))))
            yield part[:end]
            part = part[end:]
        line += part if line or not part.isspace() else ""
    if line.strip():
        yield line.rstrip()


def _cut(line: str, chain: tuple[Face, ...]) -> str:
    """The line with the sign that more follows."""
    while line and faces.length(line + ELLIPSIS, chain) > RIGHT - LEFT:
        line = line[:-1].rstrip()
    return line + ELLIPSIS
