"""library → one HTML file: chosen briefings, everybody they name, and a search over them, to send by e-mail or to keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date as Date

import jinja2

from bindery.config import Site
from bindery.errors import ContentError
from bindery.model import Authority, AuthorityId, Briefing, Library, Place
from bindery.publish import body, names, render
from bindery.publish.inline import Inline
from bindery.publish.views import authority, briefing
from bindery.publish.views.catalogue import Catalogue, catalogue

TEMPLATE = "pages/pocket.html"
STYLES = ("tokens", "ground", "frame", "lists", "briefing")
"""Of static/css/, what the file takes over from the site."""
OWN_STYLE, SCRIPT = "pocket/pocket.css", "pocket/pocket.js"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which briefings: all that name each of `names` and are no older than `since`. Nothing given: all."""

    names: Mapping[str, str]
    """Kind → a name, variant or slug: {"city": "重庆"}."""
    since: Date | None = None


class _Pocket(Catalogue):
    """A catalogue whose pages stand in one file: a mention leads to an anchor."""

    def target_from(self, origin: str) -> body.MentionTarget:  # noqa: ARG002  # an anchor is the same from everywhere in the file
        return _target(self.authorities)


def file(library: Library, site: Site, choice: Choice) -> str:
    """The file's text; it asks for nothing else. Raises ContentError if a name is not known or nothing is chosen."""
    records = [names.record(kind, name, library.authorities, site) for kind, name in choice.names.items()]
    chosen = _chosen(library, records, choice.since)
    if not chosen.briefings:
        raise ContentError("no briefing is chosen", at=Place("content/briefings"), fix="leave out --since, or one of the names")
    env = render.environment(site)
    env.globals["link"] = anchor
    return env.get_template(TEMPLATE).render(
        view=_view(chosen, site),
        about=[record.name for record in records],
        since=choice.since,
        page={"permalink": ""},
        styles=_styles(site, env),
        script=Inline.of(site.interface.in_script(_source(env, SCRIPT))),
    )


def anchor(permalink: str, fragment: str = "") -> str:
    """Where a page of the site stands in the file: "briefings/a.html", "p-key" → "#briefings/a/p-key"."""
    return "#" + "/".join(filter(None, (permalink.removesuffix(".html"), fragment)))


def _chosen(library: Library, records: Iterable[Authority], since: Date | None) -> Library:
    """The chosen briefings as a library of their own, with the records they mention."""
    briefings = tuple(
        one
        for one in library.briefings
        if (since is None or (one.date and one.date >= since)) and all(one in library.mentioned_in.get(record.id, ()) for record in records)
    )
    mentioned_in: dict[AuthorityId, tuple[Briefing, ...]] = {}
    for identifier, found in library.mentioned_in.items():
        if kept := tuple(one for one in found if one in briefings):
            mentioned_in[identifier] = kept
    authorities = {identifier: record for identifier, record in library.authorities.items() if identifier in mentioned_in}
    return Library(briefings, authorities, mentioned_in, {})


def _target(authorities: Mapping[AuthorityId, Authority]) -> body.MentionTarget:
    def target(identifier: AuthorityId) -> body.Target | None:
        record = authorities.get(identifier)
        return body.Target(anchor(f"{record.id}.html"), record.kind) if record else None

    return target


def _view(library: Library, site: Site) -> Mapping[str, object]:
    target = _target(library.authorities)
    blocks = {one.id: body.blocks(one, target) for one in library.briefings}
    whole = catalogue(library, blocks, site)
    read = _Pocket(**{field.name: getattr(whole, field.name) for field in fields(whole)} | {"is_paged": False})
    return {
        "briefings": [briefing.BriefingView(one, blocks[one.id], None, None, read) for one in library.briefings],
        "groups": [
            (kind, [authority.AuthorityView(record, read) for record in library.authorities.values() if record.kind == kind.name])
            for kind in site.kinds
        ],
        "extent": _extent(library),
    }


def _extent(library: Library) -> tuple[Date, Date] | None:
    dates = [one.date for one in library.briefings if one.date]
    return (min(dates), max(dates)) if dates else None


def _styles(site: Site, env: jinja2.Environment) -> Inline:
    own = [site.interface.in_script(_static(site, f"css/{name}.css")) for name in STYLES]
    return Inline.of("\n".join([*own, site.interface.in_script(_source(env, OWN_STYLE))]))


def _static(site: Site, name: str) -> str:
    path = next(folder / name for folder in site.static_folders if (folder / name).is_file())
    return path.read_text(encoding="utf-8")


def _source(env: jinja2.Environment, name: str) -> str:
    assert env.loader
    return env.loader.get_source(env, name)[0]
