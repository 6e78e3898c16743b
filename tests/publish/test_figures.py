"""Quantities in a text are found with unit, bound and subject, and nothing else is taken for one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bindery.publish import body
from bindery.publish.body import Target
from bindery.publish.figures import Figure, figures
from bindery.publish.figures.told import LONGEST, Told, told
from bindery.publish.sentences import sentence_spans
from bindery.publish.views.figures import MOST, OPEN, quotations
from tests.publish import archive

SENTENCES = yaml.safe_load((Path(__file__).parent / "figure_sentences.yaml").read_text(encoding="utf-8"))
FOUND = [(key, entry["text"], entry["figures"]) for key, entries in SENTENCES.items() if " " not in key for entry in entries]
NONE = [(key.removeprefix("none in "), text) for key, entries in SENTENCES.items() if " " in key for text in entries]
PIECES = (
    "over", "nearly", "between ", "0", "$", "€", "US$", "RMB ", "12", "1,200", "3.5", "五", "三百", "亿", "億円", "billion", "m", "-",
    "–", " to ", "percent", "%", "companies", "square kilometers", "of the", "家企业", "人", "約", "。", ". ", " ", "…", "(", ")",
    "per year", "-member delegation",
)  # fmt: skip


def words(figure: Figure) -> str:
    value = f"{figure.value}..{figure.most}" if figure.most is not None else figure.value
    return f"{figure.printed} · {figure.measure} · {value} · {figure.bound} · {figure.unit} · {figure.subject}".strip()


@pytest.mark.parametrize(("language", "text", "expected"), FOUND)
def test_a_figure_is_found_with_all_that_is_said_of_it(language: str, text: str, expected: list[str]) -> None:
    assert [words(figure) for figure in figures(text, language)] == expected


@pytest.mark.parametrize(("language", "text"), NONE)
def test_dates_names_ranks_and_numbers_of_things_are_no_figures(language: str, text: str) -> None:
    assert [words(figure) for figure in figures(text, language)] == []


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


BODY = """#### Over 300 companies in one city

[Mori](../officials/mori.md) spoke. In [Wuxi](../cities/wuxi.md) there are 140 Danish companies. They invested over $12 billion.

- [Oulu](../cities/oulu.md) has 25 harbours.

> 500 companies, somebody wrote.

> [!NOTE]
> [Kobe](../cities/kobe.md) has 600 companies.
"""


def quoted(source: str, **values: object) -> list[Told]:
    briefing = replace(archive.briefing("aaaa001", "A", None, source), **values)  # type: ignore[arg-type]  # fields by name
    blocks = body.blocks(briefing, lambda key: Target(f"{key}.html", key.partition("/")[0]))
    return told(briefing, blocks, {mention.authority for block in blocks for mention in block.mentions})


def test_a_figure_belongs_to_those_whom_its_own_sentence_names() -> None:
    assert [(one.whom, [figure.printed for figure in one.figures]) for one in quoted(BODY)] == [
        (["cities/wuxi"], ["140 Danish companies"]),
        ([], ["over $12 billion"]),
        (["cities/oulu"], ["25 harbours"]),
    ]


def test_a_figure_that_people_rejected_is_not_told() -> None:
    left = quoted(BODY, not_figures=frozenset({"140 Danish companies", "25 harbours"}))
    assert [figure.printed for one in left for figure in one.figures] == ["over $12 billion"]


RUN = ("word", "a much longer word", "140 companies", "over $12 billion", "[Wuxi](../cities/wuxi.md)")


@given(st.lists(st.sampled_from(RUN), max_size=400))
def test_however_long_a_sentence_is_each_figure_is_told_once_where_it_stands(pieces: list[str]) -> None:
    source = " and ".join(pieces)
    found = quoted(f"So {source}.")

    assert [figure.printed for one in found for figure in one.figures] == [piece for piece in pieces if piece[0] in "1o"]
    for one in found:
        assert len(one.text) <= LONGEST + 2
        assert one.text.strip("…") in f"So {source}.".replace("[Wuxi](../cities/wuxi.md)", "Wuxi")
        assert all(one.text[figure.start : figure.end] == figure.printed for figure in one.figures)


def test_a_page_shows_some_sentences_and_says_how_many_it_leaves_out(tmp_path: Path) -> None:
    sentences = " ".join(f"[Wuxi](../cities/wuxi.md) has {number} tea houses." for number in range(100, 100 + MOST + 3))
    briefing = archive.briefing("aaaa001", "A", None, sentences)
    library = archive.library()
    catalogue = archive.catalogue_of(
        replace(library, briefings=(briefing,), mentioned_in={"cities/wuxi": (briefing,)}), archive.site(tmp_path)
    )
    found = quotations({"cities/wuxi"}, catalogue.entries.values(), catalogue)

    assert found
    assert [(row.quantity, row.subject) for one in found.first for row in one.rows] == [(f"{100 + n}", "tea houses") for n in range(OPEN)]
    assert (len(found.first) + len(found.folded), found.left_out) == (MOST, 3)
    assert quotations({"officials/mori"}, catalogue.entries.values(), catalogue) is None
