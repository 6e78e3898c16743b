"""What a person decides once holds on every later run: through review, ingest and the files in between."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import build
from bindery import config, pipeline
from bindery.ingest.questions import Question

PAGE = """Linden and Bremen speak about ferries

3 May 2019

Ann Lee, chair of the port of Linden, met Mayor Karl Moen in Bremen on Thursday, and both sides spoke about ferries and rails.

Boots like those of Nike or Zolmarin were worn by the crews when they walked through the streets of the two old ports.

They listened to Dr. Karen Whitfield, who had come from the hills.

Coats like those of Adidas or Pollenhof were worn by the guests when they walked home.
"""
AGAIN = """Zolmarin grows

4 May 2019

Boots like those of Nike or Zolmarin were shown to the guests from the two ports, and everybody was pleased.
"""

COUNTED = """The port counts its ships

5 May 2019

Mayor Karl Moen told guests in Bremen that 140 Danish companies had invested over $12 billion in the port of Bremen.

The guests walked home by the river when the lamps were lit, and everybody was pleased with the evening.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "ferries.txt").write_text(PAGE, "utf-8")
    return tmp_path


def ingest(archive: Path) -> None:
    pipeline.ingest(config.load(archive))


def asked(archive: Path) -> dict[str, Question]:
    """Questions about single names, by the name asked about."""
    questions = pipeline.review(config.load(archive))
    return {question.question.split("'")[1]: question for question in questions if question.topic == "unsure"}


def decide(archive: Path, topic: str, line: str) -> None:
    """What a person types: the settling line of a question."""
    with (archive / "content" / "decisions.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{topic}:\n  - {line}\n")


def answer(archive: Path, question: Question, yes: str) -> None:
    """Take a question's own words: '<yes>: in content/decisions.yaml under <topic>: <line>'."""
    (settling,) = (line for line in question.settle if line.startswith(yes))
    topic, _, line = settling.partition(" under ")[2].partition(": - ")
    decide(archive, topic, line)


def body(archive: Path, name: str = "linden-and-bremen") -> str:
    (path,) = (archive / "content" / "briefings").glob(f"*-{name}*.md")
    return path.read_text("utf-8")


def test_near_misses_are_asked_about_and_not_linked(archive: Path) -> None:
    ingest(archive)
    assert {"Zolmarin", "Karen Whitfield", "Pollenhof"} <= set(asked(archive))
    assert "zolmarin" not in body(archive)
    assert not (archive / "content" / "companies" / "zolmarin.md").exists()


def test_an_accepted_name_becomes_a_mention_with_a_proposed_record(archive: Path) -> None:
    ingest(archive)
    answer(archive, asked(archive)["Zolmarin"], "yes")
    ingest(archive)

    assert "[Zolmarin](../companies/zolmarin.md)" in body(archive)
    assert "status: proposed" in (archive / "content" / "companies" / "zolmarin.md").read_text("utf-8")
    assert "Zolmarin" not in asked(archive)


def test_an_accepted_name_is_linked_on_later_pages_too(archive: Path) -> None:
    ingest(archive)
    answer(archive, asked(archive)["Zolmarin"], "yes")
    (archive / "seeds" / "zolmarin.txt").write_text(AGAIN, "utf-8")
    ingest(archive)

    assert "[Zolmarin](../companies/zolmarin.md)" in body(archive, "zolmarin-grows")
    assert "Zolmarin" not in asked(archive)


def test_a_rejected_name_is_never_asked_about_again(archive: Path) -> None:
    ingest(archive)
    answer(archive, asked(archive)["Pollenhof"], "no")
    (archive / "seeds" / "zolmarin.txt").write_text(
        AGAIN + "\nCoats like those of Adidas or Pollenhof were shown as well, and they were praised.\n", "utf-8"
    )
    ingest(archive)

    assert "Pollenhof" not in asked(archive)
    assert not (archive / "content" / "companies" / "pollenhof.md").exists()


def test_a_settled_question_is_not_asked_again_and_changes_nothing(archive: Path) -> None:
    ingest(archive)
    before = body(archive)
    answer(archive, asked(archive)["Karen Whitfield"], "leave it as it is")
    ingest(archive)

    assert "Karen Whitfield" not in asked(archive)
    assert body(archive) == before


def test_an_answered_archive_stays_as_it_is(archive: Path) -> None:
    ingest(archive)
    answer(archive, asked(archive)["Zolmarin"], "yes")
    ingest(archive)
    assert pipeline.ingest(config.load(archive)).written == ()


def test_review_as_json_has_every_question_with_its_key(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ingest(archive)
    capsys.readouterr()
    assert build.main(["review", "--json", "--root", str(archive)]) == 0
    questions = json.loads(capsys.readouterr().out)
    assert {question["key"] for question in questions} == {question.key for question in pipeline.review(config.load(archive))}
    assert {"topic", "value", "at", "question", "sentence", "settle"} <= set(questions[0])


def test_explain_names_what_a_candidate_lacks(archive: Path) -> None:
    ingest(archive)
    lines = pipeline.explain(config.load(archive), "ferries.txt")
    unlinked = lines[lines.index("Not linked") :]
    assert any("Zolmarin" in line and "lacks" in line for line in unlinked)


def test_a_figure_that_is_rejected_stays_away_from_page_records_and_data(archive: Path) -> None:
    (archive / "seeds" / "counted.txt").write_text(COUNTED, "utf-8")
    ingest(archive)
    site = config.load(archive)
    pipeline.publish(site, with_search=False)
    assert told(archive) == {"140 Danish companies", "over $12 billion"}
    assert all(">over $12 billion<" in page for page in pages(archive))

    (line,) = (line for line in pipeline.explain(site, "counted.txt") if line.startswith("      no:") and "$12 billion" in line)
    topic, _, entry = line.partition(" under ")[2].partition(": - ")
    decide(archive, topic, entry)
    pipeline.publish(site, with_search=False)
    assert told(archive) == {"140 Danish companies"}
    assert not any(">over $12 billion<" in page for page in pages(archive))

    ingest(archive)
    (briefing,) = (archive / "content/briefings").glob("*counts-its-ships.md")
    briefing.write_text(briefing.read_text("utf-8").replace("by the river", "by the sea"), "utf-8")
    ingest(archive)
    pipeline.publish(site, with_search=False)

    assert told(archive) == {"140 Danish companies"}
    assert not any(">over $12 billion<" in page for page in pages(archive))
    assert any("invested over $12 billion in" in page for page in pages(archive)), "the text itself stays"
    assert "  over $12 billion  (rejected in content/decisions.yaml)" in pipeline.explain(site, "counted.txt")


def told(archive: Path) -> set[str]:
    whole = json.loads((archive / "site/data/archive.json").read_text("utf-8"))
    return {figure["printed"] for one in whole["briefings"] for figure in one["figures"]}


def pages(archive: Path) -> list[str]:
    """The briefing with the figures, and a record that their sentence names."""
    (briefing,) = (archive / "site/briefings").glob("*counts-its-ships.html")
    return [path.read_text("utf-8") for path in (briefing, archive / "site/cities/bremen.html")]
