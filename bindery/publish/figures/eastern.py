"""A text in Chinese or Japanese → its figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

import msgspec

from bindery.publish.figures import numbers
from bindery.publish.figures.figure import Bound, Figure, Measure, Sentences, Span, Value
from bindery.publish.figures.units import CURRENCY_SIGNS, one_of

CUT_OFF = ("…", " …")
"""As in the texts in Latin letters."""
LONGEST = 16
"""Characters of a subject."""
LEAST, LEAST_PEOPLE = 3, 10
"""Things and people that are told at least."""

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
"""Behind digits: "1.2万亿", "3億5000万"."""
_HAN_DIGITS = {word: value for value, word in enumerate("〇一二三四五六七八九")} | {"两": 2, "兩": 2, "零": 0}
_GREAT = "万萬亿億兆"

_BEFORE: Mapping[str, Bound] = {
    "超过": "over", "超過": "over", "超": "over", "逾": "over", "突破": "over", "至少": "over", "不少于": "over", "高达": "exactly",
    "近": "under", "将近": "under", "不足": "under", "不到": "under", "最多": "under", "接近": "under",
    "约": "about", "約": "about", "大约": "about", "およそ": "about", "ほぼ": "about",
}  # fmt: skip
_CLOSE_BEHIND: Mapping[str, Bound] = {"余": "over", "餘": "over", "多": "over", "超": "over", "強": "over", "弱": "under"}
"""Before the unit: 三千多家, 200余名."""
_BEHIND: Mapping[str, Bound] = {
    "以上": "over", "あまり": "over", "を超える": "over", "強": "over", "以下": "under", "未満": "under", "近く": "under", "弱": "under",
    "左右": "about", "前後": "about", "程度": "about", "ほど": "about",
}  # fmt: skip
_IN_WORDS: Mapping[tuple[Measure, str], str] = {
    ("money", "USD"): "美元|美金|米ドル|ドル",
    ("money", "CNY"): "元人民币|人民币|人民元|元",
    ("money", "JPY"): "日元|日圆|円",
    ("money", "EUR"): "欧元|歐元|ユーロ",
    ("money", "HKD"): "港元|港币|香港ドル",
    ("money", "TWD"): "新台币|新台幣|台湾ドル",
    ("money", "GBP"): "英镑|ポンド",
    ("money", "KRW"): "韩元|韓元|ウォン",
    ("money", "AUD"): "澳元|豪ドル",
    ("money", "SGD"): "新加坡元|シンガポールドル",
    ("share", "percentage points"): "个百分点|個百分點|ポイント",
    ("share", "%"): "%|％|パーセント",
    ("area", "km²"): "平方公里|平方千米|平方キロメートル|平方キロ|km²|km2",
    ("area", "m²"): "平方米|平方メートル|平米|㎡",
    ("area", "ha"): "公顷|公頃|ヘクタール",
    ("area", "mu"): "亩|畝",
    ("speed", "km/h"): "公里/小时|公里每小时",
    ("length", "km"): "公里|千米|キロメートル|km",
    ("mass", "t"): "公吨|吨|噸|トン",
    ("volume", "m³"): "立方米|立方メートル",
    ("volume", "TEU"): "标箱|标准箱|TEU",
    ("energy", "kWh"): "千瓦时|キロワット時",
    ("power", "kW"): "千瓦|キロワット",
    ("power", "MW"): "兆瓦|メガワット",
}
_UNITS = {word: unit for unit, words in _IN_WORDS.items() for word in words.split("|")}
_PERCENT: tuple[Measure, str] = ("share", "%")
_COUNTERS: Mapping[str, str] = {
    "家": "企业|公司|机构|银行|单位|媒体|商会|医院|酒店|工厂",
    "个": "国家|城市|项目|园区|地区|港口|村|县",
    "名": "代表|嘉宾|官员|学生|员工|专家|企业家|人员|留学生|游客|志愿者|学生|社員|社员",
    "位": "代表|嘉宾|官员|专家|企业家|留学生|游客",
    "所": "高校|大学|学校",
    "项": "协议|专利",
    "件": "专利|特許",
    "条": "航线|线路",
    "份": "协议",
}
"""Measure word → what is told that is counted with it; a word or two may stand between."""
_ALONE: Mapping[str, str] = {
    "社": "社", "人": "人", "名": "名", "家": "家", "人次": "人次", "户": "户", "世帯": "世帯", "台": "台", "辆": "辆", "件": "件",
    "校": "校", "株": "株", "大学": "大学", "都市": "都市", "カ国": "国", "か国": "国", "ヵ国": "国", "ケ国": "国",
    "个国家和地区": "国家和地区", "个国家": "国家",
}  # fmt: skip
"""What is told without another noun behind it → how it is called."""
_FEW = frozenset({"社", "国", "国家", "国家和地区", "校", "大学", "都市"})
"""Of these LEAST are told, of all others no fewer than of people."""

_DIGITS = r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})++(?:[.．][0-9０-９]++)?+|[0-9０-９]++(?:[.．][0-9０-９]++)?+"
_GREATS = f"[{''.join(SCALES)}]{{0,3}}+"
_HAN = "[〇零一二三四五六七八九两兩十百千万萬亿億兆]"
_NUMBER = re.compile(
    rf"(?P<share>百分之)?(?:(?<![\w.,:/+\-^#])|(?<=[\u3005-\u9fff\u3041-\u30ff]))(?<![第前年月])(?P<digits>{_DIGITS})(?P<scale>{_GREATS})"
    rf"(?:(?P<digits2>{_DIGITS})(?P<scale2>{_GREATS}))?+|(?P<share2>百分之)?(?<!{_HAN})(?<![第前])(?P<han>{_HAN}{{1,12}}+)"
)
_UNIT = re.compile(rf"[ \u00a0]?(?P<unit>{one_of(_UNITS)})(?![A-Za-z²])")
_CLOSE = re.compile(f"[{''.join(_CLOSE_BEHIND)}]")
_LOOSE = re.compile(one_of(_BEHIND))
_COUNTED = re.compile(
    "|".join(
        rf"{counter}[^，。、；：！？,.;（）()「」《》“”\s]{{0,10}}?(?:{one_of(nouns.split('|'))})" for counter, nouns in _COUNTERS.items()
    )
)
_OTHERS = one_of(word for word in _ALONE if word != "社")
_COUNTED_ALONE = re.compile(rf"(?P<word>社(?![員员長长会會内團团区區交稿])|(?:{_OTHERS})(?![\u3400-\u9fff\u30a0-\u30ff]|[A-Za-z]))")
_STOP = re.compile(r"[，。、；：！？,;:（）()「」『』《》“”\s]")
_NO_QUANTITY = ("第", "前", "平成", "令和", "昭和", "每", "No.")
"""Before a rank, a year of a reign, a rate."""
_VERBS = ("达到了", "达到", "达", "为", "為", "是", "有", "共", "至", "占", "总计", "合计", "到", "增至", "完成", "实现")
"""Chinese, between a quantity and its number."""
_JAPANESE = re.compile("[\u3041-\u309f]")
_WHOSE = re.compile("([^\u3041-\u309f\\d]++(?:の[^\u3041-\u309f\\d]++)?+)(?:は|が|も|を|など)?+$")
"""Japanese: the nouns before a number, with or without the particle that makes them what is spoken of."""


class _Quantity(NamedTuple):
    """A number with what is said of it, but for its unit."""

    start: int
    end: int
    value: Value
    bound: Bound
    is_spelt: bool


def figures(text: str, sentences: Sentences) -> Iterator[Figure]:
    """In order, none in another; each within one sentence, and none that runs into what an excerpt leaves out."""
    spans: Sequence[Span] = ()
    read = 0
    for found in _NUMBER.finditer(text):
        if found.start() < read:
            continue
        spans = spans or sentences(text)
        place = bisect_right(spans, found.start(), key=itemgetter(0)) - 1
        figure = _figure(text, found, spans[place]) if place >= 0 else None
        if figure is not None and read <= figure.start and figure.end <= spans[place][1] and not text.startswith(CUT_OFF, figure.end):
            read = figure.end
            yield figure


def _figure(text: str, found: re.Match[str], sentence: Span) -> Figure | None:
    value = _value(found)
    if value is None or text[max(0, found.start() - 3) : found.start()].endswith(_NO_QUANTITY):
        return None
    sign = _sign(text, found.start())
    start, bound = _bounded(text, found.start() - len(sign))
    close = _CLOSE.match(text, found.end())
    end, bound = (close.end(), _CLOSE_BEHIND[close[0]]) if close else (found.end(), bound)
    quantity = _Quantity(start, end, value, bound, bool(found["han"]))
    measured: tuple[Measure, str] | None = ("money", CURRENCY_SIGNS[sign]) if sign else None
    if found["share"] or found["share2"]:
        measured = _PERCENT
    figure = _measured(text, quantity, measured, sentence) or _counted(text, quantity, sentence)
    return figure and _named(text, figure)


def _measured(text: str, quantity: _Quantity, unit: tuple[Measure, str] | None, sentence: Span) -> Figure | None:
    end = quantity.end
    if unit is None:
        found = _UNIT.match(text, end)
        if found is None or (found["unit"] == "元" and quantity.is_spelt and quantity.value < LEAST_PEOPLE):  # 二元, 三元
            return None
        unit, end = _UNITS[found["unit"]], found.end()
    loose = _LOOSE.match(text, end)
    end, bound = (loose.end(), _BEHIND[loose[0]]) if loose else (end, quantity.bound)
    return Figure(quantity.start, end, "", unit[0], quantity.value, None, bound, unit[1], "", sentence)


def _counted(text: str, quantity: _Quantity, sentence: Span) -> Figure | None:
    if not isinstance(quantity.value, int):
        return None
    counted = _COUNTED.match(text, quantity.end)
    if counted is not None:
        words = counted[0][1:].removeprefix("の")
        noun = next(noun for noun in _COUNTERS[counted[0][0]].split("|") if words.endswith(noun))
        end, bound, least, subject = counted.end(), quantity.bound, LEAST_PEOPLE if counted[0][0] in "名位" else LEAST, words
    else:
        alone = _COUNTED_ALONE.match(text, quantity.end)
        if alone is None:
            return None
        noun = _ALONE[alone["word"]]
        loose = _LOOSE.match(text, alone.end())
        end, bound = (loose.end(), _BEHIND[loose[0]]) if loose else (alone.end(), quantity.bound)
        least, subject = LEAST if noun in _FEW else LEAST_PEOPLE, ""
    if quantity.value < least:
        return None
    return Figure(quantity.start, end, "", "count", quantity.value, None, bound, noun, subject, sentence)


def _named(text: str, figure: Figure) -> Figure:
    """With its words, and with what it is of."""
    subject = figure.subject or _subject(text, figure.start, figure.sentence)
    return msgspec.structs.replace(figure, printed=text[figure.start : figure.end], subject=subject)


def _value(found: re.Match[str]) -> Value | None:
    """None for what is no number, or none that is told."""
    if found["han"]:
        return _of_han(found["han"])
    if max(len(found["digits"]), len(found["digits2"] or "")) > numbers.LONGEST or (found["digits2"] and not found["scale"]):
        return None
    value = _scaled(found["digits"], found["scale"])
    if found["digits2"]:
        value += _scaled(found["digits2"], found["scale2"])
    return numbers.whole(value) if value <= numbers.GREATEST else None


def _scaled(digits: str, scale: str) -> Value:
    plain = "".join(str(int(digit)) if digit.isdigit() else "." if digit in ".．" else "" for digit in digits)
    value: Value = float(plain) if "." in plain else int(plain)
    for word in scale:
        value *= SCALES[word]
    return value


def _of_han(words: str) -> int | None:
    """ "三百二十" → 320; None for what is no number: 一二."""
    total = part = 0
    digit: int | None = None
    for word in words:
        if word in _HAN_DIGITS:
            if digit:
                return None
            digit = _HAN_DIGITS[word]
        elif word in _GREAT:
            part += digit or 0
            if not part:
                return None
            total, part, digit = total + part * SCALES[word], 0, None
        else:
            part, digit = part + (1 if digit is None else digit) * SCALES[word], None
    return total + part + (digit or 0) or None


def _sign(text: str, start: int) -> str:
    before = text[max(0, start - 3) : start]
    return next((sign for sign in ("US$", "HK$", "$", "€", "£") if before.endswith(sign)), "")


def _bounded(text: str, start: int) -> tuple[int, Bound]:
    """Where the words that bound a number begin, and what they say."""
    before = text[max(0, start - 4) : start]
    for words in sorted(_BEFORE, key=len, reverse=True):
        if before.endswith(words):
            return start - len(words), _BEFORE[words]
    return start, "exactly"


def _subject(text: str, start: int, sentence: Span) -> str:
    """The words before a figure, from the last mark on: 总面积, 进出口总额同比增长, 日系企業."""
    before = text[max(sentence[0], start - LONGEST - 1) : start]
    marks = list(_STOP.finditer(before))
    words = before[marks[-1].end() :] if marks else before
    if not marks and len(before) > LONGEST:
        return ""
    if _JAPANESE.search(text, *sentence):
        found = _WHOSE.search(words)
        return found[1].removeprefix("の") if found and len(found[1]) > 1 else ""
    while ending := next((verb for verb in _VERBS if words.endswith(verb)), ""):
        words = words.removesuffix(ending)
    return words if len(words) > 1 and not words.endswith("在") and not any(letter.isdigit() for letter in words) else ""
