"""library → findings about mentions without a record and records without a mention."""

from __future__ import annotations

from collections.abc import Iterator

from bindery.config import Site
from bindery.content import store
from bindery.model import Authority, Briefing, Finding, Library, Mention, Place

REASON = "reason"
"""Front matter key of a record that stays although no briefing mentions it."""


def findings(library: Library, site: Site) -> Iterator[Finding]:
    """Every mention has its authority, every authority a mention or a reason."""
    for briefing in library.briefings:
        for mention in briefing.mentions:
            if mention.authority not in library.authorities:
                yield _without_record(briefing, mention, site)
    for authority in library.authorities.values():
        if authority.id not in library.mentioned_in and REASON not in authority.extra:
            yield _without_mention(authority)


def _without_record(briefing: Briefing, mention: Mention, site: Site) -> Finding:
    source = store.read_text(site.root / briefing.path, briefing.path)
    line = source.partition(f"../{mention.authority}.md")[0].count("\n") + 1
    form = briefing.text[mention.start : mention.end]
    message = f"{form!r} is linked to {mention.authority}, which has no record"
    fix = f"add content/{mention.authority}.md with a line 'name: …' in its front matter, or unlink the name"
    return Finding("missing-record", Place(briefing.path, line), message, fix)


def _without_mention(authority: Authority) -> Finding:
    fix = "delete the file (its address then wants a line in content/permalinks.lock) or add 'reason: why it stays' to its front matter"
    return Finding("unmentioned-record", Place(authority.path), f"no briefing mentions {authority.name}", fix)
