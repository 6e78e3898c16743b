"""Very long paragraphs are annotated in windows, and what is found in them is placed in the paragraph."""

from __future__ import annotations

from dataclasses import replace

from bindery.ingest.annotate import annotate
from bindery.ingest.annotate.known import Known
from bindery.ingest.annotate.windows import LONGEST, Windows
from bindery.ingest.draft import Suspect
from tests.ingest.test_cities import drafted

SENTENCE = "The mayor of Chongqing, Tang Zongwei, met John Smith, president of Hitachi Ltd., in Wuxi on Monday. "


def test_a_page_of_usual_paragraphs_is_left_as_it_is() -> None:
    page = drafted(SENTENCE, SENTENCE * (LONGEST // len(SENTENCE)))

    assert Windows(page).draft is page


def test_windows_end_between_sentences_and_lose_nothing() -> None:
    page = drafted("Short.", SENTENCE * 500)
    cut = Windows(page).draft.paragraphs

    assert "".join(window.text for window in cut[1:]) == page.paragraphs[1].text
    assert all(len(window.text) <= LONGEST and window.text.endswith("Monday. ") for window in cut[1:-1])


def test_what_is_found_stands_where_it_stands_in_the_paragraph() -> None:
    page = drafted("Short.", SENTENCE * 500)
    spans = {entity.name: entity.spans for entity in annotate(page, Known()).entities}

    assert {"Chongqing", "Tang Zongwei", "John Smith", "Hitachi Ltd.", "Wuxi"} <= set(spans)
    for name, places in spans.items():
        assert len(places) == 500, name
        assert {page.paragraphs[place.paragraph].text[place.start : place.end] for place in places} == {name}


def test_a_line_without_a_place_to_cut_is_cut_anyway() -> None:
    page = drafted("x" * 3 * LONGEST)

    assert [len(window.text) for window in Windows(page).draft.paragraphs] == [LONGEST] * 3


def test_a_suspect_run_bars_its_place_in_every_window_it_reaches() -> None:
    page = drafted(SENTENCE * 100)
    suspect = Suspect(0, 10, 9_000, "suspect")
    cut = Windows(replace(page, suspects=(suspect,))).draft

    assert sum(part.end - part.start for part in cut.suspects) == suspect.end - suspect.start
    assert [part.start for part in cut.suspects] == [10, 0, 0]


def test_an_endless_title_is_cut_short() -> None:
    page = drafted("Short.", title=SENTENCE * 500)

    assert Windows(page).draft.metadata.title == (SENTENCE * 500)[:LONGEST]
