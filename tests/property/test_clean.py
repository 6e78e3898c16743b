"""Laws of cleaning, for any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bindery import rules
from bindery.ingest.draft import Draft
from tests.ingest.pages import cleaned

ANY_TEXT = st.text(max_size=400) | st.text("ab. \n\u3000\t|>:：/-2023年5月1日Byテスト。【】()<>*•,\u00a0", max_size=400)

HEADLINES = ("Two ports sign an agreement on ships", "Mayor Anna Berg receives the consul of Linden", "港口代表团访问本市并签署合作协议")
DETAILS = ("Updated: 2021-05-03", "By Anna Berg | Harbour Daily | 2021-05-03", "来源：港口日报 2021-05-03", "May 3, 2021")
MENUS = ("Home > News", "Home | About Us | Contact Us", "News", "首页 > 新闻中心 > 正文", "Share on Facebook", "quay.jpg")
FEET = (
    "Related articles",
    "Harbour fair opens",
    "Copyright © 2021 Harbourton. All rights reserved.",
    "京ICP备00000000号",
    "Next: Fair opens",
    "8.03K",
)
SENTENCES = (
    "The mayor received a delegation of the port of Linden on Monday, and both sides spoke about ships and rails.",
    "A second terminal may follow, she said, if the railway to the hills is finished in time.",
    "The guests stayed for three days.",
    "市长周一会见了来自林登港的代表团，双方就港口建设和铁路联运深入交换了意见。",
    "“We shall be back,” the consul told reporters, “when the quay is ready and the trains run.”",
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page as the genre has it: furniture, headline, details, at least two paragraphs, furniture."""
    head = draw(st.lists(st.sampled_from(MENUS), max_size=3))
    details = draw(st.lists(st.sampled_from(DETAILS), max_size=1))
    text = draw(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6, unique=True))
    foot = draw(st.lists(st.sampled_from(FEET), max_size=4, unique=True))
    return "\n\n".join([*head, draw(st.sampled_from(HEADLINES)), *details, *text, *foot])


def again(page: Draft) -> str:
    """The cleaned page as a page: headline and paragraphs."""
    return "\n\n".join([*([page.metadata.title] if page.metadata.title else []), *(paragraph.text for paragraph in page.paragraphs)])


@given(pages())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = cleaned(text)
    twice = cleaned(again(once))
    assert [paragraph.text for paragraph in twice.paragraphs] == [paragraph.text for paragraph in once.paragraphs]
    assert twice.metadata.title == once.metadata.title


@given(pages())
def test_every_sentence_of_a_page_is_kept(text: str) -> None:
    kept = {paragraph.text for paragraph in cleaned(text).paragraphs}
    assert {line for line in text.split("\n\n") if line in SENTENCES} <= kept


@given(ANY_TEXT)
@settings(max_examples=300)
def test_every_line_that_is_not_blank_has_one_verdict(text: str) -> None:
    page = cleaned(text)
    assert [verdict.line.number for verdict in page.verdicts] == [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert all(verdict.line.text == text.split("\n")[verdict.line.number - 1] for verdict in page.verdicts)


@given(ANY_TEXT)
@settings(max_examples=300)
def test_every_verdict_has_a_rule_in_words(text: str) -> None:
    assert {verdict.rule for verdict in cleaned(text).verdicts} <= set(rules.rules())


@given(ANY_TEXT)
def test_paragraphs_are_made_of_the_lines_kept_and_of_no_others(text: str) -> None:
    page = cleaned(text)
    kept = [verdict.line.number for verdict in page.verdicts if verdict.label == "body"]
    assert [number for paragraph in page.paragraphs for number in paragraph.lines] == kept
    assert all(paragraph.text.strip() == paragraph.text != "" and "\n" not in paragraph.text for paragraph in page.paragraphs)


@given(ANY_TEXT)
def test_suspects_lie_inside_their_paragraphs(text: str) -> None:
    page = cleaned(text)
    assert all(0 <= s.start < s.end <= len(page.paragraphs[s.paragraph].text) for s in page.suspects)
