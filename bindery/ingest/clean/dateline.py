"""First paragraph → what its dateline says: 'SUZHOU, China, July 4, 2019 /PRNewswire/ --'."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date as Date

from msgspec.structs import replace

from bindery.ingest.annotate.names_native import family
from bindery.ingest.clean import dates
from bindery.ingest.clean.credit import Meta, is_japanese_name, is_outlet, is_town, name, outlet
from bindery.ingest.clean.lexicon import agency_names, any_agency, folded, may_name_agency, months, word_set

HEAD = 220
"""Characters of the paragraph that are looked at; the longest dateline of 37 pages has 62."""

_WIRE = re.compile(
    r"^(?P<place>[^\W\d_][^/(\n]{1,90}(?:\([^()\n]{2,20}\)\s(?=\())?)(?:/\s?(?P<slashed>[^/\n]{2,40})/|\((?P<round>[^()\n]{2,40})\))\s{0,3}(?:--|[-–—:=]|$)"
)
ALONE = re.compile(r"^[A-ZÀ-Þ][^()/\n]{2,50}[(/][A-Z][^()/\n]{1,30}[)/]\s?\.?\s?[-–—]{1,2}$")
"""A dateline on a line of its own: 'LINDEN, 12 Mar. (EUROPA PRESS) -'."""
_GERMAN = re.compile(r"^[A-ZÄÖÜ][\w./ -]{2,40} \((?P<agency>[A-Za-z]{2,8}(?:/[A-Za-z]{2,8})?)\)[.:]\s(?=[\w\"„»])")
"""'Offenburg (BZ). Der …', as German papers name themselves or an agency."""
NO_PAPER = frozenset({"update", "updated", "2nd update", "3rd update", "pm", "red", "ots", "jp", "mw"})
"""What else German papers put there: that the text is a press release, that the newsroom wrote it."""
_PLACE_AND_PAPER = re.compile(r"^[A-Z][\w' -]{2,24}, (?P<outlet>[A-Z][\w.]*(?: [A-Z][\w.]*){0,3}) ?[-–—]{1,2} (?=[\w\"“])")
"""'Linden, Harian Pelabuhan – …'"""
_MIXED = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_STOPPED = re.compile(
    r"^(?P<place>[A-Z][A-Z-]{2,}(?: [A-Z][A-Z-]+){0,2})\.\s(?:[^.\n]{3,20}\.\s)?"
    r"(?P<agency>[A-Z][A-Za-z]{3,14})\b\s{0,2}(?:/[^/]{2,30}/\s?)?(?:[-–—:]\s*)?(?=[A-Z\"“])"
)
"""'LINDEN. KAZINFORM – …', as agencies from Minsk to Bishkek write."""
STAMP = re.compile(r"^\s*date \d{4}-\d\d(?:-\d\d)?\s+(?=\S)")
PARTICLES = frozenset({"and", "the", "der", "del", "das", "dos", "les", "sur", "upon", "via", "und"})
LONGEST_PLACE = 45
"""Characters of a place before its date."""
LEAD = 500
"""Characters of a first paragraph, at whose end an agency may be named."""
_REPORTS = re.compile(
    rf",\s(?:the\s)?(?P<agency>(?:[a-z0-9-]+\.){{1,3}}[a-z]{{2,4}}|{any_agency()})(?:\scorrespondent)?"
    r"\s(?:reports?|reported|informs|informed|(?:has )?learn(?:ed|t))\b"
)
LONGEST_SIGNED = 110
"""Characters of a place, a day and an agency."""
_SIGNED = re.compile(
    rf"^(?P<place>[A-ZÀ-ÖØ-ÞА-Я][^\n]{{0,69}}?[^\s,.(/\[-])[\s,.(/\[-]++"
    rf"(?P<agency>{any_agency()})(?:\s?/\s?[A-Z][\w. -]{{2,30}})?[)\]/]{{0,2}}"
    r"\s?(?:\.?\s?(?:--|[-–—:=])|\.(?=\s|$)|$|(?<=[)/])\s(?=[A-Z\"“«]))"
)
"""'YEREVAN, MARCH 12, ARMENPRESS. The …', 'Linden, 12 mar (EFE).- …', 'Taipei, March 12 (CNA) The …', 'Baku, March 12, AZERTAC'."""
_INITIALS = re.compile(r"^(?:[(（](?P<bracketed>[A-ZĐ][A-Za-zĐ]{1,7})[)）]|(?P<bare>[A-ZĐ]{2,6}))\s?[-–—]{1,2}\s(?=[\w\"“«])")
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệọốồổỗộớờởỡợụủứừửữựỵỷỹ]")
"""'(BDG) – At a ceremony …'; without brackets in Vietnamese alone, where others open with a place: 'LAE - …'."""
_OPENS = re.compile(rf"^\(?(?P<agency>{any_agency()})\)?\s?(?:--|[-–—]|/)\s?(?=[A-Z\"“«])")
"""'(ANSA) - LINDEN, 12 MAR - …'"""
_SITE = re.compile(r"^(?P<agency>[A-Za-z0-9-]{3,24}(?:\.[A-Za-z]{2,4}){1,2})(?:,\s[A-ZÀ-Þ][\w' ()-]{2,30})?\s?(?:--|[-–—|])\s?(?=[\w\"“‘])")
"""'TEMPO.CO, Jakarta - …', 'AKIPRESS.COM - …'"""
_RUNNING = re.compile(r"\b[a-zà-ÿа-я]{3,}\b")
_TAIWAN = re.compile(
    r"^[（(【〔](?P<agency>[^\s，。（(\d]{1,4}社)(?:記者|记者)(?P<reporter>[^\s）)，。\d]{2,9}?)(?:\d{1,2}日)?[专專综綜外]?[電电]"
)
_TAIWAN_PAPER = re.compile(
    r"^[（(【〔\[](?:[^\s／/】）〕)，。]{2,8}[／/\s])?(?:本報|本报|特約|特约|實習|实习|駐地|即時)?(?:記者|记者)\s?"
    r"(?P<reporter>[^\s／/）)，。\]】〕\d]{2,4})(?:[／/、,，﹑]|[）)\]】〕])"
)
_TAIWAN_REPORT = re.compile(
    r"^[（(【〔\[](?:本報|特約)?(?:記者|记者)\s?(?P<reporter>[㐀-鿿]{3})\s?[㐀-鿿]{2,4}(?:報導|报导|报道|電)[）)\]】〕]"
)
_BRACKETED_REPORTER = re.compile(
    r"^[\[(](?P<agency>[^\])\s=]{2,12})[\s=](?:\S{1,6}[\s=])?(?P<reporter>[가-힣]{2,4})\s?(?:선임|수습|인턴)?\s?기자[\])=]"
)
_KOREAN_REPORTER = re.compile(r"^[\[(]?[가-힣]{2,6}\s?=\s?([가-힣]{2,4})\s?(?:선임|수습|인턴)?\s?기자(?=[\])\s=])")
NAME_LENGTH = 3
"""Letters of most Chinese names: where a place follows the name without a mark, it begins behind them."""
_SENTENCE = re.compile(r"[a-z]{4}\.\s")
_DASH = re.compile(r"[.,]?\s?[)\]]?\s?(?:\([^()]{2,30}\)\s?)?(?:--|\.?[-–—])")
DASHES = ("-", "–", "—", ": ")
"""What closes a place and its day: one of these stands in the head, or it has no such dateline."""
_BRACKET = re.compile(r"^【(?P<inside>[^】\n]{2,40})】")
_MONTH_AND_DAY = re.compile(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日\s*")
_JAPANESE_AGENCY = re.compile(r"(共同|時事|ロイター|AFP|CNN|新華社|聯合ニュース)(?:通信)?$")
_CHINESE = re.compile(
    r"^(?P<agency>[^\s，。（(\d]{0,4}?[社网網報报])(?P<place>[^\s，。\d]{2,6})(?:\d{1,2}月)?\d{1,2}日(?:[电電讯訊]|消息|报道|報導)"
)
_CHINESE_PAPER = re.compile(
    r"^(?P<agency>(?!本)[㐀-鿿]{2,6}(?:报|報|网|網)(?:[·、][㐀-鿿]{2,8}(?:报|報|网|網|客户端))?)(?:讯|訊)|^(?P<site>(?!本)[㐀-鿿]{3,8})(?:讯|訊)(?=[（(][^）)]{0,12}(?:记者|記者))"
)
_CHINESE_AFTER = re.compile(
    r"^(?:本报|本網|本网|[㐀-鿿]{2,8})(?:讯|訊)[ 　:：]{0,2}(?:记者|記者)\s?(?P<name>[㐀-鿿·]{2,4}?)(?:报道|報導|報道)?[:：，,\s]"
)
"""'本报讯 记者王小明报道：'"""
_KOREAN_REVERSED = re.compile(r"^\[(?P<agency>[가-힣A-Za-z]{2,12})=(?P<reporter>[가-힣]{2,4})\]")
_CHINESE_NAME = re.compile(r"[电電讯訊]\s?[（(](?P<name>[㐀-鿿]{2,4}(?:[ 、][㐀-鿿]{2,4}){0,3})[）)]")
_OTHERS = re.compile(r"[ 　、，]?(?:通讯员|通訊員|见习记者|实习生|摄影|攝影|文/图|图|实习记者).*$")
_CHINESE_REPORTER = re.compile(
    r"[（(](?:本报|本网|本社|[㐀-鿿]{2,6}[报報网網社台] ?)?(?:首席|见习|見習|实习|全媒体)?"
    r"(?:通讯员)?(?:记者|記者)[:：]?\s?([^）)，。]{2,16})[）)]"
)
_KOREAN = re.compile(
    r"^[(\[](?P<place>[가-힣·A-Za-z]{2,20})\s?=\s?(?P<agency>[^)\]\n]{2,20})[)\]]\s{0,3}(?:(?P<reporter>[가-힣]{2,4})\s?(?:특파원|기자))?"
)
_REPORTER = re.compile(r"\((?:[Oo]ur )?(?:[Ss]taff )?(?:[Rr]eporter|[Cc]orrespondent|[Jj]ournalist)s?:?\s+([^()\n]{3,50})\)")
_AGENCY_FIRST = re.compile(any_agency())
LONGEST_NAME = 12
"""Characters in which the first word of an agency's name ends."""
_PLACE_AND_DAY = re.compile(r",?\s[A-Z][\w' -]{2,24},?\s(?:on\s)?[A-Z][a-z]{2,8}\.?\s\d{1,2}")


