"""Personal names by shape and origin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.ingest.annotate.names_find import name_before, name_from, names
from bindery.ingest.annotate.names_lexicon import folded, hepburn, pinyin
from bindery.ingest.annotate.names_native import family
from bindery.ingest.annotate.names_shape import FAMILY_FIRST, GIVEN_FIRST, shape
from bindery.ingest.annotate.names_tokens import Tokens
from bindery.ingest.annotate.people import calm, misspelt, same

PLACES = frozenset({"new york", "hong kong", "paris", "osaka"})


def is_place(text: str) -> bool:
    return text.casefold() in PLACES


SHAPES = [
    ("Gou Gengmao", FAMILY_FIRST),
    ("Lixin Wang", GIVEN_FIRST),
    ("Zhang Yong Wu", FAMILY_FIRST),
    ("Chan Hing Wing", FAMILY_FIRST),
    ("Lee Seok-hee", FAMILY_FIRST),
    ("Seok-hee Lee", GIVEN_FIRST),
    ("Nguyen Van Hung", FAMILY_FIRST),
    ("Tomita Masahiro", FAMILY_FIRST),
    ("Yoichiro Mori", GIVEN_FIRST),
    ("Pim ten Haaf", GIVEN_FIRST),
    ("Clas Neumann", GIVEN_FIRST),
]


@pytest.mark.parametrize(("name", "order"), SHAPES, ids=[name for name, _ in SHAPES])
def test_a_name_is_sure_by_its_shape_and_tells_its_order(name: str, order: str) -> None:
    found = shape(tuple(folded(word) for word in name.split()))
    assert (found.strength, found.order) == (2, order)


BEFORE = [
    ("According to Gergely Kadar, consul", "Gergely Kadar"),
    ("met Mr. K Shanmugam, Minister", "K Shanmugam"),
    ("Sheikh Mohammed bin Rashid Al Maktoum, Vice", "Mohammed bin Rashid Al Maktoum"),
    ("and He Lifeng, vice", "He Lifeng"),
    ("then Theresa May, Prime", "Theresa May"),
    ("Lee Jun Seung, Deputy", "Lee Jun Seung"),
    ("Mr. Fran?ois Bausch, Minister", "Fran?ois Bausch"),
    ("Jane Roe MP, Minister", "Jane Roe"),
    ("in New York, mayor", None),
    ("Suzhou Industrial Park, director", None),
    ("On Monday, mayor", None),
]


@pytest.mark.parametrize(("text", "name"), BEFORE, ids=[text[:24] for text, _ in BEFORE])
def test_the_name_before_a_comma(text: str, name: str | None) -> None:
    tokens = Tokens(text)
    found = name_before(tokens, tokens.folded.index(","), is_place)
    assert (tokens.printed(found.start, found.end) if found else None) == name


AFTER = [
    ("H.E. Mr. Ning Jizhe said", "Ning Jizhe"),
    ("Dato' Sri Anwar bin Ibrahim came", "Anwar bin Ibrahim"),
    ("Ursula von der Leyen said", "Ursula von der Leyen"),
    ("Nikhilesh Chandra Giri went", "Nikhilesh Chandra Giri"),
    ("hotel in town", None),
]


@pytest.mark.parametrize(("text", "name"), AFTER, ids=[text[:24] for text, _ in AFTER])
def test_the_name_at_a_place(text: str, name: str | None) -> None:
    tokens = Tokens(text)
    found = name_from(tokens, 0, is_place)
    assert (tokens.printed(found.start, found.end) if found else None) == name


def test_names_stand_in_order_and_places_are_none() -> None:
    tokens = Tokens("Peter Jones flew from Hong Kong to New York with Wang Xiaoming.")
    assert [tokens.printed(name.start, name.end) for name in names(tokens, is_place)] == ["Peter Jones", "Wang Xiaoming"]


def test_syllables_are_counted() -> None:
    assert [pinyin(word) for word in ("gengmao", "zhi", "xi'an", "smith")] == [2, 1, 2, 0]
    assert [bool(hepburn(word)) for word in ("higashihara", "shinichi", "honda", "smith")] == [True, True, True, False]


def test_long_vowels_are_one_name() -> None:
    assert hepburn("ohno") == hepburn("ono")
    assert hepburn("satou") == hepburn("sato")


FAMILIES = [
    ("唐良智", "唐"),
    ("欧阳修平", "欧阳"),
    ("赤松秀一", "赤松"),
    ("小笠原浩", "小笠原"),
    ("김민수", "김"),
    ("오바마", "오"),
    ("ABC", ""),
]


@pytest.mark.parametrize(("name", "surname"), FAMILIES, ids=[name for name, _ in FAMILIES])
def test_the_family_name_in_native_script(name: str, surname: str) -> None:
    assert family(name) == surname


def test_one_name_in_two_orders_or_with_an_initial_is_the_same() -> None:
    assert same(("takada", "mari"), ("mari", "takada"))
    assert same(("donald", "trump"), ("donald", "j", "trump"))
    assert not same(("wang", "rong"), ("wang", "jinhua"))


def test_one_slip_in_one_word_is_a_misspelling() -> None:
    assert misspelt(("gou", "gengmao"), ("guo", "gengmao"))
    assert not misspelt(("wang", "li"), ("wan", "li"))
    assert not misspelt(("wang", "jinhua"), ("wang", "rong"))


def test_capitals_are_calmed() -> None:
    assert [calm(name) for name in ("NING Jizhe", "LEE Seok-hee", "J.D. Power", "TRB Rajaa", "Ed Roe III")] == [
        "Ning Jizhe",
        "Lee Seok-hee",
        "J.D. Power",
        "TRB Rajaa",
        "Ed Roe III",
    ]


@given(st.text(alphabet="Aa éÉ.,'’-?&()0 \n中の시", max_size=60))
def test_tokens_cover_every_letter_once(text: str) -> None:
    tokens = Tokens(text)
    spans = list(zip(tokens.starts, tokens.ends, strict=True))
    assert all(before <= start < end for before, (start, end) in zip([0, *tokens.ends], spans, strict=False))
    assert "".join(text[start:end] for start, end in spans) == "".join(text.split())
