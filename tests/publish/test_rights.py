"""What site.yaml withholds is nowhere in what a reader can get."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import pytest

from bindery import config, pipeline
from bindery.config import SourceRule
from bindery.content import markup, store
from bindery.model import Briefing, Fate, Library, Provenance, Rights
from bindery.publish import anchors, body, rights, sources
from bindery.publish.mail import digest as mail_digest
from bindery.publish.mail.message import Envelope
from bindery.publish.pocket import Choice
from bindery.publish.sentences import sentence_spans
from tests.publish import archive
from tests.publish.unpacked import letters, texts

ROOT = Path(__file__).resolve().parents[2]
SOURCE = "chinadaily.com.cn"


def published(root: Path, mode: str) -> Path:
    """This archive's own content, published with a rule for one source."""
    shutil.copytree(ROOT / "content", root / "content")
    (root / "site.yaml").write_text(f"base_url: https://archive.example\nsources: {{{SOURCE}: {mode}}}\n", encoding="utf-8")
    pipeline.publish(config.load(root))
    return root


def withheld(root: Path) -> list[str]:
    """Every sentence and every captured line of the source's briefings that is not title, date, source or author, as letters."""
    library, shown = store.load(config.load(root)), pipeline.publishable(config.load(root))
    found: list[str] = []
    for whole, part in zip(library.briefings, shown.briefings, strict=True):
        if whole.source == SOURCE:
            assert whole.provenance
            lines = [fate.text for fate in whole.provenance.fates if fate.fate != "used"]
            open_to_all = letters(f"{whole.title} {part.text} {whole.byline} {names(library, whole)}")
            found += [one for text in [markup.unescape(whole.text), *lines] for one in sentences(text) if one not in open_to_all]
    return list(dict.fromkeys(found))


def names(library: Library, briefing: Briefing) -> str:
    """What the records say that it mentions: people wrote that."""
    records = [library.authorities[mention.authority] for mention in briefing.mentions]
    return " ".join(words for record in records for words in (record.name, *record.variants, record.note))


def sentences(text: str) -> list[str]:
    """Long enough that another page does not have them by chance."""
    return [one for start, end in sentence_spans(text) if len(one := letters(text[start:end])) >= 25]


def leaks(root: Path, words: Iterable[str]) -> dict[str, list[str]]:
    """Sentence → the places in site/ it stands in."""
    found: dict[str, list[str]] = {}
    for name, text in texts(root / "site"):
        plain = letters(text)
        for sentence in words:
            if sentence in plain:
                found.setdefault(sentence, []).append(name)
    return found


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    return {mode: published(tmp_path_factory.mktemp("rights") / mode, mode) for mode in ("full", "excerpt", "metadata-only")}


@pytest.mark.parametrize("mode", ["excerpt", "metadata-only"])
def test_no_withheld_sentence_is_anywhere_in_the_site(sites: Mapping[str, Path], mode: str) -> None:
    secret = withheld(sites[mode])

    assert len(secret) > 10
    assert leaks(sites[mode], secret) == {}


def test_the_search_for_a_sentence_sees_every_place_one_could_be(sites: Mapping[str, Path]) -> None:
    """The control of the test above: where all may be shown, the same search finds what it looks for, packed or not."""
    found = leaks(sites["full"], withheld(sites["metadata-only"]))
    places = {place for names in found.values() for place in names}

    assert len(found) == len(withheld(sites["metadata-only"]))
    for part in ("briefings/", "officials/", "archive.zip/", "pagefind/fragment/", "packs/fragment"):
        assert any(place.startswith(part) for place in places), part
    assert any(place.endswith(".md") for place in places)
    data = ("archive.json", "briefings.jsonl", "paragraphs.csv", "figures.csv", "archive.sqlite/paragraphs", "archive.sqlite/figures")
    assert places >= {f"data/{name}" for name in data}


def test_the_words_of_the_database_are_seen_as_well(sites: Mapping[str, Path]) -> None:
    found = dict(texts(sites["full"] / "site"))

    assert "chongq" in found["data/archive.sqlite/paragraphs_fts"].split()  # by its stem
    assert "chongqing" in found["data/archive.sqlite/names"].casefold()


