"""annotated drafts → briefings and the records they mention: existing ones, or proposed where there is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec
from msgspec import structs

from bindery import stamps
from bindery.config import Site
from bindery.content.decisions import Decisions
from bindery.content.past import Past
from bindery.content.shelf import Printed, Shelf, Shelved, whole
from bindery.ingest import slugs
from bindery.ingest.compose import FATE_BY_LABEL, as_printed, compose
from bindery.ingest.draft import Annotation, Candidate, Draft, Entity, Span
from bindery.ingest.identity import Match, Register
from bindery.ingest.page import Page
from bindery.ingest.pages import Pages
from bindery.model import Authority, AuthorityId, Briefing, Fate, Finding, Mention, Place, Provenance, supplied_title

ID_LENGTH = 7
_encode = msgspec.msgpack.Encoder().encode
SAME_PAGE_SHARE = 0.3
"""Part of the kept lines that a later capture still has: a page that grew keeps all, one rewritten at the head most of them."""


Links = dict[Span, Mention]
"""Place in the draft → the mention to be written there; its own offsets are not yet known (0, 0)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A briefing that ingest wants in content/, before it is composed: most are there already."""

    id: str
    slug: str
    seed: str
    sha256: str
    links: Links
    title: str | None
    printed: tuple[Printed, ...]
    """These two as they will be read back from the file."""
    read: Callable[[str], Page]
    """Path of a seed → its page."""

    @property
    def path(self) -> str:
        return f"content/briefings/{self.slug}.md"

    @property
    def key(self) -> int:
        """Digest of everything that the file is made of."""
        links = sorted((*_place(span), mention.authority, mention.role or "") for span, mention in self.links.items())
        return stamps.digest(_encode((self.id, self.slug, self.seed, self.sha256, links)))

    @property
    def origin(self) -> int:
        """The same of its provenance."""
        return stamps.digest(_encode((self.seed, self.sha256)))

    def provenance(self) -> Provenance:
        return _provenance(self.read(self.seed)[0])

    def briefing(self) -> Briefing:
        draft, _ = self.read(self.seed)
        metadata = draft.metadata
        text, mentions = compose(draft.paragraphs, draft.suspects, self.links)
        return Briefing(
            id=self.id,
            slug=self.slug,
            title=metadata.title,
            date=metadata.date,
            source=metadata.source,
            byline=metadata.byline,
            language=metadata.language,
            text=text,
            mentions=mentions,
            provenance=_provenance(draft),
            seed=self.seed,
            sha256=self.sha256,
            path=self.path,
        )


@dataclass(frozen=True, slots=True)
class Linked:
    """What a run of ingest wants in content/."""

    wanted: tuple[Wanted, ...]
    authorities: tuple[Authority, ...]
    """Records proposed, or given variants, by these briefings."""
    findings: tuple[Finding, ...]

    @property
    def briefings(self) -> tuple[Briefing, ...]:
        """All of them, composed."""
        return tuple(one.briefing() for one in self.wanted)


@dataclass(slots=True)
class _Run:
    """The state of one run, which grows with every briefing."""

    site: Site
    shelf: Shelf
    decisions: Decisions
    past: Past
    pages: Pages
    register: Register = field(default_factory=Register)
    changed: dict[AuthorityId, Authority] = field(default_factory=dict)
    taken_ids: dict[str, str] = field(default_factory=dict)
    """Briefing id → SHA-256 of its seed."""
    taken_slugs: set[str] = field(default_factory=set)
    asked: set[frozenset[AuthorityId]] = field(default_factory=set)
    """Pairs of namesakes this run has reported."""
    findings: list[Finding] = field(default_factory=list)

    def has_record(self, identifier: AuthorityId) -> bool:
        """Whether no new record may have this id."""
        return any(identifier in known for known in (self.register.authorities, self.past.records, self.decisions.merged))


NOTHING_YET = Past()


def link(pages: Pages, shelf: Shelf, decisions: Decisions, site: Site, past: Past = NOTHING_YET) -> Linked:
    """Give every page its briefing, every entity its record. Seeds are taken in order, so the result is the same everywhere.

    The seeds of briefings that people took back are passed over.
    """
    run = _Run(site, shelf, decisions.among({record.id for record in shelf.authorities}), past, pages)
    _know_the_shelf(run)
    single = dict(_once(pages.sha256_by_seed, run))
    found = shelf.by_seed(single)
    wanted = []
    for seed, sha256 in single.items():
        draft, annotation = pages.read(seed)
        shelved = _same_page(draft, found.get(seed), run)
        if shelved or not _took_back(seed, sha256, run):
            wanted.append(_wanted(draft, annotation, shelved, run))
    return Linked(tuple(wanted), tuple(run.changed[identifier] for identifier in sorted(run.changed)), tuple(run.findings))


def _took_back(seed: str, sha256: str, run: _Run) -> bool:
    """Whether its briefing was withdrawn; a finding where only the file's name says so."""
    known = run.past.took_back(seed, sha256)
    if known == "name":
        message = "has the name of a seed whose briefing was withdrawn, and other bytes; no briefing was made"
        fix = "delete the seed, or give it a name of its own if it is another page"
        run.findings.append(Finding("withdrawn-seed", Place(f"seeds/{seed}"), message, fix))
    return known is not None


