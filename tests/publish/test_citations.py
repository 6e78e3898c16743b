"""A citation in each format, read back by the parsers that people's programs use."""

from __future__ import annotations

import json
import warnings
from datetime import date as Date
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation as CiteprocCitation
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bindery.config import Site
from bindery.languages import interface
from bindery.model import Authority, Briefing
from bindery.publish import bibliography, citations
from bindery.publish.citations import Citation
from bindery.publish.views import citing
from tests.publish import archive

ARTICLE = Citation(
    key="briefing-6898abf",
    title="Japanese Consul-General in Chongqing visits Liangjiang New Area",
    authors=("Wang Yifei",),
    outlet="chinadaily.com.cn",
    date=Date(2016, 1, 9),
    original="https://news.example/2016/a_b~c%20d?x=1&y=#z",
    language="en",
    archive="Japan–China City Diplomacy",
    keeper="The Bindery authors",
    number="6898abf",
    address="https://archive.example/press/b/6898abf/",
    is_article=True,
)
CHINESE = replace(ARTICLE, title="重庆两江新区", authors=("王一飞", "高田真里"), outlet="重庆日报", language="zh")
BARE = replace(ARTICLE, authors=(), outlet=None, date=None, original=None, language=None, keeper=None, address=None)
RECORD = replace(BARE, key="officials-tang-zongwei", title="Tang Zongwei", number="officials/tang-zongwei", is_article=False)
HOSTILE = replace(
    ARTICLE,
    title=r"50% of {A} & B_C #1 cost $2 ~ ^ \end{x} “q” @article{x,",
    authors=("O’Neil & Søn {Ltd.}", "Müller-Lüdenscheidt, J."),
    outlet="A\r\nER  - \r\nTY  - BOOK",
)
EVERY = {"article": ARTICLE, "chinese": CHINESE, "bare": BARE, "record": RECORD, "hostile": HOSTILE}
EACH = pytest.mark.parametrize("citation", [pytest.param(citation, id=name) for name, citation in EVERY.items()])


def bibtex(citation: Citation) -> dict[str, str]:
    """Fields of its only entry, LaTeX decoded, the braces that keep a text together taken off."""
    text = bibliography.bibtex(citation, interface("en"))
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {field.key: str(field.value) for field in entry.fields}
    if "url" in fields:  # verbatim, as every reader of BibTeX has it
        fields["url"] = bibtexparser.parse_string(text).entries[0]["url"]
    return {"": entry.entry_type, "key": entry.key, **fields}


def decoded(text: str) -> str:
    """What is left when bibtexparser has decoded a text: it drops braces, takes ^ for an accent, and joins white space."""
    return " ".join(text.translate({ord("{"): None, ord("}"): None, ord("ˆ"): "^"}).split())


def ris(citation: Citation) -> dict[str, Any]:
    (entry,) = rispy.loads(bibliography.ris(citation))
    return dict(entry)