@pytest.mark.parametrize("mode", ["excerpt", "metadata-only"])
def test_the_data_have_no_more_of_a_briefing_than_its_page(sites: Mapping[str, Path], mode: str) -> None:
    shown = {one.id: one for one in pipeline.publishable(config.load(sites[mode])).briefings}
    (withheld_one,) = (one for one in shown.values() if one.source == SOURCE)
    with closing(sqlite3.connect(sites[mode] / "site/data/archive.sqlite")) as connection:
        mentions = connection.execute("SELECT count(*) FROM mentions WHERE briefing = ?", (withheld_one.id,)).fetchone()
        named = connection.execute("SELECT sum(count) FROM named WHERE briefing = ?", (withheld_one.id,)).fetchone()
        together = connection.execute("SELECT count(*) FROM together WHERE 'companies/kawasaki-robot' IN (one, other)").fetchone()
    (copy,) = (sites[mode] / "site/briefings").glob("2016-*.md")

    assert mentions == (len(withheld_one.mentions),)
    assert named == (sum(withheld_one.named.values()),)
    assert together == (0,), "in this archive only a sentence that is withheld names it beside another"
    assert f'rights: "{mode}"' in copy.read_text(encoding="utf-8")
    assert "Read it at the source: <https://chinadaily.com.cn/>" in copy.read_text(encoding="utf-8")


def test_what_search_engines_are_to_leave_out_has_no_copy_that_cannot_say_so(tmp_path: Path) -> None:
    root = published(tmp_path, "{rights: full, noindex: true}")
    (page,) = (root / "site/briefings").glob("2016-*.html")

    assert not page.with_suffix(".md").exists()
    assert "text/markdown" not in page.read_text(encoding="utf-8")
    assert page.stem not in (root / "site/llms.txt").read_text(encoding="utf-8")
    assert len([*page.parent.glob("*.md")]) == 4


@pytest.mark.parametrize("mode", ["excerpt", "metadata-only"])
def test_no_word_that_only_the_withheld_text_has_is_in_the_site(sites: Mapping[str, Path], mode: str) -> None:
    """The search index holds words, not sentences."""
    full, part = words_of(sites["full"]), words_of(sites[mode])
    whole, shown = store.load(config.load(sites[mode])), pipeline.publishable(config.load(sites[mode]))
    (briefing,) = (one for one in whole.briefings if one.source == SOURCE)
    (beginning,) = (one.text for one in shown.briefings if one.source == SOURCE)
    others = [one for one in whole.briefings if one != briefing]
    lines = [fate.text for one in others if one.provenance for fate in one.provenance.fates]
    rest = " ".join([beginning, str(briefing.title), names(whole, briefing), *lines, *(one.text for one in others)])
    rare = {word for word in words(briefing.text) if word not in rest.casefold()} - words(program(sites[mode]))

    assert len(rare & full) >= 5  # the fewer, the more words the program itself uses
    assert rare & part == set()


def words_of(root: Path) -> set[str]:
    return words("\n".join(text for _, text in texts(root / "site")))


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{6,}", text.casefold()))


def program(root: Path) -> str:
    """What every site says, whatever its briefings do."""
    files = [path for name in ("templates", "static") for path in (ROOT / name).rglob("*.*")]
    files += [ROOT / "bindery/rules.yaml", ROOT / "bindery/publish/archive.schema.json", *(ROOT / "bindery/publish").rglob("*.py")]
    files += (root / "site/pagefind").glob("*.js")
    return "\n".join(path.read_text("utf-8") for path in files)


@pytest.mark.parametrize("mode", ["excerpt", "metadata-only"])
def test_a_pocket_file_holds_no_withheld_sentence(sites: Mapping[str, Path], mode: str) -> None:
    text = letters(pipeline.pocket_file(config.load(sites[mode]), Choice({})))

    assert [sentence for sentence in withheld(sites[mode]) if sentence in text] == []


