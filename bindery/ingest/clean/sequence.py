"""Shapes → one verdict a line, all lines decided together.

A page is read as head, text and foot, in this order. The head ends at the headline; where the text ends is the place that
leaves most prose before it and most furniture after it (the maximum of one running sum: linear in the lines). Only then is
each line named, by its formula where it has one and by its zone where it has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from bindery.ingest.clean import dateline
from bindery.ingest.clean.credit import Meta
from bindery.ingest.clean.formulas import ABOUT, Marks
from bindery.ingest.clean.shape import Shape
from bindery.ingest.clean.title import Title
from bindery.ingest.draft import Label, Verdict
from bindery.rules import active

FOOT_WEIGHT = {
    "related-heading": -4.0,
    "about-heading": -6.0,
    "media-contact": -5.0,
    "copyright": -6.0,
    "licence-number": -6.0,
    "site-credit": -5.0,
    "address-and-telephone": -3.0,
    "legal-and-cookies": -4.0,
    "page-to-page": -3.0,
    "comment-box": -3.0,
    "tags": -3.0,
    "share-and-print": -1.5,
    "breadcrumb": -1.0,
    "search-and-language": -1.0,
    "promotion-of-service": -1.0,
    "menu": -0.7,
    "injected-spam": -1.0,
    "photo-credit": 0.0,
    "position-in-picture": 0.0,
    "image-file": -0.1,
    "advertisement": -0.1,
    "ornament": 0.0,
    "counter": -0.3,
    "markup-remains": -0.1,
    "picture-slug": 0.0,
    "alternative-text": 0.0,
}
"""How much a formula speaks for the text being over. A paragraph speaks against it with its `Shape.prose` (0.3–3.0), so that a
box of related articles inside a long text does not end it, and the summaries of three teasers do not revive it (37 pages)."""

INSET_WEIGHT = -1.0
FEWEST_INSET_WORDS = 5
"""'Read also: Harbour fair opens' names one article, mostly between two paragraphs; 'Related articles' heads a list."""

UNKNOWN_LINE_WEIGHT = -0.4
"""A short line without formula: a heading inside the text, a teaser after it."""

ITEM_WEIGHT = -0.05
"""A line of a list that follows a colon or another item."""

HEADING_WEIGHT = -0.2
"""A short line right above a sentence."""

CREDIT_WEIGHT = 0.2
"""'*Writing by Ann Lee' right under the last sentence."""

CUT_OFF_WEIGHT = 0.3
"""The last line of a page that was stored in part: it breaks off in the middle of a sentence."""

LONGEST_HEADING = 70
"""Units; a line that is longer and ends in the middle of a sentence is no heading."""

TITLE_AGAIN_WEIGHT = -0.3
"""The headline again: below the text, but also beside each picture inside it (as its alternative text)."""

SOURCE_AFTER_TEXT_WEIGHT = -3.0
"""'SOURCE iChongqing' closes a press release."""

POST_ENDS_WEIGHT = -1.5
"""'Posted by: … | Permalink' under the text closes an entry of a page of entries."""

LONGEST_ABOUT_HEADING = 12
"""Words of 'About the Investment Office of the Port of Linden'; a headline that begins so is longer or ends the page's head."""

FEWEST_DECK_WORDS = 4
"""A line between headline and text with fewer words is a place, a section, a button; with more a heading of the text."""

