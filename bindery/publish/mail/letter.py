"""A briefing → one e-mail with its text, as much of it as the archive may pass on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from bindery.model import Briefing, Rights
from bindery.publish import languages, sources
from bindery.publish.body import Block, Note
from bindery.publish.mail import message, sheet
from bindery.publish.mail.digest import about, short_address
from bindery.publish.mail.message import Envelope, Letter
from bindery.publish.mail.plain import wrapped
from bindery.publish.views.catalogue import Catalogue

QUOTED = "> "
NOTICES: Mapping[Rights, str] = {
    "full": "",
    "excerpt": "Only the beginning is given here: the text is its publisher’s.",
    "metadata-only": "The text is its publisher’s and is not given here.",
}
"""What is said below a text by the rights of its source."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of the text."""

    tag: str
    html: Markup
    text: str
    """In lines of a plain e-mail."""
    notes: tuple[Note, ...]
    """Editorial."""


def letter(briefing: Briefing, blocks: Sequence[Block], read: Catalogue, envelope: Envelope) -> tuple[Letter, bytes]:
    """The message and its file. Raises SiteError without base_url."""
    base = message.base_url(read.site)
    tag = languages.known(briefing.language)
    context = {
        "title": briefing.heading,
        "heading": read.entries[briefing.id].html,
        "about": about(briefing.date, briefing.source, read.site.interface),
        "byline": briefing.byline,
        "lang": tag,
        "passages": [_passage(block) for block in blocks],
        "notice": read.site.interface.say(NOTICES[briefing.rights]),
        "original": sources.address(briefing) if briefing.rights != "full" else None,
        "address": short_address(briefing, read.site),
        "archive": f"{base}/index.html",
    }
    env = sheet.environment(read.site)
    made = Letter(
        subject=read.site.interface.listed(filter(None, (briefing.heading, about(briefing.date, briefing.source, read.site.interface)))),
        html=sheet.html("mail/briefing.html", context, env, read.entries[briefing.id].permalink),
        text=sheet.text("mail/briefing.txt", context, env),
        date=briefing.date or next((one.date for one in read.entries.values() if one.date), None),
    )
    return made, message.message(made, envelope, read.site)


def _passage(block: Block) -> Passage:
    return Passage(block.tag, block.html, "\n".join(_lines(block)), block.notes)


def _lines(block: Block) -> Iterator[str]:
    """A block as lines: a list keeps its items, a table its rows, a quotation its mark."""
    tree = LexborHTMLParser(f"<table>{block.html}</table>" if block.tag == "table" else str(block.html))
    if block.tag in ("ul", "ol"):
        for number, item in enumerate(tree.css("li"), 1):
            yield wrapped(item.text(), indent="   ", first=f"{number}. " if block.tag == "ol" else " - ")
    elif block.tag == "table":
        for row in tree.css("tr"):
            yield wrapped(" | ".join(cell.text(strip=True) for cell in row.css("th, td")))
    elif block.tag == "hr":
        yield "* * *"
    else:
        mark = QUOTED if block.tag == "blockquote" else ""
        yield wrapped(block.text, indent=mark, first=mark)
