"""Every run of another language says which."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bindery.publish import languages


@pytest.mark.parametrize(
    ("text", "around", "expected"),
    [
        ("Wuxi", "en", "Wuxi"),
        ("yabo网站登陆 <b>", "en", 'yabo<span lang="zh">网站登陆</span> &lt;b&gt;'),
        ("高田真里が、重慶で", "en", '<span lang="ja">高田真里が、重慶で</span>'),
        ("서울 in", "en", '<span lang="ko">서울</span> in'),
        ("重慶", "ja", "重慶"),
        ("ひろしま", "zh-Hans", '<span lang="ja">ひろしま</span>'),
        ("שלום (3)", "en", "<bdi>שלום (3)</bdi>"),
    ],
)
def test_a_run_of_another_script_is_marked(text: str, around: str, expected: str) -> None:
    assert languages.in_languages(text, around) == expected


def test_han_is_read_as_the_page_it_stands_in() -> None:
    assert languages.in_languages("重慶", "en", "ja") == '<span lang="ja">重慶</span>'


def test_a_text_in_another_language_is_one_run() -> None:
    assert languages.printed("Ding im Süden 重庆", "de", "en") == '<span lang="de">Ding im Süden <span lang="zh">重庆</span></span>'


def test_tags_are_left_alone() -> None:
    html = Markup('<a href="网.html">网站</a>')
    assert languages.body_in_languages(html, "en") == '<a href="网.html"><span lang="zh">网站</span></a>'
    html = Markup('<img alt="网 < 站">网站<br>')
    assert languages.body_in_languages(html, "en") == '<img alt="网 < 站"><span lang="zh">网站</span><br>'


@pytest.mark.parametrize("tag", ['en" onload="x', "", "e", "klingon-", None])
def test_what_is_no_language_never_reaches_a_page(tag: str | None) -> None:
    assert languages.printed("text", tag, "en") == "text"


@given(
    st.text("aB <&>'’ü重慶のカ서울、・。שﷺ", max_size=20),
    st.sampled_from([None, "en", "zh-Hans", "ja", "x!"]),
    st.sampled_from(["en", "ja"]),
)
def test_a_text_in_one_script_is_what_a_search_for_others_leaves(text: str, language: str | None, around: str) -> None:
    html = Markup("<b>{}</b>").format(text)
    quick = (
        languages.in_languages(text, around, language),
        languages.printed(text, language, around),
        languages.body_in_languages(html, around),
    )
    with mock.patch.object(languages, "_has_other_script", return_value=True):
        assert quick == (
            languages.in_languages(text, around, language),
            languages.printed(text, language, around),
            languages.body_in_languages(html, around),
        )
    assert [type(one) for one in quick] == [Markup] * 3
