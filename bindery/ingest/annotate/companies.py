"""Draft → the companies it names: known firms, legal forms, head nouns, and what stands beside a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from msgspec.structs import replace

from bindery.ingest.annotate import native_companies
from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.company_abroad import abroad
from bindery.ingest.annotate.company_cues import JOINING, LIST_JOINTS, cued, plausible
from bindery.ingest.annotate.company_extent import is_english
from bindery.ingest.annotate.company_formed import names
from bindery.ingest.annotate.company_gateways import gateways
from bindery.ingest.annotate.company_likely import likely
from bindery.ingest.annotate.company_names import Name, key, make, run_end
from bindery.ingest.annotate.company_signs import Others
from bindery.ingest.annotate.company_strangers import strangers
from bindery.ingest.annotate.firm_identity import Grouped, acronyms, base_of, grouped, joined_by_acronym, joined_by_script, short_forms
from bindery.ingest.annotate.known import Known
from bindery.ingest.annotate.overlap import overlaps
from bindery.ingest.annotate.place_cues import given_names
from bindery.ingest.annotate.words import TITLE, Text, cues
from bindery.ingest.draft import Entity, Span
from bindery.rules import active

ENGLISH_OR_WITHOUT_CAPITALS = frozenset({"en", "zh", "zh-Hant", "zh-Hans", "ja", "ko"})


@dataclass(frozen=True, slots=True)
class Companies:
    """The companies of a page, and the names that may be those of others."""

    entities: tuple[Entity, ...]
    unsure: tuple[Name, ...]
    """Names with some evidence, and too little."""


def find(texts: Iterable[Text], others: Others | None = None, known: Known | None = None) -> tuple[Entity, ...]:
    """Company entities of a draft. Where `others` has an official, no company is named."""
    return examine(texts, others, known).entities


@dataclass(frozen=True, slots=True)
class ByRule:
    """What the rules alone say of a page's names."""

    sure: tuple[Name, ...]
    unsure: tuple[Name, ...]


def by_rule(texts: Sequence[Text], others: Others, known: Known) -> ByRule:
    """Names by known firms, forms, nouns and what stands beside them."""
    found = [name for text in texts for name in _in_text(text, known, others.language)]
    found = [name for name in found if not overlaps(name.span, others.officials)]
    accepted = _accepted(found)
    found += strangers(texts, [name.span for name in accepted], (*others.officials, *(name.span for name in found)))
    known_sure = set(accepted)
    sure = [*accepted, *(name for name in found if name.sure and name not in known_sure)]
    known_sure.update(sure)
    return ByRule(tuple(sorted(sure, key=lambda name: name.span)), tuple(name for name in found if name not in known_sure))


def examine(texts: Iterable[Text], others: Others | None = None, known: Known | None = None) -> Companies:
    """`find`, with the names it left unlinked."""
    read = tuple(texts)
    others = others or Others()
    taken = tuple(others.officials)
    ruled = by_rule(read, others, known or Known())
    learnt = likely(read, ruled.sure, ruled.unsure, others)
    accepted = sorted((*ruled.sure, *learnt), key=lambda name: name.span)
    groups = joined_by_script(read, joined_by_acronym(read, grouped(accepted)))
    shorts = _shorts(groups)
    for text in read:
        _again(text, groups, shorts, taken)
    entities = tuple(entity for entity in map(_entity, groups) if entity.spans)
    settled = {name.span for name in learnt}
    return Companies(entities, tuple(name for name in ruled.unsure if name.span not in settled))


def _in_text(text: Text, known: Known, language: str | None) -> list[Name]:
    found = [_confirmed(name, known) for name in names(text)]
    for cue in (*cued(text), *(abroad(text) if _is_abroad(text, language) else ())):
        found = _with_cue(found, cue) if active(cue.evidence[0]) else found
    found = _with_gateways(found, [name for name in gateways(text) if active(name.evidence[0])])
    native = native_companies.names(text)
    found = [name for name in found if not any(_within(name.span, other.span) for other in native)]
    native = [name for name in native if not any(_within(name.span, other.span) for other in found)]
    return _in_lists(text, [*found, *native])


def _is_abroad(text: Text, language: str | None) -> bool:
    """The text is in another European language than English."""
    return not is_english(text) if language is None else language not in ENGLISH_OR_WITHOUT_CAPITALS


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _confirmed(name: Name, known: Known) -> Name:
    if name.sure or not known.has("company", name.form) or not active("company-confirmed"):
        return name
    return replace(name, sure=True, evidence=(*name.evidence, "company-confirmed"))


def _with_cue(found: list[Name], cue: Name) -> list[Name]:
    """A cue makes the name it meets sure; where it meets none, its own run is a name."""
    met = [name for name in found if name.span.start < cue.span.end and cue.span.start < name.span.end]
    if not met:
        return [*found, cue]
    return [replace(name, sure=True, evidence=(*name.evidence, *cue.evidence)) if name in met else name for name in found]


def _with_gateways(found: list[Name], gateways: Sequence[Name]) -> list[Name]:
    """An airport or a port takes the place of what was found inside it, unless it is inside a longer name itself."""
    for gateway in gateways:
        if not any(_within(gateway.span, name.span) and name.sure for name in found):
            found = [*(name for name in found if not overlaps(name.span, (gateway.span,))), gateway]
    return found


