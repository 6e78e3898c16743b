"""One mention or paragraph otherwise, and every other character as it was."""

from __future__ import annotations

import pytest

from bindery.content import body_edits
from bindery.content.files import read_briefing
from bindery.errors import ContentError

HEAD = "---\nid: abcd123\ntitle: T\n---\n\n"
PATH = "content/briefings/t.md"
BODY = """\
[Ann](../officials/ann.md "Mayor of \\"X\\"") met  Ann\\* and [Ann B.](../officials/ann.md).

> [!NOTE]
> A remark with Tang in it.

Tang, and [Tang](../officials/tang.md) said: 1\\. Tang\\_s house \\[sic\\].
"""
SOURCE = HEAD + BODY


def test_the_text_is_read_without_links_and_escapes() -> None:
    plain = body_edits.plain(SOURCE, PATH)
    at = plain.text.index("[sic]")

    assert "Ann met  Ann* and Ann B." in plain.text
    assert SOURCE[plain.offsets[at] :].startswith("\\[sic")
    assert [plain.is_linked[found] for found in (plain.text.index("Ann met"), plain.text.index("Ann*"))] == [True, False]


@pytest.mark.parametrize(
    ("role", "link"),
    [
        ("Mayor", '[Ann](../officials/ann.md "Mayor")'),
        ('the "old" \\ mayor', '[Ann](../officials/ann.md "the \\"old\\" \\\\ mayor")'),
        (None, "[Ann](../officials/ann.md)"),
    ],
)
def test_a_role_is_corrected_in_its_mention_alone(role: str | None, link: str) -> None:
    after = body_edits.with_role(SOURCE, PATH, 0, ("officials/ann", "Ann"), role)

    assert after == SOURCE.replace('[Ann](../officials/ann.md "Mayor of \\"X\\"")', link)
    assert read_briefing(after, PATH).mentions[0].role == role


def test_a_mention_that_is_another_by_now_is_left() -> None:
    for number, seen in ((0, ("officials/bob", "Ann")), (1, ("officials/ann", "Ann")), (9, ("officials/ann", "Ann"))):
        with pytest.raises(ContentError, match="not there any more"):
            body_edits.with_role(SOURCE, PATH, number, seen, "Mayor")


def test_a_name_is_linked_where_it_stands_without_a_link() -> None:
    sentence = "Tang, and Tang said: 1. Tang_s house [sic]."
    after = body_edits.with_link(SOURCE, PATH, sentence, "Tang", "officials/tang-2")

    assert after == SOURCE.replace("\n\nTang, and", "\n\n[Tang](../officials/tang-2.md), and")
    again = body_edits.with_link(after, PATH, sentence, "Tang", "officials/tang-2")
    assert again == after.replace("Tang\\_s house", "[Tang](../officials/tang-2.md)\\_s house")
    with pytest.raises(ContentError, match="without a link"):
        body_edits.with_link(again, PATH, sentence, "Tang", "officials/tang-2")


def test_all_mentions_of_a_record_can_name_another() -> None:
    after = body_edits.repointed(SOURCE, PATH, "officials/ann", "officials/ann-2")

    assert after == SOURCE.replace("../officials/ann.md", "../officials/ann-2.md")


def test_a_captured_line_becomes_the_paragraph_after_the_one_above_it() -> None:
    after = body_edits.with_paragraph(SOURCE, PATH, "# 1. A *line*", ["Ann met  Ann* and Ann B."])

    assert after == SOURCE.replace("in it.\n\n", "in it.\n\n\\# 1. A \\*line\\*\n\n")  # behind the note, which belongs to what is above it


@pytest.mark.parametrize(
    ("above", "after"),
    [
        pytest.param(["said: 1. Tang_s"], HEAD + BODY.rstrip("\n") + "\n\nLast.\n", id="the last paragraph"),
        pytest.param(["nothing that is there"], HEAD + "Last.\n\n" + BODY, id="none of the lines above is there"),
    ],
)
def test_a_line_has_a_place_at_either_end(above: list[str], after: str) -> None:
    assert body_edits.with_paragraph(SOURCE, PATH, "Last.", above) == after


def test_line_ends_of_windows_stay() -> None:
    source = SOURCE.replace("\n", "\r\n")

    assert body_edits.repointed(source, PATH, "officials/ann", "officials/x").replace("officials/x", "officials/ann") == source
    after = body_edits.with_paragraph(source, PATH, "Last.", ["house [sic]."])
    assert after == source.removesuffix("\r\n") + "\r\n\r\nLast.\r\n"
