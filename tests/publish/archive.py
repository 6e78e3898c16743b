"""A small archive in memory: three briefings, and everybody they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import jinja2

from bindery import config, pipeline
from bindery.config import Site
from bindery.content import markup
from bindery.content.lock import Address
from bindery.model import Authority, Briefing, Fate, Library, Provenance
from bindery.publish import plan, render
from bindery.publish.data import database
from bindery.publish.data.holdings import Holdings
from bindery.publish.pieces import Pieced
from bindery.publish.planned import Planned, Read
from bindery.publish.views.catalogue import Catalogue, catalogue

OLD = """[Tang Zongwei](../officials/tang-zongwei.md "deputy director") met [Mr. Mori](../officials/mori.md "Consul General") in
[Chongqing](../cities/chongqing.md). He left. [Chongqing](../cities/chongqing.md) is large, [Chongqing](../cities/chongqing.md) grows."""
NEW = """[Mori](../officials/mori.md "Ambassador") of [NEC Co., Ltd.](../companies/nec.md) came.

> [!WARNING]
> Suspected injected text: 网站.

#### A heading

- [Tang](../officials/tang-zongwei.md) spoke of [Wuxi](../cities/wuxi.md)."""
UNDATED = "[重慶](../cities/chongqing.md)で会談した。[重慶](../cities/chongqing.md)は大きい。"


def site(root: Path, **values: str) -> Site:
    return replace(config.load(root), **values)  # type: ignore[arg-type]


def library() -> Library:
    briefings = (
        briefing("new1", "New & old", Date(2021, 7, 21), NEW),
        briefing("old1", "Old", Date(2016, 1, 19), OLD, provenance=provenance()),
        briefing("und1", "重慶の会談", None, UNDATED, language="ja"),
    )
    authorities = [
        Authority(
            "city", "chongqing", "Chongqing", ("Chungking", "重庆", "重慶"), "confirmed", {"country": "China"}, id="cities/chongqing"
        ),
        Authority("city", "wuxi", "Wuxi", id="cities/wuxi", facts={"latitude": "31.57", "longitude": "120.3", "wikidata": "Q42651"}),
        Authority("official", "tang-zongwei", "Tang Zongwei", note="See [Wuxi](../cities/wuxi.md).", id="officials/tang-zongwei"),
        Authority("official", "mori", "Yoichiro Mori", ("森洋一郎",), id="officials/mori", facts={"name_order": "given-first"}),
        Authority("company", "nec", "NEC Co., Ltd.", id="companies/nec"),
    ]
    named = {
        authority.id: tuple(one for one in briefings if any(mention.authority == authority.id for mention in one.mentions))
        for authority in authorities
    }
    return Library(briefings, {authority.id: authority for authority in authorities}, named, {})


def briefing(
    identifier: str, title: str, date: Date | None, body: str, *, language: str = "en", provenance: Provenance | None = None
) -> Briefing:
    text, mentions = markup.standoff(body)
    return Briefing(identifier, identifier, title, date, "Gazette", None, language, text, mentions, provenance)


def provenance() -> Provenance:
    fates = (
        Fate(1, "dropped", "menu", "Home 中文"),
        Fate(2, "dropped", "menu", "News"),
        Fate(3, "used", "title", "Old"),
        Fate(5, "kept", "body", "T"),
    )
    return Provenance("old.txt", "ab" * 32, 1234, "utf-8", fates)


def read(root: Path) -> Catalogue:
    return catalogue_of(library(), site(root))


def catalogue_of(found: Library, where: Site) -> Catalogue:
    return catalogue(found, pipeline.bodies(found), where)


def holdings(found: Catalogue) -> Holdings:
    return Holdings(found, plan.keys(found).said)


def database_of(found: Catalogue) -> bytes:
    """Written whole."""
    return database.database(holdings(found)).make(b"", {})


def whole(file: Pieced) -> bytes:
    """Of all its pieces."""
    return file.head + file.between.join(map(file.piece, file.digests)) + file.foot


def reading(found: Library) -> Read:
    bodies, by_id = pipeline.bodies(found), {one.id: one for one in found.briefings}
    return lambda identifier: (by_id[identifier], bodies[identifier])


def planned(found: Library, where: Site, kept: Iterable[Address] = ()) -> Iterator[Planned]:
    """Every file that is made from a library."""
    read, body = catalogue_of(found, where), reading(found)
    keys = plan.keys(read)

    made = list(plan.files(read, keys, body))
    yield from made
    yield from plan.closing([one.permalink for one in made], tuple(kept), read, keys, body)


def text(one: Planned, env: jinja2.Environment) -> str:
    content = one.make()
    if isinstance(content, Mapping):
        return render.text(one, content, env)
    return content if isinstance(content, str) else content.decode()


def rendered(root: Path, **values: str) -> Iterator[tuple[Planned, str]]:
    """Every page with its HTML."""
    where = site(root, **values)
    env = render.environment(where)
    for one in planned(library(), where):
        if one.template:
            yield one, text(one, env)
