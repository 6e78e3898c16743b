"""What the index is told besides the text: every name in every order and script, and East Asian text in pairs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bindery.model import Authority
from bindery.publish import bigrams
from bindery.publish.views import search_data
from tests.publish import archive

PAIRS = {
    "every pair of a run, and its last character alone": ("重庆市", "SIGN重庆 SIGN庆市 SIGN市SIGN"),
    "one character": ("町", "SIGN町SIGN"),
    "what stands twice once": ("重庆, 重庆", "SIGN重庆 SIGN庆SIGN"),
    "nothing across punctuation": ("高田・真里", "SIGN高田 SIGN田SIGN · SIGN真里 SIGN里SIGN"),
    "letters and figures that touch a run": ("NEC日本2016年", "NEC SIGN日本 SIGN本SIGN 2016 SIGN年SIGN"),
    "none for other scripts": ("Chongqing, Казань, القاهرة", ""),
    "Korean": ("서울시", "SIGN서울 SIGN울시 SIGN시SIGN"),
    "full forms of half-width letters": ("ﾃﾚ", "SIGNテレ SIGNレSIGN"),
}


@pytest.mark.parametrize(("text", "words"), PAIRS.values(), ids=PAIRS)
def test_text_without_spaces_is_indexed_in_pairs(text: str, words: str) -> None:
    assert bigrams.index_words([text]) == words.replace("SIGN", bigrams.SIGN)


def test_ha_ba_and_pa_are_three_letters() -> None:
    assert len({bigrams.index_words([word]) for word in ("ハス", "バス", "パス")}) == 3


ORDERS = {
    "a person": ("Takada Mari", True, ["Takada Mari", "Mari Takada"]),
    "three words": ("Ana de Armas", True, ["Ana de Armas", "Armas Ana de", "de Armas Ana"]),
    "one word": ("高田真里", True, ["高田真里"]),
    "not a person": ("New Delhi", False, ["New Delhi"]),
}


@pytest.mark.parametrize(("name", "is_person", "expected"), ORDERS.values(), ids=ORDERS)
def test_a_persons_name_stands_in_either_order(name: str, is_person: bool, expected: list[str]) -> None:
    found = search_data.spellings(Authority("official", "x", name, id="officials/x"), is_person=is_person)

    assert list(dict.fromkeys(found)) == expected


def test_a_briefing_is_found_by_every_name_of_whom_it_mentions(tmp_path: Path) -> None:
    read = archive.read(tmp_path)
    briefing = archive.library().briefings[0]
    mentioned = [read.named["officials/mori"], read.named["cities/chongqing"]]
    told = dict(search_data.of_briefing(briefing, (), mentioned, read.authorities).meta)

    for name in ("Yoichiro Mori", "Mori Yoichiro", "森洋一郎", "Chungking", "重庆", "重慶", bigrams.index_words(["森洋一郎"])):
        assert name in told["aliases"]


def test_a_page_of_a_name_keeps_its_note_apart_from_its_names(tmp_path: Path) -> None:
    read = archive.read(tmp_path)
    mori = replace(read.authorities["officials/mori"], note="会談した")
    told = dict(search_data.of_authority(read.named[mori.id], {mori.id: mori}).meta)

    assert told["bigrams"] == bigrams.index_words(["会談した"])
    assert told["bigrams"] not in told["aliases"]
