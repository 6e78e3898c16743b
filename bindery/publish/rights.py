"""library → the library as it may be published: what site.yaml withholds is taken out before anything is made from it.

Everything that leaves the archive (pages, search, data, ZIP and pocket file, e-mail) is made from what `shown` gives. What is
withheld is in none of it: no text, no role, no captured line. What stays are facts: title, date, source, author, and who is
mentioned how often.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from bindery.config import Site
from bindery.model import Anchor, AuthorityId, Briefing, Library, Mention, Provenance, Rights
from bindery.publish import anchors, body
from bindery.publish.sentences import sentence_spans
from bindery.publish.sources import ADDRESS_KEY, rule
from bindery.stories import wording

EXCERPT = 300
"""Characters of an excerpt: two or three sentences, what a search engine shows of a page."""
WIDE_EXCERPT = 150
"""The same for scripts that say a word in two characters."""
SHORTEST_SHARE = 0.5
"""Of the limit that a beginning cut at a sentence must fill; else it is cut at a word. Long enough to keep the paragraph's key."""
ELLIPSIS = " …"
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SOFT_BREAK = re.compile(r"\n(?=[^\W\d])")
_PARAGRAPH_END = re.compile(r"\n\s*\n|\Z")


def shown(library: Library, site: Site) -> Library:
    """The library with every briefing as its source's rights allow; the same one where all may be shown."""
    if site.rights == "full" and not site.sources:
        return library
    by_id = {briefing.id: shown_of(briefing, site) for briefing in library.briefings}
    mentioned_in = {key: tuple(by_id[briefing.id] for briefing in found) for key, found in library.mentioned_in.items()}
    return replace(library, briefings=tuple(by_id.values()), mentioned_in=mentioned_in)


def shown_of(briefing: Briefing, site: Site) -> Briefing:
    """One briefing as its source's rights allow."""
    if site.rights == "full" and not site.sources:
        return briefing
    found = rule(briefing, site)
    rights = found.rights if found else site.rights
    briefing = replace(briefing, rights=rights, noindex=bool(found and found.noindex))
    return briefing if rights == "full" else _withheld(briefing, rights)


def _withheld(briefing: Briefing, rights: Rights) -> Briefing:
    text, mentions = excerpt(briefing) if rights == "excerpt" else ("", ())
    return replace(
        briefing,
        text=text,
        mentions=mentions,
        anchors=_shown_anchors(briefing, text) if text else (),
        named=Counter(mention.authority for mention in briefing.mentions),
        shingles=wording.shingles(briefing.text),
        provenance=_without_lines(briefing.provenance),
        extra={key: value for key, value in briefing.extra.items() if key == ADDRESS_KEY},
    )


def _without_lines(provenance: Provenance | None) -> Provenance | None:
    """How many lines were captured and what became of them, without their words."""
    return provenance and replace(provenance, fates=tuple(replace(fate, text="") for fate in provenance.fates))


def _shown_anchors(briefing: Briefing, text: str) -> tuple[Anchor, ...]:
    """The addresses that lead to what is shown, found where all of the text is: one of a withheld paragraph leads to no other."""
    whole = body.blocks(briefing, _nowhere)
    shown = body.blocks(replace(briefing, text=text, mentions=(), anchors=()), _nowhere)
    texts = {key: part.text for full, part in zip(whole, shown, strict=False) for key in full.addresses}
    return anchors.record(texts, ())


def _nowhere(authority: AuthorityId) -> None:
    """No page of a record: only the words are wanted."""


def excerpt(briefing: Briefing) -> tuple[str, tuple[Mention, ...]]:
    """The first paragraphs as far as they fit the limit, with their mentions; of a first one that is longer its beginning."""
    text, most = briefing.text, limit(briefing.text)
    if end := _whole_paragraphs(text, most):
        return text[:end], _within(briefing.mentions, end)
    end = _beginning(text, most)
    end = next((mention.start for mention in briefing.mentions if mention.start < end < mention.end), end)
    return text[:end].rstrip(" \\\n") + ELLIPSIS, _within(briefing.mentions, end)


def limit(text: str) -> int:
    """How many characters of a text may be shown as an excerpt."""
    beginning = text[:EXCERPT]
    return WIDE_EXCERPT if 2 * len(_WIDE.findall(beginning)) > len(beginning) else EXCERPT


def _whole_paragraphs(text: str, most: int) -> int:
    """Where the last paragraph ends that fits; 0 if nothing fits but a heading."""
    ends = [match.start() for match in _PARAGRAPH_END.finditer(text, 0, most + 2) if match.start() <= most]
    return next((end for end in reversed(ends) if any(not line.startswith("#") for line in text[:end].split("\n") if line)), 0)


def _beginning(text: str, most: int) -> int:
    """Where a text that is too long is cut: after a sentence if that leaves half of what is allowed, else between two words."""
    flowing = _SOFT_BREAK.sub(" ", text[: 2 * most])
    ends = [end for _, end in sentence_spans(flowing) if SHORTEST_SHARE * most <= end <= most]
    space = text.rfind(" ", most // 2, most)
    return ends[-1] if ends else space if space > 0 else most


def _within(mentions: tuple[Mention, ...], end: int) -> tuple[Mention, ...]:
    return tuple(mention for mention in mentions if mention.end <= end)
