"""The end of a text → who signs it: '… both ports agree. (PNA)', '– SAnews.gov.za', 'WAM/Anna Berg'."""

from __future__ import annotations

import re

from bindery.ingest.annotate.names_native import family
from bindery.ingest.clean.credit import Meta, is_japanese_name, is_known_name, is_office, is_person, name, outlet
from bindery.ingest.clean.lexicon import any_agency, may_name_agency

TAIL = 90
"""Characters of the last paragraph that are looked at."""

_BRACKETED = re.compile(rf"[(（\[〔【](?P<agency>{any_agency()})(?:\s?[/,]\s?[^()]{{2,40}})?[)）\]〕】][.\s/]*$")
_LAST_OF_BRACKET = re.compile(rf"[(（][^()（）]{{2,40}}[/,]\s?(?P<agency>{any_agency()})[)）]\W*$")
"""'… agree. (With reports from Anna Berg/PNA)'"""
_AFTER_STOP = re.compile(rf"(?:[.!?…][\"”’»)]?|--|[-–—/])\s?(?P<agency>{any_agency()})(?:/[A-Z]{{2,4}})?\.?$")
_DASHED_NAME = re.compile(r"[.!?…][\"”’»)]?\s?[/–—-]{1,2}\s?(?P<name>[A-ZÀ-Þ][\w'.-]+(?: [A-ZÀ-Þ][\w'.-]+){1,3})$")
_HAN_NAMES = re.compile(
    r"(?:^|[。！？”」])(?:[（(]|【)(?P<name>[㐀-鿿々·]{2,5}(?:[ 、，　][㐀-鿿々·]{2,5}){0,5}?)(?:、(?:写真も|写真と文|撮影も))?[）)】]$"
)
_PAPER_AND_REPORTER = re.compile(
    r"[（(](?P<agency>(?!本)[㐀-鿿]{2,8}[报報网網社台刊])\s?(?:首席)?(?:记者|記者)[\s:：]*"
    r"(?P<name>[㐀-鿿·]{2,4}(?:[ 、][㐀-鿿·]{2,4}){0,3})[）)]$"
)
"""'（港口日报记者 王小明）'"""
_KOREAN = re.compile(
    r"[.”\"]\s?[/<(\[]?(?:[가-힣]{2,8}\s?=\s?)?(?P<name>[가-힣]{2,4})\s?(?:선임|수습|인턴)?\s?(?:기자|특파원)[)>\]]?(?:[\s/]*[^\s/@][^\s@]*@\S*)?$"
)
_WITH_OFFICE = re.compile(
    r"^[（(](?:編集長|編集部|編集委員|論説委員|記者|特派員|支局長|ライター)[　 :：・／]{1,3}"
    r"(?P<name>[㐀-鿿々]{1,4}[ 　]?[㐀-鿿々ぁ-んァ-ヶ]{1,4})[）)]$"
)
"""'（編集長　山田 太郎）'"""
_BRACKETED_OFFICE = re.compile(r"^[（(](?P<office>[㐀-鿿]{1,11}[报報网網社局处處科办辦])[)）]$")
"""'（市外办）'"""
_NAME_AND_INITIALS = re.compile(r"[.!?…][\"”’»)]?\s?[–—-]{1,2}\s?(?P<name>[A-ZÀ-Þ][\w'.-]+(?: [A-ZÀ-Þ][\w'.-]+){1,3})\s?\([A-Z]{2,6}\)$")
"""'… agree. — Anna Berg (IPRD)'"""
_DOMAIN = re.compile(r"(?:[.!?][\"”’»)]?\s)?[-–—]{1,2}\s?(?P<agency>(?:[A-Za-z0-9-]+\.){1,3}[a-z]{2,4})\.?$")
_WRITERS = re.compile(
    r"^[(\[](?:By|(?:Text|Story|Words|Report|Article)(?: and (?:photos?|pictures?))? by"
    r"|(?:Reported|Reporting|Written|Compiled|Contributed|Provided|Submitted|Supplied) by|Courtesy of)\s+"
    r"(?:the\s)?(?P<names>[A-Z][^()\[\]\n;]{3,60}?)(?:;[^()\n]{3,60})?[)\]]$"
)
_AGENCY_AND_NAME = re.compile(rf"^(?P<agency>{any_agency()})\s?/\s?(?P<name>[A-Z][^/\n:\d]{{3,40}}(?:/\s?[A-Z][^/\n:\d]{{3,40}})?)$")
_HAN_WRITERS = re.compile(
    r"[（(](?:[图圖]?[/／、]?文|文字|撰文|(?:本[报報网網社刊台])?(?:記者|记者)|通讯员|取材)\s?[/／:：・＝]?\s?"
    r"(?P<name>[㐀-鿿々·]{2,5}(?:[ 、](?!实习生|实习记者|通讯员|摄影)[㐀-鿿·]{2,4}){0,3})(?:\s[^（）()]{2,20})?[）)]$"
)
_REPORTER = re.compile(
    r"[(（\[](?:[Oo]ur |[Ss]taff )?"
    r"(?:[Cc]orrespondent|[Rr]eporter|[Jj]ournalist|[Ww]riter|[Aa]uthor|[Tt]ext|[Ww]ritten by|[Rr]eported by|[Bb]y)s?[:,]?\s"
    r"(?P<name>[^\W\d_a-z][^()（）\[\]\n;/]{3,50}?)(?:[;/][^()]{3,60})?[)）\]]\W{0,3}$"
)
OFFICE_ENDS = "所課课部局室館馆会會社処处科"
"""Last letters of an office: '上海事務所'."""
ACRONYM_LAST = re.compile(r"(?:^|\s)[A-Z]{3,6}$")
"""'(Contributed by Linden FAO)': an office."""
_AT_OFFICE = re.compile(
    r"[（(][^（）()\s]{2,20}(?:事務所|センター|支局|支社|部|課|室)[ 　]"
    r"(?P<name>[㐀-鿿々]{2,5}(?:[、・][㐀-鿿]{2,5}){0,2})[）)]$"
)
"""'…としている。（上海事務所 山田太郎）'"""
_SUPPLIED = re.compile(
    r"[（(](?P<office>[㐀-鿿]{2,15}?)(?:[ 　](?P<name>[㐀-鿿·]{2,4}(?:[ 、][㐀-鿿·]{2,4}){0,2}))?\s?(?:供稿|投稿|报送|報送)[)）]$"
)


