"""make lighthouse: pages served as GitHub Pages serves them, figures held against their floors. Lighthouse itself is a stand-in here."""

from __future__ import annotations

import gzip
import json
import shutil
import urllib.request
from pathlib import Path

import pytest

from benchmarks import lighthouse
from benchmarks.measure import RunError
from tests.browser.serving import serving

STAND_IN = """
const { writeFileSync } = require("fs");
const [, , address, ...options] = process.argv;
const path = options.find((one) => one.startsWith("--output-path=")).split("=")[1];
const score = (name) => ({ score: address.includes("slow") && name === "performance" ? 0.97 : 1 });
const categories = Object.fromEntries(["performance", "accessibility", "best-practices", "seo"].map((name) => [name, score(name)]));
writeFileSync(path, JSON.stringify({ categories, ...(address.includes("lost") && { runtimeError: { message: "no page there" } }) }));
"""
WITH_NODE = pytest.mark.skipif(not shutil.which("node"), reason="Node is not on this machine")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "index.js").write_text(STAND_IN, "utf-8")
    return tmp_path / "index.js"


@WITH_NODE
def test_a_figure_below_its_floor_is_named(program: Path) -> None:
    found = lighthouse.measure(program, {"home": "http://host.example/", "map": "http://host.example/slow"}, runs=1)

    assert list(lighthouse.below(found)) == ["map: performance is 97, and may not be below 98"]
    assert [row.split() for row in lighthouse.table(found).splitlines()[1:]] == [["home", *["100"] * 4], ["map", "97", *["100"] * 3]]


@WITH_NODE
def test_a_page_that_cannot_be_measured_is_an_error(program: Path) -> None:
    with pytest.raises(RunError, match="no page there"):
        lighthouse.report(program, "http://host.example/lost")


def test_what_is_installed_is_taken_in_its_version_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    package = tmp_path / "node_modules/lighthouse/package.json"
    package.parent.mkdir(parents=True)
    package.write_text(json.dumps({"version": lighthouse.VERSION}), "utf-8")
    assert lighthouse.install(tmp_path) == tmp_path / lighthouse.PROGRAM

    package.write_text(json.dumps({"version": "1.0.0"}), "utf-8")
    with pytest.raises(RunError, match="npm cannot be started"):
        lighthouse.install(tmp_path)


def test_the_site_is_served_as_github_pages_serves_it(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html>" + b"<p>again and again</p>" * 100
    (tmp_path / "index.html").write_bytes(page)
    (tmp_path / "index.pf_index").write_bytes(page)
    with serving(tmp_path, "/repository/", compresses=True) as address:
        answers = [urllib.request.urlopen(address + name) for name in ("index.html", "index.pf_index")]
        bodies = [answer.read() for answer in answers]

    assert [answer.headers["Content-Encoding"] for answer in answers] == ["gzip", None]
    assert gzip.decompress(bodies[0]) == bodies[1] == page