def mails(root: Path) -> str:
    """What a digest of everything and an e-mail of each briefing of the source say."""
    site = config.load(root)
    letters_of = [pipeline.letter(site, one.id, Envelope())[0] for one in store.load(site).briefings if one.source == SOURCE]
    news = pipeline.digest(site, mail_digest.Choice(Date(1990, 1, 1)), Envelope()).letter
    return " ".join(part for made in (*letters_of, news) if made for part in (made.html, " ".join(made.text.split())))


@pytest.mark.parametrize("mode", ["excerpt", "metadata-only"])
def test_no_e_mail_holds_a_withheld_sentence(sites: Mapping[str, Path], mode: str) -> None:
    text, secret = letters(mails(sites[mode])), withheld(sites[mode])

    assert [sentence for sentence in secret if sentence in text] == []
    assert any(sentence in letters(mails(sites["full"])) for sentence in secret)


def test_what_stays_are_facts_and_the_way_to_the_source(sites: Mapping[str, Path]) -> None:
    (page,) = (sites["metadata-only"] / "site/briefings").glob("2016-*.html")
    html = page.read_text(encoding="utf-8")

    assert "The text is its publisher’s and is not shown here" in html
    assert '<a class="touch-link" href="https://chinadaily.com.cn/" rel="external">' in html
    assert "Japanese Consul-General in Chongqing visits Liangjiang New Area" in html
    assert 'href="../officials/tang-zongwei.html"' in html
    assert 'id="p-' not in html
    official = (sites["metadata-only"] / "site/officials/tang-zongwei.html").read_text(encoding="utf-8")
    assert "Its text is not shown here." in official
    assert f'href="../briefings/{page.name}"' in official


def test_what_is_withheld_keeps_its_addresses_for_the_day_it_is_shown_again(tmp_path: Path) -> None:
    """An address of a withheld paragraph leads to no other; full again, every one leads where it did."""
    root = published(tmp_path, "full")
    full, remembered = addresses(root), files_of(root / "content/anchors")
    for mode in ("excerpt", "metadata-only"):
        (root / "site.yaml").write_text(f"sources: {{{SOURCE}: {mode}}}\n", encoding="utf-8")
        pipeline.publish(config.load(root))
        assert all(full[key] == text for key, text in addresses(root).items())
        assert files_of(root / "content/anchors") == remembered
    (root / "site.yaml").write_text("", encoding="utf-8")
    pipeline.publish(config.load(root))

    assert addresses(root) == full


def addresses(root: Path) -> dict[str, str]:
    """Briefing and key or alias → the text it leads to."""
    archive = json.loads((root / "site/data/archive.json").read_text("utf-8"))
    return {
        f"{briefing['id']} {key}": paragraph["text"]
        for briefing in archive["briefings"]
        for paragraph in briefing["paragraphs"]
        for key in (paragraph["key"], *paragraph["aliases"])
    }


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_earlier_address_of_a_paragraph_that_is_cut_still_leads_to_it() -> None:
    before = anchors.record({"an-earlier-key-123": f"Yesterday {LONG}"}, ())
    whole = replace(briefing(f"{LONG}\n\nAnother one."), anchors=before, source="gazette.example")
    (shown,) = rights.shown(library(whole), site_with(SourceRule("gazette.example", "excerpt", noindex=False))).briefings
    (block,) = body.blocks(shown, lambda _: None)

    assert block.aliases == ("an-earlier-key-123",)
    assert block.key == body.blocks(whole, lambda _: None)[0].key


LONG = "One sentence stands here and says a little about the port. " * 12


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Short.\n\nAlso short.", "Short.\n\nAlso short.", id="all of it fits"),
        pytest.param(f"First paragraph.\n\n{LONG}", "First paragraph.", id="whole paragraphs"),
        pytest.param(LONG, f"{LONG[:294].rstrip()} …", id="cut after a sentence"),
        pytest.param("word " * 100, f"{('word ' * 100)[:299].rstrip()} …", id="cut between words"),
        pytest.param(f"## A heading\n\n{LONG}", f"## A heading\n\n{LONG[:235].rstrip()} …", id="a heading alone is no excerpt"),
        pytest.param("港" * 400, "港" * 150 + " …", id="wide letters say more"),
    ],
)
def test_an_excerpt_is_the_beginning_up_to_the_limit(text: str, shown: str) -> None:
    assert rights.excerpt(briefing(text))[0] == shown


