"""Shared Hypothesis strategies: texts as seeds have them, and briefings with mentions in them."""

from __future__ import annotations

from datetime import date as Date

from hypothesis import strategies as st

from bindery.content import markup
from bindery.content.files import LAST_YEAR
from bindery.model import Briefing, Mention

CHARACTERS = "abcltXYZ 重慶都のé'’\"\\`*_{}[]()<>#+-.!|&~=:;,/0123456789\n"

seed_text = st.text(CHARACTERS, max_size=120)
"""Plain text with every character that Markdown, HTML or YAML could take for its own."""

name = st.text("abcXYZ 重慶都é'*_[](){}\\", min_size=1, max_size=12).map(str.strip).filter(bool)
role = st.none() | st.text("abc 重'\"\\()[].,*", min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
authority_id = st.builds(
    "{}/{}".format, st.sampled_from(["cities", "officials", "companies"]), st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
)


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, tuple[Mention, ...]]:
    """Escaped Markdown and mentions in it."""
    text, mentions = "", []
    for before, form in draw(st.lists(st.tuples(seed_text, name), max_size=4)):
        text += markup.escape(before + " ")
        start = len(text)
        text += markup.escape(form)
        mentions.append(Mention(start, len(text), draw(authority_id), draw(role)))
    return text + markup.escape(draw(seed_text)), tuple(mentions)


printed = (
    st.text("abcXYZ 重慶é'\"\\#:-[]{}&*!|>%@`,0123456789", min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
)


@st.composite
def briefings(draw: st.DrawFn) -> Briefing:
    text, mentions = draw(annotated())
    lead = len(text) - len(text.lstrip("\n"))
    text = text.strip("\n")
    return Briefing(
        id=draw(st.from_regex(r"[a-z0-9]{7}", fullmatch=True)),
        slug="2016-01-19-a-page",
        title=draw(st.none() | printed),
        date=draw(st.none() | st.dates(max_value=Date(LAST_YEAR, 12, 31))),
        source=draw(st.none() | printed),
        byline=draw(st.none() | printed),
        language=draw(st.sampled_from([None, "en", "ja", "no"])),
        text=text,
        mentions=tuple(Mention(m.start - lead, m.end - lead, m.authority, m.role) for m in mentions),
        seed=draw(st.none() | printed),
        sha256=draw(st.none() | st.just("0" * 64)),
        path="content/briefings/2016-01-19-a-page.md",
    )
