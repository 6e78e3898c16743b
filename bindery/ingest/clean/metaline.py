"""One line of a page's head or foot → date, source, byline: "By YAN DENG|Jan 14,2023"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date as Date
from functools import lru_cache

from msgspec.structs import replace

from bindery.ingest.clean import dates, reprint, signature, whole_line
from bindery.ingest.clean.cells import unlabelled
from bindery.ingest.clean.credit import (
    ACRONYM,
    EDGE,
    EMAIL,
    LETTERED,
    MOST_LEFTOVER_WORDS,
    OFFICE,
    Meta,
    is_desk,
    is_known_name,
    is_office,
    is_outlet,
    is_person,
    is_press_office,
    name,
    outlet,
    parted,
    word_count,
)
from bindery.ingest.clean.lexicon import agency_names, bare_fields, fields, folded, menu, word_set

LONGEST_META_LINE = 220
"""Characters; the longest of 37 pages has 92, with font-size switches."""

_PROMISING = re.compile(
    r"[:：/／|｜]|\d{4}|[元期\d][年日月号]|기자|\.[a-zA-Z]{2}|^[(（]?[A-Z][a-z]+[)）]?$|^\W{0,3}[A-Z]{2,10}\W{0,3}$"
    r"|[记記]者|＝|^From |[Pp]ublished (?:in|on|by) |appeared |been edited|[Ww]ith (?:inputs?|reports?|information) |^[Vv]ia "
    r"|[载載][于於自]|転載|^[\[【〈<]|^[(（\[【][^()（）\[\]【】]{2,40}[)）\]】]$"
)
"""What every line of metadata has one of, unless it begins with a label that needs no colon: a quick look that saves the long one."""

_CELL = re.compile(r"[|｜¦\t]|[ \u00a0]{2,}|\u3000+|\s[/·•–—-]\s|[】〗][\s【〖]{0,3}")
_AFTER_LABEL = re.compile(r"^(By|BY|Par|Von|Por|Di|Oleh|Door)\s{2,}")
"""'By  MARY OKAFOR': the gap is no border of cells."""
_BULLETS = " •·-(（[【□■○●◎◆"
_COLON = re.compile(r"[::](?!\d\d\b)|(?<=\d)[::](?=\d{4})")
_FURNITURE = re.compile(
    r"\s+(?:leave a (?:comment|reply)|comments? (?:off|closed)|no comments?|share\b.*|print\b.*"
    r"|\d[\d.,]*\s?k?\s?(?:comments?|views?|shares?|likes?|min\b.*))$",
    re.IGNORECASE,
)
"""Buttons and counts behind a name: 'Anna Berg Leave a Comment'."""
_BRACKETS = re.compile(r"\s*[()\[\]【】「」『』（）]\s*")
_CHINESE_DAY = re.compile(r"\s?[㐀-鿿]{2,6}\d{1,2}日[電电]$")
"""'中央社 林登12日電'"""
_JAPANESE_UPDATE = re.compile(r"^(?:最終)?更新\s?[\d/ :]+$")
"""'（最終更新 3/12 11:00）'"""
_LOOSE_BYLINE = re.compile(r"^[\s,;]*(?:[Bb]y|[Pp]ar|[Vv]on|[Pp]or|[Dd]i|[Oo]leh|[Dd]oor)\s+(\S.{1,60})$")
"""An author after the date, on the same line: 'Posted On: 12 JAN 2023 by PIB Delhi'."""
_TITLE_EDGE = re.compile(r"^[\s\-–—/|,;:·•]+|[\s\-–—/|,;:·•]+$")
_ADDRESS = re.compile(r"\bwww\.[\w-]+(?:\.[\w-]+)+")
_NUMBERED = re.compile(
    r"^(?:(?:press|media|news) (?:release|statement|note)|ref|reference|circular|no|nr|issue|edition|vol(?:ume)?|page|p|bolet[ií]n|nota"
    r"|comunicado|comunicato|communiqué|pressemitteilung|siaran pers|pers release)\b[ .:]{0,4}(?:(?:no|nr|n°|nº|num|número|nomor)\b)?"
    r"[ .:#°º]{0,4}(?=\D*\d)[\w/.-]+$",
    re.IGNORECASE,
)
_EVENT = re.compile(r"(?:午前|午後|上午|下午|오전|오후)?\s?\d{0,2}\s?[時时點点시]?半?(?:から|まで|より|～|부터|까지|起|至)")
"""What follows the day and hour of an event: '10月31日午後2時から'."""
_ARTICLES = frozenset({"le", "el", "il", "am", "den", "on", "em", "à", "a", "at", "um"})
"""What is left of 'Le 12 mars 2021 à 10h15' without its figures."""
_ZONE = re.compile(r"\b(?:[A-Z][a-z]+ ){1,2}(?:Standard|Daylight|Summer|Mean) Time\b")
_TAIWAN_REPORT = re.compile(
    r"[〔（(【\[]?(?:(?P<agency>中央社))?(?:記者|记者)\s?(?P<name>[㐀-鿿]{2,4})[／/][㐀-鿿]{1,8}(?:報導|报导|报道|電)[〕）)】\]]?"
    r"|[（(]?(?P<wire>中央社)(?:記者|记者)\s?(?P<wirer>[㐀-鿿]{3})[㐀-鿿]{2,4}\d{1,2}日[電电][）)]?"
)
"""'記者王小明／台北報導'"""
_BRACKETED_LABEL = re.compile(r"^\s*[\[【〈<]\s?([^\s\[\]【】〈〉<>]{2,8})\s?[\]】〉>]\s*(?=\S)")
"""'[출처] 린든시청'"""
_REPORTER = re.compile(
    r"^(?:(?:기자명|글·사진|글/사진|글|취재)\s?|[가-힣]{2,6}\s?=\s?)?"
    r"([가-힣]{2,4})\s?(?:선임|수습|인턴|전문|대)?\s?기자(?=[\s=,·|(]|$)"
)
_TRAILING = re.compile(r"\s(?:on|at|in|le|am|em|il|den|[Pp]ublished|[Pp]osted|[Uu]pdated|PUBLISHED)$")
_WORD_START = re.compile(r"(?<![^\W\d_])[^\W\d_]")
"""Also right after a digit: 'Updated : 2020-08-17Source : CCFAO'."""
_PARTS = re.compile(r",\s+|\s?[(（]|\s[-–—]\s|\s/\s")
MOST_PARTS = 4
"""Of an author, an office, an outlet and a town."""
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:[ -]?(?:TV|FM|AM|DT|\d{1,2}))?(?: News)?")
"""'KCAU', 'WXLT-TV': stations of North America."""


def parse(text: str, *, month_first: bool) -> Meta | None:
    """The fields of a line, None if it is no line of metadata."""
    return _parsed(text, month_first) if len(text) <= LONGEST_META_LINE else None


@lru_cache(maxsize=4096)
def _parsed(text: str, month_first: bool) -> Meta | None:
    """Buttons, bylines and sources stand on all pages of their source."""
    if (
        not _PROMISING.search(text)
        and not whole_line.RELEASE.match(text.strip())
        and text.strip() not in agency_names()
        and folded(text.lstrip(_BULLETS))[:2] not in bare_fields()
    ):
        return None
    if (label := _BRACKETED_LABEL.match(text)) and folded(label[1]) in fields():
        text = f"{label[1]}: {text[label.end() :]}"
    if _speaks_of_event(text):
        return None
    alone = whole_line.read(text) or signature.line(text.strip()) or reprint.read(text.strip(), month_first=month_first)
    meta = _loose_dates(alone, text, month_first) if alone else _cells(text, month_first)
    if not (meta.labels or meta.date):
        return None
    if any(_EVENT.match(cell) for cell in meta.cells):
        return None
    words = sum(word_count(cell) for cell in meta.cells if not (is_press_office(cell) or (len(meta.cells) > 1 and is_office(cell))))
    if words > MOST_LEFTOVER_WORDS and not (meta.date and meta.labels and words <= 2 * MOST_LEFTOVER_WORDS):
        return None
    return unlabelled(meta)


def _speaks_of_event(text: str) -> bool:
    """'Venue: Linden Town Hall', 'Deadline: April 30, 2021': what the page is about, and none of its own days."""
    label, colon, _ = folded(text).partition(":")
    return bool(colon) and label.strip(_BULLETS) in word_set("events")


def _cells(text: str, month_first: bool) -> Meta:
    meta, text = _with_reporter(text.strip())
    for cell in _labelled(_CELL.split(_AFTER_LABEL.sub(r"\1 ", dates.in_common_years(text)))):
        for field, value in _fields(cell):
            meta = _take(meta, field, value, month_first)
    return meta


def _with_reporter(text: str) -> tuple[Meta, str]:
    """The reporter of a Taiwan paper taken out of a line that has more."""
    match = _TAIWAN_REPORT.search(text)
    if not match:
        return Meta(), text
    reporter, agency = match["name"] or match["wirer"], match["agency"] or match["wire"]
    labels = frozenset({"byline", "source"} if agency else {"byline"})
    return Meta(source=agency, byline=reporter, labels=labels), f"{text[: match.start()]} {text[match.end() :]}"


def _labelled(cells: Sequence[str]) -> Iterator[str]:
    """A label that has a cell of its own goes with the next: '담당부서 | 국제협력과'."""
    label = ""
    for cell in _with_colons(cells):
        bare = folded(cell).strip()
        if not label and bare in fields() and bare not in menu() and not is_desk(bare):
            label = cell.strip()
            continue
        yield f"{label}: {cell}" if label and not _COLON.search(folded(cell)) else cell
        label = ""
    if label:
        yield label


def _with_colons(cells: Sequence[str]) -> Sequence[str]:
    """Cells that each begin with a label, without colons: '부서명 국제협력과   작성일 2021-03-12   조회수 93'."""
    parts = [cell.strip().split(" ", 1) for cell in cells]
    known = [len(part) == 2 and not part[0].isascii() and folded(part[0]) in fields() for part in parts]
    if sum(known) < 2:
        return cells
    return [": ".join(part) if labelled else cell for cell, part, labelled in zip(cells, parts, known, strict=True)]


def _fields(cell: str) -> Iterator[tuple[str | None, str]]:
    """Label and value, one after another: 'Release time:2019-11-05 Browse: 317'. The field is None for text without a label."""
    low = folded(cell)
    field: str | None = None
    start = 0
    for colon in _COLON.finditer(low):
        label_start = _label_start(low, start, colon.start())
        if label_start is None:
            continue
        if field or cell[start:label_start].strip():
            yield field, cell[start:label_start]
        field, start = fields()[low[label_start : colon.start()].strip()], colon.end()
    if field or cell[start:].strip():
        yield field, cell[start:]


LONGEST_LABEL = 5
"""Words, and twice as many characters in scripts without spaces."""


def _label_start(low: str, start: int, end: int) -> int | None:
    """Where the longest known label that ends at `end` begins."""
    segment = low[start:end].rstrip()
    end = start + len(segment)
    borders = [start + match.start() for match in _WORD_START.finditer(low[start:end])][-LONGEST_LABEL:]
    if segment and not segment[-1].isascii():
        borders = sorted({*borders, *range(max(start, end - 2 * LONGEST_LABEL), end - 1)})
    return next((place for place in borders if low[place:end] in fields()), None)


def _take(meta: Meta, field: str | None, value: str, month_first: bool) -> Meta:
    if field is None:
        bare, value = _bare_label(value)
        return _take(meta, bare, value, month_first) if bare else _loose(meta, value, month_first)
    labels = meta.labels | {field}
    meta = replace(meta, labels=labels, pending=None if LETTERED.search(value) or any(map(str.isdigit, value)) else field)
    if field in ("published", "updated"):
        found = dates.find(value, month_first=month_first)
        meta = _dated(meta, field, found[0].date) if found else meta
        return _loose(meta, value[found[0].end :] if found else value, month_first)
    if field == "other":
        return _loose_dates(meta, value, month_first)
    value, meta = _cut_date(meta, value, month_first)
    return _named(meta, field, value)


def _bare_label(value: str) -> tuple[str | None, str]:
    """A label without a colon at the start of a cell: 'By ANNA BERG', 'SOURCE iChongqing'."""
    text = _TITLE_EDGE.sub("", value)
    low = folded(text)
    for label, field in bare_fields().get(low[:2], ()):
        if low.startswith(label) and _may_follow(text, low, label):
            return field, text[len(label) :]
    return None, value


def _may_follow(text: str, low: str, label: str) -> bool:
    """A bare label is a whole word; 'SOURCE' wants capitals ('Source code leaked' is a headline), 'By' a capital after it."""
    rest = text[len(label) :]
    if label.isascii() and rest[:1].isalnum():
        return False
    if label == "source" and not text.startswith("SOURCE"):
        return False
    if fields().get(label) == "byline" and label.isascii():
        return (text[:1].isupper() or " " in label) and (
            not rest.strip()
            or rest.strip()[0].isupper()
            or low[len(label) :].strip() in word_set("accounts")
            or is_desk(rest.strip())
            or is_press_office(rest.strip())
        )
    return True


def _dated(meta: Meta, field: str, date: Date) -> Meta:
    if field == "published":
        return replace(meta, published=meta.published or date)
    return replace(meta, updated=meta.updated or date)


def _named(meta: Meta, field: str, value: str) -> Meta:
    if (
        field == "source"
        and value.isascii()
        and is_person(bare := EDGE.sub("", value))
        and is_known_name(bare)
        and not signature.ACRONYM_LAST.search(bare)
    ):  # 'Publisher: Anna Berg'
        return replace(meta, byline=meta.byline or name(bare), labels=meta.labels | {"byline"})
    if field == "byline":
        author, agency = parted(value)
        if ACRONYM.fullmatch(author.strip()) and not is_known_name(author.strip()):  # 'By HEZA': an office signs
            return replace(meta, source=meta.source or outlet(author))
        person, source = name(author), meta.source or agency or _outlet_after_name(value)
        if person is None and is_office(EDGE.sub("", author) or "-"):  # 'By Linden Chamber of Commerce'
            source = source or outlet(author)
        return replace(meta, byline=meta.byline or person, source=source)
    return replace(meta, source=meta.source or outlet(value))


def _outlet_after_name(value: str) -> str | None:
    """'Xie Min (chinadaily.com.cn)', 'Keqiao Cheng, iChongqing News'."""
    _, *others = _PARTS.split(_TRAILING.sub("", _TITLE_EDGE.sub("", value)))[:MOST_PARTS]
    parts = (part.strip(" )）") for part in others)
    return next(
        (outlet(part) for part in parts if part and not OFFICE.search(part) and (is_outlet(part) or _CALL_SIGN.fullmatch(part))), None
    )


def _cut_date(meta: Meta, value: str, month_first: bool) -> tuple[str, Meta]:
    """'iChongqing 19 Apr, 2024' → iChongqing, with the date kept."""
    found = dates.find(value, month_first=month_first)
    if not found:
        return value, meta
    return value[: found[0].start], replace(meta, dated=meta.dated or found[0].date)


def _loose_dates(meta: Meta, value: str, month_first: bool) -> Meta:
    found = dates.find(value, month_first=month_first)
    return replace(meta, dated=meta.dated or found[0].date) if found else meta


def _loose(meta: Meta, value: str, month_first: bool) -> Meta:
    """Text without a label: dates and times are taken out, the rest is a cell."""
    rest = value
    days = dates.find(value, month_first=month_first)
    meta = replace(meta, dated=meta.dated or days[0].date) if days else meta
    for found in reversed(days):
        rest = f"{rest[: found.start]} {rest[found.end :]}"
    low = folded(rest)
    for pattern, occurs in ((dates.TIME, dates.may_have_time), (dates.WEEKDAY, dates.may_have_weekday)):
        if occurs(low):
            for match in reversed(list(pattern.finditer(low))):
                rest = f"{rest[: match.start()]} {rest[match.end() :]}"
            low = folded(rest)
    if reporter := _REPORTER.match(rest.strip(" /")):
        return replace(meta, byline=meta.byline or reporter[1], labels=meta.labels | {"byline"})
    author = _LOOSE_BYLINE.match(rest)
    if author and ((author[1][0].isalpha() and not author[1][0].islower()) or folded(author[1]).strip() in word_set("accounts")):
        person, agency = parted(_FURNITURE.sub("", author[1]))
        source = meta.source or agency or _outlet_after_name(author[1])
        return replace(meta, byline=meta.byline or name(person), source=source, labels=meta.labels | {"byline"})
    return replace(meta, cells=meta.cells + tuple(part for part in map(_clean_cell, _pieces(rest.strip())) if part))


def _pieces(text: str) -> tuple[str, ...]:
    """'(Xinhua) Linden' → Xinhua, Linden; 'Tangier (MAP)' → Tangier, MAP; 'Bulletin www.linden.gov' → Bulletin, www.linden.gov."""
    if "www." in text and (address := _ADDRESS.search(text)):
        return *_pieces(text[: address.start()]), address[0], text[address.end() :]
    if text.isascii():
        return tuple(_BRACKETS.split(text))
    return tuple(_JAPANESE_UPDATE.sub("", _CHINESE_DAY.sub("", piece)) for piece in _BRACKETS.split(text))


def _clean_cell(text: str) -> str:
    """A cell without its brackets and dashes; empty for buttons, labels without a value, numbers."""
    text = EDGE.sub("", _ZONE.sub("", text) if "Time" in text else text).strip()
    if not LETTERED.search(text):
        return ""
    if " " in text:
        text = _without_buttons(_TRAILING.sub("", _FURNITURE.sub("", text)))
    low = folded(text).strip(" .")
    if text in agency_names() or is_desk(text):
        return text
    if low in _ARTICLES:
        return ""
    if _NUMBERED.match(text) or low in menu() or low in fields() or EMAIL.fullmatch(text):
        return ""
    return text


def _without_buttons(text: str) -> str:
    """'Anna Berg News 0' → Anna Berg: sections and counts behind a name."""
    bare = text
    while (cut := bare.rfind(" ")) > 0 and (folded(bare[cut + 1 :]) in menu() or bare[cut + 1 :].isdigit()):
        bare = bare[:cut]
    return bare if bare != text and is_person(bare) and is_known_name(bare) else text
