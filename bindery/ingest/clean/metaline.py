"""One line of a page's head or foot → date, source, byline: "By YAN DENG|Jan 14,2023"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date as Date

from bindery.ingest.clean import dates
from bindery.ingest.clean.lexicon import agencies, bare_fields, fields, folded, menu, word_set

LONGEST_META_LINE = 220
"""Characters; the longest of 37 pages has 92, with font-size switches."""

LONGEST_SOURCE = 120

MOST_LEFTOVER_WORDS = 6
"""Words a line of metadata may hold beside its fields ("China Daily Global"); a headline with a date in it has more."""

_PROMISING = re.compile(r"[:：/／|｜]|\d{4}|[元期\d][年日月号]|기자|\.[a-z]{2}|^[(（]?[A-Z][a-z]+[)）]?$|^\W{0,3}[A-Z]{2,10}$")
"""What every line of metadata has one of, unless it begins with a label that needs no colon: a quick look that saves the long one."""

_CELL = re.compile(r"[|｜¦\t]|[ \u00a0\u3000]{2,}|\s[/·•–—-]\s|[】〗][\s【〖]{0,3}")
_COLON = re.compile(r"[::](?!\d\d\b)|(?<=\d)[::](?=\d{4})")
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+){1,4})/?$", re.IGNORECASE)
_BARE_DOMAIN = re.compile(r"^[(（\[【]?((?:[a-z0-9-]+\.){1,4}(?:com|cn|org|net|gov|edu|int|info|[a-z]{2}))[)）\]】]?$", re.IGNORECASE)
_BRACKETED = re.compile(r"^[(\[【「『（]\s*([^()\[\]【】（）]{2,60}?)\s*[)\]】」』）]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_EDGE = re.compile(r"^[\s\-–—/|,;:：，、。·•□■○●◎◆【】\[\]()（）]+|[\s\-–—/|,;:：，、·•【\[(（]+$")
_LOOSE_BYLINE = re.compile(r"^[\s,;]*(?:by|par|von|por|di|oleh|door)\s+(.{2,60})$")
"""An author after the date, on the same line: 'Posted On: 12 JAN 2023 by PIB Delhi'."""
_OUTLET_EDGE = re.compile(r"^[\s:：|/,;、-]+|[\s:：|/,;、，。-]+$")
_WRAPPED = re.compile(r"^[(\[【「『（《]([^()\[\]【】「」『』（）《》]+)[)\]】」』）》]$")
_TITLE_EDGE = re.compile(r"^[\s\-–—/|,;:·•]+|[\s\-–—/|,;:·•]+$")
_EAST_BYLINE = re.compile(
    r"^[□■○●◎◆\s]{0,4}(?:[图圖]?文[、/和及·&]?[图圖]?|[图圖][、/]文|记者|記者|撰文|作者)\s?[/／:：|]\s?(.{2,30}?)"
    r"(?:\s(?:[图圖]|摄影|攝影|编辑|編輯)\s?[/／:：|].*)?$"
)
_ISSUE = re.compile(r"^[《「]?([^\d《》「」]{2,24}?)[》」]?\s?[,，]?\s?(?:19|20)\d\d\s?年\s?第?\s?\d{1,3}\s?[期号號]")
_RELEASE = re.compile(
    r"^(?:for immediate release|(?:press|media|news) release|embargoed|pressemitteilung|communiqué de presse"
    r"|nota de prensa|comunicado de prensa"
    r"|comunicato stampa|nota à imprensa|siaran pers)(?:\s*[-–—:|]\s*([A-Z][^\d.!?]{3,60}))?\s*$",
    re.IGNORECASE,
)
"""What kind of document a page is, and perhaps whose: 'For Immediate Release - City of Linden'."""
_NUMBERED = re.compile(
    r"^(?:(?:press|media|news) (?:release|statement|note)|ref|reference|circular|no)\b[ .:]*(?:no\b)?[ .:#]*[\w/.-]*\d[\w/.-]*$",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\b(?:[A-Z][a-z]+ ){1,2}(?:Standard|Daylight|Summer|Mean) Time\b")
_REPORTER = re.compile(r"^([가-힣]{2,4})\s?(?:선임|수습)?기자\b")
_WORD_START = re.compile(r"(?<![^\W\d_])[^\W\d_]")
"""Also right after a digit: 'Updated : 2020-08-17Source : CCFAO'."""
_DOMAIN_INSIDE = re.compile(r"\w\.(?:com|org|net|cn|gov|info)\b")
_LIST = re.compile(r"[,、&]")
_LETTERED = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"[^\W\d_]+")
_FROM_PLACE = re.compile(r"\s+(?:in|from|for|at)\s+[A-Z].*$")
_NAME_AND_OUTLET = re.compile(r"^[^,(（]{2,40}(?:,\s+|\s?[(（])([^,()（）]{2,40})[)）]?$")
_OFFICE = re.compile(r"\b(?:staff|writer|reporter|editor|correspondent|desk|journalist|bureau|chief|contributor)\b", re.IGNORECASE)
_AFTER_NAME = re.compile(r"\s*(?:[,;(（\[|]|\s[-–—]\s).*$")
_EAST_NAME = re.compile(
    r"[\u3400-\u9fff·]{2,12}|[\u3400-\u9fff·]{2,4}(?:[ 、,，][\u3400-\u9fff·]{2,4}){1,6}|[가-힣]{2,4}|[\u3041-\u30ff\u3400-\u9fff ]{2,10}"
)
_ACRONYM_NAME = re.compile(r"[A-Z][\w'-]{0,20}\.?(?: [A-Z][\w'-]{0,20}\.?){0,3}")


@dataclass(frozen=True, slots=True)
class Meta:
    """What a line of metadata says; None where it does not."""

    published: Date | None = None
    updated: Date | None = None
    dated: Date | None = None
    """A date that stands without a label."""
    source: str | None = None
    byline: str | None = None
    cells: tuple[str, ...] = ()
    """Texts of the line that are no field: the outlet beside a date, or what makes the line something else."""
    labels: frozenset[str] = frozenset()
    """Fields whose label the line has, with or without a value."""
    pending: str | None = None
    """The field whose label ends the line, its value standing on the next."""

    @property
    def date(self) -> Date | None:
        return self.published or self.dated or self.updated


def parse(text: str, *, month_first: bool) -> Meta | None:
    """The fields of a line, None if it is no line of metadata."""
    if len(text) > LONGEST_META_LINE:
        return None
    if not _PROMISING.search(text) and not _RELEASE.match(text.strip()) and folded(text.lstrip(" •·-(（[【"))[:2] not in bare_fields():
        return None
    meta = _east(text) or _cells(text, month_first)
    if not (meta.labels or meta.date):
        return None
    words = sum(_word_count(cell) for cell in meta.cells)
    if words > MOST_LEFTOVER_WORDS and not (meta.date and meta.labels and words <= 2 * MOST_LEFTOVER_WORDS):
        return None
    return _unlabelled(meta)


def _word_count(text: str) -> int:
    """Words; in scripts without spaces three letters are a word."""
    return sum(1 if word.isascii() else max(1, len(word) // 3) for word in _WORDS.findall(text))


def _east(text: str) -> Meta | None:
    """Forms without a colon: '□ 文、圖/王小明', '港口杂志 2023年8期', '홍길동 기자', '(en.wuxi.gov.cn)'."""
    stripped = text.strip()
    if match := _EAST_BYLINE.match(stripped):
        return Meta(byline=name(match[1]), labels=frozenset({"byline"}))
    if match := _ISSUE.match(stripped):
        return Meta(source=match[1].strip(), labels=frozenset({"source"}))
    bare = stripped.strip("()（）[]【】 ")
    if (match := _BARE_DOMAIN.match(stripped)) or bare in agencies():
        return Meta(source=match[1] if match else outlet(bare), labels=frozenset({"source"}))
    if match := _RELEASE.match(stripped):
        return Meta(source=outlet(match[1]) if match[1] else None, labels=frozenset({"source" if match[1] else "other"}))
    if match := _REPORTER.match(stripped):
        return Meta(byline=match[1], labels=frozenset({"byline"}))
    return None


def _cells(text: str, month_first: bool) -> Meta:
    meta = Meta()
    for cell in _CELL.split(text):
        for field, value in _fields(cell):
            meta = _take(meta, field, value, month_first)
    return meta


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
    meta = replace(meta, labels=labels, pending=None if _LETTERED.search(value) or any(map(str.isdigit, value)) else field)
    if field in ("published", "updated"):
        found = dates.find(value, month_first=month_first)
        meta = _dated(meta, field, found[0].date) if found else meta
        return _loose(meta, value[found[0].end :], month_first) if found else meta
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
        return text[:1].isupper() and (not rest.strip() or rest.strip()[0].isupper() or low[len(label) :].strip() in word_set("accounts"))
    return True


def _dated(meta: Meta, field: str, date: Date) -> Meta:
    if field == "published":
        return replace(meta, published=meta.published or date)
    return replace(meta, updated=meta.updated or date)


def _named(meta: Meta, field: str, value: str) -> Meta:
    if field == "byline":
        return replace(meta, byline=meta.byline or name(value), source=meta.source or _outlet_after_name(value))
    return replace(meta, source=meta.source or outlet(value))


def _outlet_after_name(value: str) -> str | None:
    """'Xie Min (chinadaily.com.cn)', 'Keqiao Cheng, iChongqing News'."""
    match = _NAME_AND_OUTLET.match(_TITLE_EDGE.sub("", value))
    return outlet(match[1]) if match and is_outlet(match[1]) and not _OFFICE.search(match[1]) else None


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
    for found in reversed(dates.find(value, month_first=month_first)):
        meta = replace(meta, dated=found.date)
        rest = f"{rest[: found.start]} {rest[found.end :]}"
    low = folded(rest)
    for pattern in (dates.TIME, dates.WEEKDAY):
        for match in reversed(list(pattern.finditer(low))):
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
        low = folded(rest)
    if author := _LOOSE_BYLINE.match(rest):
        return replace(meta, byline=meta.byline or name(author[1]), labels=meta.labels | {"byline"})
    bracketed = _BRACKETED.match(rest.strip())
    parts = [bracketed[1], rest.strip()[bracketed.end() :]] if bracketed else [rest]
    return replace(meta, cells=meta.cells + tuple(part for part in map(_clean_cell, parts) if part))


def _clean_cell(text: str) -> str:
    """A cell without its brackets and dashes; empty for buttons, labels without a value, numbers."""
    text = _EDGE.sub("", _ZONE.sub("", text)).strip()
    low = folded(text).strip(" .")
    if _NUMBERED.match(text) or not _LETTERED.search(text) or low in menu() or low in fields() or _EMAIL.fullmatch(text):
        return ""
    return text


def _unlabelled(meta: Meta) -> Meta:
    """Read the cells beside a date: outlet, or person then outlet ('Zhang San | China Daily | 2020-11-06')."""
    if meta.date is None or not meta.cells:
        return meta
    source, byline = meta.source, meta.byline
    for place, cell in enumerate(meta.cells):
        if source is None and is_outlet(cell):
            source = outlet(cell)
        elif byline is None and place == 0 and is_person(cell) and (len(meta.cells) > 1 or _is_rare(cell)):
            byline = name(cell)
    return replace(meta, source=source, byline=byline)


def _is_rare(text: str) -> bool:
    """No word of it is a menu word: 'Thu Giang' beside a date is a person, 'City News' is not."""
    return not any(word in menu() for word in folded(text).split())


def is_outlet(text: str) -> bool:
    """A domain, or a name with a word of the press or of an office: 'China Daily Global', 'チャイナネット'."""
    low = folded(text)
    if _DOMAIN.match(text) or _DOMAIN_INSIDE.search(text):
        return True
    if any(part.strip() in menu() for part in _LIST.split(low)):  # 'Alcaldía, Noticias' are sections
        return False
    if _names_outlet(low):
        return _word_count(text) <= 2 * MOST_LEFTOVER_WORDS
    return len(text) <= 24 and any(mark in low for mark in word_set("outlet_marks"))


def _names_outlet(low: str) -> bool:
    return any(word in word_set("outlet_words") for word in (*_WORDS.findall(low), *low.split()))


def outlet(value: str) -> str | None:
    """A source as printed, without the brackets around it; None for nothing."""
    text = _OUTLET_EDGE.sub("", _EMAIL.sub("", value))
    if match := _WRAPPED.match(text):
        text = match[1]
    if text.endswith((")", "）")) and not any(mark in text for mark in "(（"):
        text = text[:-1]
    low = folded(text)
    return text if _LETTERED.search(text) and low not in fields() and low not in menu() and len(text) <= LONGEST_SOURCE else None


def is_person(text: str) -> bool:
    """Two to four capitalised words, or a Chinese, Korean, Japanese name; no word of an office."""
    low = folded(text)
    if low in menu() or low.strip(" .,") in word_set("places") or any(map(str.isdigit, text)) or _names_outlet(low):
        return False
    if not text.isascii() and _EAST_NAME.fullmatch(text):
        return len(text) <= 4
    words = text.replace(",", " ").split()
    big = [word for word in words if word.lower() not in word_set("particles")]
    return len(big) >= 2 and len(words) <= 5 and all(word[0].isupper() and _LETTERED.match(word) is not None for word in big)


MOST_NAME_WORDS = 12
"""Of a byline with several authors."""


def name(value: str) -> str | None:
    """An author as printed: 'ANNA BERG in Linden' → ANNA BERG. None for accounts ('admin') and for what is no name."""
    text = _EMAIL.sub("", value)
    text = _EDGE.sub("", text)
    text = _FROM_PLACE.sub("", _AFTER_NAME.sub("", text)) if "," not in text or not _lists_names(text) else text
    text = _EDGE.sub("", text).strip()
    low = folded(text)
    if not text or low in word_set("accounts") or low in menu() or low in fields():
        return None
    return text if _is_name(text) else None


def _lists_names(text: str) -> bool:
    """'Li Wei, Anna Schmidt and Jo Bloggs' against 'Anna Schmidt, Staff Writer'."""
    parts = re.split(r",\s*|\s+and\s+", text)
    alone = len(parts) > 2 and all(part.isalpha() and part[0].isupper() for part in parts)
    return not _OFFICE.search(text) and len(parts) <= 8 and (alone or all(is_person(part) for part in parts))


def _is_name(text: str) -> bool:
    if _EAST_NAME.fullmatch(text) or _ACRONYM_NAME.fullmatch(text):
        return True
    words = text.replace(",", " ").split()
    printed_as_name = all(word.lower() in word_set("particles") or not word[0].islower() for word in words)
    return printed_as_name and len(words) <= MOST_NAME_WORDS and _LETTERED.search(text) is not None and text[-1] not in ".!?。"
