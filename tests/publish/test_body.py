"""Markdown → blocks."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from bindery.content import markup
from bindery.model import Briefing
from bindery.publish.body import Block, Target, blocks


def blocks_of(markdown: str) -> tuple[Block, ...]:
    text, mentions = markup.standoff(markdown)
    briefing = Briefing("6898abf", "a-page", "A page", None, None, None, "en", text, mentions)
    return blocks(briefing, lambda authority: None if "nobody" in authority else Target(f"../{authority}.html", authority.split("/")[0]))


def test_a_mention_becomes_a_link_with_its_place_in_the_plain_text() -> None:
    (block,) = blocks_of('The mayor met\n[Tang *Zongwei*](../officials/tang-zongwei.md "deputy \\"director\\"") there.')

    assert block.text == "The mayor met Tang Zongwei there."
    (mention,) = block.mentions
    assert block.text[mention.start : mention.end] == "Tang Zongwei"
    assert (mention.authority, mention.role) == ("officials/tang-zongwei", 'deputy "director"')
    assert 'href="../officials/tang-zongwei.html"' in block.html
    assert "deputy" not in block.html


def test_a_mention_without_a_record_is_shown_as_text() -> None:
    (block,) = blocks_of("Here is [Nobody](../officials/nobody.md).")

    assert block.text == "Here is Nobody."
    assert "href" not in block.html


def test_a_github_alert_is_a_note_on_the_block_before_it() -> None:
    first, second = blocks_of("One.\n\n> [!WARNING]\n> Suspected **injected** text.\n\nTwo.\n")

    assert [(note.tone, note.text) for note in first.notes] == [("warning", "Suspected injected text.")]
    assert "<strong>injected</strong>" in first.notes[0].html
    assert second.notes == ()


@pytest.mark.parametrize("markdown", ["a `<b> &amp;`", "    a <b> &amp;"])
def test_code_is_shown_as_typed(markdown: str) -> None:
    (block,) = blocks_of(markdown)

    assert block.text == "a <b> &amp;"
    assert "&lt;b&gt; &amp;amp;" in block.html


def test_a_footnote_leaves_no_trace_of_the_machinery_in_the_text() -> None:
    first, second = blocks_of("Said[^1] so.\n\n[^1]: By whom.\n")

    assert (first.text, second.text) == ("Said1 so.", "By whom.")


def test_a_quotation_is_no_note() -> None:
    (block,) = blocks_of("> Said so.\n")

    assert (block.tag, block.text, block.notes) == ("blockquote", "Said so.", ())


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        pytest.param("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", id="script"),
        pytest.param('<img src=x onerror="alert(1)">', "&lt;img src=x onerror=", id="event handler"),
        pytest.param("[x](javascript:alert(1))", "<a>x</a>", id="javascript link"),
        pytest.param("[x](data:text/html,hi)", "<a>x</a>", id="data link"),
        pytest.param("[x](vbscript:z 'y'){: onclick='z' }", '<a title="y">x</a>', id="attribute list"),
        pytest.param("![p](https://elsewhere.example/p.png)", '<img alt="p"', id="picture of another host"),
        pytest.param("&lt;b&gt; {{ site }} {% raw %}", "&lt;b&gt; {{ site }} {% raw %}", id="entities and templates"),
        pytest.param(markup.escape("&lt;b&gt; &copy;"), "&amp;lt;b&amp;gt; &amp;copy;", id="entities of a seed"),
    ],
)
def test_nothing_but_markdown_becomes_markup(markdown: str, shown: str) -> None:
    html = "".join(block.html for block in blocks_of(markdown))
    elements = LexborHTMLParser(html).css("body *")

    assert shown in html
    assert not {element.tag for element in elements} - {"a", "img"}
    assert not {name for element in elements for name in element.attributes} - {"alt", "title"}


@pytest.mark.parametrize(
    ("markdown", "tags"),
    [
        pytest.param("## A\n\nB\n\n- c\n- d\n", ["h2", "p", "ul"], id="headings and lists"),
        pytest.param("| a | b |\n|---|---|\n| c | d |\n", ["table"], id="table"),
        pytest.param("A[^1]\n\n[^1]: B\n", ["p", "div"], id="footnote"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_people_write_on_github_is_understood(markdown: str, tags: list[str]) -> None:
    assert [block.tag for block in blocks_of(markdown)] == tags


def test_a_correction_leaves_the_keys_of_other_paragraphs_alone() -> None:
    paragraphs = ["Tang noted that the area has advantages.", "He also noted more.", "重庆两江新区", "He also noted less."]
    before = [block.key for block in blocks_of("\n\n".join(paragraphs))]
    after = [block.key for block in blocks_of("\n\n".join([paragraphs[0], "Inserted by a person.", "He also said more.", *paragraphs[2:]]))]

    assert before[0].startswith("tang-noted-that-")
    assert len(set(before)) == 4
    assert [key for key in before if key in after] == [before[0], before[2], before[3]]


def test_a_paragraph_printed_twice_has_two_keys() -> None:
    first, second = blocks_of("Gergely Kadar, Consul General.\n\nGergely Kadar, Consul General.")

    assert second.key == f"{first.key}-2"
