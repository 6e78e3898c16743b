"""seeds/ → seeds: bytes on disk become numbered lines of clean Unicode."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bindery.errors import SeedError
from bindery.model import Line, Place, Seed

LARGEST_SEED = 2 * 1024 * 1024
"""Bytes. A captured press page is 2–20 kB, the longest speech some 200 kB; beyond 2 MB a file is no page, and reading it would
let one file (a log, a database dump) cost the whole build its memory."""

LONGEST_TEXT = 300_000
"""Characters, without the white space around lines. What is looked for in a page is compared with all else in it: the time of a
page that names somebody in every line grows faster than its length, and at this one is some seconds."""

MOST_LINES = 20_000
"""A page has tens of lines, with its menus hundreds; two million bytes of line feeds would cost minutes."""

ENOUGH_TO_GUESS = 64 * 1024
"""Bytes shown to the encoding guesser: its time grows with them, its certainty does not."""

LONGEST_MARK_RUN = 30
"""Combining marks in a row; UAX 15 (Stream-Safe Text Format) allows 30. Normalising a longer run takes quadratic time."""

DAMAGE_ALLOWED = 0.02
"""Share of undecodable bytes up to which a page is damaged UTF-8 rather than something else."""

LEGACY_ENCODINGS = ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1256")

LATIN_ENCODINGS = ("cp1252", "cp1250", "cp1254")
"""They differ in a few letters, too few for statistics on one page: `_latin` tells them apart by letters that would be absurd."""

POLISH_AS_WESTERN = re.compile(r"(?<=[a-z])[\u00b3\u00b9\u0153\u00bf\u0178](?=[a-z\s])")
"""Superscripts and signs inside a word: 'przedsta³' is przedstał."""

TURKISH_AS_WESTERN = re.compile("[\u00fe\u00fd\u00f0\u00dd]")
"""'baþkan' is başkan; an Icelandic page in a legacy encoding would be misread, and has not been seen."""

BYTE_ORDER_MARKS = (  # the longer ones first: UTF-32-LE begins with the mark of UTF-16-LE
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

CONTROL_BYTES = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
"""Without the white space, and without ESC, by which ISO-2022-JP changes its letters."""

SPACE_LIKE = re.compile("[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
"""Line breaks that do not count as lines: a seed's lines are counted by line feeds alone."""

WIDE_ENCODINGS = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")

EVERYDAY = re.compile("[ \n,.，。、の的]")

EVERYDAY_SHARE = 0.02
"""Latin text has some 20% of EVERYDAY characters, Chinese and Japanese 8–12%, a wrong reading of either below 0.5%."""

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064"  # soft hyphen, zero width, direction marks
    "\u202a-\u202e\u2066-\u206f"  # direction overrides and isolates: they show text in another order than it is stored
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"  # byte order mark, interlinear annotation, invisible tag characters
)

ASCII_UNTIDY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ASCII_TIDY = {
    point: " " if SPACE_LIKE.match(chr(point)) else None
    for point in range(128)
    if SPACE_LIKE.match(chr(point)) or INVISIBLE.match(chr(point))
}
"""The same for a page in ASCII, which most English ones are: one look at it is enough."""

JOINER = re.compile("(?<![\u0600-\u08ff\u0900-\u0dff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]")
"""Zero-width joiners: letters in Arabic and Indic scripts and in emoji, invisible rubbish elsewhere."""

TAB_AS_SPACES = "  "
"""A tab parts the cells of a menu, so it becomes a gap wider than the space between two words."""

WIDEST_GAP = 80
"""Spaces in a row: as wide as a terminal. Rules that let any white space stand between two words take the square of a gap's width."""

ENDLESS_GAP = re.compile(rf"([^\S\n]{{{WIDEST_GAP}}})[^\S\n]+")


