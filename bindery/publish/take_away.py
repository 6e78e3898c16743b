"""site/ → site/archive.zip: the whole archive to take away, and the words in every footer that say how large it is."""

from __future__ import annotations

import hashlib
import mmap
import os
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date as Date
from pathlib import Path
from typing import NamedTuple

import jinja2
import msgspec

from bindery import sealed
from bindery.config import Site
from bindery.errors import SiteError
from bindery.languages import Interface
from bindery.model import Place
from bindery.publish import follow, manifest
from bindery.publish.ledger import FOLDER as CACHE
from bindery.publish.ledger import Made
from bindery.publish.permalinks import DATA_PAGE
from bindery.publish.render import Link, Once
from bindery.publish.share import pictures

ARCHIVE = "archive.zip"
FACTS = "data/edition.css"
"""What the footers of all pages say of the archive. A style sheet: it is read without a script, and from disk, and no page changes
with it."""
OFFER, DATA_OFFER = "components/take_away.html", "components/data_offer.html"
"""The parts of a page that a copy on disk does not have: it cannot offer itself, nor what it does not hold."""
SEARCH = "pagefind"
NOT_ON_DISK = frozenset(
    {ARCHIVE, FACTS, DATA_PAGE, "404.html", "robots.txt", "sitemap.xml", ".nojekyll", "static/js/keep-offline.js", *follow.FILES}
)
"""What only a web server, or who visits one, has a use for."""
NOT_ON_DISK_FOLDERS = (f"{SEARCH}/", f"{follow.FOLDER}/", f"{pictures.FOLDER}/")
"""Pagefind's own files cannot be read from disk, packs/ stands for them; feeds and pictures are for where the archive is published."""
_FOR_PROGRAMS = re.compile(r"data/(?:datapackage\.json|[^/]*\.(?:csv|geojson|graphml|jsonl|jsonld|sqlite))|briefings/[^/]*\.md|llms\.txt")
"""What says once more what stands in pages and in data/archive.json."""
_OTHER_FORM = re.compile(rb'<link rel="alternate" type="text/markdown" [^>]*>\n')
"""How a briefing's page tells of the Markdown beside it."""
LONGEST_FOLDER = 24
LONGEST_PATH = 200
"""Old Windows programs take 260 characters in all; the reader's own folders need the rest."""
EARLIEST = Date(1980, 1, 1)
"""The first day a ZIP file can name, for an archive without dates."""
LEVEL = 4
"""Of zlib: 6 takes half as long again and makes the archive 2.5% smaller (measured on pages and packs of 1,000 briefings)."""
AT_ONCE = 64
"""Files that are held in memory while they are packed, several at a time."""
BLOCK = 1 << 17
"""Bytes of a block: a file of more than two is packed in several, so that a line that changes costs no more than the block it is in.
The archive becomes 1% larger."""
INDEX = "zip"
"""In .cache/publish/: what the last archive.zip holds, and where."""


def facts(zip_size: int, kept_size: int, newest: Date | None, interface: Interface) -> bytes:
    """data/edition.css. `kept_size` is what a browser keeps of the site; `newest` the day of the newest briefing, if there is one."""
    size, kept = words(zip_size, interface), words(kept_size, interface)
    about = interface.say("ZIP, {size}", size=size)
    if newest:
        about = interface.say("ZIP, {size}, briefings to {day}", size=size, day=interface.long_date(newest))
    return f'.offline__facts::before{{content:"{about}"}}\n.offline__kept::before{{content:"{kept}"}}\n'.encode()


def is_on_disk(permalink: str) -> bool:
    """Whether archive.zip holds a file of the site."""
    return not (permalink in NOT_ON_DISK or permalink.startswith(NOT_ON_DISK_FOLDERS) or is_for_programs(permalink))


def is_for_programs(permalink: str) -> bool:
    """Whether a file is of no use to who reads the archive: neither a copy on disk nor one in the browser holds it."""
    return _FOR_PROGRAMS.fullmatch(permalink) is not None


def short_name(title: str) -> str:
    """The one folder that the archive unpacks into: whole words of its title, lower-case ASCII, at most 24 characters."""
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", title) if not unicodedata.combining(sign))
    name = "-".join(re.findall(r"[a-z0-9]+", re.sub("['’]", "", letters.lower())))
    if len(name) > LONGEST_FOLDER:
        name = name[: LONGEST_FOLDER + 1].rpartition("-")[0] or name[:LONGEST_FOLDER]
    return name or "archive"


