"""site.yaml → Site: everything a build is told, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from bindery.errors import SiteError
from bindery.model import Kind, Place

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

DEFAULTS: Mapping[str, object] = {
    "title": "Briefing archive",
    "tagline": "",
    "description": "",
    "base_url": "",
    "language": "en",
    "publisher": "",
    "kinds": DEFAULT_KINDS,
}


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
        return next(kind for kind in self.kinds if kind.name == name)

    def kind_of_folder(self, folder: str) -> Kind:
        return next(kind for kind in self.kinds if kind.folder == folder)


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
    texts = {key: _text(path, key, values[key]) for key in DEFAULTS if key != "kinds"}
    texts["base_url"] = _base_url(path, texts["base_url"] if base_url is None else base_url)
    return Site(root=root, kinds=_kinds(path, values["kinds"]), **texts)


def _read(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = getattr(error, "problem", None) or str(error)
        raise SiteError(
            f"not valid YAML: {problem}", at=Place(CONFIG_FILE, line), fix="correct the line; values with a colon want quotes"
        ) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise SiteError(
            "not a list of `key: value` lines", at=Place(CONFIG_FILE, 1), fix="start from the file that build.py new DIR writes"
        )
    return {str(key): value for key, value in values.items()}


def _wrong(path: Path, key: str, problem: str, fix: str) -> SiteError:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    line = next((number for number, text in enumerate(lines, 1) if text.startswith(f"{key}:")), None)
    return SiteError(problem, at=Place(CONFIG_FILE, line), fix=fix)


def _text(path: Path, key: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(path, key, f"{key} is not a text: {value!r}", f'write {key}: "…" in quotes')
    return value.strip()


def _base_url(path: Path, value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise _wrong(path, "base_url", f"base_url is not a web address: {value!r}", "write it like https://name.github.io/archive")
    return value.rstrip("/")


def _kinds(path: Path, value: object) -> tuple[Kind, ...]:
    if not isinstance(value, dict) or not value:
        raise _wrong(
            path, "kinds", "kinds is not a table of kinds", "write `kinds:` with an indented block for each kind, as build.py new DIR does"
        )
    kinds = []
    for name, facts in value.items():
        if not isinstance(facts, dict) or not isinstance(facts.get("folder"), str) or not facts["folder"].isidentifier():
            raise _wrong(path, "kinds", f"kind {name!r} has no folder", f"add `folder: {name}s` under it (lower-case letters only)")
        label = str(facts.get("label") or str(name).capitalize())
        kinds.append(
            Kind(
                name=str(name),
                folder=facts["folder"],
                label=label,
                plural=str(facts.get("plural") or f"{label}s"),
                facts=tuple(str(fact) for fact in facts.get("facts") or ()),
            )
        )
    return tuple(kinds)
