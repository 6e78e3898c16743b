"""The grammar of offices: where a role begins and ends."""

from __future__ import annotations

import pytest

from bindery.ingest.annotate.names_tokens import Tokens
from bindery.ingest.annotate.offices import Offices
from bindery.ingest.annotate.offices_lexicon import office_lexicon, plural, split_prefix

PLACES = frozenset({"chongqing", "carmel", "indiana", "japan", "singapore", "brunei", "porto", "bloemfontein", "st. charles", "texas"})


def is_place(text: str) -> bool:
    return text.casefold() in PLACES


def role(text: str) -> str:
    """The first role of a text, as if a name stood before it."""
    tokens = Tokens(text)
    offices = Offices(tokens, is_place)
    found = offices.role(offices.heads[0], 0, splitting=False)
    return tokens.printed(found.start, found.end)


EXTENTS = [
    ("deputy director of the Chongqing Administration Committee, met", "deputy director of the Chongqing Administration Committee"),
    ("Consul-General in Chongqing, on Jan 18", "Consul-General in Chongqing"),
    ("Belarus' Consul General in Chongqing, believed", "Belarus' Consul General in Chongqing"),
    ("Mayor of Carmel, Indiana; next", "Mayor of Carmel, Indiana"),
    ("mayor, St. Charles, Texas; next", "mayor, St. Charles, Texas"),
    ("the Chinese commerce minister, looked", "Chinese commerce minister"),
    ("Vice-Chairman of yabo网站登陆 (yabo) of China (online), said", "Vice-Chairman of yabo网站登陆 (yabo) of China"),
    ("Minister for Foreign Affairs and Law said", "Minister for Foreign Affairs and Law"),
    ("Ambassador to Singapore and Brunei said", "Ambassador to Singapore and Brunei"),
    ("Commerce, Trade and Investment Commissioner of Japan, said", "Commerce, Trade and Investment Commissioner of Japan"),
    ("vice president of poultry and prepared foods, as", "vice president of poultry and prepared foods"),
    ("Ministry of Commerce spokesperson said", "Ministry of Commerce spokesperson"),
    ("head of the Mayor's Office, said", "head of the Mayor's Office"),
    ("manager in charge of the China Office said", "manager in charge of the China Office"),
    ("Union Finance Minister, Government of India, gave", "Union Finance Minister, Government of India"),
    ("Acme Steel (ASC) Chairman said", "Acme Steel (ASC) Chairman"),
    ("CEO in May", "CEO"),
]


@pytest.mark.parametrize(("text", "extent"), EXTENTS, ids=[text[:30] for text, _ in EXTENTS])
def test_what_belongs_to_a_role(text: str, extent: str) -> None:
    assert role(text) == extent


def test_a_name_behind_a_complement_is_no_part_of_it() -> None:
    tokens = Tokens("Secretary of the CPC Wuxi Municipal Committee Li Xiaomin met")
    offices = Offices(tokens, is_place)
    found = offices.role(offices.heads[0], 0, splitting=True)
    assert found.name_start is not None
    assert tokens.printed(found.start, found.end) == "Secretary of the CPC Wuxi Municipal Committee"


HEADS = [
    ("Deputy Trade Minister", ["Minister"]),
    ("Chief Information Officer", ["Chief Information Officer"]),
    ("President and CEO", ["President and CEO"]),
    ("Deputy Secretary General", ["Secretary General"]),
    ("Consuls General and Vice-Mayors", ["Consuls General", "Vice-Mayors"]),
    ("reporter and editor", []),
]


@pytest.mark.parametrize(("text", "heads"), HEADS, ids=[text for text, _ in HEADS])
def test_heads_are_read_at_their_longest(text: str, heads: list[str]) -> None:
    tokens = Tokens(text)
    assert [tokens.printed(head.start, head.end) for head in Offices(tokens, is_place).heads] == heads


def test_plurals_and_prefixes() -> None:
    singulars = ("mayor", "secretary", "chairman", "judge", "boss")
    assert [plural(word) for word in singulars] == ["mayors", "secretaries", "chairmen", "judges", "bosses"]
    assert [split_prefix(word) for word in ("vice-mayor", "mayor-elect", "mayor")] == ["mayor", "mayor", ""]


def test_no_head_is_given_twice() -> None:
    for heads in office_lexicon().heads.values():
        assert len({head.words for head in heads}) == len(heads)
