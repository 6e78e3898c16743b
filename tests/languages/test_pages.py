"""Whole pages in other languages: nothing is said in English by oversight, and every element says which language it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bindery import languages
from bindery.config import Site
from bindery.languages import Interface, interface
from bindery.model import Authority, Briefing, Fate, Library, Provenance
from bindery.publish import render
from tests.publish import archive

OPEN, CLOSE = "⟦", "⟧"
_ADDRESS = re.compile(r"\S*[/.@]\S*|\b[0-9a-f]{8}\b")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_PLACE = re.compile(r"\{\w+\}")
SAME = frozenset(
    [
        *("BCP", "Bindery", "BibTeX", "CSL", "CSV", "FTS5", "GeoJSON", "GeoNames", "GraphML", "JSON", "KB", "OPML", "RIS", "SHA"),
        *("SQLite", "UTF", "Wikidata", "ZIP", "utf"),
    ]
)
"""Words that are the same in every language."""
UNREAD = frozenset(["code", "head", "script", "style", "noscript"])
BODY = """[Анна](../officials/anna.md "мэр") приехала в [Омск](../cities/omsk.md).

> [!WARNING]
> Похоже на спам.

#### Далее

[Завод](../companies/zavod.md) и [Омск](../cities/omsk.md)."""
PRINTED = {"en": "Shipyard", "de": "Werft", "fr": "Chantier", "ru": "Верфь", "ja": "造船ドック", "zh": "船坞", "ko": "조선소"}
"""A word of each language that the pages of that language print, and no others."""


class Bracketed(Interface):
    """Says every text in brackets: what stands outside them is content, or was forgotten."""

    def __init__(self) -> None:
        of = interface("de")
        months = [f"{OPEN}{month}{CLOSE}" for month in of.facts["months"]]
        short = [f"{OPEN}{month}{CLOSE}" for month in of.facts["months_short"]]
        names = {tag: f"{OPEN}{name}{CLOSE}" for tag, name in of.facts["languages"].items()}
        texts = {text: f"{OPEN}{text}{CLOSE}" if re.search(r"[A-Za-z]", _PLACE.sub("", text)) else text for text in of.texts}
        counts = {many: f"{OPEN}{{n}} {many}{CLOSE}" for many in of.counts}
        cldr = {**of.facts, "months": months, "months_short": short, "languages": names}
        super().__init__({"language": "de", "texts": texts, "counts": counts, "cldr": cldr}, digest=1)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Site:
    """An archive whose interface says every text in brackets, in German by its own account."""
    spoken = Bracketed()
    monkeypatch.setattr(languages, "interface", lambda _: spoken)
    own = 'language: de\ntitle: "Архив"\ntagline: "Дела"\npublisher: "Редакция"\n'
    dossiers = 'dossiers: [{title: "Дело", slug: affair, between: cities/omsk, and: officials/anna}]\n'
    (tmp_path / "site.yaml").write_text(own + dossiers, encoding="utf-8")
    return archive.site(tmp_path)


def briefing(identifier: str, title: str, date: Date | None, body: str, language: str | None) -> Briefing:
    fates = (Fate(1, "dropped", "menu", title), Fate(2, "used", "title", title), Fate(3, "kept", "body", title))
    provenance = Provenance(f"{identifier}.txt", "12" * 32, 1234, "utf-8", fates)
    return replace(archive.briefing(identifier, title, date, body, provenance=provenance), language=language, source="Газета")


def library(*briefings: Briefing) -> Library:
    place = {"latitude": "55", "longitude": "73.4"}
    authorities = [
        Authority("city", "omsk", "Омск", ("Город Омск",), "confirmed", {"country": "Россия", **place}, id="cities/omsk"),
        Authority("city", "tomsk", "Томск", id="cities/tomsk", facts={"latitude": "56.5", "longitude": "-85"}),
        Authority("official", "anna", "Анна Орлова", id="officials/anna", note="Заметка."),
        Authority("company", "zavod", "Завод", id="companies/zavod"),
    ]
    named = {
        authority.id: tuple(one for one in briefings if any(mention.authority == authority.id for mention in one.mentions))
        for authority in authorities
    }
    return Library(briefings, {authority.id: authority for authority in authorities}, named, {})


def pages(found: Library, site: Site) -> Iterator[tuple[str, LexborHTMLParser]]:
    env = render.environment(site)
    for one in archive.planned(found, site):
        if one.template.startswith("pages/"):
            yield one.permalink, LexborHTMLParser(archive.text(one, env))


@pytest.mark.parametrize("base_url", ["", "https://архив.example"])
def test_whatever_is_no_content_is_said_in_the_language_of_the_site(site: Site, base_url: str) -> None:
    found = library(
        briefing("three", "Третья", Date(2021, 7, 21), BODY, "ru"),
        briefing("two", "Вторая", Date(2016, 1, 19), BODY, "ru"),
        briefing("one", "Первая", None, "[Омск](../cities/omsk.md) и [Томск](../cities/tomsk.md).", None),
    )
    said = [f"{where}: {text}" for where, page in pages(found, replace(site, base_url=base_url)) for text in unsaid(page)]
    assert not said, "\n".join(said)


def test_every_element_is_in_the_language_it_says(site: Site) -> None:
    body = '[Омск](../cities/omsk.md "{0}") {0} и [Анна](../officials/anna.md "{0}").\n\n#### {0}'
    found = library(
        *(briefing(tag, word, Date(2020, 1, day), body.format(word), tag) for day, (tag, word) in enumerate(PRINTED.items(), 1))
    )
    wrong, seen = [], set()
    for where, page in pages(found, site):
        for text, lang, is_attribute, depth in shown(page):
            if depth and lang != "de" and _LATIN.search(text) and text not in PRINTED.values():
                wrong.append(f"{where}: {text!r} of the interface is marked {lang}")
            for tag, word in PRINTED.items():
                if word in text and not is_attribute:
                    seen.add(tag)
                    if lang != tag:
                        wrong.append(f"{where}: {text!r}, printed in {tag}, is marked {lang}")
    assert not wrong, "\n".join(wrong)
    assert seen == set(PRINTED)


def unsaid(page: LexborHTMLParser) -> Iterator[str]:
    """Latin words outside brackets that a reader sees or hears."""
    for text, _, _, depth in shown(page):
        if not depth and (words := set(_LATIN.findall(_ADDRESS.sub("", text))) - SAME):
            yield f"{text.strip()!r}: {', '.join(sorted(words))}"


def shown(page: LexborHTMLParser) -> Iterator[tuple[str, str, bool, int]]:
    """Every text a reader is given, cut at brackets: with the language its element says, whether it is an attribute's, and within
    how many brackets it stands. They may open and close in other elements: a text may have tags in it."""
    root = page.root
    assert root is not None
    depth = 0
    for node in root.traverse(include_text=True):
        if node.tag == "-text":
            above = list(_up(node.parent))
            if not UNREAD.intersection(up.tag for up in above):
                for piece, depth_there in _pieces(node.text_content or "", depth):
                    yield piece, _lang(above), False, depth_there
                depth += (node.text_content or "").count(OPEN) - (node.text_content or "").count(CLOSE)
        else:
            for name in ("alt", "aria-label", "placeholder", "title"):
                if value := node.attributes.get(name):
                    for piece, depth_there in _pieces(value, 0):
                        yield piece, _lang(list(_up(node))), True, depth_there


def _pieces(text: str, depth: int) -> Iterator[tuple[str, int]]:
    for piece in re.split(f"([{OPEN}{CLOSE}])", text):
        if piece in (OPEN, CLOSE):
            depth += 1 if piece == OPEN else -1
        elif piece.strip():
            yield piece, depth


def _lang(elements: list[LexborNode]) -> str:
    return next((lang for up in elements if (lang := up.attributes.get("lang"))), "")


def _up(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None and node.tag != "-document":
        yield node
        node = node.parent
