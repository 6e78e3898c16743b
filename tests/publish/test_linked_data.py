"""What a page says of itself to programs: JSON-LD in the vocabulary of schema.org, tags for reference managers and for previews."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from schema_org import registry
from selectolax.lexbor import LexborHTMLParser

from bindery import pipeline
from bindery.model import Kind, Library
from bindery.publish import citations
from bindery.publish.views import linked_data
from tests.publish.archive import catalogue_of, library, rendered, site

BASE = "https://example.org/archive"
HOSTILE = '</script><!--<script> & \u2028 \u2029 "quoted" ]]>'


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {page.permalink: text for page, text in rendered(tmp_path_factory.mktemp("site"), base_url=BASE)}


def graph(text: str) -> list[dict[str, Any]]:
    (script,) = LexborHTMLParser(text).css('script[type="application/ld+json"]')
    data = json.loads(script.text())
    assert data.keys() == {"@context", "@graph"}
    assert data["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = data["@graph"]
    return nodes


def tags(text: str, attribute: str, prefix: str) -> list[tuple[str, str]]:
    found = LexborHTMLParser(text).css(f'meta[{attribute}^="{prefix}"]')
    return [(node.attributes[attribute] or "", node.attributes["content"] or "") for node in found]


def problems(node: Mapping[str, Any]) -> Iterator[str]:
    """What the vocabulary has against a node: an unknown type, a property its type does not have, a value of another kind."""
    if node.keys() == {"@id"}:
        return
    kind = node["@type"]
    if kind not in registry.CLASS_METADATA:
        yield f"no type {kind}"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        known = registry.PROPERTY_BY_SCHEMA.get(name)
        if known is None or known.superseded_by or not {kind, *registry.ancestry(kind)} & set(known.domains):
            yield f"{kind} has no {name}"
            continue
        for one in value if isinstance(value, list) else [value]:
            if not fits(one, set(known.ranges)):
                yield f"{name} cannot be {one!r}"
            if isinstance(one, Mapping):
                yield from problems(one)


def fits(value: object, ranges: set[str]) -> bool:
    match value:
        case Mapping():
            return value.keys() == {"@id"} or bool({value["@type"], *registry.ancestry(str(value["@type"]))} & ranges)
        case int() | float():
            return bool(ranges & {"Number", "Integer"})
        case str():
            is_date, is_address = re.fullmatch(r"\d{4}-\d\d-\d\d", value), re.match(r"https?://|[^ ]+\.html", value)
            return "Text" in ranges or bool(is_date and "Date" in ranges) or bool(is_address and "URL" in ranges)
    return False


@pytest.mark.parametrize("base_url", [BASE, ""], ids=["hosted", "anywhere"])
def test_every_page_of_a_briefing_or_record_is_valid_by_the_vocabulary(tmp_path: Path, base_url: str) -> None:
    pages = {page.permalink: text for page, text in rendered(tmp_path, base_url=base_url) if "ld+json" in text}

    assert set(pages) >= {"briefings/new1.html", "briefings/und1.html", "cities/wuxi.html", "officials/mori.html", "companies/nec.html"}
    assert [(permalink, problem) for permalink, text in pages.items() for node in graph(text) for problem in problems(node)] == []


def test_the_vocabulary_would_object() -> None:
    """The control: what is wrong is found."""
    wrong = {"@type": "Person", "geo": {"@type": "Plaice"}, "jobTitle": {"@type": "Place"}, "birthDate": "soon", "about": "x"}

    assert list(problems(wrong)) == [
        "Person has no geo",
        "jobTitle cannot be {'@type': 'Place'}",
        "birthDate cannot be 'soon'",
        "Person has no about",
    ]


def test_a_briefing_is_a_news_article_about_those_it_names(html: dict[str, str]) -> None:
    article, _ = graph(html["briefings/old1.html"])
    about = {one["name"]: one for one in article["about"]}

    assert (article["@type"], article["headline"], article["datePublished"]) == ("NewsArticle", "Old", "2016-01-19")
    assert article["publisher"] == {"@type": "Organization", "name": "Gazette"}
    assert article["url"] == f"{BASE}/briefings/old1.html"
    assert article["archivedAt"] == f"{BASE}/b/old1/"
    assert about["Tang Zongwei"]["@id"] == f"{BASE}/officials/tang-zongwei.html"
    assert (about["Tang Zongwei"]["@type"], about["Tang Zongwei"]["jobTitle"]) == ("Person", ["deputy director"])
    assert about["Yoichiro Mori"]["jobTitle"] == ["Consul General"]
    assert about["Chongqing"]["address"] == {"@type": "PostalAddress", "addressCountry": "China"}


def test_an_undated_briefing_has_no_date(html: dict[str, str]) -> None:
    article, _ = graph(html["briefings/und1.html"])

    assert "datePublished" not in article
    assert article["inLanguage"] == "ja"


def test_a_record_is_the_thing_itself(html: dict[str, str]) -> None:
    city, _ = graph(html["cities/wuxi.html"])
    official, _ = graph(html["officials/mori.html"])
    company, _ = graph(html["companies/nec.html"])

    assert city["geo"] == {"@type": "GeoCoordinates", "latitude": 31.57, "longitude": 120.3}
    assert city["sameAs"] == ["https://www.wikidata.org/wiki/Q42651"]
    assert (official["@type"], official["jobTitle"], official["alternateName"]) == (
        "Person",
        ["Ambassador", "Consul General"],
        ["森洋一郎"],
    )
    assert company["@type"] == "Organization"


def test_the_way_to_a_page_ends_with_the_page(html: dict[str, str]) -> None:
    _, crumbs = graph(html["briefings/old1.html"])

    assert [(step["position"], step["name"], step["item"]["@id"].removeprefix(BASE)) for step in crumbs["itemListElement"]] == [
        (1, "Archive", "/index.html"),
        (2, "Briefings", "/briefings/index.html"),
        (3, "2016", "/briefings/index.html#y2016"),
        (4, "Old", "/briefings/old1.html"),
    ]


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        ("city", ("country", "latitude", "longitude"), "Place"),
        ("official", ("office", "name_order"), "Person"),
        ("company", ("country",), "Organization"),
        ("organisation", (), "Organization"),
        ("topic", ("wikidata",), "Thing"),
    ],
)
def test_a_kind_is_what_its_records_can_say(name: str, facts: tuple[str, ...], expected: str) -> None:
    assert linked_data.schema_type(Kind(name, f"{name}s", name, name, facts)) == expected


def hostile() -> Library:
    briefings = tuple(replace(briefing, title=HOSTILE, source=HOSTILE, byline=HOSTILE) for briefing in library().briefings)
    named = {key: replace(record, name=HOSTILE) for key, record in library().authorities.items()}
    return replace(library(), briefings=briefings, authorities=named)


def test_hostile_words_stay_inside_the_script(tmp_path: Path) -> None:
    found, briefing = catalogue_of(hostile(), site(tmp_path, title=HOSTILE)), hostile().briefings[0]
    for text in (
        linked_data.of_briefing(briefing, pipeline.bodies(hostile())["new1"], citations.of_briefing(briefing, found.site), found),
        linked_data.of_authority(found.authorities["cities/wuxi"], found),
    ):
        assert not re.search("[<>&\u2028\u2029]", text)
        node = json.loads(text)["@graph"][0]
        assert (node.get("headline") or node["name"]) == HOSTILE


def test_a_reference_manager_reads_an_article_of_its_newspaper(html: dict[str, str]) -> None:
    """Zotero takes the type from DC.type and the newspaper from DC.source; citation_journal_title would make it a journal's article."""
    text = html["briefings/old1.html"]

    assert tags(text, "name", "citation_") == [
        ("citation_title", "Old"),
        ("citation_publication_date", "2016/01/19"),
        ("citation_language", "en"),
        ("citation_public_url", f"{BASE}/b/old1/"),
    ]
    assert tags(text, "name", "DC.") == [("DC.type", "newspaperArticle"), ("DC.source", "Gazette")]