def read(paragraph: str, *, month_first: bool) -> Meta:
    """Date, source and byline of a dateline; an empty Meta where there is none."""
    stamp = _stamp(paragraph[:HEAD], month_first)
    head = STAMP.sub("", paragraph[:HEAD])
    readers: tuple[Callable[[str, bool], Meta | None], ...] = (
        _wire,
        _site,
        _stopped,
        _paper,
        _signed,
        _place_and_date,
        _bracket,
        _chinese,
        _taiwan,
        _korean,
        _unbracketed,
        _initials,
    )
    found = next((meta for reader in readers if (meta := reader(head, month_first))), Meta())
    reporter = (
        None
        if found.byline
        else _REPORTER.search(head) or _CHINESE_REPORTER.search(head) or _CHINESE_NAME.search(head) or _CHINESE_AFTER.search(head)
    )
    byline = name(_OTHERS.sub("", reporter[1])) if reporter else found.byline
    found = found if found.source else replace(found, source=_reported_by(paragraph[:LEAD]))
    return Meta(dated=found.dated or (stamp.dated if stamp else None), source=found.source, byline=byline)


_INFORMS = re.compile(
    r"^(?P<opening>[A-Z]\w+(?: [A-Z]\w+)?) (?:informs|reports),? (?:citing|that|with reference)\b"
    r"|, (?P<closing>[A-Z]\w+(?: [A-Z]\w+){0,2}) (?:reports|informs)(?:,? citing [^.]{3,60})?\.$"
)
"""'Report informs, citing …', '…, Trend reports.': as agencies of the Caucasus and Central Asia open or close a first paragraph."""


