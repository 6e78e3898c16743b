"""`dossiers:` of site.yaml → the standing dossiers: two sides each, checked as far as the file alone can tell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from bindery.errors import SiteError
from bindery.model import AuthorityId, Kind

KEYS = ("title", "between", "and", "slug")
OFFICE = "office"
EXAMPLE = "write title: …, between: cities/chongqing and and: officials/takada-mari under it"
LONGEST_SLUG = 80
"""Characters, as of a briefing's."""
NOT_SLUGS = frozenset(["index", "con", "prn", "aux", "nul"])
"""Names of the page of all dossiers, and of what Windows takes for a device."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_RECORD = re.compile(r"([a-z_]+)/[^/\s]+", re.ASCII)

Wrong = Callable[[str, str, str], SiteError]
"""Words of the line it is about, the problem, the remedy → the error with that line."""


@dataclass(frozen=True, slots=True)
class Side:
    """Who stands on one side of a dossier: records, and all who were ever printed in an office."""

    records: tuple[AuthorityId, ...]
    offices: tuple[tuple[str, ...], ...]
    """Words in small letters, all of which a role as printed must have; each entry is another office."""


@dataclass(frozen=True, slots=True)
class StandingDossier:
    """A dossier that the archive always has."""

    title: str
    slug: str
    sides: tuple[Side, Side]


def standing(value: object, kinds: Sequence[Kind], wrong: Wrong) -> tuple[StandingDossier, ...]:
    """Shape: [{"title": "Suzhou and Tokyo", "between": "cities/suzhou", "and": ["cities/tokyo", {"office": "mayor Tokyo"}]}]."""
    if value in ("", None):
        return ()
    if not isinstance(value, list):
        raise wrong("dossiers:", "dossiers is not a list", f"begin each with a hyphen; {EXAMPLE}")
    folders = [kind.folder for kind in kinds]
    found = [_dossier(entry, folders, wrong) for entry in value]
    for one, other in combinations(found, 2):
        if one.slug == other.slug:
            problem = f"two dossiers want the address dossiers/{one.slug}.html: {one.title!r} and {other.title!r}"
            raise wrong(other.title, problem, "give the second another title, or a slug: of its own")
    return tuple(found)


def _dossier(entry: object, folders: Sequence[str], wrong: Wrong) -> StandingDossier:
    given: Mapping[str, object] = entry if isinstance(entry, Mapping) else {}
    title = given.get("title")
    if not isinstance(title, str) or not title.strip():
        raise wrong(_first_words(entry), f"a dossier has no title: {entry!r}", EXAMPLE)
    for key in given:
        if key not in KEYS:
            raise wrong(f"{key}:", f"dossier {title!r} has an unknown key {key!r}", f"use {', '.join(KEYS)}")
    sides = _side("between", given, title, folders, wrong), _side("and", given, title, folders, wrong)
    if both := set(sides[0].records) & set(sides[1].records):
        raise wrong(min(both), f"dossier {title!r} has {min(both)} on both sides", "take it away from one of them")
    slug = given.get("slug", _slug(title))
    if not isinstance(slug, str) or not _SLUG.fullmatch(slug) or slug in NOT_SLUGS or len(slug) > LONGEST_SLUG:
        problem = f"dossier {title!r} has no address" if "slug" not in given else f"a dossier's slug cannot be {slug!r}"
        raise wrong(
            "slug:" if "slug" in given else title,
            problem,
            "write slug: under it, small Latin letters, figures and hyphens, such as slug: chongqing-and-japan",
        )
    return StandingDossier(" ".join(title.split()), slug, sides)


def _side(key: str, given: Mapping[str, object], title: str, folders: Sequence[str], wrong: Wrong) -> Side:
    side = given.get(key)
    members = side if isinstance(side, list) else [side]
    if side in (None, "", []):
        raise wrong(title, f"dossier {title!r} has nobody under {key!r}", f"write {key}: and a record, such as cities/suzhou")
    records: list[AuthorityId] = []
    offices: list[tuple[str, ...]] = []
    for member in members:
        if isinstance(member, str):
            records.append(_record(member, title, folders, wrong))
        else:
            offices.append(_office(member, title, wrong))
    return Side(tuple(dict.fromkeys(records)), tuple(dict.fromkeys(offices)))


def _record(member: str, title: str, folders: Sequence[str], wrong: Wrong) -> AuthorityId:
    found = _RECORD.fullmatch(member)
    if not found or found[1] not in folders:
        problem = f"dossier {title!r} names {member!r}, which is no record"
        raise wrong(member or title, problem, f"write its folder and file name, such as {folders[0]}/name ({', '.join(folders)})")
    return member.removesuffix(".md")


def _office(member: object, title: str, wrong: Wrong) -> tuple[str, ...]:
    words = member.get(OFFICE) if isinstance(member, Mapping) and len(member) == 1 else None
    found = words_of(words) if isinstance(words, str) else ()
    if not found:
        problem = f"dossier {title!r} has a member that is not understood: {member!r}"
        raise wrong(_first_words(member), problem, "write a record, such as officials/takada-mari, or office: and words of it")
    return tuple(dict.fromkeys(found))


def words_of(text: str) -> tuple[str, ...]:
    """Of an office: "Consul-General of Japan" → consul, general, of, japan."""
    return tuple(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _slug(title: str) -> str:
    """Words of the title in ASCII, joined by hyphens; empty where there are none."""
    folded = unicodedata.normalize("NFKD", title.casefold()).replace("'", "").replace("’", "")
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_SLUG].strip("-")


def _first_words(value: object) -> str:
    """Words by which the line of a value can be found; those of the list itself where it has none."""
    return next((text for text in _texts(value) if text), "dossiers:")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield f"{key}:"
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
