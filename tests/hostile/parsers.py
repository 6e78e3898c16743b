"""Every parser of the program as a function of bytes nobody wrote: it ends without an error, or with the one its module promises.

What a parser returns is held against its law: written and read again it is the same, and no markup gets through.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from bindery import config
from bindery.content import anchors, decisions, files, front_matter, lock, markup, provenance
from bindery.errors import ContentError, SeedError, SiteError
from bindery.ingest.annotate import annotate
from bindery.ingest.annotate.known import Known
from bindery.ingest.clean.page import draft
from bindery.ingest.compose import compose
from bindery.ingest.draft import Draft, Metadata, Paragraph
from bindery.ingest.read import _tidy, read
from bindery.model import Briefing, Kind, Mention, Seed
from bindery.publish import body

HOME = tempfile.TemporaryDirectory()
ROOT = Path(HOME.name)
"""For what is read from a file."""
(ROOT / "content").mkdir()
BRIEFING = "content/briefings/2016-01-19-a-page.md"
CITY = Kind("city", "cities", "City", "Cities", ("country", "latitude", "longitude", "geonames", "wikidata"))
NOBODY = Known.from_authorities(())
RUNS = {"script", "style", "iframe", "object", "embed", "base", "form", "meta", "link", "svg", "math", "template", "noscript"}
"""Elements that Markdown never makes."""
GOES = ("", "http", "https", "mailto")


def live(html: str) -> list[str]:
    """What a browser would run, or follow to where nothing may lead, in a piece of HTML."""
    found = []
    for node in LexborHTMLParser(html, is_fragment=True).css("*"):
        found += [str(node.tag)] if node.tag in RUNS else []
        found += [name for name in node.attributes if name.startswith("on") or name in ("style", "srcdoc", "formaction")]
        addresses = [value or "" for name, value in node.attributes.items() if name in ("href", "src")]
        found += [address for address in addresses if _scheme(address) not in GOES]
    return found


def _scheme(address: str) -> str:
    """As a browser reads it: controls and spaces around it are passed over, tabs and line ends anywhere."""
    match = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.sub(r"[\t\n\r]", "", address), re.IGNORECASE)
    return match[1].lower() if match else ""


def text_of(data: bytes) -> str:
    """Bytes as text that a UTF-8 file can hold."""
    return data.decode("utf-8", errors="ignore")


def seed(data: bytes) -> None:
    """A captured page, through all of ingest but linking, into a file and back."""
    path = ROOT / "page.txt"
    path.write_bytes(data)
    with suppress(SeedError):
        page = draft(read(path, ROOT))
        numbers = [line.number for line in page.seed.lines if line.text.strip()]
        assert [verdict.line.number for verdict in page.verdicts] == numbers
        written_and_read(page)


def page(data: bytes) -> None:
    """Text as it is after reading: cleaning, metadata and annotation."""
    path = ROOT / "page.txt"
    path.write_text(text_of(data), encoding="utf-8", newline="")
    with suppress(SeedError):
        written_and_read(draft(read(path, ROOT)))


def paragraphs(data: bytes) -> None:
    """Paragraphs straight into annotation, whatever cleaning would have made of them."""
    lines = tuple(line for line in _tidy(text_of(data)).split("\n") if line.strip())
    metadata = Metadata(" ".join(lines[0].split()) if lines else None, None, None, None, "en")
    written_and_read(
        Draft(Seed("page.txt", "0" * 64, 0, "utf-8", ()), (), metadata, tuple(Paragraph(line.strip(), (1,)) for line in lines), ())
    )


def written_and_read(page: Draft) -> None:
    found = annotate(page, NOBODY)
    links = {span: Mention(0, 0, "cities/a-city", entity.role) for entity in found.entities for span in entity.spans}
    text, mentions = compose(page.paragraphs, page.suspects, links)
    metadata = page.metadata
    briefing = Briefing(
        "aaaaaaa", "2016-01-19-a-page", metadata.title, metadata.date, metadata.source, metadata.byline, metadata.language, text, mentions,
        seed="page.txt", path=BRIEFING,
    )  # fmt: skip
    source = files.briefing_source(briefing)
    assert files.read_briefing(source, BRIEFING) == briefing
    assert not front_matter.edited_by_hand(source)
    shown = body.blocks(briefing, lambda _: body.Target("x.html", "city"))
    assert [found for block in shown for found in live(block.html)] == []
    links_shown = [node.attributes["href"] for block in shown for node in LexborHTMLParser(block.html, is_fragment=True).css("[href]")]
    assert set(links_shown) <= {"x.html"}


def matter(data: bytes) -> None:
    """Front matter alone."""
    with suppress(ContentError):
        values, _ = front_matter.parse(text_of(data), "a.md")
        assert front_matter.parse(front_matter.compose(values, ""), "a.md")[0].keys() - {front_matter.WRITTEN} <= values.keys()


def briefing(data: bytes) -> None:
    """A file of content/briefings/, read, written, read again, and shown."""
    with suppress(ContentError):
        once = files.read_briefing(text_of(data), BRIEFING)
        again = files.read_briefing(files.briefing_source(once), BRIEFING)
        assert (again.id, again.title, again.date, again.source, again.extra) == (once.id, once.title, once.date, once.source, once.extra)
        assert [found for block in body.blocks(once, lambda _: body.Target("x.html", "city")) for found in live(block.html)] == []


def record(data: bytes) -> None:
    """A file of content/cities/."""
    with suppress(ContentError):
        once = files.read_authority(text_of(data), "content/cities/a-city.md", CITY)
        again = files.read_authority(files.authority_source(once), "content/cities/a-city.md", CITY)
        assert (again.name, again.variants, again.facts, again.extra) == (once.name, once.variants, once.facts, once.extra)


def markdown(data: bytes) -> None:
    """Plain text into Markdown and back; Markdown into HTML."""
    text = text_of(data)
    assert markup.unescape(markup.escape(text)) == text
    plain, mentions = markup.standoff(text)
    assert markup.standoff(markup.inline(plain, mentions)) == (plain, mentions)
    assert live(body.note_html(text, lambda _: body.Target("x.html", "city"))) == []


def addresses(data: bytes) -> None:
    """content/permalinks.lock."""
    path = ROOT / lock.LOCK_FILE
    path.write_bytes(data)
    with suppress(ContentError):
        once = lock.read(ROOT)
        path.write_text(lock.dump(once.values()), encoding="utf-8")
        assert lock.read(ROOT) == once


def anchored(data: bytes) -> None:
    """content/anchors/*.tsv."""
    with suppress(ContentError):
        once = anchors.load(text_of(data), "a.tsv")
        assert set(anchors.load(anchors.dump(once), "a.tsv")) == set(once)


def origin(data: bytes) -> None:
    """content/provenance/*.tsv."""
    with suppress(ContentError):
        once = provenance.load(text_of(data), "a.tsv")
        assert provenance.load(provenance.dump(once), "a.tsv") == once


def decided(data: bytes) -> None:
    """content/decisions.yaml."""
    (ROOT / "content" / "decisions.yaml").write_bytes(data)
    with suppress(ContentError):
        found = decisions.load(ROOT / "content")
        assert not found.merged.keys() & set(found.merged.values())


def configured(data: bytes) -> None:
    """site.yaml."""
    (ROOT / config.CONFIG_FILE).write_bytes(data)
    with suppress(SiteError):
        config.load(ROOT)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    one.__name__: one
    for one in (seed, page, paragraphs, matter, briefing, record, markdown, addresses, anchored, origin, decided, configured)
}
EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "seed": ("Port of Kobe opens\n\nSource: Xinhua\n\nMay 3, 2019\n\nJohn Miller, mayor of Kobe, met Vega Co., Ltd. on Monday.\n",),
    "page": ("神户港开港\n\n来源：新华社\n\n2019年5月3日\n\n神户市长王伟会见了日立株式会社社长田中太郎。\n",),
    "paragraphs": ("고베 시장 김철수는 현대자동차 사장을 만났다.\nMayor John Miller met Hitachi Ltd. of Wuxi.\n",),
    "matter": ("---\nid: aaaaaaa\ntitle: 'a: b'\ntags: [x, y]\n---\n\nText.\n",),
    "briefing": (
        '---\nid: aaaaaaa\ntitle: T\ndate: 2016-01-19\n---\n\n[Tang](../officials/tang.md "mayor \\"x\\"") spoke[^1].\n\n[^1]: N\n',
    ),
    "record": ("---\nname: Kobe\nvariants:\n- 神戸\nstatus: confirmed\nlatitude: 34.69\n---\n\nA note.\n",),
    "markdown": ('# H\n\n[a](../cities/a.md "r") ![x](y.png) `c` **b** {: #i .c }\n\n> [!NOTE]\n> n\n\n| a | b |\n|---|---|\n| c | d |\n',),
    "addresses": ("a/b.html = 0000000 gone: x\nb/c.html -> a/b.html\nb/0000000/index.html\n",),
    "anchored": ("p-x\t00000000\t0000 1111\n",),
    "origin": ("seed\tx.txt\nsha256\t0\nsize\t1\nencoding\tutf-8\n\n1\tkept\tbody\ttext\n",),
    "decided": ("same:\n  - [cities/a, cities/b]\nreject:\n  - {kind: city, form: X, briefing: aaaaaaa}\nsettled:\n  - 'abc'\n",),
    "configured": ("title: T\nbase_url: https://a.example\nkinds: {city: {folder: cities, facts: [country]}}\nsources: {a.org: full}\n",),
}
"""For each parser something that it takes: where breeding begins."""