_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What cannot stand in a line of a text file: control characters, line ends, bytes that were no UTF-8; and what shows a name in
another order than it has."""


def seed_paths(folder: Path) -> list[Path]:
    """Every *.txt below `folder`, sorted by path. No hidden files, no links that lead out of the folder.

    A folder that cannot be listed is listed itself, so that reading it says what is wrong.
    """
    return [Path(path) for path in seed_files(folder).values()]


def seed_files(folder: Path) -> dict[str, str]:
    """The same by their paths from there, with forward slashes."""
    if folder.exists() and not folder.is_dir():
        raise SeedError("not a folder", at=Place(folder.name), fix="move the file away: captured pages are put into a folder of that name")
    home = folder.resolve()
    return {name: path for name, path in sorted(set(_walked(str(folder), ""))) if _stays_inside(path, home)}


def _walked(folder: str, prefix: str) -> Iterator[tuple[str, str]]:
    """A folder named x.txt is listed too, so that reading it says what is wrong. Hidden folders are not entered."""
    try:
        with os.scandir(folder) as found:
            entries = [entry for entry in found if not entry.name.startswith(".")]
    except FileNotFoundError:
        return
    except OSError:
        yield prefix.rstrip("/") or ".", folder
        return
    for entry in entries:
        if entry.name.endswith(".txt"):
            yield f"{prefix}{entry.name}", entry.path
        if entry.is_dir(follow_symlinks=False):
            yield from _walked(entry.path, f"{prefix}{entry.name}/")


def _stays_inside(path: str, home: Path) -> bool:
    if not os.path.islink(path):  # noqa: PTH114 - a Path of each of ten thousand is dear
        return True
    return Path(os.path.realpath(path)).is_relative_to(home)  # resolve() stops the run at a link to itself


def read(path: Path, root: Path) -> Seed:
    """Read one captured page; `root` is the folder the seed's path is told from.

    Raises SeedError for a file that is no page: empty, binary, too large, a folder, unreadable, in no known encoding.
    """
    try:
        name = path.relative_to(root).as_posix()
    except ValueError:
        name = path.as_posix()
    place = Place(_UNPRINTABLE.sub("?", name))
    if place.path != name:
        raise SeedError("the file's name has characters that cannot be written", at=place, fix="give it a plain name")
    data = _bytes(path, place)
    text, encoding = _decode(data, place)
    text = _tidy(text)
    if (count := text.count("\n") + 1) > MOST_LINES:
        problem = f"too many lines for a press page: {count:,}, the limit is {MOST_LINES:,}"
        raise SeedError(problem, at=place, fix="keep one page a file; cut what is not the page")
    lines = tuple([Line(number, line) for number, line in enumerate(text.split("\n"), 1)])
    length = sum([len(line.text.strip()) for line in lines])
    if length > LONGEST_TEXT:
        problem = f"too long for a press page: {length:,} characters, the limit is {LONGEST_TEXT:,}"
        raise SeedError(problem, at=place, fix="keep one page a file; cut what is not the page")
    if not length:
        raise SeedError("the page has no text", at=place, fix="capture the page again, or delete the file")
    return Seed(path=place.path, sha256=hashlib.sha256(data).hexdigest(), size=len(data), encoding=encoding, lines=lines)


def _bytes(path: Path, place: Place) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode) and not path.name.endswith(".txt"):
            raise SeedError("the folder cannot be listed", at=place, fix="check that you may read it")
        if not stat.S_ISREG(status.st_mode):
            raise SeedError("not a file", at=place, fix="seeds are plain files: move it, or rename it so that it does not end in .txt")
        if status.st_size > LARGEST_SEED:
            raise _too_large(status.st_size, place)
        with path.open("rb") as file:  # a file may grow after its size was asked: never read more than allowed
            data = file.read(LARGEST_SEED + 1)
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        raise SeedError(problem, at=place, fix="check that the file exists and that you may read it") from error
    if len(data) > LARGEST_SEED:
        raise _too_large(len(data), place)
    if not data:
        raise SeedError("the file is empty", at=place, fix="capture the page again, or delete the file")
    return data


def _too_large(size: int, place: Place) -> SeedError:
    problem = f"too large for a press page: {size:,} bytes, the limit is {LARGEST_SEED:,}"
    return SeedError(problem, at=place, fix="keep one page a file; cut what is not the page")


def _decode(data: bytes, place: Place) -> tuple[str, str]:
    """Text and the name of its encoding, surest evidence first: byte order mark, zero bytes, valid UTF-8, statistics."""
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None) or _wide_encoding(data)
    if encoding:
        return data.decode(encoding, errors="replace"), encoding
    if _is_binary(data):
        raise SeedError("binary, not text", at=place, fix="store the page's text as a UTF-8 .txt file")
    utf8 = _utf8(data)
    if utf8 is not None:
        return utf8, "utf-8"
    return _legacy(data, place)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: the reading in which most characters are the spaces, stops and breaks of a text."""
    if b"\x00" not in data or len(data) < 8:
        return None
    best, encoding = max((_everyday_share(data, name), name) for name in WIDE_ENCODINGS)
    return encoding if best >= EVERYDAY_SHARE else None


