"""What a reader would stumble over."""

from __future__ import annotations

from pathlib import Path

import pytest

from bindery import config
from bindery.check import examine


def findings(folder: Path, **pages: str) -> list[str]:
    for name, html in pages.items():
        path = folder / "site" / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<!DOCTYPE html>\n<title>t</title>\n{html}\n", encoding="utf-8")
    return [f"{finding.at}: {finding.message}" for finding in examine.findings(config.load(folder))]


@pytest.mark.parametrize(
    "html",
    [
        pytest.param('<a href="../cities/b.html#m">b</a>', id="anchor in another page"),
        pytest.param('<p id="x"></p><a href="#x">x</a>', id="anchor in this page"),
        pytest.param('<a href="https://elsewhere.example/x">x</a>', id="another host"),
        pytest.param('<link rel="canonical" href="https://archive.example/briefings/a.html">', id="canonical"),
        pytest.param('<form action="../search.html"></form>', id="form"),
        pytest.param('<a href="a.html?p=x">x</a>', id="query"),
        pytest.param('<a href="../cities/b%20c.html">x</a>', id="percent-encoded"),
    ],
)
def test_a_link_that_resolves_is_no_finding(tmp_path: Path, html: str) -> None:
    pages = {"briefings__a.html": html, "cities__b.html": '<p id="m"></p>', "search.html": "", "cities__b c.html": ""}

    assert findings(tmp_path, **pages) == []


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        pytest.param('<a href="b.html">b</a>', "'b.html' leads to no file of the site", id="no page"),
        pytest.param(
            '<a href="../cities/">b</a>',
            "'../cities/' leads to no file of the site (a link inside the site ends in a file name)",
            id="folder",
        ),
        pytest.param('<a href="/cities/b.html">b</a>', "'/cities/b.html' leads to no file of the site", id="absolute"),
        pytest.param(
            '<a href="../cities/b.html#n">b</a>', "'../cities/b.html#n': cities/b.html has no element with that id", id="no anchor"
        ),
        pytest.param('<img src="x.png" alt="">', "'x.png' leads to no file of the site", id="picture"),
        pytest.param('<a href="javascript:x">b</a>', "'javascript:x' is not an address that may stand in a page", id="script"),
        pytest.param('<p id="x"></p><p id="x"></p>', "id 'x' stands twice", id="repeated id"),
    ],
)
def test_a_link_that_leads_nowhere_is_found_with_its_line(tmp_path: Path, html: str, problem: str) -> None:
    assert findings(tmp_path, **{"briefings__a.html": html, "cities__b.html": '<p id="m"></p>'}) == [f"site/briefings/a.html:3: {problem}"]


def test_an_address_that_left_the_site_is_found(tmp_path: Path) -> None:
    for name, source in {"content/permalinks.lock": "cities/osaka.html\n", "site/index.html": ""}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(source, encoding="utf-8")

    (finding,) = examine.findings(config.load(tmp_path))
    assert (finding.code, str(finding.at)) == ("lost-address", "content/permalinks.lock")
