"""A citation → the Cite panel of a page: the words, and a file in each format.

The files stand in the page itself, as data: addresses. They can be saved without a script, over http and from disk, and a site
of ten thousand briefings is not forty thousand small files more.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import msgspec
from markupsafe import Markup, escape

from bindery.config import Site
from bindery.languages import Interface
from bindery.publish import bibliography, languages
from bindery.publish.citations import Citation

FORMATS: tuple[tuple[str, str, str, Callable[[Citation, Interface], str]], ...] = (
    ("BibTeX", "bib", "application/x-bibtex", bibliography.bibtex),
    ("RIS", "ris", "application/x-research-info-systems", lambda citation, _: bibliography.ris(citation)),
    ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", lambda citation, _: bibliography.csl_json(citation)),
)
"""Name, end of the file's name, media type, and what writes it in a language of the interface."""
_SAFE = "!$()*,:;@/?"
"""What may stand in an address as it is (RFC 3986): a third fewer bytes."""
_QUOTED = [(sign, quote(sign, safe=_SAFE)) for sign in map(chr, range(128)) if quote(sign, safe=_SAFE) != sign]
_QUOTED.sort(key=lambda pair: pair[0] != "%")  # it stands in what the others become


class File(msgspec.Struct, frozen=True):
    name: str
    """Of the format: "BibTeX"."""
    form: str
    """"bib", "ris" or "json"."""
    file_name: str
    address: str
    """data:…, UTF-8."""


class CiteView(msgspec.Struct, frozen=True):
    text: Markup
    files: tuple[File, ...]


def view(citation: Citation, site: Site) -> CiteView:
    return CiteView(
        text=Markup(_marked(citation, site)),  # noqa: S704  # escaped part by part
        files=tuple(
            File(name, form, f"{citation.key}.{form}", f"data:{media_type};charset=utf-8,{_quoted(write(citation, site.interface))}")
            for name, form, media_type, write in FORMATS
        ),
    )


def _marked(citation: Citation, site: Site) -> str:
    """The words as HTML, those of the page in its language."""

    def printed(text: str) -> str:
        return languages.printed(text, citation.language, site.language)

    return bibliography.plain(citation, site.interface, printed, escape)


def _quoted(text: str) -> str:
    """As it may stand in an address. Most is ASCII, with few of the signs that may not stand there, each often."""
    if not text.isascii():
        return quote(text, safe=_SAFE)
    for sign, quoted in _QUOTED:
        if sign in text:
            text = text.replace(sign, quoted)
    return text
