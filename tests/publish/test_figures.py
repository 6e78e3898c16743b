"""Quantities in a text are found with unit, bound and subject, and nothing else is taken for one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bindery.publish.figures import Figure, figures
from bindery.publish.sentences import sentence_spans

SENTENCES = yaml.safe_load((Path(__file__).parent / "figure_sentences.yaml").read_text(encoding="utf-8"))
FOUND = [(key, entry["text"], entry["figures"]) for key, entries in SENTENCES.items() if " " not in key for entry in entries]
NONE = [(key.removeprefix("none in "), text) for key, entries in SENTENCES.items() if " " in key for text in entries]
PIECES = (
    "over", "nearly", "between ", "0", "$", "€", "US$", "RMB ", "12", "1,200", "3.5", "五", "三百", "亿", "億円", "billion", "m", "-",
    "–", " to ", "percent", "%", "companies", "square kilometers", "of the", "家企业", "人", "約", "。", ". ", " ", "…", "(", ")",
    "per year", "-member delegation",
)  # fmt: skip


def told(figure: Figure) -> str:
    value = f"{figure.value}..{figure.most}" if figure.most is not None else figure.value
    return f"{figure.printed} · {figure.measure} · {value} · {figure.bound} · {figure.unit} · {figure.subject}".strip()


@pytest.mark.parametrize(("language", "text", "expected"), FOUND)
def test_a_figure_is_found_with_all_that_is_said_of_it(language: str, text: str, expected: list[str]) -> None:
    assert [told(figure) for figure in figures(text, language)] == expected


@pytest.mark.parametrize(("language", "text"), NONE)
def test_dates_names_ranks_and_numbers_of_things_are_no_figures(language: str, text: str) -> None:
    assert [told(figure) for figure in figures(text, language)] == []


@given(
    text=st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)),
    language=st.sampled_from([None, "en", "zh-Hans", "ja", "de"]),
)
def test_a_figure_is_what_its_place_in_the_text_says(text: str, language: str | None) -> None:
    found = figures(text, language)
    spans = sentence_spans(text)

    for figure in found:
        assert text[figure.start : figure.end] == figure.printed.strip() != ""
        assert figure.sentence in spans
        assert figure.sentence[0] <= figure.start < figure.end <= figure.sentence[1]
        assert figure.most is None or figure.value < figure.most
        assert all(word in text[slice(*figure.sentence)] or word.lower() in text.lower() for word in figure.subject.split())
    assert all(one.end <= other.start for one, other in pairwise(found))
