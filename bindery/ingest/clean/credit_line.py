"""A short line of names → author and outlet: 'Ana Prado | El Faro', 'BSS, Linden', 'Reporter Anna Berg', 'Linden Courier staff writer'.

The line is taken apart at its strokes, commas and brackets, and each part is told for what it is. One part that is nothing of
what a credit has, and the line is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum, auto

from msgspec.structs import replace

from bindery.ingest.annotate.words import english
from bindery.ingest.clean.credit import (
    EDGE,
    EMAIL,
    LETTERED,
    OFFICE,
    Meta,
    is_desk,
    is_known_name,
    is_listed,
    is_office,
    is_outlet,
    is_person,
    is_section,
    is_town,
    name,
    outlet,
    parted,
)
from bindery.ingest.clean.lexicon import agency_names, folded, menu, word_set

LONGEST_CREDIT = 90
"""Characters; the longest line of two authors and their paper on 200 pages has 71."""

LONGEST_DEFINITE = 4
"""Words of 'The Nation', 'The Linden Evening Star'."""

LONGEST_FOREIGN = 5
"""Words of an outlet or office whose later words a language writes small."""

LONGEST_PLACE = 3
"""Words of 'Dar es Salaam'."""

_PARTS = re.compile(
    r"\s*[|｜•·]\s*"
    r"|\s+(?=(?:(?:Senior|Chief|Staff|Deputy|Assistant|Special|Contributing|Local|Business|Economy|Features|Political|Municipal|Maritime"
    r"|Transport|Shipping|Metro|City|Regional|Education|Herald|News|Our|Sports|Foreign)\s){1,3}(?:Reporter|Correspondent|Writer|Editor)$)"
    r"|\s+[/–—-]\s+|\s*[/／]\s*|,\s+(?:with\s)?|、|\s*[(（\[【]\s*|\s*[)）\]】]\s*|\s{2,}|　+"
    r"|\s+(?:for|pour|für|para|per)\s+(?:the\s)?(?=\S)"
)
LEAD = re.compile(
    r"^(?:by|from|ein (?:artikel|beitrag|bericht) von|un article de|un artículo de"
    r"|von|par|por|di|da|oleh|door|text(?: by)?|texte|texto|testo|story(?: and photos?)? by|report(?:ed)? by|written by|words by"
    r"|opr\.|oprac\.|(?:(?:our|staff|chief|senior|special|local)\s)?(?:reporter|correspondent|journalist|writer|author)s?"
    r"|de notre (?:correspondant|envoyée? spécial)e?|notre correspondante?|de nuestr[oa] (?:corresponsal|enviad[oa] especial)"
    r"|dal nostro (?:corrispondente|inviato)|van onze (?:correspondent|verslaggever)"
    r"|aus \S+ bericht(?:et|en)(?: unser(?:e|er)?)?(?: (?:redakteur|mitarbeiter|korrespondent)(?:in)?)?)"
    r"\s*[:：]?\s+(?-i:(?=[^\W\d_a-z]))",
    re.IGNORECASE,
)
_WEAK_LEAD = re.compile(r"(?:from|di|da|von|por|par)\b", re.IGNORECASE)
"""'Da Nang', 'From Linden': words that begin other things too; a known name must follow."""
_OF_PERSON = re.compile(r"(?:writer|author|journalist|reporter|correspondent)\b", re.IGNORECASE)
_HANDLE = re.compile(r"^@\w+$|^\d[\d.,]*k?$|^\S[^\s@]*@\S*$", re.IGNORECASE)
_BESIDE_NAME = re.compile(r"\s@\w+\b")
"""The author's handle behind the name."""
_AND = re.compile(r"\s+(?:and|und|et|y|e|i|en|dan|và|ve)\s+|\s*&\s*")
_CHINESE = re.compile(
    r"^(?P<outlet>[㐀-鿿]{2,8}(?:报|報|网|網|社|台|讯|訊|刊))?"
    r"(?:全媒体|融媒体|首席|见习|特约|見習)?(?:记者|記者|通讯员|特派员)\s?[:：]?\s?"
    r"(?P<author>[㐀-鿿·]{2,4}(?:[ 、](?!通讯员|通訊員|实习|摄影|攝影)[㐀-鿿·]{2,4}){0,3})"
    r"(?:\s(?:通讯员|通訊員|实习|摄影|攝影|文/图|文、图|图/文).*)?$"
)
_KOREAN = re.compile(
    r"^(?:(?P<outlet>[가-힣A-Za-z]{2,10})\s)?(?:[가-힣]{2,6}\s?=\s?)?(?P<author>[가-힣]{2,4})\s?"
    r"(?:선임|수습|인턴|전문)?\s?(?:기자|특파원)(?:\s?\S+@\S*)?$"
)
_KOREAN_BEFORE_PAPER = re.compile(
    r"^(?P<author>[가-힣]{2,4})\s"
    r"(?P<outlet>[가-힣A-Za-z]{1,8}(?:일보|신문|뉴스|경제|방송|통신|닷컴|타임즈|투데이|저널|TV))\s(?:기자|특파원)(?:\s?\S+@\S*)?$"
)
"""'홍길동 린든닷컴 기자'"""
_EAST_PLACE = re.compile(r"^[㐀-鿿]{2,6}(?:市役所|[市県町村区縣鄉])$")


