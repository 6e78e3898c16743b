"""What a build remembers for the next one: .cache/publish/. Without it, or with one that is not whole, everything is made anew."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bindery import sealed, segments, stamps
from bindery.config import Site
from bindery.content.lock import Address
from bindery.model import Authority, AuthorityId
from bindery.publish.entry import Entry
from bindery.segments import Spot
from bindery.stamps import Stamp

FOLDER = "publish"
FILE = "ledger"
LIBRARIES = (
    *("cbor2", "font-source-serif-pro", "jinja2", "markdown", "markupsafe", "msgspec", "pagefind_bin", "paperang-p2-fonts-cjk"),
    *("pillow", "pyyaml", "rapidfuzz"),
)
"""What else decides how pages look."""
CHANGED = -1
"""Stands for the digest of a briefing that the next build has to read again."""


class Made(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file of the site."""

    key: int
    """Of everything it was made from."""
    size: int
    modified: int
    """As the system says it, in nanoseconds: a file that somebody changed is made again."""
    sha256: bytes


class Ledger(msgspec.Struct):
    """Everything the last build knew. An empty one knows nothing."""

    program: str = ""
    site: int = 0
    """Digest of the configuration."""
    folders: dict[str, dict[str, Stamp]] = {}
    """Folder → the stamps of its files."""
    templates: dict[str, int] = {}
    """Template → digest of it and of everything it is made of."""
    merged: dict[AuthorityId, AuthorityId] = {}
    entries: msgspec.Raw = msgspec.Raw(b"\x90")
    """Those of all briefings, newest first: `listed` reads them, which a build that finds nothing to do need not."""
    briefing_count: int = 0
    own: dict[str, int] = {}
    """Briefing id → digest of everything its entry and its leaf were made from."""
    leaves: dict[str, Spot] = {}
    said: dict[str, int] = {}
    """Briefing id → digest of what it says, and of how everybody is called whom it names."""
    stories: int = 0
    """Digest of which of them are one release."""
    alike: list[tuple[str, str, float]] = []
    """Briefings that were compared, and how much of the shorter stands in the longer one."""
    records: dict[str, Authority] = {}
    """File name of each record that is in order, and what it says."""
    outputs: dict[str, Made] = {}
    """Permalink → what stands there, of all that the plan names."""
    closing: dict[str, Made] = {}
    """The same of what was made of those: the search, the archive to take away."""
    is_closed: bool = False
    """`closing` was made of just these outputs."""
    published: int = 0
    """Digest of the pages that there were when `kept` was found."""
    kept: list[Address] = []
    """Addresses without a page of their own, and what stands for them."""
    page_count: int = 0
    stale: list[str] = []
    """Permalinks that are not yet in the twin of the site as they are in the site."""
    live: int = 0
    """The number that the system gave the site's folder; 0: it is not known what stands in it."""
    twin: int = 0
    live_folders: dict[str, int] = {}
    """Folder of the site → when something was last put into it or taken out, in nanoseconds; 0: a further change might not show."""
    twin_folders: dict[str, int] = {}

    def listed(self) -> list[Entry]:
        return msgspec.msgpack.decode(self.entries, type=list[Entry])


def packed(entries: list[Entry]) -> msgspec.Raw:
    """As a ledger keeps them."""
    return msgspec.Raw(msgspec.msgpack.encode(entries))


def program(site_files: Mapping[str, Stamp]) -> str:
    """What makes pages: program, Python and libraries, by their digests and versions."""
    own = {name: stamp for name, stamp in site_files.items() if name.startswith("bindery/")}
    return stamps.program(own, LIBRARIES)


def load(site: Site) -> Ledger:
    """The ledger of the last build; an empty one where there is none, or a damaged one."""
    return sealed.load(site.cache / FOLDER / FILE, Ledger) or Ledger()


def save(ledger: Ledger, site: Site) -> None:
    """Whole or not at all. Raises OSError."""
    folder = site.cache / FOLDER
    sealed.save(folder / FILE, ledger)
    segments.drop_unused(folder, ledger.leaves.values())


def forget(site: Site) -> None:
    """The next build makes everything anew."""
    (site.cache / FOLDER / FILE).unlink(missing_ok=True)