def _once(sha256_by_seed: Mapping[str, str], run: _Run) -> Iterator[tuple[str, str]]:
    """Each page once: a second seed with the same bytes is a finding."""
    first: dict[str, str] = {}
    for seed, sha256 in sha256_by_seed.items():
        other = first.setdefault(sha256, seed)
        if other == seed:
            yield seed, sha256
        else:
            message = f"the same page as seeds/{other}, byte for byte"
            run.findings.append(Finding("duplicate-seed", Place(f"seeds/{seed}"), message, "delete one of the two files"))


def _know_the_shelf(run: _Run) -> None:
    run.taken_ids.update({identifier: seed.sha256 for identifier, seed in run.past.seeds.items()})
    for authority in run.shelf.authorities:
        run.register.add(authority)
    for shelved in run.shelf.briefings:
        run.taken_ids[shelved.id] = shelved.sha256 or ""
        run.taken_slugs.add(shelved.slug)
        for printed in shelved.printed:
            stands = run.decisions.canonical(printed.authority)
            if printed.role:
                run.register.roles[stands].add(printed.role)
            run.register.learn(printed.form, stands)


def _same_page(draft: Draft, shelved: Shelved | None, run: _Run) -> Shelved | None:
    """The briefing this seed was made into before, unless another page was put under its name: then nothing, and a finding."""
    if shelved is None or shelved.sha256 == draft.seed.sha256 or _resembles(draft, shelved, run.site):
        return shelved
    message = f"another page than the one {shelved.path} was made from; both are kept"
    fix = "give each page a file name of its own"
    run.findings.append(Finding("seed-replaced", Place(f"seeds/{draft.seed.path}"), message, fix))
    return None


def _resembles(draft: Draft, shelved: Shelved, site: Site) -> bool:
    """Whether a seed with other bytes is a later capture of the same page: its title, or a part of its text, is the same."""
    if draft.metadata.title and draft.metadata.title == shelved.title:
        return True
    provenance = whole(shelved, site).provenance
    before = [fate.text.strip() for fate in provenance.fates if fate.fate == "kept"] if provenance else []
    now = {line.text.strip() for line in draft.seed.lines}
    return bool(before) and sum(text in now for text in before) >= SAME_PAGE_SHARE * len(before)


def _wanted(draft: Draft, annotation: Annotation, shelved: Shelved | None, run: _Run) -> Wanted:
    seed = draft.seed
    identifier = shelved.id if shelved else _new_id(seed.sha256, run)
    slug = shelved.slug if shelved else _new_slug(draft, identifier, run)
    run.taken_ids[identifier] = seed.sha256
    run.taken_slugs.add(slug)
    # What an edited briefing links to is its owner's business: nothing is proposed for it.
    entities = [] if shelved and shelved.edited else _accepted(draft, annotation, identifier, run)
    links = _linked(entities, shelved, f"content/briefings/{slug}.md", run)
    title = draft.metadata.title
    return Wanted(identifier, slug, seed.path, seed.sha256, links, title, as_printed(draft.paragraphs, links), run.pages.read)


def _new_id(sha256: str, run: _Run) -> str:
    """The first seven digits of the seed's SHA-256, more where another briefing has them already."""
    length = ID_LENGTH
    while run.taken_ids.get(sha256[:length], sha256) != sha256:
        length += 1
    return sha256[:length]


def _new_slug(draft: Draft, identifier: str, run: _Run) -> str:
    """One that no other briefing has or had."""
    date, words = draft.metadata.date, draft.metadata.title or supplied_title(draft.paragraphs[0].text if draft.paragraphs else "")
    slug = slugs.briefing_slug(words, date, identifier, run.taken_slugs)
    if run.past.id_by_slug.get(slug, identifier) == identifier:
        return slug
    return slugs.briefing_slug(words, date, identifier, run.taken_slugs | {slug})


def _provenance(draft: Draft) -> Provenance:
    fates = tuple(
        Fate(verdict.line.number, FATE_BY_LABEL.get(verdict.label, "dropped"), verdict.rule, verdict.line.text)
        for verdict in draft.verdicts
    )
    return Provenance(draft.seed.path, draft.seed.sha256, draft.seed.size, draft.seed.encoding, fates)


def _place(span: Span) -> tuple[int, int, int]:
    return span.paragraph, span.start, span.end


