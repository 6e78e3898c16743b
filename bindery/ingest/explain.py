"""one draft, its annotation and its briefing → why each mention is there, and why others are not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bindery import rules
from bindery.config import Site
from bindery.content import decisions, shelf, store
from bindery.errors import ContentError, SeedError
from bindery.ingest import read
from bindery.ingest.annotate import annotate
from bindery.ingest.annotate.known import Known
from bindery.ingest.clean.page import draft
from bindery.ingest.draft import Annotation, Draft, Span
from bindery.model import Authority, AuthorityId, Briefing, Place


def explain(site: Site, wanted: str, more: Callable[[Briefing], Iterable[str]]) -> Iterator[str]:
    """Of one briefing, named by its id, slug, path or seed. `more` is what else there is to say of it, above its captured lines.

    Raises ContentError if there is no such briefing, or its seed cannot be read.
    """
    present = shelf.open_shelf(site)
    briefing = present.find(wanted)
    if briefing is None or briefing.seed is None:
        problem = "no such briefing" if briefing is None else "written by hand, without a seed: there is nothing to explain"
        raise ContentError(problem, at=Place(wanted), fix="name an id, a slug, a file of content/briefings/ or one of seeds/")
    path, at, fix = (
        read.seed_files(site.seeds).get(briefing.seed),
        Place(f"seeds/{briefing.seed}"),
        "put the captured page back under that name",
    )
    if path is None:
        raise ContentError("its seed is not there", at=at, fix=fix)
    try:
        page = draft(read.read(Path(path), site.seeds))
    except SeedError as error:
        raise ContentError(error.problem, at=at, fix=fix) from error
    annotation = annotate(page, Known.from_authorities(present.authorities), {kind.name for kind in site.kinds})
    whole = store.judged(shelf.whole(briefing, site), decisions.load(site.content))
    return explanation(page, annotation, whole, {record.id: record for record in present.authorities}, more(whole))


def explanation(
    draft: Draft, annotation: Annotation, briefing: Briefing, records: dict[AuthorityId, Authority], more: Iterable[str] = ()
) -> Iterator[str]:
    """The lines that `build.py explain` prints: metadata, mentions with their evidence, names left unlinked, more, lines by rule."""
    yield f"{briefing.path}  ({briefing.heading})"
    yield f"from seeds/{draft.seed.path}, {draft.seed.size:,} bytes, {draft.seed.encoding}"
    yield ""
    yield from _metadata(draft)
    yield from _mentions(draft, annotation, briefing, records)
    yield from _unlinked(draft, annotation)
    yield from more
    yield from _lines(draft)


def _metadata(draft: Draft) -> Iterator[str]:
    yield "Metadata"
    for field in ("title", "date", "source", "byline", "language"):
        value = getattr(draft.metadata, field)
        line = draft.metadata.lines.get(field)
        where = f"line {line}" if line else "by the words of the text" if value else "not printed"
        yield f"  {field:<9} {value or '–'}  ({where})"
    yield ""


def _mentions(draft: Draft, annotation: Annotation, briefing: Briefing, records: dict[AuthorityId, Authority]) -> Iterator[str]:
    linked = {mention.authority for mention in briefing.mentions}
    yield "Linked"
    for entity in annotation.entities:
        ids = [identifier for identifier in linked if (record := records.get(identifier)) and _is(record, entity.kind, entity.name)]
        target = ", ".join(sorted(ids)) or "not linked: see the findings of ingest"
        yield f"  {entity.name}  ({entity.kind}, {target})"
        if entity.role:
            yield f"      role: {entity.role}"
        yield f"      lines: {', '.join(dict.fromkeys(str(_line(draft, span)) for span in entity.spans))}"
        yield from (f"      {code}: {rules.sentence(code)}" for code in entity.evidence)
    yield ""


def _is(record: Authority, kind: str, name: str) -> bool:
    return record.kind == kind and name in (record.name, *record.variants)


def _unlinked(draft: Draft, annotation: Annotation) -> Iterator[str]:
    yield "Not linked"
    for span, reason in annotation.ambiguous:
        yield f"  {_form(draft, span)}  (line {_line(draft, span)}): {reason}"
    for candidate in annotation.candidates:
        yield f"  {candidate.name}  ({candidate.kind}? line {_line(draft, candidate.span)}): lacks {candidate.lacks}"
        yield from (f"      {code}: {rules.sentence(code)}" for code in candidate.evidence)
    if not annotation.ambiguous and not annotation.candidates:
        yield "  nothing was in doubt"
    yield ""


def _lines(draft: Draft) -> Iterator[str]:
    yield "Lines of the capture"
    for verdict in draft.verdicts:
        yield f"  {verdict.line.number:>4}  {verdict.label:<8} {verdict.rule:<20} {verdict.line.text.strip()[:80]}"


def _form(draft: Draft, span: Span) -> str:
    return draft.paragraphs[span.paragraph].text[span.start : span.end]


def _line(draft: Draft, span: Span) -> int:
    return draft.paragraphs[span.paragraph].lines[0]