DIGNITY = re.compile(
    r"\b(?:mayor|minister|governor|ambassador|president|chair(?:man|woman|person)?|director|consul|councillor|cllr|deputy|secretary|senator)\b"
    r"|\b(?:oberbürgermeister|bürgermeister|maire|alcalde|prefeito|sindaco|burmistrz|мэр)",
    re.IGNORECASE,
)
"""Whom a text is about, not who wrote it: a caption."""


_DEFINITE = re.compile(r"The |(?:El|La|Le|Les|Il|Lo|Los|EL|LA|LE|LES|IL|LOS) (?=\S+ \S)")
"""'The Nation', 'El Faro de Linden': a newspaper's name begins with an article, a town's of two words may, too."""


_ACRONYM_AND_TOWN = re.compile(r"[A-Z]{2,5},? (?P<town>[A-Z][\w' &-]{1,24})")
"""'PIB Chennai', 'DIPR, Nagaland': an office by its letters and where it is."""
_CAMEL = re.compile(r"(?!Mc|Mac|De|Le|La|Di|Fitz|Van)[A-Za-z][a-z]{0,20}[A-Z][a-z]{2,20}")
"""'iChongqing', 'InKunming', 'VietnamPlus'"""
_PICTURE_CREDIT = re.compile(r"[^/]{4,40}[^\s/]/(?P<outlet>[^\s/][^/]{1,40})")
"""'ANNA BERG/The Post': without spaces around its stroke a photographer's."""


class Kind(Enum):
    """What a part of a credit is."""

    AUTHOR = auto()
    DESK = auto()
    OUTLET = auto()
    OFFICE = auto()
    """'Staff Writer', 'Special to the Courier'."""
    PLACE = auto()
    """Or any other two or three words in capitals that may stand beside a name."""
    NOTHING = auto()
    """A handle, a count, a button."""
    STRANGE = auto()


def read(text: str, is_own: Callable[[str], bool]) -> Meta | None:
    """Author and outlet of a line that has nothing else; `is_own` knows the outlet's own name."""
    if len(text) > LONGEST_CREDIT:
        return None
    for pattern in (_CHINESE, _KOREAN_BEFORE_PAPER, _KOREAN) if not text.isascii() else ():
        if match := pattern.match(text.strip("□■○●◎◆ []【】()（）")):
            return _meta(match["author"], match["outlet"])
    bare = without_addresses(text)
    if "," not in bare and is_desk(bare):
        return _meta(bare, None)
    lead = LEAD.match(bare)
    picture = None if lead else _PICTURE_CREDIT.fullmatch(bare)
    if picture and is_listed(picture["outlet"]):
        return None
    author, agency = parted(bare[lead.end() if lead else 0 :])
    parts = [part for part in _PARTS.split(author) if part and LETTERED.search(part)]
    kinds = [_kind(part, is_own) for part in parts]
    if lead and not _WEAK_LEAD.match(lead[0]) and kinds and kinds[0] in (Kind.PLACE, Kind.STRANGE) and name(parts[0]):
        kinds[0] = Kind.AUTHOR
    if Kind.OFFICE in kinds and kinds[0] is Kind.PLACE and _may_be_name(parts[0]):  # a name nobody knows
        kinds[0] = Kind.AUTHOR
    if agency and kinds == [Kind.PLACE] and _may_be_name(parts[0]):
        kinds[0] = Kind.AUTHOR
    if sorted(kind.name for kind in kinds) == ["OUTLET", "PLACE"]:  # 'Khmer Times / Chea Sovannara': beside an outlet stands a name
        beside = kinds.index(Kind.PLACE)
        kinds[beside] = Kind.AUTHOR if _may_be_name(parts[beside]) else Kind.PLACE
    if not parts or Kind.STRANGE in kinds:
        return None
    found = _credit(parts, kinds)
    if found and not found.byline and lead and _OF_PERSON.match(lead[0]):  # 'Writer Planning Division'
        return None
    return replace(found, source=found.source or agency, labels=found.labels | {"source"}) if found and agency else found


