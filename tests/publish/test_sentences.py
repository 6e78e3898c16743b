"""Sentences are cut where a reader would cut them, and nothing of the text is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.publish import sentences
from bindery.publish.sentences import sentence_spans

CASES = {
    "two plain sentences": "They met. | They talked.",
    "an honorific": "H.E. Mr. Ning Jizhe spoke. | Dr. Mori answered.",
    "a company's form": "They visited Japan AIRTECH Co., Ltd., NEC Japan Electric Co., Ltd., and others. | Both are large.",
    "a company's form that ends a sentence": "He heads Kawasaki Robot Co. Ltd. | The firm is Japanese.",
    "a company's form before its next part": "Sany Co. Ltd. Chairman Liang came.",
    "a month": "They met on Jan. 18 in Chongqing. | Tang noted it.",
    "a country's initials": "U.S. Consul General Smith came. | He left.",
    "a country's initials at the end": "He came from the U.S. | The visit was short.",
    "a person's initials": "J. F. Edwards praised it. | So did others.",
    "a decimal": "It rose by 48.5% in 2022. | That is much.",
    "a domain": "liangjiang.gov.cn reported. | Nobody else did.",
    "a question inside quotes": "“Really?” he asked. | “Yes,” she said.",
    "a quotation that ends": "“It is good.” | He left.",
    "a straight quotation that ends": '"Despite fires, it grew," said Dmitry. | "We will come."',
    "a numbered point": "1. First point. | 2. Second point.",
    "an ellipsis that goes on": "He hoped … and waited. | Then he left.",
    "a figure before a sentence": "It was founded in 1992. | In 2016 it grew.",
    "number": "It is No. 5 of ten. | Good.",
    "brackets": "They met (in Wuxi). | They left.",
    "Chinese": "她访问了重庆。|会谈很顺利！|有问题吗？|没有",
    "Chinese quotation": "他说：“很好。”|会议结束。",
    "Japanese quotation that goes on": "市長は「歓迎する。」と述べた。|会談は終わった。",
    "Japanese with Latin": "高田真里総領事が重庆を訪問。|Co.は残る。",
    "exclamation run": "What?! | Yes.",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_a_sentence_ends_where_a_reader_would_end_it(text: str) -> None:
    expected = [piece.strip() for piece in text.split("|")]
    joined = text.replace("| ", "").replace("|", "")
    assert [joined[start:end] for start, end in sentence_spans(joined)] == expected


def test_a_line_break_ends_a_sentence() -> None:
    text = "A heading\nA sentence."
    assert [text[start:end] for start, end in sentence_spans(text)] == ["A heading", "A sentence."]


@given(st.text(alphabet=st.sampled_from("aB .!?…。」”\"'\n\tCo1重の")))
def test_only_white_space_lies_between_sentences(text: str) -> None:
    end = 0
    for start, stop in sentence_spans(text):
        assert not text[end:start].strip()
        assert start < stop
        assert text[start:stop].strip() == text[start:stop]
        end = stop
    assert not text[end:].strip()


@given(st.text(alphabet=st.sampled_from("aB .!?…‽؟۔।。！？｡．」”\"'\n\tCo1重の)")))
def test_every_mark_is_found(text: str) -> None:
    """The search for single letters finds what a search for the whole pattern would."""
    start, ends = 0, []
    for mark in sentences._BOUNDARY.finditer(text):
        if sentences._is_end(text, mark, start):
            start = mark.end()
            ends.append(start)
    assert list(sentences._ends(text)) == ends


@pytest.mark.parametrize("piece", [".", ". ", '."', "a", "Mr. ", "。」", " ", "\n", "(", "A."])
def test_no_text_takes_long(piece: str) -> None:
    started = time.perf_counter()
    sentence_spans(piece * 50_000)
    assert time.perf_counter() - started < 2