def _in_lists(text: Text, found: list[Name]) -> list[Name]:
    """A weak name beside a sure one in a list is sure; so is an unknown name in a list with two firms."""
    ordered = sorted(found, key=lambda name: name.span)
    if not active("company-list"):
        return ordered
    for _ in range(2):
        for index, name in enumerate(ordered):
            near = ordered[max(0, index - 1) : index] + ordered[index + 1 : index + 2]
            if not name.sure and any(other.sure and _listed_with(text, name, other) for other in near):
                ordered[index] = replace(name, sure=True, evidence=(*name.evidence, "company-list"))
    return sorted((*ordered, *_strangers(text, ordered)), key=lambda name: name.span)


def _listed_with(text: Text, one: Name, other: Name) -> bool:
    left, right = sorted((one, other), key=lambda name: name.span)
    return text.text[left.span.end : right.span.start] in LIST_JOINTS


def _is_latin(name: Name) -> bool:
    """Names in native script have no word numbers."""
    return name.last > 0 or name.form.isascii()


def _closing(text: Text, ordered: list[Name]) -> list[Name]:
    """The last of three or more, where two sure firms go before: 'Shopee, Lazada and Lalamove'."""
    found = []
    for left, right in pairwise([name for name in ordered if name.sure and _is_latin(name)]):
        if not _listed_with(text, left, right):
            continue
        first = right.last + 1
        joint = text.text[right.span.end : text.starts[first]] if first < len(text.words) else ""
        if text.folded(first) in ("and", "or", *JOINING):
            joint, first = " and ", first + 1
        if joint in LIST_JOINTS and first < len(text.words) and text.words[first].capital and text.folded(first) not in given_names():
            name = plausible(text, (first, run_end(text, first)), "company-list")
            found += [name] if name and not overlaps(name.span, [other.span for other in ordered]) else []
    return found


def _strangers(text: Text, ordered: list[Name]) -> list[Name]:
    """Names nobody knows that stand in a list between two sure firms."""
    found = _closing(text, ordered)
    for left, right in pairwise([name for name in ordered if _is_latin(name)]):
        first = left.last + (2 if text.folded(left.last + 1) == "and" else 1)
        if not (left.sure and right.sure) or first >= right.first or not text.words[first].capital:
            continue
        last = run_end(text, first)
        before = text.text[left.span.end : text.starts[first]]
        after = text.text[text.ends[last] : right.span.start]
        if before in LIST_JOINTS and after in LIST_JOINTS and text.folded(first) not in given_names():
            name = plausible(text, (first, last), "company-list")
            found.extend([name] if name else [])
    return found


def _accepted(found: list[Name]) -> list[Name]:
    """Sure names, and weak ones whose firm is sure elsewhere on the page."""
    firms = {name.firm.name for name in found if name.sure and name.firm}
    keys = {name.key for name in found if name.sure}
    return [name for name in found if name.sure or name.key in keys or (name.firm and name.firm.name in firms)]


def _shorts(groups: list[Grouped]) -> dict[str, Grouped]:
    """Short form → the first firm it may stand for: the same for every text of a page."""
    shorts: dict[str, Grouped] = {}
    for group in groups:
        for short in short_forms(group, groups):
            shorts.setdefault(short, group)
    return shorts


def _again(text: Text, groups: list[Grouped], shorts: dict[str, Grouped], taken: tuple[Span, ...]) -> None:
    """Add the short forms and acronyms by which the page names a firm again."""
    wanted = dict(shorts)
    if not active("company-again"):
        return
    for group in groups:
        for alias in group.aliases:
            wanted.setdefault(alias, group)
        for acronym in acronyms(text, group.names):
            wanted[acronym] = group
            group.aliases.append(acronym)
    if not wanted:
        return
    known = [name.span for group in groups for name in group.names if name.span.paragraph == text.paragraph]
    longest = max(short.count(" ") + 1 for short in wanted)
    beginnings = {short.partition(" ")[0] for short in wanted}
    for first in [index for index in text.capitals if text.folds[index].partition(" ")[0] in beginnings]:
        for size in range(longest, 0, -1):
            short = key(text, first, first + size - 1)
            if short in wanted and first + size <= len(text.words):
                name = make(text, first, first + size - 1, "company-again")
                if not overlaps(name.span, (*known, *taken)) and not _grows(text, first + size - 1):
                    wanted[short].names.append(name)
                    known.append(name.span)
                break


def _grows(text: Text, last: int) -> bool:
    """The name goes on with a word that makes it another thing."""
    if text.after(last) != " " or text.words[last].possessive:
        return False
    following = text.words[last + 1]
    return following.capital and following.folded in cues("companies")["bodies"]


def _entity(group: Grouped) -> Entity:
    ordered = sorted(group.names, key=lambda name: name.span)
    spans = tuple(dict.fromkeys(name.span for name in ordered if name.span.paragraph != TITLE))
    fullest = group.fullest
    acronyms_printed = [name.form for name in ordered if name.form.isupper() or not name.form.isascii()]
    printed = [name.form for name in ordered if base_of(name.form) == group.base]
    variants = tuple(dict.fromkeys(form for form in (*printed, *acronyms_printed) if form != fullest))
    facts = {"country": areas().short_name[group.firm.country]} if group.firm and group.firm.country in areas().short_name else {}
    evidence = tuple(dict.fromkeys(code for name in ordered for code in name.evidence))
    return Entity("company", fullest, spans, variants=variants, facts=facts, evidence=evidence)
