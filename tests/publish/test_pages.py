"""What the pages say: contexts sorted, grouped and counted, and the HTML made from them."""

from __future__ import annotations

import re
from datetime import date as Date
from pathlib import Path

import pytest
from markupsafe import Markup

from bindery import pipeline
from bindery.publish import render
from bindery.publish.views import authority, briefing, indexes, lists, methodology
from bindery.publish.views.catalogue import Catalogue
from bindery.publish.views.concordance import LONGEST, quoted, sentences_of
from bindery.publish.views.indexes import Row
from tests.publish import archive
from tests.publish.archive import library, planned, read, rendered, site


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {page.permalink: text for page, text in rendered(tmp_path_factory.mktemp("site"), base_url="https://example.org/archive")}


def view_of(root: Path, identifier: str) -> authority.AuthorityView:
    found = read(root)
    return authority.AuthorityView(found.authorities[identifier], found)


def view_of_briefing(number: int, found: Catalogue) -> briefing.BriefingView:
    one = library().briefings[number]
    return briefing.BriefingView(one, pipeline.bodies(library())[one.id], None, None, found)


def test_every_kind_of_page_is_there(html: dict[str, str]) -> None:
    expected = {
        "index.html",
        "search.html",
        "methodology.html",
        "404.html",
        "briefings/index.html",
        "cities/index.html",
        "b/old1/index.html",
    }
    assert expected | {"briefings/old1.html", "cities/chongqing.html", "officials/mori.html", "companies/nec.html"} <= set(html)


def test_every_page_finds_what_its_template_asks_for(tmp_path: Path) -> None:
    where = site(tmp_path)
    env = render.environment(where)
    for one in planned(library(), where):
        if one.template:
            archive.text(one, env)
    assert not env.crooked  # else each is made at half the speed


def test_no_page_carries_a_script_or_a_style_of_its_own(html: dict[str, str]) -> None:
    for permalink, text in html.items():
        assert not re.search(r"<script(?![^>]* src=|[^>]* type=\"application/ld\+json\">)|<style| style=| on[a-z]+=", text), permalink


def test_a_mention_is_quoted_as_the_sentence_it_stands_in(tmp_path: Path) -> None:
    of_2016, _ = view_of(tmp_path, "cities/chongqing").years
    assert [quotation.html for quotation in of_2016.citations[0].quotations] == [
        'Tang Zongwei met Mr. Mori in <b class="hit__name">Chongqing</b>.',
        '<b class="hit__name">Chongqing</b> is large, <b class="hit__name">Chongqing</b> grows.',
    ]


def test_a_quotation_in_another_language_says_so(tmp_path: Path) -> None:
    undated = view_of(tmp_path, "cities/chongqing").years[-1]
    assert undated.year is None
    assert undated.citations[0].quotations[0].html == '<span lang="ja"><b class="hit__name">重慶</b>で会談した。</span>'


def test_a_full_stop_inside_a_name_does_not_cut_it() -> None:
    text = "He runs Sun Co. The Sea and left. It rained."
    assert [text[start:end] for start, end in quoted(text, [(8, 23)], sentences_of(text))] == ["He runs Sun Co. The Sea and left."]


def test_a_sentence_without_an_end_is_cut_around_each_name() -> None:
    text = "word " * 400 + "Wuxi " + "word " * 400 + "Wuxi " + "word " * 400
    first, second = quoted(text, [(2000, 2004), (4005, 4009)], sentences_of(text))
    assert text[slice(*first)].count("Wuxi") == text[slice(*second)].count("Wuxi") == 1
    assert first[1] - first[0] < LONGEST


def test_roles_stand_newest_first_with_their_paragraph(tmp_path: Path) -> None:
    roles = view_of(tmp_path, "officials/mori").roles
    assert [(role.html, role.entry.date) for role in roles] == [("Ambassador", Date(2021, 7, 21)), ("Consul General", Date(2016, 1, 19))]
    assert roles[0].anchor.startswith("p-mori-of-nec")


def test_those_mentioned_together_are_counted_by_briefings(tmp_path: Path) -> None:
    together = view_of(tmp_path, "officials/tang-zongwei").together
    assert [(row.named.name, row.count) for group in together for row in group.rows] == [
        ("Chongqing", 1),
        ("Wuxi", 1),
        ("Yoichiro Mori", 2),
        ("NEC Co., Ltd.", 1),
    ]


def test_facts_are_shown_as_a_reader_wants_them(tmp_path: Path) -> None:
    facts = {fact.label: (str(fact.html), fact.address) for fact in view_of(tmp_path, "cities/wuxi").facts}
    assert facts["Coordinates"] == ("31.57°\u00a0N, 120.30°\u00a0E", None)
    assert facts["Wikidata"] == ("Q42651", "https://www.wikidata.org/wiki/Q42651")
    assert [str(fact.html) for fact in view_of(tmp_path, "officials/mori").facts] == ["Given first"]


def test_names_in_other_scripts_carry_their_language(tmp_path: Path) -> None:
    named = read(tmp_path).named["cities/chongqing"]
    assert named.others == ('<span lang="zh">重庆</span>', '<span lang="zh">重慶</span>')
    assert named.native == named.others[:1]


