"""catalogue → llms.txt (https://llmstxt.org/), where the archive has an address: what there is, in few words, for programs that read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bindery.content import markup
from bindery.publish import exports, markdown_copy, take_away
from bindery.publish.data import files as data_files
from bindery.publish.entry import Entry
from bindery.publish.permalinks import DATA_PAGE
from bindery.publish.planned import Planned, key_of
from bindery.publish.views import lists
from bindery.publish.views.catalogue import Catalogue

PERMALINK = "llms.txt"
NEWEST = 50
"""Briefings it names."""
ABOUT = (
    "Texts belong to their publishers and are quoted as captured. "
    "Beside each briefing's page stands the same as Markdown: .md in place of .html."
)


def files(catalogue: Catalogue) -> Iterator[Planned]:
    if not catalogue.site.base_url:
        return
    listed = list(_listed(catalogue))
    key = hash((key_of(_counted(catalogue)), *(entry.face for entry in listed)))
    yield Planned(PERMALINK, "", key, lambda: "\n".join(_lines(listed, catalogue)) + "\n", 0)


def _listed(catalogue: Catalogue) -> Iterable[Entry]:
    found = (entry for entry in catalogue.leads.values() if not entry.noindex)
    return (entry for entry, _ in zip(found, range(NEWEST), strict=False))


def _lines(listed: Iterable[Entry], catalogue: Catalogue) -> Iterator[str]:
    site, interface = catalogue.site, catalogue.site.interface

    def link(words: str, permalink: str) -> str:
        return f"[{markup.escape(words)}]({site.base_url}/{permalink})"

    yield f"# {markup.escape(site.title)}\n"
    yield f"> {markup.escape(site.tagline or site.title)}\n"
    yield _counted(catalogue) + "\n"
    yield f"{interface.say(ABOUT)}\n"
    yield f"## {interface.say('Data')}\n"
    schema = link(interface.say("schema"), exports.SCHEMA)
    yield f"- {link('archive.json', exports.ARCHIVE)}: {interface.say('the whole archive, as its schema says: {schema}', schema=schema)}"
    for one in data_files.files(site):
        yield f"- {link(one.file, one.permalink)}: {interface.say(one.title)}. {interface.say(one.description)}"
    yield f"\n## {interface.say('Briefings, newest first')}\n"
    for entry in listed:
        about = ", ".join(filter(None, (entry.date.isoformat() if entry.date else interface.say("undated"), entry.source_name)))
        yield f"- {link(entry.title, markdown_copy.permalink(entry.permalink))}: {markup.escape(about)}"
    yield "\n## Optional\n"
    yield f"- {link(interface.say('All briefings by year'), lists.ALL_BRIEFINGS)}"
    for kind in site.kinds:
        yield f"- {link(kind.plural, f'{kind.folder}/index.html')}"
    yield f"- {link(interface.say('How these pages are made'), 'methodology.html')}"
    yield f"- {link(interface.say('Data, with every column explained'), DATA_PAGE)}"
    yield f"- {link(interface.say('The archive as one ZIP file'), take_away.ARCHIVE)}"


def _counted(catalogue: Catalogue) -> str:
    counts, interface = lists.counts(catalogue), catalogue.site.interface
    within = interface.in_sentence
    said = {
        "briefings": interface.count(counts.briefings, "briefing", "briefings"),
        "sources": interface.count(counts.sources, "source", "sources"),
        "kinds": interface.listed(interface.count(count, within(kind.label), within(kind.plural)) for kind, count in counts.kinds),
    }
    if counts.years:
        first, last = counts.years
        return interface.say("{briefings} from {sources}, {first} to {last}; they name {kinds}.", first=first, last=last, **said)
    return interface.say("{briefings} from {sources}; they name {kinds}.", **said)
