"""content/questions.json: asked when something changed, shown as far as rights go, gone when nobody wants it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bindery import config, pipeline
from bindery.content import questions
from bindery.desk import queue
from bindery.errors import ContentError, SiteError

FILE = questions.QUESTIONS_FILE


def on(root: Path, more: str = "") -> config.Site:
    (root / "site.yaml").write_text(f"title: The harbour papers\nreview: true\n{more}", "utf-8")
    return config.load(root)


def test_the_questions_are_asked_again_only_when_something_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = on(root)
    queue.keep(site)
    before = (root / FILE).read_bytes()
    pipeline.publish(site)  # writes addresses
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "reviewed", lambda _: pytest.fail("asked again"))
        queue.keep(site)
    assert (root / FILE).read_bytes() == before

    with (root / "content/decisions.yaml").open("a", encoding="utf-8") as file:
        file.write("not-same:\n  - [officials/masahiro-tomita, officials/tomita-masakiro]\n")
    queue.keep(site)
    assert [one.topic for one in questions.load(site).questions] == ["ambiguous", "unsure", "dropped"]


def test_an_archive_that_does_not_want_it_has_no_page_and_no_file(root: Path) -> None:
    queue.keep(on(root))
    (root / "site.yaml").write_text("review: false\n", "utf-8")
    site = config.load(root)
    queue.keep(site)
    pipeline.publish(site)

    assert not (root / FILE).exists()
    assert not (root / "site/review.html").exists()
    assert "review.html" not in (root / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize("rights", ["excerpt", "metadata-only"])
def test_nothing_that_is_withheld_stands_in_the_published_queue(root: Path, rights: str) -> None:
    site = on(root, f"rights: {rights}\n")
    queue.keep(site)
    pipeline.publish(site)

    page, data = ((root / "site" / name).read_text("utf-8") for name in ("review.html", "data/review.js"))
    assert "one official?" not in page
    assert "are &#39;Masahiro Tomita&#39; and &#39;Tomita Masakiro&#39; one?" in page
    for withheld in ("Springfield", "Zollwerk", "flood", "Consul-General of Japan", "the bridge, which"):
        assert withheld not in page, withheld
        assert withheld not in data, withheld
    assert {
        edit["path"]
        for found in json.loads(data.partition(" = ")[2].rstrip("\n;"))["answers"].values()
        for edits in found
        for edit in edits
    } == {"content/decisions.yaml"}


def test_a_file_that_a_patch_cannot_be_sure_to_fit_gets_no_answers(root: Path) -> None:
    path = root / "content/decisions.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    site = on(root)
    queue.keep(site)

    answers = {one.topic: [answer.words for answer in one.answers] for one in questions.load(site).questions}
    assert answers == {"ambiguous": [], "merge": [], "unsure": [], "dropped": ["It is text"]}


def test_a_damaged_list_is_an_error_with_a_remedy(root: Path) -> None:
    (root / FILE).write_text("[]", "utf-8")
    with pytest.raises((ContentError, ExceptionGroup)) as raised:
        pipeline.publish(on(root))
    assert "build.py ingest" in "".join(map(str, getattr(raised.value, "exceptions", [raised.value])))


def test_review_is_yes_or_no(root: Path) -> None:
    (root / "site.yaml").write_text("review: perhaps\n", "utf-8")
    with pytest.raises(SiteError, match="review cannot be 'perhaps'"):
        config.load(root)