def _reported_by(lead: str) -> str | None:
    """'…, primeminister.kz reports.', '… , AKIpress reported.'"""
    match = _REPORTS.search(lead) if any(verb in lead for verb in ("report", "inform", "learn")) else None
    if match:
        return match["agency"]
    own = _INFORMS.search(lead) if " reports" in lead or " informs" in lead else None
    return (own["opening"] or own["closing"]) if own else None


def _wire(head: str, month_first: bool) -> Meta | None:
    match = _WIRE.match(head)
    if not match:
        return None
    place, agency = match["place"], match["slashed"] or match["round"]
    dated = dates.find(place, month_first=month_first)
    certain = match["slashed"] or dated or any(map(str.isdigit, place)) or place.split()[0].isupper()
    alone = match.end() == len(head)
    if alone and not place.split()[0].isupper():
        return None
    if _is_day(agency) or folded(agency) in NO_PAPER:
        return None
    named = agency in agency_names() or is_outlet(agency)
    if match["round"] and not named and (is_town(agency) or not (dated or _LETTERS.search(agency))):  # 'NAIROBI (Kenya) - …'
        return None
    if not certain and not named:  # "Hitachi (Japan) - the maker of" is no dateline
        return None
    return Meta(dated=dated[0].date if dated else None, source=outlet(agency))