def _accepted(draft: Draft, annotation: Annotation, identifier: str, run: _Run) -> list[Entity]:
    """The entities of configured kinds, without the forms that people rejected."""
    kinds = {kind.name for kind in run.site.kinds}
    accepted = []
    for entity in annotation.entities:
        if entity.kind not in kinds or run.decisions.rejects(entity.kind, entity.name, identifier):
            continue
        if not run.decisions.rejected and entity.spans:
            accepted.append(entity)
            continue
        forms = {span: draft.paragraphs[span.paragraph].text[span.start : span.end] for span in entity.spans}
        spans = tuple(span for span in entity.spans if not run.decisions.rejects(entity.kind, forms[span], identifier))
        if spans:
            accepted.append(structs.replace(entity, spans=spans))
    return sorted([*accepted, *_by_decision(annotation, identifier, run)], key=lambda entity: entity.spans)


def _by_decision(annotation: Annotation, identifier: str, run: _Run) -> Iterator[Entity]:
    """Candidates that fell short by themselves and that people accepted."""
    accepted: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for candidate in annotation.candidates:
        if run.decisions.accepts(candidate.kind, candidate.name, identifier):
            accepted[candidate.kind, candidate.name].append(candidate)
    for (kind, name), places in accepted.items():
        spans = tuple(sorted(candidate.span for candidate in places))
        yield Entity(kind, name, spans, facts=places[0].facts, evidence=("decision",))


def _linked(entities: Iterable[Entity], shelved: Shelved | None, path: str, run: _Run) -> Links:
    links: Links = {}
    earlier = {printed.authority for printed in shelved.printed} if shelved else set()
    for entity in entities:
        authority = _authority(entity, earlier, path, run)
        if authority is None:
            continue
        if entity.role:
            run.register.roles[authority.id].add(entity.role)
        beside = entity.role_span if entity.role_span in entity.spans else entity.spans[0]
        for span in entity.spans:
            links[span] = Mention(0, 0, authority.id, entity.role if span == beside else None)
    return links


def _authority(entity: Entity, earlier: set[AuthorityId], path: str, run: _Run) -> Authority | None:
    """The record of an entity; None, with a finding, when several could be it."""
    match = run.register.match(entity, run.decisions.merged)
    chosen = match.authority or _as_before(match.rivals, earlier)
    if chosen is None and match.rivals:
        run.findings.append(_ambiguous(entity, match, path))
        return None
    if chosen is None:
        chosen = _proposed(entity, run)
    elif chosen.path not in run.shelf.edited and not match.by_decision:
        chosen = _with_variants(chosen, entity)
    _ask_about(match.namesakes, chosen, entity, path, run)
    if chosen.path not in run.shelf.edited and run.changed.get(chosen.id) is not chosen:
        run.register.add(chosen)
        run.changed[chosen.id] = chosen
    return chosen


def _as_before(rivals: Sequence[Authority], earlier: set[AuthorityId]) -> Authority | None:
    """The one rival this briefing already links to: what was settled once stays so."""
    known = [rival for rival in rivals if rival.id in earlier]
    return known[0] if len(known) == 1 else None


def _proposed(entity: Entity, run: _Run) -> Authority:
    kind = run.site.kind(entity.kind)
    slug = slugs.authority_slug((entity.name, *entity.variants), kind.folder, kind.name, run.has_record)
    facts = {fact: entity.facts[fact] for fact in kind.facts if entity.facts.get(fact)}
    identifier = f"{kind.folder}/{slug}"
    variants = tuple(dict.fromkeys(variant for variant in entity.variants if variant != entity.name))
    return Authority(kind.name, slug, entity.name, variants, "proposed", facts, id=identifier, path=f"content/{identifier}.md")


def _with_variants(authority: Authority, entity: Entity) -> Authority:
    known = {authority.name, *authority.variants}
    if entity.name in known and known.issuperset(entity.variants):
        return authority
    names = dict.fromkeys((*authority.variants, entity.name, *entity.variants))
    return replace(authority, variants=tuple(name for name in names if name != authority.name))


def _ambiguous(entity: Entity, match: Match, path: str) -> Finding:
    names = ", ".join(rival.id for rival in match.rivals)
    message = f"{entity.name!r} could be any of {names}; it is not linked"
    fix = f"link it by hand in the file, or if they are one, add to content/decisions.yaml under same: [{names}]"
    return Finding("ambiguous-name", Place(path), message, fix)


def _ask_about(namesakes: Iterable[Authority], chosen: Authority, entity: Entity, path: str, run: _Run) -> None:
    """A finding for each other record of that name, once a run, unless somebody said that they are two."""
    for other in namesakes:
        pair = frozenset((chosen.id, other.id))
        if pair in run.asked or pair in run.decisions.apart:
            continue
        run.asked.add(pair)
        run.findings.append(
            Finding(
                "same-name",
                Place(path),
                f"{entity.name!r}, printed here as {entity.role!r}, is {chosen.id}; {other.id} has the same name and another office",
                f"settle it in content/decisions.yaml: same: [{other.id}, {chosen.id}] or not-same: [{other.id}, {chosen.id}]",
            )
        )