_CREDIT = re.compile(r"^(?:\*{1,3}\s?|\()(?:Writing|Reporting|Additional reporting|Editing|Written|Reported|Translated|Compiled) by [A-Z]")
_SHORT_SENTENCE = re.compile(r"[“\"‘'«]?[A-ZÀ-Þ][^.!?…\d@/|]{1,30}[.!?][”\"’'»]?$")
_ITEM = re.compile(r"^(?:・\s*\S|\d{1,2}[\s　]+(?=[㐀-鿿ぁ-ヿ])|[–-]\s*\S|\(?\d{1,2}[.)、]\s?\S|[一二三四五六七八九十]{1,3}、)")
_DASHED = re.compile(r"[–-]\s+\S|・\s*\S")
_NOTE = re.compile(r"\*{1,3}\s?[A-Z(]|※|[(（\[]?(?:Note|Notes|Disclaimer)\b")
"""'** This article was translated': of the text, and no paragraph of it."""
_TEASER = re.compile(r"(?:\s(?:\.\.\.|…)|\[(?:\.\.\.|…)\])$")
"""The beginning of another article: 'Helicopter repair shop adds 40 positions at Blackwell Field ...'."""
_POSTED = re.compile(r"^\W*(?:[Pp]osted by|POSTED BY|[Pp]osted in|[Ff]iled under|[Ss]ubmitted by)\b")
_BRACKETED_HEADING = re.compile(r"^[【〈《＜\[■◆〇○●][^】〉》＞\]]{2,30}[】〉》＞\]]?(?:[（(][^（()）]{1,12}[)）])?$")
_PLACE_AND_WEEKDAY = re.compile(r"[^\W\d_a-z][\w' -]{2,24}, ?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_LINK_BULLET = re.compile(r"^[•·▪■□●○◆◎►▶*]\s*\S")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything known of a page's lines before they are named."""

    shapes: Sequence[Shape]
    marks: Marks
    metas: Sequence[Meta | None]
    title: Title | None
    own: Mapping[str, str]
    """What the page calls its outlet, by its letters."""
    stamp: Date | None = None
    """The date of a fragment of the store before the first line, 'date 2019-11-29 …'."""


def verdicts(sheet: Sheet) -> tuple[Verdict, ...]:
    """One verdict a shape, in order, on the first of its lines."""
    start = _text_start(sheet)
    text = _Text(start, _text_end(sheet, start), sheet)
    foot = _Foot()
    named = []
    for index, shape in enumerate(sheet.shapes):
        if index < start:
            label, rule = _head(sheet, index)
        elif index < text.end:
            label, rule = text.name(sheet, index)
        else:
            label, rule = foot.name(sheet, index)
        named.append(Verdict(shape.lines[0], label, rule) if active(rule) else Verdict(shape.lines[0], "body", "body"))
    return tuple(named)


def _is_prose(sheet: Sheet, index: int) -> bool:
    return bool(sheet.shapes[index].prose) and sheet.marks[index] is None and sheet.metas[index] is None


def _text_start(sheet: Sheet) -> int:
    """The line after the headline; without one the first sentence, without that the first line."""
    if sheet.title:
        return sheet.title.index + 1
    return next((index for index in range(len(sheet.shapes)) if _is_prose(sheet, index)), 0)


def _text_end(sheet: Sheet, start: int) -> int:
    """The index after the last line of the text: where the running sum of weights is highest, and the list after it."""
    best, end, total, listed = 0.0, start, 0.0, False
    begin = next((index for index in range(start, len(sheet.shapes)) if _is_prose(sheet, index)), start)  # it cannot end before
    for index in range(begin, len(sheet.shapes)):
        listed = _continues_list(sheet, index, listed)
        total += _weight(sheet, index, listed)
        if total > best:
            best, end = total, index + 1
        elif listed and (index == end or (index == end + 1 and (_opens_list(sheet, index - 1) or _is_dashed_list(sheet, index)))):
            end = index + 1
    return end if end > start else _end_without_prose(sheet, start)


def _end_without_prose(sheet: Sheet, start: int) -> int:
    """A page of short lines alone (a table, a list of delegates): all of it up to the first line of a foot."""
    feet = (i for i in range(start, len(sheet.shapes)) if (mark := sheet.marks[i]) and FOOT_WEIGHT.get(mark.rule, 0.0) <= -3.0)
    return next(feet, len(sheet.shapes))


def _is_plain(sheet: Sheet, index: int) -> bool:
    return sheet.marks[index] is None and sheet.metas[index] is None


def _opens_list(sheet: Sheet, index: int) -> bool:
    """A line that ends in a colon, or a bracketed heading: '【主な訪問者】（敬称略）'."""
    text = sheet.shapes[index].text
    return _is_plain(sheet, index) and (text.endswith((":", "：")) or _BRACKETED_HEADING.match(text) is not None)


def _continues_list(sheet: Sheet, index: int, listed: bool) -> bool:
    """After a colon, before or after another item, or numbered after a sentence; '• …' alone after a sentence may be a link."""
    if index == 0 or not _is_plain(sheet, index):
        return False
    itemised = _ITEM.match(sheet.shapes[index].text) is not None
    bulleted = _LINK_BULLET.match(sheet.shapes[index].text) is not None
    if listed:
        return itemised or bulleted or not sheet.shapes[index].strong
    if not itemised:
        return _opens_list(sheet, index - 1)
    again = index + 1 < len(sheet.shapes) and _is_plain(sheet, index + 1) and _ITEM.match(sheet.shapes[index + 1].text) is not None
    return again or _opens_list(sheet, index - 1) or _is_prose(sheet, index - 1)


def _is_dashed_list(sheet: Sheet, index: int) -> bool:
    """Two items with dashes below a heading: links have bullets or figures, or stand under a heading that is known."""
    pair = sheet.shapes[index : index + 2]
    return _is_plain(sheet, index - 1) and len(pair) > 1 and all(_DASHED.match(shape.text) for shape in pair)


def _weight(sheet: Sheet, index: int, listed: bool) -> float:
    mark, shape = sheet.marks[index], sheet.shapes[index]
    if sheet.title and index in sheet.title.copies:
        return TITLE_AGAIN_WEIGHT
    if mark is not None and mark.rule == "related-heading" and shape.words >= FEWEST_INSET_WORDS:
        return INSET_WEIGHT
    if mark is not None:
        return HEADING_WEIGHT if mark.rule == "menu" and _above_prose(sheet, index) else FOOT_WEIGHT[mark.rule]
    if ABOUT.match(shape.text) and not shape.prose and shape.words <= LONGEST_ABOUT_HEADING and active("about-heading"):
        return FOOT_WEIGHT["about-heading"]
    meta = sheet.metas[index]
    if shape.prose and _TEASER.search(shape.text[-8:]):
        return UNKNOWN_LINE_WEIGHT
    if meta is not None and _POSTED.match(shape.text) and index and _is_prose(sheet, index - 1):
        return POST_ENDS_WEIGHT
    if meta is not None:
        return SOURCE_AFTER_TEXT_WEIGHT if shape.text.startswith("SOURCE ") else 0.0
    if shape.prose:
        return shape.prose
    if index + 1 == len(sheet.shapes) and index and _is_prose(sheet, index - 1) and _is_cut_off(shape):
        return CUT_OFF_WEIGHT
    if index and _is_prose(sheet, index - 1) and (_CREDIT.match(shape.text) or _is_short_sentence(shape)):
        return CREDIT_WEIGHT
    if listed:
        return ITEM_WEIGHT
    return HEADING_WEIGHT if _above_prose(sheet, index) else UNKNOWN_LINE_WEIGHT


def _is_short_sentence(shape: Shape) -> bool:
    """'Thank you.', '“Yes.”': too short to look like prose, and right below it."""
    return _SHORT_SENTENCE.match(shape.text) is not None and shape.words < FEWEST_DECK_WORDS


def _is_cut_off(shape: Shape) -> bool:
    """Longer than a heading, with the small words of a sentence, and no bar of links."""
    words = shape.text.split()
    small = sum(word[0].islower() for word in words)
    return shape.units >= LONGEST_HEADING and 2 * small >= len(words) and not shape.bar and not shape.menu


def _above_prose(sheet: Sheet, index: int) -> bool:
    return index + 1 < len(sheet.shapes) and _is_prose(sheet, index + 1)


def _head(sheet: Sheet, index: int) -> tuple[Label, str]:
    """Above the text all is furniture but headline and metadata."""
    if sheet.title and index in sheet.title.copies:
        return "title", "title" if index == sheet.title.index else "title-again"
    if named := _meta_label(sheet, index):
        return named
    mark = sheet.marks[index]
    return (mark.label, mark.rule) if mark else ("nav", "before-title")


def _meta_label(sheet: Sheet, index: int) -> tuple[Label, str] | None:
    """date, byline, source for a line with one field, meta for one that mixes them."""
    meta = sheet.metas[index]
    if meta is None:
        return None
    kinds: list[Label] = []
    if meta.date or meta.labels & {"published", "updated"}:
        kinds.append("date")
    if meta.byline or "byline" in meta.labels:
        kinds.append("byline")
    if meta.source or "source" in meta.labels:
        kinds.append("source")
    if len(kinds) == 1 and "other" not in meta.labels and not meta.pending:
        return kinds[0], kinds[0]
    return "meta", "page-details"


def _is_dated(sheet: Sheet, index: int) -> bool:
    meta = sheet.metas[index]
    return meta is not None and (meta.date is not None or meta.byline is not None)


class _Text:
    """Between headline and end: what is neither furniture nor metadata is the body."""

    def __init__(self, start: int, end: int, sheet: Sheet) -> None:
        prose = [index for index in range(start, end) if _is_prose(sheet, index) and not _NOTE.match(sheet.shapes[index].text)]
        self.end = end
        self._first, self._last = (prose[0], prose[-1]) if prose else (end, start)
        below_deck = range(self._first, prose[1] if len(prose) > 1 else self._first)
        self._headed = any(self._is_short_heading(sheet, index - 1) for index in prose[1:])
        """Whether the text has headings of its own."""
        self._head = max((index + 1 for index in below_deck if _is_dated(sheet, index)), default=self._first)
        """Where lines of metadata end: below the headline, or below one sentence of summary under it."""

    def name(self, sheet: Sheet, index: int) -> tuple[Label, str]:
        if sheet.title and index in sheet.title.copies:
            return "title", "title-again"
        meta = sheet.metas[index]
        is_name = meta is not None and meta.byline == sheet.shapes[index].text  # the author again, as a picture's credit
        if (is_name or index < self._head or index > self._last) and (named := _meta_label(sheet, index)):
            return named
        mark = sheet.marks[index]
        if mark is not None and not self._is_heading(sheet, index):
            return mark.label, mark.rule
        heads = self._headed and index + 1 == self._first and self._is_short_heading(sheet, index)
        if index < self._head and not heads and _is_button(sheet.shapes[index]):
            return "nav", "between-title-and-text"
        return "body", "body"

    def _is_short_heading(self, sheet: Sheet, index: int) -> bool:
        """A line of a few words without a formula, above a paragraph."""
        shape = sheet.shapes[index]
        return _is_plain(sheet, index) and not shape.prose and not shape.bar and shape.words <= LONGEST_ABOUT_HEADING and index > 0

    def _is_heading(self, sheet: Sheet, index: int) -> bool:
        """'Economy' above a paragraph inside the text is a heading of it; at the text's edge it is a button."""
        mark = sheet.marks[index]
        is_menu = mark is not None and mark.rule == "menu" and sheet.shapes[index].words <= FEWEST_DECK_WORDS
        return is_menu and self._first < index < self._last and _is_prose(sheet, index - 1) and _is_prose(sheet, index + 1)


def _is_button(shape: Shape) -> bool:
    """A place, a section, a button or a row of them; not a salutation ('Dear members,'), a cry, or a dateline on its own line."""
    if shape.bar:
        return True
    short = not shape.prose and shape.words < FEWEST_DECK_WORDS and shape.text[-1] not in ",，!！?？:："
    return short and not _PLACE_AND_WEEKDAY.match(shape.text) and not dateline.read(shape.text, month_first=True).source


class _Foot:
    """Below the text: what a line is called depends on the section it stands in, though all of it is dropped."""

    def __init__(self) -> None:
        self._section: tuple[Label, str] = ("related", "after-text")

    def name(self, sheet: Sheet, index: int) -> tuple[Label, str]:
        shape, mark = sheet.shapes[index], sheet.marks[index]
        if sheet.title and index in sheet.title.copies:
            return "title", "title-again"
        if mark is not None:
            self._enter(mark.label, mark.rule)
            return mark.label, mark.rule
        if ABOUT.match(shape.text) and not shape.prose and active("about-heading"):
            self._section = ("about", "about-section")
            return "about", "about-heading"
        return _meta_label(sheet, index) or self._section

    def _enter(self, label: Label, rule: str) -> None:
        if label == "about":
            self._section = ("about", "about-section")
        elif rule == "related-heading":
            self._section = ("related", "related-list")
        elif label == "footer":
            self._section = ("footer", "below-footer")
