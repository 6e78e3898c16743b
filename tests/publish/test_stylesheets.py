"""Style sheets on their way to readers: fewer bytes, the same rules, and a budget for all of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bindery.publish.stylesheets import squeeze

SOURCES = sorted((Path(__file__).parents[2] / "static/css").glob("*.css"))
BUDGET = 30 * 1024
"""Bytes of all style sheets together, as a reader loads them."""
OWN = {
    "drawn.css": 6 * 1024,
    "dossier.css": 2 * 1024,
    "figures.css": 1536,
    "offices.css": 2 * 1024,
    "review.css": 3 * 1024,
    "story.css": 1024,
}
"""Those of single kinds of page, and what each may weigh by itself."""
ON_DEMAND = {"news.css", "tray.css"}
"""Loaded by a script, once there is something to show: no page names them, as the test below holds."""

SHEETS = {
    "a comment with an apostrophe": ("/* a page's rule */\n.a { color: red }", ".a{color:red}"),
    "a descendant stays one": (".a :is(.b, .c):hover > d { top: 0; left: 0; }", ".a :is(.b,.c):hover > d{top:0;left:0}"),
    "a string keeps its spaces": ('.a::before { content: "− /* : */ " }', '.a::before{content:"− /* : */ "}'),
    "a sum keeps its spaces": (".a { width: calc(100% - 2 * var(--s)) }", ".a{width:calc(100% - 2 * var(--s))}"),
    "a rule a line": ("@media print {\n  .a { top: 0 }\n  .b { top: 0 }\n}\n", "@media print{.a{top:0}\n.b{top:0}}\n"),
    "a name before a bracket": ("@media (min-width: 1rem) and (hover: hover) {}", "@media (min-width:1rem) and (hover:hover){}"),
}


@pytest.mark.parametrize(("css", "expected"), SHEETS.values(), ids=SHEETS)
def test_a_style_sheet_says_the_same_in_fewer_bytes(css: str, expected: str) -> None:
    assert squeeze(css) == expected
    assert squeeze(expected) == expected


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_rule_and_string_survives(path: Path) -> None:
    source, squeezed = path.read_text(encoding="utf-8"), squeeze(path.read_text(encoding="utf-8"))

    assert squeezed.count("{") == source.count("{")
    assert squeezed.count("}") == source.count("}")
    assert squeezed.count("url(") == source.count("url(")


def test_all_style_sheets_stay_within_their_budget() -> None:
    size = {path.name: len(squeeze(path.read_text(encoding="utf-8")).encode()) for path in SOURCES}
    assert sum(size[name] for name in size if name not in {*OWN, *ON_DEMAND}) < BUDGET
    assert {name for name, limit in OWN.items() if size[name] >= limit} == set()


def test_only_pages_with_a_drawing_load_its_styles() -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in (SOURCES[0].parents[2] / "templates/pages").glob("*.html")}
    drawing = {name for name, text in pages.items() if re.search(r"import (arcs|map|timeline) ", text)}
    assert drawing == {name for name, text in pages.items() if "css/drawn.css" in text} != set()


@pytest.mark.parametrize("name", sorted(ON_DEMAND))
def test_a_style_sheet_on_demand_is_named_by_no_page(name: str) -> None:
    templates = [path.read_text(encoding="utf-8") for path in (SOURCES[0].parents[2] / "templates").rglob("*.html")]

    assert any("css/briefing.css" in text for text in templates)
    assert not any(f"css/{name}" in text for text in templates)


def test_only_pages_with_figures_load_their_styles() -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in (SOURCES[0].parents[2] / "templates/pages").glob("*.html")}
    telling = {name for name, text in pages.items() if "components/figures.html" in text}
    assert telling == {name for name, text in pages.items() if "css/figures.css" in text and "{% if view.figures" in text} != set()