def closing(text: str) -> Meta | None:
    """What the end of a last paragraph says; None if nobody signs it."""
    tail = text[-TAIL:].strip()
    for pattern in (_BRACKETED, _LAST_OF_BRACKET, _AFTER_STOP, _DOMAIN) if may_name_agency(tail) else (_DOMAIN,):
        if match := pattern.search(tail):
            return Meta(source=outlet(match["agency"]), labels=frozenset({"source"}))
    if match := _PAPER_AND_REPORTER.search(tail):
        return Meta(source=match["agency"], byline=match["name"], labels=frozenset({"source", "byline"}))
    if match := _SUPPLIED.search(tail):
        return Meta(source=match["office"], byline=match["name"], labels=frozenset({"source", "byline"} if match["name"] else {"source"}))
    if author := _name_behind(tail):
        return Meta(byline=author, labels=frozenset({"byline"}))
    if (match := _REPORTER.search(tail)) and (author := name(match["name"])):
        return Meta(byline=author, labels=frozenset({"byline"}))
    if match := _HAN_WRITERS.search(tail) or _AT_OFFICE.search(tail):
        return Meta(byline=match["name"], labels=frozenset({"byline"}))
    return None


def _name_behind(tail: str) -> str | None:
    """Who signs without a word: '… of them pays. — Anna Berg', '…一次。（李晓琴 杨春林）', '…고 밝혔다. 린든=홍길동 기자'."""
    if (match := _NAME_AND_INITIALS.search(tail)) and is_person(match["name"]):
        return match["name"]
    if (match := _DASHED_NAME.search(tail)) and is_person(match["name"]) and is_known_name(match["name"]):
        return match["name"]
    if tail.isascii():
        return None
    if match := _KOREAN.search(tail):
        return match["name"]
    match = _HAN_NAMES.search(tail)
    return match["name"] if match and _are_names(match["name"]) else None


def _are_names(text: str) -> bool:
    return all((family(part) or is_japanese_name(part)) and part[-1] not in OFFICE_ENDS for part in re.split(r"[ 、，　]", text))


def line(text: str) -> Meta | None:
    """A line of its own that signs a text: 'WAM/Anna Berg', '(By Anna Berg and Omar Said)'."""
    if (match := _AGENCY_AND_NAME.match(text)) and " " in match["name"]:
        return Meta(source=match["agency"], byline=name(match["name"]), labels=frozenset({"source", "byline"}))
    if match := _PAPER_AND_REPORTER.match(text):
        return Meta(source=match["agency"], byline=match["name"], labels=frozenset({"source", "byline"}))
    if match := _WITH_OFFICE.match(text) or _HAN_WRITERS.match(text) or _AT_OFFICE.match(text):
        return Meta(byline=match["name"], labels=frozenset({"byline"}))
    if match := _BRACKETED_OFFICE.match(text):
        return Meta(source=match["office"], labels=frozenset({"source"}))
    if match := _SUPPLIED.match(text):
        return Meta(source=match["office"], byline=match["name"], labels=frozenset({"source", "byline"} if match["name"] else {"source"}))
    if text[:1] in "（【(" and (match := _HAN_NAMES.match(text)) and _are_names(match["name"]):
        return Meta(byline=match["name"], labels=frozenset({"byline"}))
    if match := _WRITERS.match(text):
        if is_office(match["names"]) or ACRONYM_LAST.search(match["names"]):
            return Meta(source=outlet(match["names"]), labels=frozenset({"source"}))
        if is_person(re.split(r",| and ", match["names"])[0].strip()):
            return Meta(byline=name(match["names"]), labels=frozenset({"byline"}))
    return None