def test_an_excerpt_keeps_the_mentions_in_it_and_cuts_none() -> None:
    before = "word " * 57
    text, mentions = markup.standoff(f"[Mori](../officials/mori.md) {before}[Tang Zongwei of the port](../officials/tang-zongwei.md) spoke")
    part, kept = rights.excerpt(replace(briefing(text), mentions=mentions))

    assert [mention.authority for mention in kept] == ["officials/mori"]
    assert part.endswith("word …")


def test_a_withheld_briefing_has_no_words_left_but_facts() -> None:
    whole = replace(
        archive.library().briefings[1], extra={"url": "https://gazette.example/1", "summary": "He left."}, source="gazette.example"
    )
    shown = rights.shown(library(whole), site_with(SourceRule("gazette.example", "metadata-only", noindex=True)))
    (left,) = shown.briefings

    assert (left.text, left.mentions, left.noindex, left.extra) == ("", (), True, {"url": "https://gazette.example/1"})
    assert left.named == {"officials/tang-zongwei": 1, "officials/mori": 1, "cities/chongqing": 3}
    assert left.provenance == Provenance(
        "old.txt",
        "ab" * 32,
        1234,
        "utf-8",
        (Fate(1, "dropped", "menu", ""), Fate(2, "dropped", "menu", ""), Fate(3, "used", "title", ""), Fate(5, "kept", "body", "")),
    )
    assert shown.mentioned_in["cities/chongqing"] == (left,)


@pytest.mark.parametrize(
    ("rule", "source", "covered"),
    [
        ("chinadaily.com.cn", "chinadaily.com.cn", True),
        ("chinadaily.com.cn", "www.ChinaDaily.com.cn", True),
        ("www.chinadaily.com.cn", "chinadaily.com.cn", True),
        ("chinadaily.com.cn", "https://global.chinadaily.com.cn/a/1.html", True),
        ("chinadaily.com.cn", "notchinadaily.com.cn", False),
        ("daily.com.cn", "chinadaily.com.cn", False),
        ("Xinhua News  Agency", "xinhua news agency", True),
        ("Xinhua", "Xinhua News Agency", False),
        ("Xinhua", None, False),
    ],
)
def test_a_rule_covers_a_source_by_its_name_or_its_host(rule: str, source: str | None, covered: bool) -> None:
    assert sources.covers(SourceRule(rule, "excerpt", noindex=False), replace(briefing("Text."), source=source)) is covered


def test_a_rule_for_a_host_covers_a_named_source_whose_page_stands_there() -> None:
    found = replace(briefing("Text."), source="China Daily", extra={"url": "https://www.chinadaily.com.cn/a/1.html"})

    assert sources.covers(SourceRule("chinadaily.com.cn", "excerpt", noindex=False), found)


def test_the_rule_that_names_the_source_most_exactly_holds() -> None:
    site = site_with(SourceRule("example.org", "full", noindex=False), SourceRule("news.example.org", "excerpt", noindex=False))

    assert sources.rule(replace(briefing("Text."), source="news.example.org"), site) == site.sources[1]
    assert sources.rule(replace(briefing("Text."), source="world.news.example.org"), site) == site.sources[1]
    assert sources.rule(replace(briefing("Text."), source="example.org"), site) == site.sources[0]


def test_a_rule_for_a_name_comes_before_one_for_the_host() -> None:
    site = site_with(SourceRule("gazette.example", "full", noindex=False), SourceRule("Gazette", "excerpt", noindex=False))
    found = replace(briefing("Text."), source="Gazette", extra={"url": "https://gazette.example/1"})

    assert sources.rule(found, site) == site.sources[1]


def briefing(text: str) -> Briefing:
    return Briefing("6898abf", "a-page", "A page", Date(2016, 1, 19), "Gazette", None, "en", text)


def library(whole: Briefing) -> Library:
    return replace(archive.library(), briefings=(whole,), mentioned_in={"cities/chongqing": (whole,)})


def site_with(*rules: SourceRule, default: Rights = "full") -> config.Site:
    return replace(config.load(ROOT), rights=default, sources=rules)