_LETTERS = re.compile(r"(?<![A-Z])[A-Z]{3,}|[a-z][A-Z]|\w\.\w|\d(?!nd|rd|th|st)")
"""What a name of an agency has that nobody lists: 'BDG', 'DefNews', 'UzDaily.com', 'News1'."""


def _is_day(text: str) -> bool:
    """'KUCHING (March 12): …'"""
    words = folded(text).replace(".", " ").split()
    return any(map(str.isdigit, text)) and any(word in months() for word in words)


def _site(head: str, month_first: bool) -> Meta | None:
    """A site that opens its own text."""
    match = _SITE.match(head)
    return Meta(dated=_day(head[match.end() :], month_first), source=match["agency"]) if match else None


def _stopped(head: str, _: bool) -> Meta | None:
    """'LINDEN. KAZINFORM The port …'"""
    match = _STOPPED.match(head)
    return Meta(source=match["agency"]) if match and (match["agency"] in agency_names() or match["agency"].isupper()) else None


def _paper(head: str, _: bool) -> Meta | None:
    """'Offenburg (BZ). Der …', 'Linden, Harian Pelabuhan – …'"""
    if match := _GERMAN.match(head):
        agency = match["agency"]
        named = agency in agency_names() or (agency.isupper() and agency.lower() not in NO_PAPER)
        return Meta(source=agency) if named else None
    match = _PLACE_AND_PAPER.match(head)
    named = match is not None and (is_outlet(match["outlet"]) or _MIXED.search(match["outlet"]) is not None)
    return Meta(source=match["outlet"]) if match and named else None


def _signed(head: str, month_first: bool) -> Meta | None:
    """Place, perhaps the day, then an agency that is known: nothing but names and a month before it."""
    if not may_name_agency(head[:LONGEST_SIGNED]):
        return None
    if opens := _OPENS.match(head):
        return Meta(dated=_day(head[opens.end() :], month_first), source=opens["agency"])
    match = _SIGNED.match(head)
    if not match or any(
        word not in months() and word not in PARTICLES for word in _RUNNING.findall(match["place"].lower()) if word in match["place"]
    ):
        return None
    dated = dates.find(match["place"], month_first=month_first)
    return Meta(dated=dated[0].date if dated else _day(head[match.end() :].lstrip(), month_first), source=match["agency"])


def _initials(head: str, month_first: bool) -> Meta | None:
    """'(BDG) – At a ceremony …', 'ĐNO - Chiều 19-7, …'"""
    match = _INITIALS.match(head)
    if not match or not (match["bracketed"] or _VIETNAMESE.search(head)):
        return None
    return Meta(dated=_day(head[match.end() :], month_first), source=match["bracketed"] or match["bare"])


