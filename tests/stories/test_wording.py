"""The words of a text are the same however they are looked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bindery.stories import wording


@given(st.text("aB1_-' \n“—é市の\x85\udc80", max_size=40))
def test_words_that_are_split_are_those_that_a_search_finds(text: str) -> None:
    folded = text.casefold()
    assert wording.words(folded) == [word.encode("utf-8", "surrogatepass") for word in wording.WORD.findall(folded)]


def test_case_marks_and_white_space_do_not_count() -> None:
    assert wording.shingles("“The *Mayor*\n of Kobe…”") == wording.shingles("the mayor of kobe")
