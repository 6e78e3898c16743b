"""Whether two briefings are one release, or tell of one event, is answered at the desk by a line of decisions."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from bindery import config, pipeline
from bindery.content import questions
from bindery.desk import queue
from tests.desk.conftest import settled, working


def sentence(seed: int) -> str:
    random = Random(seed)
    return "The " + " ".join("".join(random.choices("abdeilmnorstu", k=6)) for _ in range(11)) + "."


def page(title: str, day: int, numbers: range) -> str:
    return f"{title}\n\n2019-05-0{day}\n\n" + "\n\n".join(map(sentence, numbers)) + "\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages, half of the one being in the other."""
    root = tmp_path_factory.mktemp("kindred")
    (root / "seeds").mkdir()
    (root / "seeds/one.txt").write_text(page("Boats in the harbour", 3, range(20)), "utf-8")
    (root / "seeds/two.txt").write_text(page("News of the quay", 4, range(10, 30)), "utf-8")
    pipeline.ingest(config.load(root))
    return root


@pytest.mark.parametrize(("act", "key"), [("accept", "story"), ("reject", "not-story")])
def test_an_answer_about_two_briefings_is_a_line_with_both_ids(root: Path, act: str, key: str) -> None:
    with working(root) as desk:
        (row,) = (row for row in desk.state()["questions"] if row["topic"] == "copy")
        question = desk.question(row["key"])
        assert question
        assert {one["title"] for one in question["pair"]} == {"Boats in the harbour", "News of the quay"}
        desk.act({"key": row["key"], "act": act})
        ids = [one["id"] for one in question["pair"]]
        assert (root / "content/decisions.yaml").read_text("utf-8").rstrip().endswith(f"{key}:\n  - [{', '.join(ids)}]")
        settled(desk)
        assert [row for row in desk.state()["questions"] if row["topic"] == "copy"] == []
        desk.undo()


def test_the_published_desk_names_both_briefings_and_offers_both_answers(root: Path) -> None:
    (root / "site.yaml").write_text("title: Harbours\nreview: true\n", "utf-8")
    site = config.load(root)
    queue.keep(site)
    (asked,) = (one for one in questions.load(site).questions if one.topic == "copy")
    pipeline.publish(site, with_search=False)
    page = (root / "site/review.html").read_text("utf-8")

    assert [answer.words for answer in asked.answers] == ["They are one release", "They are two", "Nobody can say: do not ask again"]
    assert asked.answers[0].edits[0].add == [f"  - [{', '.join(asked.briefings)}]"]
    assert "One release or two" in page
    assert all(f"{one['slug']}.html" in page for one in json.loads((root / "site/data/archive.json").read_text("utf-8"))["briefings"])
