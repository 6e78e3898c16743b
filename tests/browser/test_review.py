"""The published desk, from question to commit: answers are chosen in the browser, and the patch it gives applies with git."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bindery import config, pipeline
from bindery.content import changes, decisions
from bindery.desk import acts, queue
from tests.browser.conftest import Browse
from tests.browser.serving import serving
from tests.browser.test_pages import OVERFLOW, violations
from tests.desk import archive

BRIDGE = "content/briefings/2019-06-04-the-bridge-is-open.md"
ZOLLWERK, TOMITA, SPRINGFIELD, DROPPED = "Zollwerk", "one official", "Springfield", "is it text?"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of an archive with something to ask of every kind, and its site."""
    root = archive.make(tmp_path_factory.mktemp("review") / "archive")
    (root / "site.yaml").write_text("title: The harbour papers\nreview: true\n", "utf-8")
    site = config.load(root)
    pipeline.ingest(site)
    queue.keep(site)
    pipeline.publish(site)
    return root


@pytest.fixture(scope="module")
def served(published: Path) -> Iterator[str]:
    with serving(published / "site") as address:
        yield address


@pytest.fixture
def clone(published: Path, tmp_path: Path) -> Path:
    """What the editors have."""
    root = tmp_path / "clone"
    root.mkdir()
    for name in ("content", "seeds"):
        shutil.copytree(published / name, root / name)
    shutil.copy(published / "site.yaml", root)
    git(root, "init", "-q")
    return root


def git(root: Path, *arguments: str) -> None:
    run = subprocess.run(["git", *arguments], cwd=root, check=False, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr


def answer(page: Page, question: str, words: str) -> None:
    page.locator(".asked", has_text=question).get_by_label(words, exact=True).check()


def applied(page: Page, clone: Path) -> None:
    """Download the patch and apply it."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download answers.patch").click()
    path = clone.parent / "answers.patch"
    download.value.save_as(path)
    git(clone, "apply", str(path))


def test_the_patch_writes_what_the_desk_would_have_written(browse: Browse, served: str, published: Path, clone: Path) -> None:
    page = browse("review.html", at=served)
    expect(page.get_by_role("status")).to_have_text("No question is answered yet.")
    answer(page, ZOLLWERK, "Yes, in this briefing")
    answer(page, TOMITA, "They are one: officials/masahiro-tomita")
    answer(page, SPRINGFIELD, "Leave it without a link")
    answer(page, DROPPED, "It is text")
    expect(page.get_by_role("status")).to_have_text("4 answers in the patch.")
    page.reload()
    expect(page.get_by_role("status")).to_have_text("4 answers in the patch.")
    applied(page, clone)

    desk = at_desk(published, clone.parent / "desk")
    assert read(clone / BRIDGE) == read(desk / BRIDGE) != read(published / BRIDGE)
    assert decisions.load(clone / "content") == decisions.load(desk / "content")
    assert read(clone / "content/decisions.yaml").startswith(archive.DECISIONS)


def at_desk(published: Path, root: Path) -> Path:
    """What the local desk makes of the same answers, one after the other."""
    shutil.copytree(published, root, ignore=shutil.ignore_patterns("site", ".*"))
    site = config.load(root)
    found, library = pipeline.reviewed(site)
    answers = {"ambiguous": {"act": "reject"}, "merge": {"act": "accept"}, "dropped": {"act": "accept"}}
    for topic, values in {**answers, "unsure": {"act": "accept", "only_here": True}}.items():
        question = next(question for question in found if question.topic == topic)
        seen = {briefing.path: changes.version(changes.text(briefing.path, site)) for briefing in library.briefings}
        changes.make(acts.act(acts.Asked({**values, "seen": seen}, question, library, site)).changes, site)
    return root


def read(path: Path) -> str:
    return path.read_text("utf-8")


def test_from_disk_it_is_the_same(browse: Browse, published: Path, clone: Path) -> None:
    page = browse("review.html", at=f"{(published / 'site').as_uri()}/")
    answer(page, ZOLLWERK, "No, it is no company")
    answer(page, TOMITA, "They are two")
    applied(page, clone)

    decided = decisions.load(clone / "content")
    assert [ruling.form for ruling in decided.rejected] == ["Nobody", "Zollwerk"]
    assert decided.apart == {frozenset({"officials/masahiro-tomita", "officials/tomita-masakiro"})}
    assert "minutes\n  - {kind: company, form: Zollwerk}\n# the end\n" in read(clone / "content/decisions.yaml")


LINES = [f"line {number}" for number in range(30)]


def edit(path: str, at: int, drop: int, *add: str, head: str = "") -> dict[str, Any]:
    return {"path": path, "at": at, "drop": drop, "add": list(add), "head": head}


def test_answers_to_one_file_make_one_patch_and_two_to_one_line_do_not_meet(
    browse: Browse, published: Path, clone: Path, tmp_path: Path
) -> None:
    """With other edits than the archive has: near each other and far, in a new file, at both ends of one, and for one line."""
    site = Path(shutil.copytree(published / "site", tmp_path / "site"))
    old, new = "content/old file.md", "content/new.yaml"
    (clone / old).write_text("".join(f"{line}\n" for line in LINES), "utf-8")
    questions = json.loads(read(published / "content/questions.json"))["questions"]
    keys = {topic: next(one["key"] for one in questions if one["topic"] == topic) for topic in ("ambiguous", "merge", "unsure", "dropped")}
    answers = {
        keys["ambiguous"]: [[edit(old, 5, 1, "LINE 5"), edit(new, 0, 0, "  - a", head="accept:")]],
        keys["merge"]: [[edit(old, 9, 0, "new at 9"), edit(old, 0, 1, "LINE 0"), edit(new, 0, 0, "  - b", head="accept:")]],
        keys["unsure"]: [[edit(old, 30, 0, "new at the end"), edit(old, 20, 2), edit(new, 0, 0, "  - c", head="same:")]],
        keys["dropped"]: [[edit(old, 5, 1, "another LINE 5")]],
    }
    files = {
        old: {"lines": {str(number): line for number, line in enumerate(LINES)}, "count": 30, "is_new": False},
        new: {"lines": {}, "count": 0, "is_new": True},
    }
    (site / "data/review.js").write_text(f"window.archiveReview = {json.dumps({'files': files, 'answers': answers})};", "utf-8")
    with serving(site) as address:
        page = browse("review.html", at=address)
        for key in keys.values():
            page.locator(f"input[name='{key}'][value='0']").check()
        expect(page.get_by_role("status")).to_contain_text("3 answers in the patch. 1 more would change a line that is changed already")
        applied(page, clone)

    first, second = [*LINES], "LINE 5" if "another" not in read(clone / old) else "another LINE 5"
    first[0], first[5] = "LINE 0", second
    wanted = [*first[:9], "new at 9", *first[9:20], *first[22:], "new at the end"]
    assert read(clone / old) == "".join(f"{line}\n" for line in wanted)
    assert read(clone / new) == "accept:\n  - a\n  - b\nsame:\n  - c\n"


def test_the_queue_reads_without_javascript_and_axe_finds_nothing(browse: Browse, served: str) -> None:
    page = browse("review.html", at=served, javascript=False)
    assert page.locator(".asked").count() == 4
    assert not page.locator("fieldset.asked__answers").first.is_visible()
    assert "Springfield was far away" in page.locator("main").inner_text()

    page = browse("review.html", at=served, width=320)
    page.get_by_text("As captured, and by hand").first.click()
    answer(page, DROPPED, "It is text")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    assert page.evaluate(OVERFLOW) == 0
