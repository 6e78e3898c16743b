"""Metas of single lines → metas of the page: what a line says of author and source only by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from bindery.ingest.annotate.company_names import is_place
from bindery.ingest.annotate.words import english
from bindery.ingest.clean import credit, credit_line, signature
from bindery.ingest.clean.credit import GLUED, Meta
from bindery.ingest.clean.formulas import Marks
from bindery.ingest.clean.lexicon import agency_names, folded
from bindery.ingest.clean.shape import Shape
from bindery.ingest.clean.title import Title
from bindery.ingest.clean.title_text import squash

LONGEST_VALUE_LINE = 12
"""Words of a value that stands on the line below its label ('News provided by')."""

LONGEST_NAME = 3
"""Words of an author's name that nothing but its place tells."""

_POST = re.compile(r"\b(?:Embassy|Consulate|High Commission|U\.S\. Mission)\b")
"""'By U.S. Embassy Linden': a post writes for itself; it is the source, and nobody the author."""
FONT_SIZE = "AA"
OWN_SERVICE = "News Service"
"""'By Express News Service': a paper's own desk."""
DOMAIN = re.compile(r"(?:[A-Za-z0-9-]+\.){1,3}[A-Za-z]{2,4}")
LONGEST_SIGNATURE = 8
"""Words of a line that signs a text."""