def _everyday_share(data: bytes, encoding: str) -> float:
    """Share of EVERYDAY characters; 0.0 where the bytes cannot be read so, or are not text if they are."""
    try:
        text = data[: ENOUGH_TO_GUESS // 4 * 4].decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    strange = sum(not (char.isprintable() or char.isspace()) for char in text)
    return 0.0 if strange * 20 > len(text) else len(EVERYDAY.findall(text)) / len(text)


def _is_binary(data: bytes) -> bool:
    """Two in a hundred bytes, and more than one, are control characters that no text uses; a stray one is only removed."""
    sample = data[:ENOUGH_TO_GUESS]
    strange = len(sample) - len(sample.translate(None, CONTROL_BYTES))
    return strange > max(1, len(sample) // 50)


def _utf8(data: bytes) -> str | None:
    """Text of valid or slightly damaged UTF-8, None if it is something else.

    A capture may be cut inside a character, and a page glued together from two may hold a few foreign bytes.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    damage = text.count("\ufffd")
    sound = sum(char > "\x7f" for char in text[:ENOUGH_TO_GUESS]) - min(damage, text.count("\ufffd", 0, ENOUGH_TO_GUESS))
    return text if damage <= max(1, len(data) * DAMAGE_ALLOWED) and sound > 4 * damage else None


def _legacy(data: bytes, place: Place) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - a twentieth of a second, for pages that are not in Unicode

    sample = data[:ENOUGH_TO_GUESS]
    if len(sample) < len(data):
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    guess = from_bytes(sample, cp_isolation=list(LEGACY_ENCODINGS)).best()
    if guess is None:
        raise SeedError("in no encoding we know", at=place, fix="store the page's text as UTF-8")
    encoding = _latin(sample) if guess.encoding in LATIN_ENCODINGS else guess.encoding
    return data.decode(encoding, errors="replace"), encoding


def _latin(sample: bytes) -> str:
    """Western European unless that reading has signs inside words or letters of no Western language."""
    western = sample.decode("cp1252", errors="replace")
    if POLISH_AS_WESTERN.search(western):
        return "cp1250"
    return "cp1254" if TURKISH_AS_WESTERN.search(western) else "cp1252"


def _tidy(text: str) -> str:
    """NFC, without characters nobody sees; its lines keep their numbers."""
    text = text.replace("\r\n", "\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")  # a file from a Macintosh of the last century: one line to any other reader
    text = text.replace("\t", TAB_AS_SPACES)
    if text.isascii():
        text = text.translate(ASCII_TIDY) if ASCII_UNTIDY.search(text) else text
        return ENDLESS_GAP.sub(r"\1", text) if " " * (WIDEST_GAP + 1) in text else text
    letters = "".join(set(text))  # some eighty, where the text has thousands: most pages have nothing to take out
    if SPACE_LIKE.search(letters) or INVISIBLE.search(letters):
        text = INVISIBLE.sub("", SPACE_LIKE.sub(" ", text))
    if "\u200c" in letters or "\u200d" in letters:
        text = JOINER.sub("", text)
    if any(map(unicodedata.combining, letters)):
        text = _endless_marks().sub(r"\1", text)
    return ENDLESS_GAP.sub(r"\1", unicodedata.normalize("NFC", text))


@cache
def _endless_marks() -> re.Pattern[str]:
    """A run of combining marks longer than any script writes; its first LONGEST_MARK_RUN are the group."""
    marks = [point for point in range(0x300, 0x1F000) if unicodedata.combining(chr(point))]
    starts = [point for point in marks if not unicodedata.combining(chr(point - 1))]
    ends = [point for point in marks if not unicodedata.combining(chr(point + 1))]
    letters = "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(starts, ends, strict=True))
    return re.compile(f"([{letters}]{{{LONGEST_MARK_RUN}}})[{letters}]+")
