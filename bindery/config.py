"""site.yaml → Site: everything a build is told, checked once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from bindery import dossiers, languages, reading
from bindery.dossiers import StandingDossier
from bindery.errors import SiteError
from bindery.languages import Interface
from bindery.model import Kind, Place, Rights

PROGRAM = Path(__file__).resolve().parent.parent
"""The folder with the program's own templates/ and static/."""

CONFIG_FILE = "site.yaml"

DEFAULT_KINDS: Mapping[str, Mapping[str, object]] = {
    "city": {
        "folder": "cities",
        "label": "City",
        "plural": "Cities",
        "facts": ["country", "latitude", "longitude", "geonames", "wikidata"],
    },
    "official": {
        "folder": "officials",
        "label": "Official",
        "plural": "Officials",
        "facts": ["office", "name_order", "wikidata"],
    },
    "company": {
        "folder": "companies",
        "label": "Company",
        "plural": "Companies",
        "facts": ["country", "wikidata"],
    },
}
"""What an archive without `kinds:` has. A fourth kind is another entry in site.yaml."""

RESERVED_FOLDERS = frozenset(
    [
        *("anchors", "b", "briefings", "data", "dossiers", "feeds", "offices", "packs", "pagefind", "provenance"),
        *("seeds", "share", "site", "static", "templates", "together"),
    ]
)
"""Folders of content/ and of the site that are taken."""
RESERVED_KINDS = frozenset(
    [
        "any_dossier",
        "authority",
        "briefing",
        "briefings",
        "data",
        "dossier",
        "dossiers",
        "gone",
        "home",
        "kind",
        "language",
        "mentions",
        "methodology",
        "office",
        "offices",
        "redirect",
        "review",
        "search",
        "short_address",
        "side_by_side",
        "source",
        "year",
    ]
)
"""Names of page templates and of search filters."""
RESERVED_FACTS = frozenset(["kind", "name", "note", "reason", "slug", "status", "variants", "written"])
"""What every record has."""
_WORD = re.compile(r"[a-z][a-z_]*", re.ASCII)
_ADDRESS = re.compile(r"https?://[\w.~:/%@!$&'()*+,;=\[\]-]+", re.ASCII)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)

DEFAULTS: Mapping[str, object] = {
    "title": "Briefing archive",
    "tagline": "",
    "description": "",
    "base_url": "",
    "language": "en",
    "publisher": "",
    "kinds": DEFAULT_KINDS,
    "rights": "full",
    "sources": {},
    "dossiers": [],
    "share_image": "archive",
    "share_font": "",
    "review": "false",
}
NOT_TEXTS = frozenset(["dossiers", "kinds", "review", "rights", "share_image", "sources"])
ShareImage = Literal["archive", "briefing"]
SOURCE_KEYS = ("rights", "noindex")


@dataclass(frozen=True, slots=True)
class SourceRule:
    """What may be published of one source: an entry under sources:."""

    name: str
    """As the front matter of its briefings has it, or a host: "chinadaily.com.cn" is also "www.chinadaily.com.cn"."""
    rights: Rights
    noindex: bool
    """Search engines are asked to leave its briefings out."""


