"""A briefing → the Markdown that stands beside its page, where the archive has an address: what the page says, for programs that come
for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial

from bindery.config import Site
from bindery.content import markup
from bindery.content.lock import Address
from bindery.languages import Interface
from bindery.model import AuthorityId, Briefing, Mention
from bindery.publish import sources
from bindery.publish.entry import Entry
from bindery.publish.permalinks import authority_permalink, relative
from bindery.publish.planned import Planned, Read, key_of
from bindery.publish.views.catalogue import Catalogue, Named

PAGE_END, END = ".html", ".md"
WITHHELD = {
    "excerpt": "Only the beginning is shown here: the text is its publisher’s.",
    "metadata-only": "The text is its publisher’s and is not shown here.",
}
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_escaped = lru_cache(maxsize=16_384)(markup.escape)
"""A name, likewise."""
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def files(catalogue: Catalogue, said: Mapping[str, int], read: Read) -> Iterator[Planned]:
    """One for each briefing, but for those that search engines are asked to leave out: there is no way to ask it of such a file."""
    if not catalogue.site.base_url:
        return
    for entry in catalogue.entries.values():
        if not entry.noindex:
            make = partial(_copy, entry, catalogue, read)
            yield Planned(permalink(entry.permalink), "", said[entry.id], make, 0, entry.id)


def stubs(addresses: Iterable[Address], site: Site) -> Iterator[Planned]:
    """What stands for those of briefings that moved or are gone."""
    if not site.base_url:
        return
    interface = site.interface
    for address in addresses:
        if address.permalink.startswith("briefings/") and address.briefing:
            if address.reason:
                text = f"# {interface.say('No longer in this archive')}\n\n{markup.escape(address.reason)}\n"
            else:
                there = relative(address.permalink, address.target or "")
                moved = interface.say("This briefing stands at {address} now.", address=f"[{there}]({there})")
                text = f"# {interface.say('Moved')}\n\n{moved}\n"
            yield Planned(permalink(address.permalink), "", key_of(text), partial(str, text), 0)


def permalink(page: str) -> str:
    """Of the Markdown beside a page."""
    return page.removesuffix(PAGE_END) + END


def _copy(entry: Entry, catalogue: Catalogue, read: Read) -> str:
    briefing, _ = read(entry.id)
    return text(briefing, entry, catalogue)


def text(briefing: Briefing, entry: Entry, catalogue: Catalogue) -> str:
    """`briefing` is what may be shown of it."""
    interface = catalogue.site.interface
    front = "".join(f"{key}: {_quoted(value)}\n" for key, value in _facts(entry, catalogue.site) if value)
    parts = [
        f"---\n{front}---",
        f"# {markup.escape(entry.title)}",
        _body(briefing, catalogue).strip(),
        _withheld(entry, briefing, interface),
    ]
    named = [catalogue.named[key] for key in entry.named if key in catalogue.named]
    if named:
        lines = (_line(one, entry, interface) for one in named)
        parts += [f"## {interface.say('Named in this briefing')}", "\n".join(lines)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _facts(entry: Entry, site: Site) -> Iterator[tuple[str, str | None]]:
    yield "id", entry.id
    yield "title", entry.title
    yield "date", entry.date.isoformat() if entry.date else None
    yield "source", entry.source_name
    yield "byline", entry.byline
    yield "language", entry.language
    yield "url", f"{site.base_url}/{entry.permalink}"
    yield "original", entry.original
    yield "rights", entry.rights if entry.rights != "full" else None


def _quoted(value: str) -> str:
    """A JSON text, which is YAML as well where nothing in it ends a line to YAML alone."""
    return _ODD.sub(lambda sign: f"\\u{ord(sign[0]):04x}", _ENCODE(value))


def _body(briefing: Briefing, catalogue: Catalogue) -> str:
    """The text with its mentions as links to pages; one of a record that is not there is plain text."""
    pieces, end = [], 0
    for mention in briefing.mentions:
        form = briefing.text[mention.start : mention.end]
        record = catalogue.authorities.get(mention.authority)
        pieces.append(briefing.text[end : mention.start])
        if record:
            pieces.append(_link(form, mention.authority, mention.role, authority_permalink(record)))
        else:
            pieces.append(form)
        end = mention.end
    return "".join([*pieces, briefing.text[end:]])


@lru_cache(maxsize=16_384)
def _link(form: str, authority: AuthorityId, role: str | None, permalink: str) -> str:
    """A mention: the same names, in the same roles, stand in briefing after briefing."""
    page = relative("briefings/index.html", permalink)
    return markup.link(form, Mention(0, len(form), authority, role)).replace(f"](../{authority}.md", f"]({page}", 1)


def _withheld(entry: Entry, briefing: Briefing, interface: Interface) -> str:
    if entry.rights == "full":
        return ""
    address = sources.address(briefing)
    said = interface.say(WITHHELD[entry.rights])
    return f"*{said} {interface.say('Read it at the source:')} <{address}>*" if address else f"*{said}*"


def _line(named: Named, entry: Entry, interface: Interface) -> str:
    page = relative(entry.permalink, named.permalink)
    mentions = interface.count(entry.named[named.id], "mention", "mentions")
    return f"- [{_escaped(named.name)}]({page}), {interface.in_sentence(named.kind.label)}: {mentions}"
