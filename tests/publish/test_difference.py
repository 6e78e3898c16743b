"""What changed between two captures of a page, as it is read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bindery.publish import difference
from bindery.publish.difference import Paragraph, Piece

TEXTS = st.lists(st.text(st.sampled_from("ab c市長\n"), max_size=12), max_size=5)


def test_a_changed_word_stands_between_words_that_stayed() -> None:
    before = ["Talks", "Tang met Mori in Chongqing on Monday.", "Nothing else.", "The end."]
    after = ["Talks", "Tang met Mori in Chongqing on Tuesday.", "Nothing else.", "The end.", "And more."]
    assert difference.difference(before, after) == (
        Paragraph((), 1),
        Paragraph(
            (Piece("same", "Tang met Mori in Chongqing on "), Piece("removed", "Monday."), Piece("added", "Tuesday.")),
        ),
        Paragraph((), 2),
        Paragraph((Piece("added", "And more."),)),
    )


def test_words_between_two_changes_are_read_with_them() -> None:
    (paragraph,) = difference.difference(["He saw one of three ships."], ["He saw two of four ships."])
    assert [piece.text.strip() for piece in paragraph.pieces] == ["He saw", "one of three", "two of four", "ships."]


def test_chinese_is_compared_by_its_characters() -> None:
    (paragraph,) = difference.difference(["重庆市长会见了总领事。"], ["重庆市长昨日会见了总领事。"])
    assert Piece("added", "昨日") in paragraph.pieces


def test_the_same_words_make_no_difference() -> None:
    assert difference.difference(["One  two.", "Three."], ["One two.", "Three."]) == ()


def test_a_very_long_text_is_compared_by_paragraphs() -> None:
    long = " ".join(f"word{number}" for number in range(difference.MOST_WORDS))
    (same, changed) = difference.difference([f"{long} one", "end one"], [f"{long} one", "end two"])
    assert same.same_count == 1
    assert [piece.text for piece in changed.pieces] == ["end one", "end two"]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(before: list[str], after: list[str]) -> None:
    """Where no paragraph is folded away as unchanged."""
    found = difference.difference(before, after)
    if found and not any(paragraph.same_count for paragraph in found):
        for how, texts in (("removed", before), ("added", after)):
            read = "".join(piece.text for paragraph in found for piece in paragraph.pieces if piece.how in ("same", how))
            assert "".join(read.split()) == "".join("".join(texts).split())
    assert all(bool(paragraph.pieces) != bool(paragraph.same_count) for paragraph in found)