_SHORTENED = re.compile(r"(?:[A-ZĐÀ-Þ]\.\s?){1,2}(?:[^\W\d_a-z][\w-]{1,20})?")
"""'T.PHƯƠNG', 'A. B.'"""
_SOURCE_LEAD = re.compile(
    r"(?:Theo|Nguồn|Com informações d[aeo]s?|Con información de(?: la| el|l)?|Con datos de|Com(?= Agência)|Fuente|Quelle|Courtesy(?: of)?"
    r"|Based on a report by|Avec|D'après|Źródło|Zdroj|Fonte|Sumber|Kaynak)\s?:?\s+(?P<outlet>[^\W\d_a-z].{1,60})"
)
_ON_BEHALF = re.compile(r"(?:Distributed|Issued|Published|Released) by [^\n]{3,40} on behalf of (?:the )?(?P<office>[A-Z][^\n]{2,80}?)\.?$")
"""'Distributed by APO Group on behalf of Port of Linden.'"""
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
"""'Linden, Thursday': a dateline on its own line."""
_EAST_REPORTER = re.compile("[记記]者|기자|특파원")
_OFFICE_ALONE = re.compile(
    r"(?:The )?(?:Directorate|Department|Bureau|Secretariat|Office|Division) (?:of|for)(?: [A-Z][\w'’,-]*| (?:of|and|the|for)(?= )| &){1,8}"
)
"""'Directorate of Information and Public Relations'"""
_JOINED_NAMES = re.compile(r"/|\s[–—-]\s")
_UNWRAPPED = re.compile(r"^[-–—/(（【\[]\s?|[)）】\]]$")
_NAME_IN_PLACE = re.compile(r"(?P<name>[A-ZÀ-Þ][\w'.-]+(?: [A-ZÀ-Þ][\w'.-]+){1,3}),? in (?P<place>[A-ZÀ-Þ][\w' -]{2,24})$")
"""'Adaeze Obi in Lagos'"""
_PREFIXED = re.compile(r"^([^:：]{2,60})[:：]\s*(.+)$")
_PARTS = re.compile(r"\s+(?:[-–—|/·•]|for|of)\s+|\s*[|｜]\s*|,\s+|\s?[(（]")
"""What stands between an author and an outlet on one line: 'Maricel Cruz - The Visayan Sentinel'."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The page around its lines of metadata."""

    shapes: Sequence[Shape]
    marks: Marks
    title: Title | None
    own: Mapping[str, str]
    """The outlet's names by their letters."""

    def read(self, metas: Sequence[Meta | None]) -> list[Meta | None]:
        """All that its place tells of each line."""
        named = self._with_names(self._with_prefix(self._without_masthead(metas)))
        return [self._credited(meta) for meta in self._with_signature(self._with_name_above(named))]

    def _without_masthead(self, metas: Sequence[Meta | None]) -> Sequence[Meta | None]:
        """A domain or an agency's name above the headline, with no date beside it, is the site's name, and no credit."""
        head = self.title.index if self.title is not None else 0
        return [
            None if (index < head and self._is_masthead(metas, index)) or self._is_font_size(index) else meta
            for index, meta in enumerate(metas)
        ]

    def _is_font_size(self, index: int) -> bool:
        """'AA' makes letters larger, unless the page speaks of Anadolu."""
        return self.shapes[index].text == FONT_SIZE and not any(
            "Anadolu" in shape.text or f"({FONT_SIZE})" in shape.text for shape in self.shapes
        )

    def _is_masthead(self, metas: Sequence[Meta | None], index: int) -> bool:
        meta, text = metas[index], self.shapes[index].text
        if meta is None or meta.source is None or meta.date or meta.byline:
            return False
        if text not in agency_names() and not (index == 0 and DOMAIN.fullmatch(text)):
            return False
        return not any(beside is not None and beside.date for beside in (*metas[max(0, index - 1) : index], *metas[index + 1 : index + 2]))

    def _with_name_above(self, metas: Sequence[Meta | None]) -> list[Meta | None]:
        """Read a name of two or three words over the date over the headline as the author, where nothing else names one."""
        filled, upper = list(metas), self.title.index - 2 if self.title else -1
        below = metas[upper + 1] if upper >= 0 else None
        if upper < 0 or not (below and below.date) or metas[upper] or self.marks[upper] or any(meta and meta.byline for meta in metas):
            return filled
        text = self.shapes[upper].text
        again = sum(squash(text) in squash(shape.text) for shape in self.shapes if shape.short) > 1
        ordinary = again or any(folded(word) in english() for word in text.split())
        if 2 <= len(text.split()) <= LONGEST_NAME and _is_author(text) and not ordinary and not is_place(text):
            filled[upper] = Meta(byline=credit.name(text), labels=frozenset({"byline"}))
        return filled

    def _with_prefix(self, metas: Sequence[Meta | None]) -> list[Meta | None]:
        """Read the outlet before a second printing of the headline: 'Financial Times: …'."""
        filled = list(metas)
        for index in range(min(self.title.index + 4, len(self.shapes))) if self.title else ():
            match = _PREFIXED.match(self.shapes[index].text) if self.shapes[index].short else None
            if match and self.title and index != self.title.index and squash(match[2]) == squash(self.title.text):
                filled[index] = Meta(source=credit.outlet(match[1]), labels=frozenset({"source"}))
        return filled

    def _with_names(self, metas: Sequence[Meta | None]) -> list[Meta | None]:
        """Read a name that stands alone under the headline as the author: beside a date or a source, or printed alone twice."""
        filled = list(metas)
        for index in self._under_title(metas):
            shape = self.shapes[index]
            if metas[index] is not None or self.marks[index] is not None or shape.prose:
                continue
            below = next((i for i in range(index + 1, min(index + 4, len(metas))) if not self._between(i)), index + 1)
            beside = [metas[i] for i in (index - 1, below) if 0 <= i < len(metas)]
            copies = [i for i, other in enumerate(self.shapes) if other.text == shape.text]
            if self._signs_itself(shape.text) or any(meta and (meta.date or meta.source) for meta in beside) or len(copies) > 1:
                meta = self._of_name(shape.text)
                for copy in copies if meta else ():
                    filled[copy] = meta
                if meta and below > index + 1 and metas[index + 1] is None and self._is_outlet(self.shapes[index + 1].text):
                    filled[index + 1] = Meta(source=credit.outlet(self.shapes[index + 1].text), labels=frozenset({"source"}))
        return filled

    def _under_title(self, metas: Sequence[Meta | None]) -> Iterator[int]:
        """Lines between headline and text, or between one sentence of summary and text where a date stands below it."""
        start = self.title.index + 1 if self.title else 0
        prose = [index for index in range(start, min(start + 12, len(self.shapes))) if self.shapes[index].prose][:2]
        first = prose[0] if prose else start
        yield from range(start, first)
        if len(prose) == 2 and any((meta := metas[index]) and meta.date for index in range(first + 1, prose[1])):
            yield from range(first + 1, prose[1])

    def _of_name(self, text: str) -> Meta | None:
        """An author, alone or with the outlet: 'Maricel Cruz', 'Maricel Cruz - The Visayan Sentinel'."""
        if _WEEKDAY.search(text):
            return None
        if found := credit_line.read(text, self._is_own):
            return found
        named = credit.is_press_office(text) and text not in agency_names() and not any(map(str.isdigit, text))
        if named and len(text.split()) <= LONGEST_SIGNATURE:
            return Meta(source=credit.outlet(text), labels=frozenset({"source"}))
        text = _name_in_place(text) or credit_line.without_addresses(text)
        author = credit.name(text) if _is_author(text) else None
        return Meta(byline=author, labels=frozenset({"byline"})) if author else None

    def _signs_itself(self, text: str) -> bool:
        """'Our Correspondent', 'Kim Hyun-bin, Staff Reporter': no date need stand beside it."""
        author, agency = credit.parted(text)
        if credit.is_desk(text) or (agency is not None and credit.is_desk(author.strip())):
            return True
        if _name_in_place(text):
            return True
        found = credit_line.read(text, self._is_own) if credit.OFFICE.search(text) else None
        return found is not None and found.byline is not None

    def _is_own(self, text: str) -> bool:
        return squash(text) in self.own

    def _is_outlet(self, text: str) -> bool:
        return self._is_own(text) or credit.is_outlet(text)

    def _between(self, index: int) -> bool:
        """What may stand between an author and the date: office, outlet, buttons."""
        text, mark = self.shapes[index].text, self.marks[index]
        furniture = mark is not None and (mark.label == "nav" or mark.rule in ("ornament", "counter"))
        return furniture or credit.is_profile(text) or credit.is_desk(text) or self._is_outlet(text) or credit.is_town(text)

    def _with_signature(self, metas: Sequence[Meta | None]) -> list[Meta | None]:
        """Read a short line under the last sentence as who signs it: 'Anna Berg/ Omar Said', 'Nguyễn Văn An', 'Assecom/PMT'."""
        filled = list(metas)
        for index in range(self.title.index + 1 if self.title else 1, len(self.shapes)):
            free = self.marks[index] is None and metas[index] is None and not self.shapes[index].prose and not self.shapes[index].menu
            if free and (self.shapes[index - 1].prose or filled[index - 1] is not metas[index - 1]):
                last = self._ends(metas, index) and not self._over_address(index)
                below = metas[index + 1] if index + 1 < len(metas) else None
                dated_below = last and below is not None and bool(below.dated) and not (below.source or below.byline or below.cells)
                filled[index] = self._signature(self.shapes[index].text, last=last, dated_below=dated_below)
        return filled

    def _over_address(self, index: int) -> bool:
        """The site's own name over its address: the foot of the page, and nobody's signature."""
        below = self.marks[index + 1] if index + 1 < len(self.shapes) else None
        return below is not None and below.rule == "address-and-telephone" and self._is_own(self.shapes[index].text)

    def _ends(self, metas: Sequence[Meta | None], index: int) -> bool:
        """Whether nothing but furniture and metadata follows, as far as the next two lines tell."""
        after = range(index + 1, min(index + 3, len(self.shapes)))
        return not any(self.shapes[i].prose and self.marks[i] is None for i in after) and (
            index + 1 == len(self.shapes) or self.marks[index + 1] is not None or metas[index + 1] is not None or self.shapes[index + 1].bar
        )

    def _signature(self, text: str, *, last: bool, dated_below: bool) -> Meta | None:
        """dated_below: whether a date alone closes the page under it, as under a letter."""
        if behalf := _ON_BEHALF.match(text):
            return Meta(source=credit.outlet(behalf["office"]), labels=frozenset({"source"}))
        if found := signature.line(text):
            return found
        several = len(text.split()) > 1 or not text.isascii()
        if dated_below and credit.is_office(text) and not credit.is_desk(text) and several:
            return Meta(source=credit.outlet(text), labels=frozenset({"source"}))
        names = _JOINED_NAMES.split(text)
        if 1 < len(names) <= 4 and all(credit.is_person(name.strip()) for name in names):
            return Meta(byline=text, labels=frozenset({"byline"}))
        if not last or len(text.split()) > LONGEST_SIGNATURE:
            return None
        if lead := _SOURCE_LEAD.match(text):
            return Meta(source=credit.outlet(lead["outlet"]), labels=frozenset({"source"}))
        dashed, bare = text[0] in "-–—/", _UNWRAPPED.sub("", text)
        if self._is_own(bare):
            return Meta(source=credit.outlet(bare), labels=frozenset({"source"}))
        if credit.is_japanese_name(bare) or _SHORTENED.fullmatch(bare) or _has_surname_in_capitals(bare):
            return Meta(byline=credit.name(bare), labels=frozenset({"byline"}))
        found = credit_line.read(bare, self._is_own)
        if found and ((found.byline and self._signs_alone(bare, found)) or (not found.byline and found.source in agency_names())):
            return found
        behind_dash = dashed and (credit.is_outlet(bare) or credit.ACRONYM.fullmatch(bare) is not None or bare.startswith("The "))
        signs = credit.is_press_office(text) or credit.is_east_office(bare) or behind_dash or _OFFICE_ALONE.fullmatch(text) is not None
        return Meta(source=credit.outlet(bare), labels=frozenset({"source"})) if signs else None

    def _signs_alone(self, text: str, found: Meta) -> bool:
        """A name with nothing else but what says that it wrote, or an agency; one with office or place is whom to call."""
        with_agency = found.source is not None and (found.source in agency_names() or self._is_own(found.source))
        writes = with_agency or credit.OFFICE.search(text) is not None or _EAST_REPORTER.search(text) is not None
        return squash(found.byline or "") == squash(text) or writes or credit_line.LEAD.match(text) is not None

    def _credited(self, meta: Meta | None) -> Meta | None:
        """An outlet known by its own page: in a cell beside the date, behind an author, or as an author ('By Da Nang Today')."""
        if meta and meta.byline and not meta.source and _POST.search(meta.byline):
            return replace(meta, source=meta.byline, byline=None, labels=meta.labels - {"byline"} | {"source"})
        if meta and meta.byline and not meta.source and meta.byline in agency_names() and not meta.byline.endswith(OWN_SERVICE):
            return replace(meta, source=meta.byline)
        if meta is None or meta.source or not self.own:
            return meta
        if meta.byline and squash(meta.byline) in self.own and not credit.is_person(meta.byline):
            return replace(meta, source=meta.byline)
        for cell in meta.cells:
            parts = [part.strip(" )）") for part in (*_PARTS.split(cell), *GLUED.split(cell))]
            named = next((part for part in (cell, *parts) if squash(part) in self.own), None)
            if named and meta.date:
                author = parts[0] if meta.byline is None and parts[0] != named and credit.is_person(parts[0]) else meta.byline
                return replace(meta, source=credit.outlet(named), byline=author)
        return meta


