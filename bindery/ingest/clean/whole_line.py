"""A line whose whole form is a credit, without a label and a colon: '□ 文、圖/王小明', 'From Ada Okonkwo, Abuja', '(en.wuxi.gov.cn)'."""

from __future__ import annotations

import re

from bindery.ingest.annotate.gazetteer import fold, gazetteer
from bindery.ingest.clean.credit import WRITER_AND_PHOTOGRAPHER, Meta, is_known_name, is_office, name, outlet
from bindery.ingest.clean.lexicon import agency_names, folded, menu

_BARE_DOMAIN = re.compile(r"^[(（\[【]?((?:[a-z0-9-]+\.){1,4}(?:com|cn|org|net|gov|edu|int|info|[a-z]{2}))[)）\]】]?$", re.IGNORECASE)
_EAST_BYLINE = re.compile(
    r"^[□■○●◎◆\s]{0,4}(?:[图圖]?文[、/和及·&・]?[图圖]?|[图圖][、/]文|取材[・·]文|记者|記者|撰文|作者)\s?[/／:：|＝=]\s?(?:[图圖]\s)?"
    r"(?:本[报報网網刊台社])?(?:(?:记者|記者)\s)?([^／/:：]{2,30}?)"
    r"(?:\s+(?:[图圖][片]?|摄影|攝影|编辑|編輯|通讯员|通訊員|责编|審核|审核|校对)\s?[/／:：|].*)?$"
)
_KOREAN_BYLINE = re.compile(r"^글\s?[=·:]\s?([가-힣]{2,4})(?:\s?기자)?(?:[\s,·]+사진\s?[=·:].*)?$")
_ISSUE = re.compile(r"^[《「]?([^\d《》「」]{2,24}?)[》」]?\s?[,，]?\s?(?:19|20)\d\d\s?年\s?第?\s?\d{1,3}\s?[期号號]")
RELEASE = re.compile(
    r"^(?:for immediate release|(?:press|media|news) release|embargoed|pressemitteilung|communiqué de presse"
    r"|nota de prensa|comunicado de prensa"
    r"|comunicato stampa|nota à imprensa|siaran pers)(?:\s(?:no|nr|nº|n°|núm|num)\.?\s?\d[\d/.-]*)?"
    r"(?:\s*[-–—:|]\s*([A-Z][^\d.!?]{3,60}))?\s*$",
    re.IGNORECASE,
)
"""What kind of document a page is, and perhaps whose: 'For Immediate Release - City of Linden'."""
_OWN_REPORTER = re.compile(
    r"^[□■○●◎◆\s]{0,4}(?:本报|本報|本网|本刊|特约|(?P<outlet>[㐀-鿿]{2,8}[报報网網社台刊]))(?:记者|記者|通讯员)[\s:：]+"
    r"(?P<names>[㐀-鿿·]{2,4}(?:[ 、](?!通讯员|通訊員|实习生|实习记者|摄影)[㐀-鿿·]{2,4}){0,3})"
    r"(?:\s(?:通讯员|通訊員|实习生|实习记者|摄影).*)?$"
)
_FROM_REPORTER = re.compile(r"^From (?P<name>[A-Z][\w'.-]+(?: [A-Z][\w'.-]+){1,3}),? (?:in )?(?P<place>[A-Z][\w' -]{2,24})$")
"""'From Ada Okonkwo, Abuja'"""
_FROM_OFFICE = re.compile(
    r"^From (?P<office>(?:the )?(?:Office|Ministry|Department|Directorate|Bureau|Embassy|Consulate|Government)\b[^.:|]{3,70})$"
)
"""'From the Office of the Governor'"""
RELEASE_OF = re.compile(
    r"^(?:pressemitteilung|pressemeldung|presseaussendung|medienmitteilung|medieninformation|presseinformation"
    r"|communiqué(?: de presse)?|nota de prensa|comunicado(?: de prensa)?"
    r"|comunicato(?: stampa)?|nota à imprensa|(?:press|media|news) release)\s"
    r"(?:der|des|von|de la |de la|du|des|de l['’]|de|del|della|dell['’]|da|do|by|from|of"
    r"|(?=Stadt|Landkreis|Gemeinde|Ville|IHK))\s?(?:the\s)?(?P<office>(?-i:[A-ZÀ-Þ])\D{3,60})$",
    re.IGNORECASE,
)
"""'Communiqué de la Mairie de Linden'"""


def read(text: str) -> Meta | None:
    """Forms without a colon: '□ 文、圖/王小明', '港口杂志 2023年8期', '홍길동 기자', '(en.wuxi.gov.cn)'."""
    stripped = text.strip()
    if match := WRITER_AND_PHOTOGRAPHER.match(stripped):
        return Meta(byline=name(match["name"] or match["second"]), labels=frozenset({"byline"}))
    if match := _KOREAN_BYLINE.match(stripped):
        return Meta(byline=match[1], labels=frozenset({"byline"}))
    if match := _EAST_BYLINE.match(stripped) or _EAST_BYLINE.match(stripped.strip("()（）[]【】")):
        return Meta(byline=name(match[1]), labels=frozenset({"byline"}))
    if match := _OWN_REPORTER.match(stripped):
        return Meta(
            source=match["outlet"], byline=match["names"], labels=frozenset({"byline", "source"} if match["outlet"] else {"byline"})
        )
    if (match := _FROM_OFFICE.match(stripped)) and is_office(match["office"]):
        return Meta(source=outlet(match["office"]), labels=frozenset({"source"}))
    if match := _FROM_REPORTER.match(stripped):
        known = is_known_name(match["name"]) and fold(match["place"]) in gazetteer()
        return Meta(byline=match["name"], labels=frozenset({"byline"})) if known else None
    if (match := RELEASE_OF.match(stripped)) and is_office(match["office"]):
        return Meta(source=outlet(match["office"]), labels=frozenset({"source"}))
    if match := _ISSUE.match(stripped):
        return Meta(source=match[1].strip(), labels=frozenset({"source"}))
    bare = stripped.strip("()（）[]【】 -–—./")
    domain = None if bare.startswith("www.") else _BARE_DOMAIN.match(stripped)  # 'www.…' in a foot is the site's own address
    if (match := domain) or (bare in agency_names() and folded(bare) not in menu()):
        return Meta(source=match[1] if match else outlet(bare), labels=frozenset({"source"}))
    if match := RELEASE.match(stripped):
        return Meta(source=outlet(match[1]) if match[1] else None, labels=frozenset({"source" if match[1] else "other"}))
    return None
