"""Lists that say what they list → company names no lexicon has: 通威股份、兰纳银器等企业, クボタ、ハイヴァン精機ほか38社."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bindery.ingest.annotate.gazetteer import gazetteer

COUNT = "[0-9０-９一二三四五六七八九十百多余餘数數几幾約]{0,6}"
FIRMS = "(?:企业|企業|公司|厂商|廠商|业者|業者|车企|药企|韩企|日企|商社|メーカー)"
BEHIND = re.compile(
    rf"等{COUNT}(?:家|间|間)?[㐀-鿿]{{0,5}}?{FIRMS}|(?:など|ほか|等|との|の)(?:約?[0-9０-９]+社|[二三四五六七八九]社)|(?:など|等)の?[㐀-鿿]{{0,4}}?{FIRMS}"
    r"| 등 ?(?:약 ?)?(?:[0-9]+여? ?개 ?)?(?:[가-힣]{2,4} )?(?:기업|회사|업체|개사|사(?= |가|와|를|는))"
)
"""What a list of firms ends in."""
AHEAD = re.compile(
    rf"{FIRMS}(?:有|包括|为|為|は|には|則有|则有)[：:、，]?"
    "|(?:참가|입주|참여|동행|동행한|방문|회원|현지|지역) ?(?:기업|업체)(?:은|는|에는) "
)
"""What a list of firms begins with."""
AHEAD_END = re.compile(r"[。；;！？]|，(?!以及|还有|還有)|等|など|ほか|が(?=[㐀-鿿])|を|으로|이다|다(?=[.。])|$")
BETWEEN = re.compile(
    rf"{FIRMS}(?![、代家和与與及])(?P<list>[^。；;！？，：:]{{5,80}}?)等[0-9０-９一二三四五六七八九十百多余餘数數幾]{{1,4}}家"
)
"""A list between the two: 本土廠商旺測、精拓及宏昇精密等三家."""
JOINTS = ("、", "和", "与", "與", "及", "や", "と", ", ", "과 ", "와 ", "·", "・", "”“", "」「")
SPLIT = re.compile(r"、|，?以及|，还有|，還有|及|[和与與](?![、，。]|$)|, |과 |와 |(?<=[”」])(?=[“「])|や")
QUOTED = re.compile(r"[“「『‘](?P<name>[^”」』’]{2,16})[”」』’]")
BRACKETED = re.compile(r"[（(][^（）()]{1,24}[）)]$")
NO_FIRM = re.compile(
    r"(?:协会|協会|協會|商会|商會|会議所|会议所|會議所|总会|總會|委员会|委員会|学会|联合会|連盟|大学|大學|学院|研究院|研究所|中心|政府|园区|園区|園區|工业园|工業団地|开发区|市|省|县|縣|県|区|區|"
    r"领域|領域|产业|產業|行业|行業|分野|方面|地区|国家|部门|部門|机构|機構|人员|代表|负责人|氏|さん|先生|女士|以上|以内|협회|대학교|대학|재단|센터|연구원|연구소|시|도|군|구|분야|산업|관계자|고|며|면서|지만|했다|됐다)$"
    r"|^[0-9]+여?(?:곳|$|개사|개사|여곳|社|家|间|개)"
)
PHRASE = re.compile(
    r"^[A-ZＡ-Ｚ]社$|"
    r"[㐀-鿿]し$|^(?:企业|企業|公司|参加|参会|參加)|[的了是在不也我他這这那些於]|[ぁ-ん]{3,}|[0-9０-９][年月日人名社件万億]|한 |는 |을 |를 "
)

Start = Callable[[str, int], int]


def listed(text: str, start_of: Start) -> Iterator[tuple[int, int]]:
    """Where the members of such lists stand. start_of: where a name begins that ends at a place."""
    for cue in BEHIND.finditer(text):
        found = list(_back(text, cue.start(), start_of))
        yield from found if len(found) > 1 else ()
    for cue in BETWEEN.finditer(text):
        found = list(_on(text, *cue.span("list")))
        yield from found if len(found) > 1 else ()
    for cue in AHEAD.finditer(text):
        stop = AHEAD_END.search(text, cue.end())
        found = list(_on(text, cue.end(), stop.start() if stop else len(text)))
        yield from found if len(found) > 1 else ()


def _back(text: str, end: int, start_of: Start) -> Iterator[tuple[int, int]]:
    """Members from the last to the first."""
    while end > 1:
        bare = _without_bracket(text, end)
        quoted = text[bare - 1] in "”」』’"
        begin = max(text.rfind(mark, 0, bare) for mark in "“「『‘") + 1 if quoted else start_of(text, bare)
        if begin == bare:  # 新希望六和: the joint is the end of the name
            begin = start_of(text, bare - 1)
        stop = bare - 1 if quoted else bare
        if fits(text[begin:stop]):
            yield begin, stop
        joint = next((joint for joint in JOINTS if text.endswith(joint, 0, begin - quoted)), "")
        if not joint or stop <= begin:
            return
        end = begin - quoted - (len(joint) if joint not in ("”“", "」「") else 0)


def _on(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Members from the first to the last."""
    marks = [begin, *(place for match in SPLIT.finditer(text, begin, end) for place in match.span()), end]
    for first, last in zip(marks[::2], marks[1::2], strict=True):
        quoted = QUOTED.search(text, first, last)
        start, stop = quoted.span("name") if quoted else (first, _without_bracket(text, last))
        if fits(text[start:stop]):
            yield start, stop


def _without_bracket(text: str, end: int) -> int:
    match = BRACKETED.search(text, max(0, end - 26), end)
    return match.start() if match and match.start() > 0 else end


def fits(name: str) -> bool:
    """Whether a member of a list of firms can be a firm's name: no place, no body, no phrase."""
    return 2 <= len(name) <= 16 and not NO_FIRM.search(name) and not PHRASE.search(name) and not gazetteer().is_native(name)