def with_values_below(shapes: Sequence[Shape], marks: Marks, metas: Sequence[Meta | None]) -> list[Meta | None]:
    """Give a label that ends its line the text of the next one: 'News provided by', below it the office."""
    filled = list(metas)
    for index in range(len(shapes) - 1):
        meta, below = filled[index], shapes[index + 1]
        field = meta.pending if meta else None
        if field in ("source", "byline") and marks[index + 1] is None and metas[index + 1] is None and _is_value(below):
            filled[index + 1] = _value_meta(field, below.text)
    return filled


def _value_meta(field: str, text: str) -> Meta | None:
    person = credit_line.read(text, lambda _: False)
    if field == "source" and person and person.byline and not person.source:  # 'Published by:', below it a person
        return person
    source, byline = (credit.outlet(text), None) if field == "source" else (None, credit.name(text))
    return Meta(source=source, byline=byline, labels=frozenset({field})) if source or byline else None


def _is_value(shape: Shape) -> bool:
    return not shape.prose and not shape.menu and shape.words <= LONGEST_VALUE_LINE


def _name_in_place(text: str) -> str | None:
    match = _NAME_IN_PLACE.match(text)
    return match["name"] if match and credit.is_person(match["name"]) and credit.is_town(match["place"]) else None


def _has_surname_in_capitals(text: str) -> bool:
    """'Светлана ЖУРАВЛЁВА', 'Anna BERG'."""
    given, _, surname = text.partition(" ")
    return given.istitle() and surname.isalpha() and surname.isupper() and len(surname) > 2 and credit.is_person(text)


def _is_author(text: str) -> bool:
    person, _, office = text.partition(",")
    named = text if not credit.OFFICE.search(office) else person
    if credit.is_desk(text):
        return True
    if credit.is_section(named) and not credit.is_known_name(named):
        return False
    return credit.is_person(named) and not (credit.OFFICE.search(named) or credit_line.DIGNITY.search(named) or credit.is_town(named))
