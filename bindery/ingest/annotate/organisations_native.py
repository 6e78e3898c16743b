"""A paragraph in Chinese or Japanese → the organisations it names, by their nouns: 重庆市贸促会, 日本貿易振興機構, 两江新区.

No space tells where a name begins. So it has to begin with a country, or stand behind a mark or a town whose own mention ends there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.native import HAN, KANA
from bindery.ingest.annotate.organisation_names import Found
from bindery.ingest.annotate.words import Text
from bindery.ingest.draft import Span
from bindery.rules import active

NOUN = re.compile(
    "委员会|委員会|协会|協会|協會|商会|商會|联合会|聯合會|連合会|促进会|振興機構|机构|機構|基金会|基金會|财团|財団|大学|大學|科学院|研究院|"
    "新区|新區|开发区|開發區|工业园区|工业园|自贸区|自由贸易区|高新区|商务部|外交部|外務省|経済産業省|国土交通省"
)
ZONE = frozenset({"新区", "新區", "开发区", "開發區", "工业园区", "工业园", "高新区"})
LONGEST = 16
"""Characters before the noun."""
BREAK = re.compile(rf"[^{HAN}{KANA}・]|[的和与與及在对對向由为為将將是了等或]")
"""What no name goes across."""
GENERIC = re.compile(
    r"(?:[国國省市区區县縣本该該各全两兩中新老大小东東西南北]|高新技术|高新技術|经济技术|經濟技術|经济|經濟|国家级|國家級)*"
)
"""What says of a zone that it is one, and not which."""
UNUSUAL = re.compile("[访訪问問赴抵到见見会會谈談加参參出席举舉行办辦推动動建设設]")
"""Characters of verbs: what holds one behind a town is more than a name."""


def find(text: Text, cities: Sequence[Span]) -> Iterator[Found]:
    """`cities` are the mentions of towns in this paragraph."""
    if text.text.isascii() or not active("organisation-native"):
        return
    free = 0
    for match in NOUN.finditer(text.text):
        start = _start(text.text, match.start(), free, cities, is_zone=match[0] in ZONE)
        if start is not None and not _is_longer(text.text, match.end()):
            country = next((code for name, code in _countries(text.text, start)), "")
            yield Found(
                Span(text.paragraph, start, match.end()),
                text.text[start : match.end()],
                "organisation-native",
                areas().short_name.get(country, ""),
            )
            free = match.end()


def _start(text: str, noun: int, free: int, cities: Sequence[Span], *, is_zone: bool) -> int | None:
    low = max(free, noun - LONGEST)
    breaks = [match.end() for match in BREAK.finditer(text, low, noun)]
    low = max([low, *breaks])
    for start in range(low, noun):
        if any(start + len(name) < noun for name, _ in _countries(text, start)):
            return start
    ends = [span.end for span in cities if low <= span.end < noun]
    if is_zone and ends:
        inside = text[ends[-1] : noun]
        whole = GENERIC.match(inside)
        if 2 <= len(inside) <= 4 and not UNUSUAL.search(inside) and (whole is None or whole.end() < len(inside)):
            return ends[-1]
    return None


def _countries(text: str, start: int) -> Iterator[tuple[str, str]]:
    """Native names of countries that stand at a place, the longest first."""
    for size in range(6, 1, -1):
        name = text[start : start + size]
        if code := areas().countries.get(name):
            yield name, code


def _is_longer(text: str, end: int) -> bool:
    """'委员会主任' is still the committee; '大学生' is no university."""
    return text[end : end + 1] in tuple("生城村路站")