def without_addresses(text: str) -> str:
    """'ANNA BERG aberg@lindencourier.com @annaberg' → ANNA BERG."""
    return EDGE.sub("", _BESIDE_NAME.sub("", EMAIL.sub("", text))).strip()


def _may_be_name(text: str) -> bool:
    return is_person(text) and not is_town(text) and not all(word in english() for word in folded(text).split())


def _credit(parts: Sequence[str], kinds: Sequence[Kind]) -> Meta | None:
    """Authors are what stands before anything else; a place alone is no credit."""
    outlets = [part for part, kind in zip(parts, kinds, strict=True) if kind is Kind.OUTLET]
    authors = [part for part, kind in zip(parts, kinds, strict=True) if kind is Kind.AUTHOR]
    desks = [part for part, kind in zip(parts, kinds, strict=True) if kind is Kind.DESK]
    sections = any(kind is Kind.NOTHING and folded(part) in menu() for part, kind in zip(parts, kinds, strict=True))
    if (kinds[0] is Kind.PLACE and (authors or not outlets)) or (sections and not authors):
        return None
    author = ", ".join(authors) if authors else desks[0] if desks else None
    return _meta(author, outlet(outlets[0]) if outlets else None)


def _meta(author: str | None, source: str | None) -> Meta | None:
    labels = {field for field, value in (("byline", author), ("source", source)) if value}
    return Meta(source=source, byline=author, labels=frozenset(labels)) if labels else None


_SHORTENED = re.compile(r"(?!U\.[SKN]\.?$|E\.U\.?$|D\.C\.?$)[A-ZÀ-Þ]\.\s?-?[A-ZÀ-Þ]\.")
"""'A. B.'"""


def _kind(text: str, is_own: Callable[[str], bool]) -> Kind:
    low = folded(text).strip(" .:")
    if (text in agency_names() and low not in menu()) or is_own(text):
        return Kind.OUTLET
    if is_desk(text):
        return Kind.DESK
    if low in menu() or low in word_set("accounts") or _HANDLE.match(text):
        return Kind.NOTHING
    if OFFICE.search(text) or low.startswith("special to"):
        return Kind.OFFICE
    if is_section(text) and not (" " in text and is_known_name(text)):
        return Kind.NOTHING
    definite = (
        _DEFINITE.match(text) is not None
        and 2 <= len(text.split()) <= LONGEST_DEFINITE
        and (text.istitle() or not text.startswith("The "))
        and not is_town(text)
    )
    letters = _ACRONYM_AND_TOWN.fullmatch(text)
    if _CAMEL.fullmatch(text) or (letters and not text.isupper() and is_town(letters["town"]) and folded(letters["town"]) not in menu()):
        return Kind.OUTLET
    if not text.isascii() and len(text.split()) <= LONGEST_FOREIGN and text[:1].isupper() and is_outlet(text):  # 'Портовый вестник'
        return Kind.OUTLET
    if is_office(text) or is_listed(text) or (" " not in text and is_outlet(text)) or _EAST_PLACE.match(text) or definite:
        return Kind.OUTLET
    if _SHORTENED.fullmatch(text):
        return Kind.AUTHOR
    names = _AND.split(text)
    if DIGNITY.search(text):
        return Kind.STRANGE
    if all(is_person(part) for part in names) and any(is_known_name(part) for part in names):
        return Kind.AUTHOR
    words = text.split()
    capital = all(word[0].isupper() or word.lower() in word_set("particles") for word in words)
    return Kind.PLACE if capital and len(words) <= LONGEST_PLACE else Kind.STRANGE