def words(size: int, interface: Interface) -> str:
    """A number of bytes as people say it: "312 KB", "1.2 MB", "120 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{interface.decimal(size / 1e6, 1)} MB" if size < 10_000_000 else f"{interface.number(round(size / 1e6))} MB"


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


class Member(NamedTuple):
    """A file in archive.zip."""

    source: bytes
    """SHA-256 of the file of the site."""
    digest: bytes
    """SHA-256 of the file itself, which a page of the site is not."""
    checksum: int
    size: int
    blocks: list[tuple[bytes, int]]
    """What it is packed in, one after the other: digest of a block, and its length when it is packed."""
    start: int = 0
    """Of its packed bytes in the ZIP file."""

    @property
    def packed_size(self) -> int:
        return sum(length for _, length in self.blocks)


class Packed(msgspec.Struct, array_like=True):
    """What the last archive.zip held."""

    size: int = 0
    modified: int = 0
    """Of the ZIP file: another one is not looked into."""
    offer: str = ""
    """What was taken out of its pages at the top of the site."""
    members: dict[str, Member] = {}
    level: int = 0
    """How hard zlib was asked to try."""
    folder: str = ""
    """The one that it unpacks into."""
    day: Date | None = None
    """Of its files."""


class Source(NamedTuple):
    """The site that is to be taken away."""

    folder: Path
    outputs: Mapping[str, Made]
    newest: Date | None
    """Day of the newest briefing."""
    seeds: manifest.Seeds


def write(path: Path, old: Path, source: Source, site: Site, env: jinja2.Environment) -> None:
    """Make archive.zip at `path`; what the `old` one has of its files is taken over. The same files give the same bytes.

    Raises SiteError for a path that is too long to be unpacked everywhere.
    """
    before, offered = _before(old, site), _Offered(env)
    if (before.offer, before.level) != (offered.told, LEVEL):
        before = Packed()
    top, day = short_name(site.title), source.newest or EARLIEST
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, _opened(old, before) as packed:
        written = _Written(archive, top, day, packed, are_headers_same=(before.folder, before.day) == (top, day))
        _write_all(written, source, before.members, packed, offered)
        own = manifest.dump({name: member.digest for name, member in written.members.items()}, source.seeds)
        written.add(manifest.FILE, *_pack(own, b"", before.members.get(manifest.FILE), packed))
        written.finish()
    stat = path.stat()
    sealed.save(site.cache / CACHE / INDEX, Packed(stat.st_size, stat.st_mtime_ns, offered.told, written.members, LEVEL, top, day))


def _write_all(written: _Written, source: Source, before: Mapping[str, Member], packed: memoryview, offered: _Offered) -> None:
    """Every file of the archive: what the old one has is taken out of there, the others are packed some at a time."""
    names = [name for name in sorted(source.outputs) if is_on_disk(name)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for start in range(0, len(names), AT_ONCE):
            here = names[start : start + AT_ONCE]
            sums = {name: source.outputs[name].sha256 for name in here}
            known = {name: member for name in here if (member := before.get(name)) and member.source == sums[name]}
            new = {
                name: pool.submit(_pack, offered.without((source.folder / name).read_bytes(), name), sums[name], before.get(name), packed)
                for name in here
                if name not in known
            }
            for name in here:
                if name in known:
                    written.take(name, known[name])
                else:
                    written.add(name, *new.pop(name).result())


class _Written:
    """The archive while it is written, of bytes that are packed already, as zipfile itself would write them."""

    def __init__(self, archive: zipfile.ZipFile, folder: str, day: Date, old: memoryview, *, are_headers_same: bool) -> None:
        self.members: dict[str, Member] = {}
        self._archive = archive
        self._folder, self._day = folder, day
        self._old = old
        self._are_headers_same = are_headers_same
        self._run = 0, 0
        """Bytes of the old archive that are still to be copied: from where, to where."""
        self._place = 0
        """Where the next file begins."""

    def add(self, name: str, member: Member, blocks: Iterable[bytes | memoryview]) -> None:
        entry = self._entered(name, member)
        header = entry.FileHeader()
        self._copy()
        self._write(header)
        for block in blocks:
            self._write(block)
        self._keep(name, member, len(header))

    def take(self, name: str, member: Member) -> None:
        """A file that the old archive has. Those that stand one after the other there are copied at once, with their headers."""
        end = member.start + member.packed_size
        if not self._are_headers_same:
            self.add(name, member, [self._old[member.start : end]])
            return
        header = len(self._entered(name, member).FileHeader())
        first, last = self._run
        if last != member.start - header:
            self._copy()
            first = member.start - header
        self._run = first, end
        self._keep(name, member, header)

    def finish(self) -> None:
        """Have zipfile write the table of contents behind the files."""
        self._copy()
        self._archive.start_dir = self._place
        self._archive._didModify = True  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way to say so

    def _entered(self, name: str, member: Member) -> zipfile.ZipInfo:
        entry = _entry(f"{self._folder}/{name}", self._day)
        entry.CRC, entry.file_size, entry.compress_size = member.checksum, member.size, member.packed_size
        entry.header_offset = self._place
        self._archive.filelist.append(entry)
        self._archive.NameToInfo[entry.filename] = entry
        return entry

    def _keep(self, name: str, member: Member, header: int) -> None:
        start = self._place + header
        self.members[name] = member if member.start == start else member._replace(start=start)
        self._place = start + member.packed_size

    def _copy(self) -> None:
        first, last = self._run
        self._write(self._old[first:last])
        self._run = 0, 0

    def _write(self, data: bytes | memoryview) -> None:
        assert self._archive.fp
        self._archive.fp.write(data)


class _Offered:
    """Takes the offers out of pages."""

    def __init__(self, env: jinja2.Environment) -> None:
        self._env = env
        self._link = env.globals["link"]
        self._by_folder: dict[str, tuple[bytes, ...]] = {}

    @property
    def told(self) -> str:
        """All that is taken out of pages at the top of the site."""
        return "".join(self.offers(""))

    def offers(self, permalink: str) -> tuple[str, ...]:
        """As they stand in a page."""
        assert isinstance(self._link, Link)
        self._link.leave_for(permalink)
        once = self._env.globals["once"]
        assert isinstance(once, Once)
        return tuple(str(once(offer)) for offer in (OFFER, DATA_OFFER))

    def without(self, data: bytes, permalink: str) -> bytes:
        if not permalink.endswith(".html"):
            return data
        folder = permalink.rpartition("/")[0]
        if folder not in self._by_folder:
            self._by_folder[folder] = tuple(offer.encode() for offer in self.offers(permalink))
        for offer in self._by_folder[folder]:
            data = data.replace(offer, b"")
        return _OTHER_FORM.sub(b"", data, count=1) if folder == "briefings" else data


def _pack(data: bytes, source: bytes, before: Member | None, packed: memoryview) -> tuple[Member, list[bytes | memoryview]]:
    """A file, and what it is packed in. Of a large one that stood in the old archive, blocks that are as they were are taken from
    there."""
    cut = list(_blocks(data))
    digests = [hashlib.blake2b(block, digest_size=16, person=b"last" if block is cut[-1] else b"").digest() for block in cut]
    known = _packed_blocks(before, packed) if before and len(cut) > 1 else {}
    new = {number: _squeezed(block, is_last=block is cut[-1]) for number, block in enumerate(cut) if digests[number] not in known}
    blocks = [new[number] if number in new else known[digest] for number, digest in enumerate(digests)]
    sizes = [(digest, len(block)) for digest, block in zip(digests, blocks, strict=True)]
    return Member(source, hashlib.sha256(data).digest(), zlib.crc32(data), len(data), sizes), blocks


def _blocks(data: bytes) -> Iterator[memoryview]:
    """A large file cut at the beginnings of lines, where the line that begins there says so: a line more or less moves no cut but the
    next ones."""
    whole, start = memoryview(data), 0
    while len(data) - start > 2 * BLOCK:
        end = data.find(b"\n", start + BLOCK, start + 2 * BLOCK) + 1
        while end and zlib.crc32(whole[end : end + 64]) % 4:
            end = data.find(b"\n", end, start + 2 * BLOCK) + 1
        end = end or start + 2 * BLOCK
        yield whole[start:end]
        start = end
    yield whole[start:]


def _squeezed(block: memoryview, *, is_last: bool) -> bytes:
    """A block that can be read without those before it: together they are one stream of deflate."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(block) + packer.flush(zlib.Z_FINISH if is_last else zlib.Z_FULL_FLUSH)


def _packed_blocks(member: Member, packed: memoryview) -> dict[bytes, memoryview]:
    """Digest of a block → it, packed."""
    found, start = {}, member.start
    for digest, length in member.blocks:
        found[digest] = packed[start : start + length]
        start += length
    return found


def _before(old: Path, site: Site) -> Packed:
    found = sealed.load(site.cache / CACHE / INDEX, Packed)
    try:
        stat = old.stat()
    except OSError:
        return Packed()
    return found if found and (stat.st_size, stat.st_mtime_ns) == (found.size, found.modified) else Packed()


@contextmanager
def _opened(old: Path, before: Packed) -> Iterator[memoryview]:
    """The bytes of the old archive; none where nothing in it is known. They are let go with the last view of them."""
    if not before.members:
        yield memoryview(b"")
        return
    with old.open("rb") as file:
        yield memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
