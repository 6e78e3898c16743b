"""What the search index is told of each page: its words and facts, and nothing of how it looks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from bindery.model import Library
from bindery.publish import plan
from bindery.publish.search.documents import Document
from bindery.publish.views import documents
from tests.publish import archive


def told(tmp_path: Path, found: Library | None = None) -> dict[str, Document]:
    found = found or archive.library()
    read = archive.catalogue_of(found, archive.site(tmp_path))
    keys = plan.keys(read)
    return {document.permalink: document for document in documents.all_documents(read, keys, archive.reading(found))}


def test_only_briefings_and_records_are_indexed(tmp_path: Path) -> None:
    permalinks = [page.permalink for page, _ in archive.rendered(tmp_path)]

    assert told(tmp_path).keys() == {one for one in permalinks if re.fullmatch(r"(briefings|cities|officials|companies)/(?!index).+", one)}


def test_a_value_with_a_comma_is_one_filter(tmp_path: Path) -> None:
    assert 'content="NEC Co., Ltd." data-pagefind-filter="company[content]"' in told(tmp_path)["briefings/new1.html"].html()


def test_a_paragraph_stands_under_its_address_without_links_and_notes(tmp_path: Path) -> None:
    html = told(tmp_path)["briefings/new1.html"].html()
    _, (first, *_) = archive.reading(archive.library())("new1")

    assert re.search(rf'<div id="p-{first.key}"[^>]*><p>Mori of NEC Co., Ltd. came.\n</p></div>', html)
    assert "Suspected injected text" not in html
    assert "<h1>New &amp; old</h1>" in html


def test_a_record_is_told_by_its_names_roles_and_note(tmp_path: Path) -> None:
    found = told(tmp_path)

    assert all(words in found["officials/mori.html"].html() for words in ("森洋一郎", "Ambassador", "Consul General"))
    assert "Wuxi" in found["officials/tang-zongwei.html"].html()


def test_no_document_carries_a_picture(tmp_path: Path) -> None:
    assert not [document for document in told(tmp_path).values() if "<img" in document.html()]


def test_the_digest_changes_with_what_is_told_and_with_nothing_else(tmp_path: Path) -> None:
    """A name's new variant reaches the briefings that name it, and no others."""
    library = archive.library()
    nec = library.authorities["companies/nec"]
    renamed = replace(library, authorities={**library.authorities, nec.id: replace(nec, variants=("日本電気",))})
    before, same, after = (
        {permalink: (document.digest, document.html()) for permalink, document in told(tmp_path, one).items()}
        for one in (library, library, renamed)
    )

    assert same == before
    changed = {permalink for permalink, (digest, _) in after.items() if digest != before[permalink][0]}
    assert changed == {permalink for permalink, (_, html) in after.items() if html != before[permalink][1]}
    assert changed == {"companies/nec.html", "briefings/new1.html"}