@dataclass(frozen=True, slots=True)
class Site:
    """An archive: its folders and its configuration."""

    root: Path
    title: str
    tagline: str
    """One line under the title on the home page; empty if none."""
    description: str
    """Markdown paragraphs on the home page; empty if none."""
    base_url: str
    """Absolute address without a trailing slash; empty when the archive is not hosted."""
    language: str
    """Of the interface, BCP 47."""
    publisher: str
    """Who keeps the archive; empty if not said."""
    kinds: tuple[Kind, ...]
    rights: Rights
    """What may be published of a source that has no rule of its own."""
    sources: tuple[SourceRule, ...]
    dossiers: tuple[StandingDossier, ...]
    share_image: ShareImage
    """What a link to a briefing shows: the archive's picture, or one with the briefing's title."""
    share_font: str
    """Font file for letters the program's own lack, relative to the archive; empty if none."""
    review: bool = False
    """The site shows what the program could not decide, and takes answers as a patch."""

    @property
    def interface(self) -> Interface:
        """What is said around the briefings."""
        return languages.interface(self.language)

    @property
    def seeds(self) -> Path:
        return self.root / "seeds"

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def output(self) -> Path:
        return self.root / "site"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Where a template is looked for, first hit wins: the archive's own, then the program's."""
        return _overlay(self.root, "templates")

    @property
    def static_folders(self) -> tuple[Path, ...]:
        return _overlay(self.root, "static")

    def kind(self, name: str) -> Kind:
        for kind in self.kinds:
            if kind.name == name:
                return kind
        raise LookupError(name)


def _overlay(root: Path, folder: str) -> tuple[Path, ...]:
    own, program = root / folder, PROGRAM / folder
    return (own,) if own == program else tuple(path for path in (own, program) if path.is_dir())


def load(root: Path, *, base_url: str | None = None) -> Site:
    """Read root/site.yaml. An archive without one gets the defaults; a wrong one raises SiteError.

    `base_url` stands in for the file's own, as when a host tells the address only at build.
    """
    root = root.resolve()
    if not root.is_dir():
        raise SiteError("no such folder", at=Place(str(root)), fix="name the folder of an archive, or make one: build.py new DIR")
    path = root / CONFIG_FILE
    values = {**DEFAULTS, **_read(path)}
    for key in values:
        if key not in DEFAULTS:
            raise _wrong(path, key, f"unknown key {key!r}", f"use one of {', '.join(DEFAULTS)}")
    texts = {key: _text(path, key, values[key]) for key in DEFAULTS if key not in NOT_TEXTS}
    if base_url is None:
        texts["base_url"] = _base_url(texts["base_url"], partial(_wrong, path, "base_url"))
    else:
        texts["base_url"] = _base_url(base_url.strip(), lambda problem, fix: SiteError(problem, at=Place("--base-url"), fix=fix))
    texts["language"] = _language(texts["language"], partial(_wrong, path, "language"))
    if texts["share_font"] and not _is_inside(root, texts["share_font"]):
        fix = "put the font into the archive and write its path from there"
        raise _wrong(path, "share_font", f"share_font is no file in the archive: {texts['share_font']!r}", fix)
    rights = _rights(values["rights"], partial(_wrong, path, "rights"))
    kinds = _kinds(path, values["kinds"], languages.interface(texts["language"]))
    return Site(
        root=root,
        kinds=kinds,
        rights=rights,
        sources=_sources(path, values["sources"], rights),
        dossiers=dossiers.standing(values["dossiers"], kinds, partial(_wrong_below, path)),
        share_image=_share_image(values["share_image"], partial(_wrong, path, "share_image")),
        review=_yes_or_no("review", values["review"], partial(_wrong, path, "review")),
        **texts,
    )


def _is_inside(root: Path, name: str) -> bool:
    """Whether there is a file of that name in the archive."""
    try:
        return (root / name).is_file() and Path(os.path.normpath(root / name)).is_relative_to(root)
    except ValueError:  # a NUL
        return False


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    values = reading.values(reading.text(path, CONFIG_FILE, SiteError), CONFIG_FILE, SiteError)
    if values is None:
        return {}
    if not isinstance(values, dict):
        fix = "start from the file that build.py new DIR writes"
        raise SiteError("not a list of `key: value` lines", at=Place(CONFIG_FILE, 1), fix=fix)
    return values


def _wrong(path: Path, key: str, problem: str, fix: str) -> SiteError:
    lines = reading.text(path, CONFIG_FILE, SiteError).splitlines() if path.exists() else []
    line = next((number for number, text in enumerate(lines, 1) if text.startswith(f"{key}:")), None)
    return SiteError(problem, at=Place(CONFIG_FILE, line), fix=fix)


def _wrong_below(path: Path, words: str, problem: str, fix: str) -> SiteError:
    """The same of a value deep in a list."""
    return SiteError(problem, at=_line_of(path, words), fix=fix)


def line_of(site: Site, words: str) -> Place:
    """The line of site.yaml that holds some words; the file where none does."""
    return _line_of(site.root / CONFIG_FILE, words)


def _line_of(path: Path, words: str) -> Place:
    lines = reading.text(path, CONFIG_FILE, SiteError).splitlines()
    return Place(CONFIG_FILE, next((number for number, line in enumerate(lines, 1) if words in line), None))


def _text(path: Path, key: str, value: object) -> str:
    if not isinstance(value, str):
        raise _wrong(path, key, f"{key} is not a text: {value!r}", f'write {key}: "…" in quotes')
    return value.strip()


def _base_url(value: str, wrong: Callable[[str, str], SiteError]) -> str:
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not _ADDRESS.fullmatch(value):
        raise wrong(f"base_url is not a web address: {value!r}", "write it like https://name.github.io/archive")
    return value.rstrip("/")


def _language(value: str, wrong: Callable[[str, str], SiteError]) -> str:
    if not _TAG.fullmatch(value) or languages.speaks(value) is None:
        known = " or ".join(languages.tags())
        raise wrong(f"the pages around the briefings cannot speak {value!r}", f"write language: {known}; the briefings keep their own")
    return value


def _kinds(path: Path, value: object, interface: Interface) -> tuple[Kind, ...]:
    if not isinstance(value, Mapping) or not value:
        raise _wrong(
            path,
            "kinds",
            "kinds is not a table of kinds",
            "write `kinds:` with an indented block for each kind, as build.py new DIR does",
        )
    kinds = tuple(_kind(str(name), facts, path, interface) for name, facts in value.items())
    for kind, other in combinations(kinds, 2):
        if kind.folder == other.folder:
            raise _wrong(path, "kinds", f"kinds {kind.name!r} and {other.name!r} share the folder {kind.folder}", "give each its own")
    return kinds


def _kind(name: str, entry: object, path: Path, interface: Interface) -> Kind:
    """Labels are said in the language of the site where its table knows them."""
    given: Mapping[str, object] = entry if isinstance(entry, Mapping) else {}
    folder, facts = given.get("folder"), given.get("facts") or []
    if not _WORD.fullmatch(name) or name in RESERVED_KINDS:
        raise _wrong(path, "kinds", f"a kind cannot be called {name!r}", "take another word of lower-case letters")
    if not isinstance(folder, str) or not _WORD.fullmatch(folder):
        raise _wrong(path, "kinds", f"kind {name!r} has no folder", f"add `folder: {name}s` under it (lower-case letters only)")
    if folder in RESERVED_FOLDERS:
        raise _wrong(path, "kinds", f"the folder {folder!r} of kind {name!r} is the site's own", f"take another, such as {name}_records")
    if not isinstance(facts, list) or not all(isinstance(fact, str) and _WORD.fullmatch(fact) for fact in facts):
        raise _wrong(path, "kinds", f"the facts of kind {name!r} are not a list of words", "write facts: [country, wikidata]")
    if reserved := RESERVED_FACTS & set(facts):
        problem = f"kind {name!r} cannot have the fact {min(reserved)!r}"
        raise _wrong(path, "kinds", problem, "take another word: every record has one of that name")
    label = str(given.get("label") or name.capitalize())
    plural = str(given.get("plural") or f"{label}s")
    return Kind(name=name, folder=folder, label=interface.say(label), plural=interface.say(plural), facts=tuple(facts))


def _rights(value: object, wrong: Callable[[str, str], SiteError]) -> Rights:
    for mode in get_args(Rights):
        if value == mode:
            return mode  # type: ignore[no-any-return]  # one of the literals
    raise wrong(f"rights cannot be {value!r}", f"write one of {', '.join(get_args(Rights))}")


def _share_image(value: object, wrong: Callable[[str, str], SiteError]) -> ShareImage:
    for choice in get_args(ShareImage):
        if value == choice:
            return choice  # type: ignore[no-any-return]  # one of the literals
    raise wrong(f"share_image cannot be {value!r}", f"write one of {', '.join(get_args(ShareImage))}")


def _yes_or_no(key: str, value: object, wrong: Callable[[str, str], SiteError]) -> bool:
    if value not in ("true", "false"):
        raise wrong(f"{key} cannot be {value!r}", f"write {key}: true, or {key}: false")
    return value == "true"


def _sources(path: Path, value: object, default: Rights) -> tuple[SourceRule, ...]:
    """Shape: {"chinadaily.com.cn": "excerpt", "Xinhua": {"rights": "metadata-only", "noindex": "true"}}."""
    if value in ("", None):
        return ()
    if not isinstance(value, Mapping):
        raise _wrong(path, "sources", "sources is not a table of sources", "write under it a line for each, such as example.org: excerpt")
    return tuple(_source(str(name), entry, default, partial(_wrong, path, "sources")) for name, entry in value.items())


def _source(name: str, entry: object, default: Rights, wrong: Callable[[str, str], SiteError]) -> SourceRule:
    given: Mapping[str, object] = entry if isinstance(entry, Mapping) else {"rights": entry}
    noindex = str(given.get("noindex", "false"))
    if set(given) - set(SOURCE_KEYS) or noindex not in ("true", "false"):
        raise wrong(f"the rule of source {name!r} is not understood", f"write {name}: {{rights: excerpt, noindex: true}}")
    return SourceRule(name, _rights(given.get("rights", default), wrong), noindex == "true")
