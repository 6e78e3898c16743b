"""library → site/data/: the archive as JSON, by a published and versioned schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec

from bindery.config import Site
from bindery.content.files import DEGREES
from bindery.model import Authority, AuthorityId, Briefing, Library
from bindery.publish import permalinks
from bindery.publish.body import Block
from bindery.publish.figures import Figure
from bindery.publish.figures.told import Told, told
from bindery.publish.pieces import Pieced
from bindery.publish.planned import Planned

if TYPE_CHECKING:
    from bindery.publish.views.catalogue import Catalogue

VERSION = 1
ARCHIVE = "data/archive.json"
SCHEMA = "data/archive.schema.json"

BlocksById = Mapping[str, tuple[Block, ...]]
"""Briefing id → the blocks of its body."""


def archive(library: Library, blocks: BlocksById, site: Site) -> dict[str, Any]:
    """The whole archive as plain data; absent values are None. Shape: archive.schema.json."""
    return {
        "version": VERSION,
        "briefings": [
            _briefing(one, blocks[one.id], told(one, blocks[one.id], _named(one, blocks[one.id])), library.authorities, site)
            for one in library.briefings
        ],
        "authorities": [record(authority, site) for authority in library.authorities.values()],
    }


def files(catalogue: Catalogue, key: int, said: Mapping[str, int]) -> Iterator[Planned]:
    """archive.json and its schema. `key` stands for every briefing and every record, `said` has a digest of each briefing."""

    def written() -> Pieced:
        head = f'{{"version": {VERSION},\n"briefings": [\n'
        authorities = ",\n".join(_dumped(record(authority, catalogue.site)) for authority in catalogue.authorities.values())
        foot = f'\n],\n"authorities": [\n{authorities}\n]}}\n'
        return Pieced(head.encode(), said, lambda identifier: line_in(catalogue, identifier).encode(), b",\n", foot.encode())

    yield Planned(ARCHIVE, "", key, written, len(catalogue.entries) // 100)
    yield Planned(SCHEMA, "", 0, lambda: resources.files("bindery.publish").joinpath("archive.schema.json").read_bytes())


def line(
    briefing: Briefing, blocks: Sequence[Block], figures: Iterable[Told], authorities: Mapping[AuthorityId, Authority], site: Site
) -> str:
    """What archive.json says of a briefing, as far as that follows from it alone."""
    return _dumped(_briefing(briefing, blocks, figures, authorities, site))


def line_in(catalogue: Catalogue, identifier: str) -> str:
    """The same with what only the whole archive says: which briefing leads its story."""
    story = _dumped(catalogue.entries[identifier].story)
    return f'{catalogue.leaves[identifier].data[:-1]},"story":{story}}}'


def _dumped(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _briefing(
    briefing: Briefing, blocks: Sequence[Block], figures: Iterable[Told], authorities: Mapping[AuthorityId, Authority], site: Site
) -> dict[str, Any]:
    permalink = permalinks.briefing_permalink(briefing)
    return {
        "id": briefing.id,
        "slug": briefing.slug,
        "url": f"{site.base_url}/{permalink}" if site.base_url else permalink,
        "title": briefing.title,
        "date": briefing.date and briefing.date.isoformat(),
        "source": briefing.source,
        "byline": briefing.byline,
        "language": briefing.language,
        "rights": briefing.rights,
        "seed": briefing.seed and {"file": briefing.seed, "sha256": briefing.sha256},
        "paragraphs": [{"key": block.key, "aliases": block.aliases, "text": block.text} for block in blocks],
        "named": [
            {"kind": authority.kind, "slug": authority.slug, "count": count}
            for identifier, count in sorted(_named(briefing, blocks).items())
            if (authority := authorities.get(identifier))
        ],
        "mentions": [
            {
                "kind": authority.kind,
                "slug": authority.slug,
                "form": block.text[mention.start : mention.end],
                "role": mention.role,
                "paragraph": block.key,
            }
            for block in blocks
            for mention in block.mentions
            if (authority := authorities.get(mention.authority))
        ],
        "figures": [_figure(figure, one, authorities) for one in figures for figure in one.figures],
    }


def _figure(figure: Figure, told: Told, authorities: Mapping[AuthorityId, Authority]) -> dict[str, Any]:
    return {
        "printed": figure.printed,
        "measure": figure.measure,
        "value": figure.value,
        "most": figure.most,
        "bound": figure.bound,
        "unit": figure.unit,
        "subject": figure.subject or None,
        "sentence": told.text,
        "paragraph": told.anchor.removeprefix("p-"),
        "named": [{"kind": one.kind, "slug": one.slug} for key in told.whom if (one := authorities.get(key))],
    }


def _named(briefing: Briefing, blocks: Sequence[Block]) -> Mapping[str, int]:
    return briefing.named or Counter(mention.authority for block in blocks for mention in block.mentions)


def record(authority: Authority, site: Site) -> dict[str, Any]:
    """What archive.json says of a record."""
    facts = {fact: authority.facts.get(fact) for fact in site.kind(authority.kind).facts}
    return {
        "kind": authority.kind,
        "slug": authority.slug,
        "name": authority.name,
        "variants": list(authority.variants),
        "status": authority.status,
        **{fact: float(value) if value is not None and fact in DEGREES else value for fact, value in facts.items()},
        "note": authority.note or None,
    }