def _day(head: str, month_first: bool) -> Date | None:
    """The date of a dateline that an agency opens: '(AGENPARL) – Linden, 12 marzo 2021 – …'."""
    meta = _place_and_date(head, month_first)
    return meta.dated if meta else None


def _place_and_date(head: str, month_first: bool) -> Meta | None:
    """'Acapulco, Gro. 01 de Noviembre del 2017. –'"""
    if not any(dash in head for dash in DASHES):
        return None
    found = next(iter(dates.find(head, month_first=month_first)), None)
    named = head[:1].isupper() or (found is not None and found.start == 0)
    opens = found is not None and found.start <= LONGEST_PLACE and named and not _SENTENCE.search(head[: found.start])
    closed = found is not None and (_DASH.match(head, found.end) or (found.start > 0 and head[found.end : found.end + 2] == ": "))
    return Meta(dated=found.date) if found and opens and closed else None


def _stamp(head: str, month_first: bool) -> Meta | None:
    """'date 2019-11-29 ' before the first words: a fragment of the store that the page was captured to."""
    match = STAMP.match(head)
    found = dates.find(match[0], month_first=month_first) if match else ()
    return Meta(dated=found[0].date) if found else None


def _bracket(head: str, _: bool) -> Meta | None:
    """【9月7日 Xinhua News】, 【北京時事】"""
    match = _BRACKET.match(head)
    if not match:
        return None
    inside = match["inside"]
    rest = _MONTH_AND_DAY.sub("", inside)
    if rest and rest != inside:
        return Meta(source=outlet(rest))
    person = inside.partition("＝")[2]
    if person and is_japanese_name(person):
        return Meta(byline=person)
    agency = _JAPANESE_AGENCY.search(inside)
    return Meta(source=agency[0]) if agency else None


def _chinese(head: str, _: bool) -> Meta | None:
    """新华社北京1月3日电（记者 张三）"""
    match = _CHINESE.match(head) or _CHINESE_PAPER.match(head)
    agency = match.groupdict().get("site") or match["agency"] if match else None
    return Meta(source=agency) if agency and agency not in ("本报", "本网", "本報", "本網", "本社") else None


def _taiwan(head: str, _: bool) -> Meta | None:
    """（中央社記者王小明台北12日電）, 〔記者王小明／台北報導〕"""
    if match := _TAIWAN.match(head):
        reporter = match["reporter"]
        return Meta(source=match["agency"], byline=reporter[: NAME_LENGTH + (len(family(reporter)) == 2)])
    paper = _TAIWAN_PAPER.match(head) or _TAIWAN_REPORT.match(head)
    return Meta(byline=paper["reporter"]) if paper else None


def _korean(head: str, _: bool) -> Meta | None:
    """(서울=연합뉴스) 홍길동 기자 =, [린든일보 홍길동 기자]"""
    if reporter := _KOREAN_REPORTER.match(head):
        before = reporter[0].lstrip("[(").partition("=")[0].strip()
        paper = before.endswith(tuple(word_set("outlet_marks"))) and not before.endswith("청")
        return Meta(source=before if paper else None, byline=reporter[1])
    reverse = _KOREAN_REVERSED.match(head)
    if reverse and family(reverse["reporter"]) and reverse["agency"].endswith(tuple(word_set("outlet_marks"))):
        return Meta(source=reverse["agency"], byline=reverse["reporter"])
    match = _BRACKETED_REPORTER.match(head) or _KOREAN.match(head)
    return Meta(source=match["agency"], byline=match["reporter"]) if match else None


def _unbracketed(head: str, _: bool) -> Meta | None:
    """'China News Network Paris on February 26': a Chinese dateline translated word by word."""
    match = _AGENCY_FIRST.match(head) if may_name_agency(head[:LONGEST_NAME]) else None
    return Meta(source=match[0]) if match and _PLACE_AND_DAY.match(head, match.end()) else None
