"""Briefing and Authority ⇄ the Markdown files people edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date
from typing import Any, Literal

from bindery.content import front_matter, markup
from bindery.errors import ContentError
from bindery.model import Authority, Briefing, Kind, Place

BRIEFING_KEYS = ("id", "title", "date", "source", "byline", "language", "seed", "sha256", front_matter.WRITTEN)
_ID = re.compile(r"[a-z0-9]{4,40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
DEGREES = {"latitude": 90, "longitude": 180}
"""Facts that are numbers, and the largest."""
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{0,20})?")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
LONGEST_SLUG = 200
"""Bytes: with an ending it has to be the name of a file, of which most systems take 255."""
LAST_YEAR = 2107
"""The last that a ZIP file can tell, such as archive.zip; a page is hardly from the future."""
LIST = "index"
"""Slug of the page that lists a folder."""
_FIX_SLUG = "rename the file to lower-case letters a–z, digits and hyphens, 200 at most, ending in .md"


def briefing_source(briefing: Briefing) -> str:
    """The file of a briefing, signed with its checksum."""
    values: dict[str, object] = {
        "id": briefing.id,
        "title": briefing.title,
        "date": briefing.date,
        "source": briefing.source,
        "byline": briefing.byline,
        "language": briefing.language,
        "seed": briefing.seed,
        "sha256": briefing.sha256,
        **briefing.extra,
    }
    return front_matter.compose(values, markup.inline(briefing.text, briefing.mentions).rstrip("\n") + "\n")


def read_briefing(source: str, path: str) -> Briefing:
    """A briefing from its file; provenance is added by the store. Raises ContentError."""
    values, body = front_matter.parse(source, path)
    text, mentions = markup.standoff(body.replace("\r\n", "\n").rstrip("\n"))
    identifier = _required(
        values, "id", source, path, "give it an id nobody else has, such as the first seven digits of the seed's SHA-256"
    )
    if not _ID.fullmatch(identifier):
        raise _wrong(f"id {identifier!r} cannot be an address", "id", source, path, "use four or more lower-case letters and digits")
    return Briefing(
        id=identifier,
        slug=slug_of(path),
        title=_text(values, "title", source, path),
        date=_date(values.get("date"), source, path),
        source=_text(values, "source", source, path),
        byline=_text(values, "byline", source, path),
        language=_text(values, "language", source, path),
        text=text,
        mentions=mentions,
        seed=_text(values, "seed", source, path),
        sha256=_sha256(values, source, path),
        extra={key: value for key, value in values.items() if key not in BRIEFING_KEYS},
        path=path,
    )


def authority_source(authority: Authority) -> str:
    """The file of an authority record, signed with its checksum."""
    values: dict[str, object] = {
        "name": authority.name,
        "variants": list(authority.variants) or None,
        "status": authority.status,
        **authority.facts,
        **authority.extra,
    }
    return front_matter.compose(values, f"{authority.note.rstrip()}\n" if authority.note.strip() else "")


def read_authority(source: str, path: str, kind: Kind) -> Authority:
    """An authority record from its file. Raises ContentError."""
    values, note = front_matter.parse(source, path)
    slug = slug_of(path)
    known = ("name", "variants", "status", front_matter.WRITTEN, *kind.facts)
    name = _required(values, "name", source, path, "add a line 'name: …'")
    return Authority(
        kind=kind.name,
        slug=slug,
        name=name,
        variants=tuple(variant for variant in _variants(values.get("variants"), source, path) if variant != name),
        status=_status(values.get("status"), source, path),
        facts={fact: text for fact in kind.facts if (text := _fact(fact, values, source, path))},
        note=note.rstrip("\n"),
        extra={key: value for key, value in values.items() if key not in known},
        id=f"{kind.folder}/{slug}",
        path=path,
    )


def slug_of(path: str) -> str:
    """The slug that a file's name is. Raises ContentError for a name that cannot be an address."""
    slug = path.rsplit("/", 1)[-1].removesuffix(".md")
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        raise ContentError(f"the file name {slug!r} cannot be an address", at=Place(path), fix=_FIX_SLUG)
    if slug == LIST:
        raise ContentError(f"{slug!r} is the address of the list of all of its kind", at=Place(path), fix="give the file another name")
    return slug


def _required(values: Mapping[str, Any], key: str, source: str, path: str, fix: str) -> str:
    value = _text(values, key, source, path)
    if value is None:
        raise ContentError(f"no {key}", at=Place(path, front_matter.line_of(source, key) or 1), fix=fix)
    return value


def _text(values: Mapping[str, Any], key: str, source: str, path: str) -> str | None:
    value = values.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _wrong(f"{key} is not a text", key, source, path, f"write {key}: '…' on one line")
    return " ".join(value.split()) or None


def _date(value: Any, source: str, path: str) -> Date | None:
    if value is None or value == "":
        return None
    try:
        date = Date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _wrong(f"bad date {value!r}", "date", source, path, "write it as 2016-01-19, or leave the line out") from error
    if date.year > LAST_YEAR:
        raise _wrong(f"bad date {value!r}: it is far in the future", "date", source, path, "write the day that the page prints")
    return date


def _sha256(values: Mapping[str, Any], source: str, path: str) -> str | None:
    text = _text(values, "sha256", source, path)
    if text is not None and not _SHA256.fullmatch(text):
        raise _wrong(f"sha256 {text!r} is none", "sha256", source, path, "restore the line from the git history: 64 digits 0-9a-f")
    return text


def _fact(fact: str, values: Mapping[str, Any], source: str, path: str) -> str | None:
    text = _text(values, fact, source, path)
    if text is not None and fact in DEGREES and not _is_degrees(text, DEGREES[fact]):
        raise _wrong(f"{fact} {text!r} is not in degrees", fact, source, path, f"write a number from -{DEGREES[fact]} to {DEGREES[fact]}")
    return text


def _is_degrees(text: str, limit: int) -> bool:
    return _DEGREES.fullmatch(text) is not None and abs(float(text)) <= limit


def _variants(value: Any, source: str, path: str) -> list[str]:
    if value is None or value == "":
        return []
    if not isinstance(value, list) or not all(isinstance(variant, str) for variant in value):
        raise _wrong("variants is not a list of names", "variants", source, path, "write one '- name' a line under variants:")
    return list(dict.fromkeys(" ".join(variant.split()) for variant in value if variant.strip()))


def _status(value: Any, source: str, path: str) -> Literal["proposed", "confirmed"]:
    match value:
        case None | "proposed":
            return "proposed"
        case "confirmed":
            return "confirmed"
    raise _wrong(f"unknown status {value!r}", "status", source, path, "write proposed or confirmed")


def _wrong(problem: str, key: str, source: str, path: str, fix: str) -> ContentError:
    return ContentError(problem, at=Place(path, front_matter.line_of(source, key)), fix=fix)