def test_a_preview_has_title_words_date_and_address(html: dict[str, str]) -> None:
    text = html["briefings/new1.html"]

    assert dict(tags(text, "property", "og:")) == {
        "og:type": "article",
        "og:site_name": "Briefing archive",
        "og:title": "New & old",
        "og:description": "Mori of NEC Co., Ltd. came.",
        "og:url": f"{BASE}/briefings/new1.html",
        "og:locale": "en_US",
        "og:image": f"{BASE}/share/archive.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Briefing archive",
    }
    assert tags(text, "property", "article:") == [("article:published_time", "2021-07-21")]
    assert dict(tags(text, "name", "twitter:"))["twitter:title"] == "New & old"


@pytest.mark.parametrize("permalink", ["index.html", "search.html", "cities/index.html", "officials/mori.html", "methodology.html"])
def test_every_page_has_a_preview(html: dict[str, str], permalink: str) -> None:
    found = dict(tags(html[permalink], "property", "og:"))

    assert found["og:type"] == "website"
    assert found["og:title"]
    assert found["og:description"]
    assert found["og:url"] == f"{BASE}/{permalink}"


def test_an_archive_without_an_address_gives_none(tmp_path: Path) -> None:
    for page, text in rendered(tmp_path):
        if page.permalink.endswith(".html"):
            assert not re.search(r'og:url|citation_public_url|rel="alternate"', text), page.permalink


def test_a_page_that_is_not_there_has_no_preview(html: dict[str, str]) -> None:
    assert "og:" not in html["404.html"]
