"""library → site/data/: the archive as JSON, by a published and versioned schema."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from bindery.config import Site
from bindery.content import files
from bindery.model import Authority, Briefing, Library
from bindery.publish import permalinks
from bindery.publish.body import Block

VERSION = 1
ARCHIVE = "data/archive.json"
SCHEMA = "data/archive.schema.json"

BlocksById = Mapping[str, tuple[Block, ...]]
"""Briefing id → the blocks of its body."""


def archive(library: Library, blocks: BlocksById, site: Site) -> dict[str, Any]:
    """The whole archive as plain data; absent values are None. Shape: archive.schema.json."""
    return {
        "version": VERSION,
        "briefings": [_briefing(briefing, blocks[briefing.id], library, site) for briefing in library.briefings],
        "authorities": [_authority(authority, site) for authority in library.authorities.values()],
    }


def write(library: Library, blocks: BlocksById, site: Site, folder: Path) -> list[Path]:
    """Write archive.json and its schema into `folder`."""
    data, schema = folder / ARCHIVE, folder / SCHEMA
    data.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(archive(library, blocks, site), ensure_ascii=False, allow_nan=False, indent=1)
    data.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    schema.write_text(resources.files("bindery.publish").joinpath("archive.schema.json").read_text("utf-8"), encoding="utf-8", newline="\n")
    return [data, schema]


def _briefing(briefing: Briefing, blocks: tuple[Block, ...], library: Library, site: Site) -> dict[str, Any]:
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
            if (authority := library.authorities.get(identifier))
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
            if (authority := library.authorities.get(mention.authority))
        ],
    }


def _named(briefing: Briefing, blocks: tuple[Block, ...]) -> Mapping[str, int]:
    return briefing.named or Counter(mention.authority for block in blocks for mention in block.mentions)


def _authority(authority: Authority, site: Site) -> dict[str, Any]:
    facts = {fact: authority.facts.get(fact) for fact in site.kind(authority.kind).facts}
    return {
        "kind": authority.kind,
        "slug": authority.slug,
        "name": authority.name,
        "variants": list(authority.variants),
        "status": authority.status,
        **{fact: float(value) if value is not None and fact in files.DEGREES else value for fact, value in facts.items()},
        "note": authority.note or None,
    }
