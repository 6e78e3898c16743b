"""Laws of plain text, Markdown and mentions."""

from __future__ import annotations

from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bindery.content import files, front_matter, markup
from bindery.model import Briefing, Mention
from bindery.publish.body import Target, blocks
from tests.property.strategies import annotated, briefings, seed_text


@given(annotated())
def test_standoff_undoes_inline(case: tuple[str, tuple[Mention, ...]]) -> None:
    text, mentions = case

    assert markup.standoff(markup.inline(text, mentions)) == (text, mentions)


@given(
    st.lists(
        st.sampled_from(["[a](../c/x.md)", '[b](../o/y-1.md "d")', "[", "]", "(../c/x.md)", "(../", '"', "\\", "\\\\", "\n", "重", "a b"])
    ).map("".join)
)
def test_every_mention_of_a_body_is_lifted_out_and_nothing_else(body: str) -> None:
    places = [(match["id"], markup.role(match), match["form"]) for match in markup.MENTION.finditer(body)]
    text, mentions = markup.standoff(body)

    assert [(mention.authority, mention.role, text[mention.start : mention.end]) for mention in mentions] == places
    assert text == markup.MENTION.sub(lambda match: match["before"] + match["form"], body)


def test_a_role_is_read_with_single_spaces_as_it_is_written() -> None:
    text, mentions = markup.standoff('[Tang](../officials/tang.md " deputy  mayor ")')

    assert mentions[0].role == "deputy mayor"
    assert markup.standoff(markup.inline(text, mentions)) == (text, mentions)


@given(seed_text)
def test_unescape_undoes_escape(text: str) -> None:
    assert markup.unescape(markup.escape(text)) == text


@given(seed_text, seed_text)
def test_spans_survive_escaping(before: str, form: str) -> None:
    plain = before + form + before
    escaped, spans = markup.escape_with_spans(plain, [(len(before), len(before) + len(form))])

    start, end = spans[0]
    assert markup.unescape(escaped[:start]) + "|" + markup.unescape(escaped[start:end]) == before + "|" + form


@given(seed_text.map(lambda text: " ".join(text.split())))
def test_escaped_text_is_shown_as_it_was(text: str) -> None:
    shown = blocks(Briefing("abcd", "s", "t", None, None, None, None, markup.escape(text)), lambda _: Target("x.html", "city"))

    assert " ".join(block.text for block in shown) == text
    assert " ".join(unescape(block.html) for block in shown) == text
    assert all(block.tag == "p" for block in shown)


@given(briefings())
def test_a_briefing_read_back_is_the_same(briefing: Briefing) -> None:
    assert files.read_briefing(files.briefing_source(briefing), briefing.path) == briefing


@given(briefings())
def test_what_the_program_wrote_is_not_edited_until_a_byte_changes(briefing: Briefing) -> None:
    source = files.briefing_source(briefing)

    assert not front_matter.edited_by_hand(source)
    assert not front_matter.edited_by_hand(source.replace("\n", "\r\n"))
    assert front_matter.edited_by_hand(source + "One more line.\n")
    assert front_matter.edited_by_hand(source.replace("id:", "ID:", 1))
