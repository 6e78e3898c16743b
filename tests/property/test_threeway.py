"""Two changes of one text, merged."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.ingest.threeway import Version, merged

texts = st.lists(st.sampled_from("abcde"), max_size=8)


def merge(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    return list(merged(Version("base", base), Version("mine", mine), Version("theirs", theirs)))


@given(base=texts, other=texts)
def test_what_one_side_alone_changed_is_as_that_side_has_it(base: list[str], other: list[str]) -> None:
    assert merge(base, other, base) == merge(base, base, other) == merge(base, other, other) == other


@given(base=texts, mine=texts, theirs=texts)
def test_no_line_that_either_side_wrote_is_lost(base: list[str], mine: list[str], theirs: list[str]) -> None:
    there = Counter(merge(base, mine, theirs))
    for side in (mine, theirs):
        assert Counter(side) - Counter(base) <= there


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        pytest.param("abc", "aBc", "abcd", "a B c d", id="both kept where they are apart"),
        pytest.param("abc", "ac", "abcd", "a c d", id="a line less, a line more"),
        pytest.param("abc", "aXc", "aYc", "a <mine X |base b = Y >theirs c", id="both changed one line"),
        pytest.param("", "X", "Y", "<mine X |base = Y >theirs", id="both wrote where nothing was"),
        pytest.param("ab", "b", "aXb", "<mine |base a = a X >theirs b", id="one took away what the other wrote behind"),
    ],
)
def test_a_merge_is_that_of_diff3(base: str, mine: str, theirs: str, expected: str) -> None:
    found = merge(list(base), list(mine), list(theirs))

    assert " ".join(re.sub(r"([<|=>])\1{6} ?", r"\1", line) for line in found) == expected