def rendered(citation: Citation) -> str:
    """As a reference manager prints it in a list of references, by the style that comes with citeproc-py."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a variable that CSL does not know
        source = CiteProcJSON(json.loads(bibliography.csl_json(citation)))
        warnings.simplefilter("ignore")  # what the style itself does
        bibliography_ = CitationStylesBibliography(CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain)
        bibliography_.register(CiteprocCitation([CitationItem(citation.key.lower())]))
        return "".join(str(item) for item in bibliography_.bibliography())


def test_bibtex_has_each_fact_in_its_field() -> None:
    assert bibtex(ARTICLE) == {
        "": "article",
        "key": "briefing-6898abf",
        "author": "Wang Yifei",
        "title": ARTICLE.title,
        "journal": "chinadaily.com.cn",
        "entrysubtype": "newspaper",
        "year": "2016",
        "month": "jan",
        "day": "9",
        "url": ARTICLE.original,
        "note": "Archived in Japan–China City Diplomacy, https://archive.example/press/b/6898abf/",
        "language": "en",
    }


def test_ris_has_each_fact_in_its_field() -> None:
    assert ris(ARTICLE) == {
        "type_of_reference": "NEWS",
        "authors": ["Wang Yifei"],
        "title": ARTICLE.title,
        "secondary_title": "chinadaily.com.cn",
        "year": "2016",
        "date": "2016/01/09",
        "language": "en",
        "urls": [ARTICLE.original],
        "name_of_database": "Japan–China City Diplomacy",
        "database_provider": "The Bindery authors",
        "accession_number": "6898abf",
        "unknown_tag": {"AV": ["https://archive.example/press/b/6898abf/"]},
    }


def test_csl_json_is_a_newspaper_article_that_a_citation_processor_prints() -> None:
    item = bibliography.csl_item(ARTICLE)

    assert item["type"] == "article-newspaper"
    assert (item["URL"], item["archive"], item["archive_location"]) == (ARTICLE.original, ARTICLE.archive, ARTICLE.address)
    assert rendered(ARTICLE).startswith(f"Wang Yifei (2016) “{ARTICLE.title}”, chinadaily.com.cn, 9 January.")


def test_words_name_the_source_and_the_archive_and_end_with_an_address() -> None:
    assert bibliography.plain(ARTICLE, interface("en")) == (
        "Wang Yifei, “Japanese Consul-General in Chongqing visits Liangjiang New Area”, chinadaily.com.cn, 9 January 2016, "
        "https://news.example/2016/a_b~c%20d?x=1&y=#z. Archived in: Japan–China City Diplomacy, https://archive.example/press/b/6898abf/"
    )
    assert bibliography.plain(RECORD, interface("en")) == "“Tang Zongwei”. In: Japan–China City Diplomacy, no. officials/tang-zongwei"


@EACH
def test_every_format_can_be_read_whatever_is_known(citation: Citation) -> None:
    assert bibtex(citation)["key"] == citation.key
    assert ris(citation)["accession_number"] == citation.number
    assert json.loads(bibliography.csl_json(citation))[0]["title"] == citation.title
    assert citation.title.split()[0] in rendered(citation)


def test_what_looks_like_markup_in_a_title_stays_its_words() -> None:
    assert decoded(bibtex(HOSTILE)["title"]) == decoded(HOSTILE.title)
    assert len(ris(HOSTILE)["authors"]) == 2
    assert ris(HOSTILE)["secondary_title"] == "A ER  -  TY  - BOOK"
    assert json.loads(bibliography.csl_json(HOSTILE))[0]["title"] == HOSTILE.title


@given(st.text("abc é重{}\\%$#_&~^\"'`-<!?@,=\n\u2028", min_size=1, max_size=30))
def test_any_title_comes_back_from_bibtex(title: str) -> None:
    assert decoded(bibtex(replace(ARTICLE, title=title))["title"]) == decoded(title)


def test_names_are_not_turned_round() -> None:
    assert bibtex(CHINESE)["author"] == "王一飞 and 高田真里"
    assert ris(CHINESE)["authors"] == ["王一飞", "高田真里"]
    assert "author = {{王一飞} and {高田真里}}" in bibliography.bibtex(CHINESE, interface("en"))
    assert bibliography.csl_item(CHINESE)["author"] == [{"literal": "王一飞"}, {"literal": "高田真里"}]


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Wang Yifei", ("Wang Yifei",)),
        ("Li Wei, Anna Schmidt and Jo Bloggs", ("Li Wei", "Anna Schmidt", "Jo Bloggs")),
        ("王一飞、高田真里", ("王一飞", "高田真里")),
        ("Smith, John", ("Smith, John",)),
        ("Ministry of Trade and Industry", ("Ministry of Trade and Industry",)),
        ("Xinhua", ("Xinhua",)),
        ("", ()),
    ],
)
def test_a_byline_is_cut_only_between_full_names(byline: str, names: tuple[str, ...]) -> None:
    assert citations.names(byline) == names


def test_what_the_page_does_not_print_is_in_no_field() -> None:
    assert set(bibtex(BARE)) == {"", "key", "title", "note"}
    assert set(bibliography.csl_item(BARE)) == {"id", "type", "title", "archive", "archive_location"}
    assert bibliography.plain(BARE, interface("en")).count(",") == 1


def site(base_url: str) -> Site:
    return archive.site(Path(__file__).parent, base_url=base_url, title="Archive", publisher="")


def test_a_briefing_is_cited_by_its_short_address_and_its_page_by_its_url() -> None:
    briefing = Briefing("abcd123", "a", "T", None, "Gazette", "Anna Berg", "en", "text", extra={"url": "https://gazette.example/t"})
    found = citations.of_briefing(briefing, site("https://archive.example"))

    assert (found.url, found.address) == ("https://gazette.example/t", "https://archive.example/b/abcd123/")
    assert citations.of_briefing(briefing, site("")).address is None


def test_a_record_is_cited_as_an_entry_of_the_archive() -> None:
    found = citations.of_authority(Authority("official", "tang", "Tang", id="officials/tang"), site("https://archive.example"))

    assert bibliography.csl_item(found)["type"] == "entry"
    assert bibliography.csl_item(found)["container-title"] == "Archive"
    assert ris(found)["type_of_reference"] == "ELEC"
    assert bibtex(found)["url"] == "https://archive.example/officials/tang.html"


@EACH
def test_a_page_carries_the_files_themselves(citation: Citation) -> None:
    for file, (_, form, media_type, write) in zip(citing.view(citation, site("")).files, citing.FORMATS, strict=True):
        head, _, data = file.address.partition(",")

        assert (head, file.file_name) == (f"data:{media_type};charset=utf-8", f"{citation.key}.{form}")
        assert unquote_to_bytes(data).decode("utf-8") == write(citation, interface("en"))