def test_a_briefing_has_its_neighbours_in_time(tmp_path: Path) -> None:
    found = read(tmp_path)
    new, old, _ = library().briefings
    view = briefing.BriefingView(old, pipeline.bodies(library())[old.id], None, found.entries[new.id], found)
    assert (view.earlier, view.later) == (None, found.entries["new1"])


def test_headings_of_a_text_come_below_the_pages_own(tmp_path: Path) -> None:
    found = read(tmp_path)
    view = view_of_briefing(0, found)
    assert [paragraph.tag for paragraph in view.paragraphs] == ["p", "h2", "ul"]


def test_a_note_and_a_role_stand_beside_their_paragraph(tmp_path: Path) -> None:
    found = read(tmp_path)
    first = view_of_briefing(0, found).paragraphs[0]
    assert [(note.named.name, note.role) for note in first.sidenotes] == [("Yoichiro Mori", "Ambassador")]
    assert [(note.tone, '<span lang="zh">网站</span>' in note.html) for note in first.notes] == [("warning", True)]


def test_lines_of_one_fate_are_one_run(tmp_path: Path) -> None:
    found = read(tmp_path)
    panel = view_of_briefing(1, found).provenance
    assert panel is not None
    assert (panel.kept, panel.used, panel.dropped, panel.line_count) == (1, 1, 2, 4)
    assert [(run.fate, len(run.lines)) for run in panel.runs] == [("dropped", 2), ("used", 1), ("kept", 1)]
    assert panel.runs[0].lines[0].html == 'Home <span lang="zh">中文</span>'


def test_past_forty_names_the_margin_shows_the_foremost(tmp_path: Path) -> None:
    found = read(tmp_path)
    city = found.named["cities/wuxi"]
    rows = [Row(city, count) for count in range(60)]
    (group,) = indexes.groups(rows, found.site.kinds, lambda many: indexes.most_frequent(many)[: indexes.FOREMOST])
    assert group.is_partial
    assert [row.count for row in group.rows] == list(range(59, 49, -1))


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Ōsaka", "O"), ("chongqing", "C"), ("‘Quoted’", "Q"), ("重庆", lists.OTHER), ("3M", lists.OTHER), ("Élan", "E"), ("", lists.OTHER)],
)
def test_a_name_stands_under_its_letter(name: str, letter: str) -> None:
    assert lists.initial(name) == letter


def test_the_methodology_counts_what_each_rule_decided(tmp_path: Path) -> None:
    view = methodology.view(read(tmp_path))
    count_by_code = {row.code: row.count for stage in view.stages for row in stage.rows}
    assert (count_by_code["menu"], count_by_code["title"], view.dropped, view.confirmed, view.note_count) == (2, 1, 2, 1, 1)


def test_a_mention_is_described_by_its_line_of_the_index(html: dict[str, str]) -> None:
    text = html["briefings/new1.html"]
    described = set(re.findall(r'aria-describedby="([^"]+)"', text))
    assert described == {"about-officials-mori", "about-companies-nec", "about-officials-tang-zongwei", "about-cities-wuxi"}
    assert described <= set(re.findall(r' id="([^"]+)"', text))


def test_titles_are_escaped_once(html: dict[str, str]) -> None:
    assert "<title>New &amp; old · Briefing archive</title>" in html["briefings/new1.html"]
    assert 'data-facts="21 July 2021, Gazette"' in html["briefings/new1.html"]


def test_canonical_addresses_need_a_base(html: dict[str, str], tmp_path: Path) -> None:
    assert '<link rel="canonical" href="https://example.org/archive/cities/wuxi.html">' in html["cities/wuxi.html"]
    assert not any("canonical" in text for _, text in rendered(tmp_path))


def test_a_page_that_is_not_there_helps_at_any_depth(html: dict[str, str]) -> None:
    assert '<base href="https://example.org/archive/">' in html["404.html"]
    assert 'href="#' not in html["404.html"]


def test_a_short_address_leads_on_without_a_script(html: dict[str, str]) -> None:
    text = html["b/old1/index.html"]
    assert '<noscript><meta http-equiv="refresh" content="0; url=../../briefings/old1.html"></noscript>' in text
    assert '<a href="../../briefings/old1.html">Old</a>' in text


def test_a_kind_without_a_template_of_its_own_has_the_common_one(tmp_path: Path) -> None:
    lines = ["kinds:", "  city: {folder: cities}", "  official: {folder: officials}", "  company: {folder: companies}"]
    (tmp_path / "site.yaml").write_text("\n".join([*lines, "  topic: {folder: topics}"]), encoding="utf-8")
    templates = {page.permalink: page.template for page, _ in rendered(tmp_path)}
    assert templates["topics/index.html"] == "pages/kind.html"
    assert templates["cities/wuxi.html"] == "pages/city.html"


def test_a_lead_is_cut_at_a_word(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert lists.lead(found.entries["und1"], found) == Markup('<span lang="ja">重慶で会談した。重慶は大きい。</span>')
