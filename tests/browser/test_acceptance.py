"""What a person types into the search of this archive, and what they expect of it: both browsers, over http and from disk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote_plus

from tests.browser.readers import SEARCHED, Reader
from tests.browser.serving import serving

SEEN = """(() => {
  const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const said = (selector) => all(selector).map((one) => one.textContent.trim());
  return { status: said("[role=status]"), names: said(".names__link"), titles: said(".result__title"), marks: said(".hit mark"),
    spelling: said("[data-part=spelling]") };
})()"""
OWN = {
    "WND": ("titles", "WND to strengthen"),
    "consul-general": ("marks", "Consul-General"),
    "Chonqing": ("spelling", "Did you mean Chongqing?"),
    "140 Japanese companies": ("marks", "140 Japanese companies"),
    '"140 Japanese companies"': ("status", "1 briefing, 1 paragraph"),
    "tomita": ("names", "Tomita"),
    "高田真里": ("names", "Takada Mari"),
}
"""Words → what must be seen, and where."""
LARGE = {
    "两江新区": ("marks", "两江新区"),
    "Masumi Takada": ("names", "Official 01"),
    '"Masumi Takada"': ("status", "2 briefings"),
    "TAKADA Masumi": ("names", "Official 01"),
    "重慶": ("names", "Chongqing"),
}


def test_everything_gives_what_a_person_expects(reader: Reader, site_folder: Path, large_site: Path) -> None:
    for site, expected in ((site_folder, OWN), (large_site, LARGE)):
        with serving(site) as served:
            for way in (served, f"{site.as_uri()}/"):
                for words, (where, what) in expected.items():
                    reader.goto(f"{way}search.html?q={quote_plus(words)}")
                    reader.wait_for(SEARCHED)
                    if where == "spelling":
                        reader.wait_for("document.querySelector('[data-part=spelling]').textContent")
                    seen = reader.evaluate(SEEN)

                    assert any(what in text for text in seen[where]), (way, words, seen)
