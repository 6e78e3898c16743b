"""The site in its other languages: the search answers in each of them, from the web and from disk, and nothing is too wide for a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bindery.languages import interface
from tests.browser.conftest import REPOSITORY, Browse, publish
from tests.browser.kinds import example
from tests.browser.readers import SEARCHED, Reader
from tests.browser.serving import serving

OTHERS = ("de", "ja", "zh")
HEADING = {"de": "Suchergebnisse für ‚Chongqing‘", "ja": "検索結果：「Chongqing」", "zh": "检索结果：“Chongqing”"}
RESULT = """{
  heading: document.querySelector("h1").textContent,
  count: document.querySelector("[data-part=count]").textContent,
  titles: [...document.querySelectorAll(".result__title span")].map((title) => [title.lang, title.textContent]),
}"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The repository's own archive, published in each language."""
    made = {}
    for tag in OTHERS:
        root = tmp_path_factory.mktemp(tag)
        shutil.copytree(REPOSITORY / "content", root / "content")
        own = (REPOSITORY / "site.yaml").read_text(encoding="utf-8")
        (root / "site.yaml").write_text(own.replace("language: en", f"language: {tag}"), encoding="utf-8")
        made[tag] = publish(root)
    return made


@pytest.fixture(params=OTHERS)
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def address(sites: dict[str, Path], tag: str) -> Iterator[str]:
    with serving(sites[tag]) as served:
        yield served


def test_a_search_is_answered_in_the_language_of_the_site(reader: Reader, sites: dict[str, Path], address: str, tag: str) -> None:
    answers = []
    for place in (address, f"{sites[tag].as_uri()}/"):
        reader.goto(f"{place}search.html?q=Chongqing")
        reader.wait_for(SEARCHED)
        answers.append(reader.evaluate(RESULT))
    assert answers[0] == answers[1]
    assert answers[0]["heading"] == HEADING[tag]
    found = len(answers[0]["titles"])
    assert found
    assert answers[0]["count"].startswith(interface(tag).scripts["{n} briefings"].replace("{n}", str(found)))
    assert all(lang == "en" for lang, _ in answers[0]["titles"])


def test_no_page_is_wider_than_a_phone(browse: Browse, sites: dict[str, Path], address: str, tag: str) -> None:
    page = browse(at=address, width=320)
    for kind in ("home", "briefing", "city", "search"):
        page.goto(address + example(sites[tag], kind))
        assert page.evaluate("document.documentElement.scrollWidth") == 320, kind
