"""Japanese text → offices beside names: 会長・飯島彰己氏, 市長の唐良智氏, 赤松秀一総領事."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bindery.ingest.annotate.gazetteer import gazetteer
from bindery.ingest.annotate.names_native import HAN, KANA, alternation, chinese_family, japanese_family, native_lexicon, terms_of
from bindery.ingest.annotate.officials_native import IsPlace, NativeHeld

OFFICE_BEFORE = "official-office-before"
OFFICE_AFTER = "official-office-after"
CLASSES = ("japanese diplomatic", "japanese government", "japanese corporate", "japanese other")
STATE = frozenset({"大統領", "首相", "市長", "知事", "大使", "総領事", "外相", "大臣"})
LONGEST_ROLE = 48
BUSINESS = frozenset("産商事電機銀行業社会市県区省府都道町村部局課株券車鉄鋼不動物製作所党国駐在元前")
"""Characters that make a run of four a company or an office and no name."""
LOCAL = (*"市県区町村省州党国議局部課所館校院", "知事", "副市", "副知", "支店", "工場", "センター")
"""Beginnings of offices whose holder's name is not told from the name of the body."""
DEPARTMENTAL = ("局長", "部長", "課長", "次長", "参事", "室長", "本部長", "副部長", "副局長", "政務官")
TOWN_HEADS = ("市長", "副市長", "市委", "市人民")
SURNAME = re.compile(rf"(?<![{HAN}{KANA}])[{HAN}]{{2,3}}$")
HONORIFIC = "(?:氏|さん|様|女史)"
BRACKET = r"(?:[（(](?P<bracket>[^）)]{2,40})[）)])?"
LATIN_NAME = re.compile(r"[A-Z][\w.'’-]+(?: [\w.'’-]+){1,3}")


@cache
def heads() -> frozenset[str]:
    return frozenset().union(*(terms_of(section) for section in CLASSES))


@cache
def _head() -> re.Pattern[str]:
    """One head, or several of one person: 総領事・大使, 取締役会長."""
    one = rf"(?:{alternation(heads())})"
    one = rf"{one}(?:代行|代理|補佐)?"
    return re.compile(rf"{one}(?:(?:・|兼|)[{HAN}]{{0,2}}?{one})*(?!{alternation(terms_of('japanese after'))})")


JOINT = "(?P<joint>の|・|、|，|：|:|である|を務める|を務めた|を務めている|に就任した|[ \u3000]+|)"
GAPS = (" ", "\u3000")
ADDRESSED = ("様", "氏", "\u3000", " ")
APART = rf"[{HAN}]{{1,3}}[ \u3000][{HAN}]{{1,3}}"
"""A name in two parts: '桑原　俊也'."""
ITEM_END = re.compile(r"$|[（(、,\n]|[ \u3000]*(?:氏|様|さん|[・●○◆■]|$)")
FOREIGN = rf"[{KANA}]+(?:[・＝·][{KANA}]+)+|[{KANA}]{{2,}}|[A-Z][a-zÀ-ÿ'-]+(?: [A-Z][a-zÀ-ÿ.'-]*){{1,3}}"
FOREIGN_NAME = re.compile(FOREIGN)
HONOURED = re.compile(rf"{JOINT}(?P<name>{APART}|[{HAN}]{{2,6}}?|{FOREIGN}){BRACKET}[ \u3000]?(?P<honorific>{HONORIFIC})")
PLAIN = re.compile(rf"{JOINT}(?P<name>{APART}(?=[（(、,\n \u3000]|$)|[{HAN}]{{2,6}}|{FOREIGN}){BRACKET}(?P<honorific>)")
RUN_BEFORE = re.compile(rf"([{HAN}]+|{FOREIGN})(?:[（(]([^）)]{{2,40}})[）)])?(・?)([{HAN}{KANA}A-Za-z・]*)$")
FIELD = re.compile(
    "(?:日本|営業|技術|海外|広報|研究|開発|製造|企画|総務|人事|財務|上級|主任|名誉|筆頭|第一|国際|事業|経済|商務|文化|地域)(?:担当)?"
)
"""What an office of somebody with a name in katakana may be of, between the name and its head: モハメド・ベンサイード|日本担当部長."""
READING = re.compile(r"[ぁ-ゖァ-ヺー・= \u3000]+|[A-Z][A-Za-z.'’ -]+")
OWNER = re.compile(r"[国館会社省庁府市県区町村局部党行院所課室団校合庫協委店道業機電場州連処ァ-ヺーA-Za-z㈱]$|^[ァ-ヺー]{3,}")
ENDS = re.compile(r"$|[はがのをにともへで、。，）)」（(]")


def held(text: str, page: str, is_place: IsPlace) -> Iterator[NativeHeld]:
    """Offices with a name before or behind; `page` is all text of the page."""
    for head in _head().finditer(text):
        found = _behind(text, head, page) or _before(text, head, page) or _surname(text, head, is_place)
        if found:
            yield found


def _behind(text: str, head: re.Match[str], page: str) -> NativeHeld | None:
    match = HONOURED.match(text, head.end()) or PLAIN.match(text, head.end())
    if not match or not _fits_behind(text, match, page):
        return None
    start = left(text, head.start())
    if _is_gap(match.group("joint")):
        start = _over_gaps(text, start)
    return NativeHeld(
        match.start("name"),
        match.end("name"),
        match.group("name"),
        (start, head.end()),
        head.group(),
        OFFICE_BEFORE,
        sure=bool(match.group("honorific")),
        surname=match.group("name") in native_lexicon().japanese,
        latin=_latin(match.group("bracket")),
    )


def _latin(bracket: str | None) -> str:
    match = LATIN_NAME.fullmatch((bracket or "").strip())
    return match.group() if match else ""


def _fits_behind(text: str, match: re.Match[str], page: str) -> bool:
    """With an honorific anything is a name; else a full name by shape that a particle or a stop follows."""
    name = match.group("name")
    if not name.isascii() and not set(GAPS).isdisjoint(name):
        return _in_two_parts(name)
    if match.group("honorific"):
        return name not in heads()
    if _is_gap(match.group("joint")):
        return bool(ITEM_END.match(text, match.end())) and _listed(name)
    if match.group("joint") in ("、", "，") or not ENDS.match(text, match.end()):
        return False
    return _full(name) and (match.group("joint") != "の" or f"{name}氏" in page or _given_known(name))


def _is_gap(joint: str) -> bool:
    return bool(joint) and not joint.strip(" \u3000")


def _in_two_parts(name: str) -> bool:
    """'桑原　俊也', '陸 志剛': a known family name, a gap, and no office behind it."""
    family, given = re.split("[ \u3000]", name, maxsplit=1)
    known = family in native_lexicon().japanese or chinese_family(f"{family}某某") == family
    return known and given not in heads() and not BUSINESS & set(given[-1:])


def _over_gaps(text: str, start: int) -> int:
    """'市人民政府　副市長　周建国': in a list the body stands a gap before its office."""
    while start > 1 and text[start - 1] in GAPS and PROPER.match(text[start - 2]) and text[start - 2] not in ADDRESSED:
        start = left(text, start - 1)
    return start


def _listed(name: str) -> bool:
    """A name that closes an item of a list: there a known family name is enough."""
    return name not in heads() and bool(japanese_family(name) or chinese_family(name) or FOREIGN_NAME.fullmatch(name))


def _full(name: str) -> bool:
    """A full name by its shape: a Japanese family and given name, or a Chinese name of three."""
    family = japanese_family(name)
    if family and len(name) >= 3 and (_given_known(name) or not BUSINESS & set(name[len(family) :])):
        return True
    return len(name) == 3 and bool(chinese_family(name)) and not BUSINESS & set(name[1:])


def _given_known(name: str) -> bool:
    family = japanese_family(name)
    return bool(family) and name[len(family) :] in native_lexicon().japanese_given


def _before(text: str, head: re.Match[str], page: str) -> NativeHeld | None:
    """渡辺信之駐重慶総領事, 趙建軍・無錫市長, オラフ・ショルツ首相: a name, then what the office is of, then its head."""
    low = max(0, head.start() - LONGEST_ROLE)
    run = RUN_BEFORE.search(text[low : head.start()])
    if not run:
        return None
    begin = low + run.start(1)
    name, latin = _name_of(run, page, head.group()), _latin(run.group(2))
    if not name:
        return None
    rest = begin + len(name)
    if run.group(2) and rest == low + run.end(1):
        rest = low + run.start(3)
    rest += text[rest] == "・"
    role = (rest, head.end())
    return NativeHeld(
        begin, begin + len(name), name, role, head.group(), OFFICE_AFTER, sure=True, latin=latin, body=_owner(text, begin, head.group())
    )


def _owner(text: str, name: int, head: str) -> tuple[int, int] | None:
    """The body that 'の' joins to a name: ジェトロ大阪本部の柴田恵次長. Whoever is in business has a firm: 帝人の久我弘道執行役員."""
    if text[max(0, name - 1) : name] != "の":
        return None
    start = max(left(text, name - 1), text.rfind("、", 0, name) + 1)
    body = text[start : name - 1]
    fits = OWNER.search(body) or head in terms_of("japanese corporate")
    return (start, name - 1) if len(body) > 1 and fits and body[0] not in "当同両各我本" else None


def _surname(text: str, head: re.Match[str], is_place: IsPlace) -> NativeHeld | None:
    """磯俣総領事: a surname alone before an office that no city or body of that name could have."""
    run = SURNAME.search(text[max(0, head.start() - 4) : head.start()])
    if not run or head.group().startswith(LOCAL) or run.group() not in native_lexicon().japanese or is_place(run.group()):
        return None
    start = head.start() - len(run.group())
    return NativeHeld(start, head.start(), run.group(), head.span(), head.group(), OFFICE_AFTER, sure=False, surname=True)


def _name_of(run: re.Match[str], page: str, head: str) -> str:
    """The full name a run before a head begins with; '' if it is an organisation, a place or a surname alone."""
    chunk, dotted = run.group(1), bool(run.group(3) or run.group(2))
    if " " in chunk:
        return chunk
    if "ァ" <= chunk[0] <= "ー":
        fits = run.group(4)[:1] in ("", *"駐在兼元前副首") or FIELD.fullmatch(run.group(4))
        return chunk if "・" in chunk and fits else ""
    if run.group(4) and chunk[-1] in "在駐" and _full(chunk[:-1]) and _given_known(chunk[:-1]):
        return chunk[:-1]  # 鶴岡千晴|在リヨン領事事務所長
    if run.group(2) and not run.group(4) and READING.fullmatch(run.group(2)) and 2 <= len(chunk) <= 6:
        return chunk if _listed(chunk) else ""
    if dotted or not run.group(4):
        sizes = [len(chunk)] if dotted and 2 <= len(chunk) <= 6 else range(min(6, len(chunk)), 2, -1)
        return next((chunk[:size] for size in sizes if _person(chunk, size, page, head, dotted=dotted)), "")
    return ""


def _of_department(name: str, rest: str, head: str) -> bool:
    """藤木俊光|通商政策局長: a name with a known given name, then the department of a head that needs one."""
    return len(rest) > 1 and head.startswith(DEPARTMENTAL) and len(name) > 3 and _given_known(name)


def _person(chunk: str, size: int, page: str, head: str, *, dotted: bool) -> bool:
    """Whether the first characters of a run are a full name and the rest what its office is of."""
    name, rest = chunk[:size], chunk[size:]
    if f"{name}氏" in page or (dotted and not rest and len(name) == 2 and chinese_family(name)):
        return True
    if _of_department(name, rest, head):
        return True
    family = chinese_family(name)
    if not rest and len(name) == 3 and family and f"{family}{head}" in page:  # 李国棟書記, whom the page calls 李書記
        return True
    if rest and head.startswith(TOWN_HEADS) and len(name) == 3 and family and gazetteer().is_native(rest.removesuffix("市")):
        return True  # 鄭徳勝|煙台市長
    if rest and rest[0] not in "駐在元前兼新現副" and not rest.startswith(("市委", "省委", "党委", "区委")):
        return False
    return _full(name) and (_given_known(name) or len(name) == 3 or not BUSINESS & set(name))


def left(text: str, head: int) -> int:
    """Where an office begins: back over kanji, katakana, Latin letters, 'の' behind a body, and hiragana of a brand."""
    begin = head
    while begin > max(0, head - LONGEST_ROLE):
        step = _step(text, begin)
        if not step:
            break
        begin -= step
    while text[begin] in "・の兼，、":
        begin += 1
    return begin + (1 if text[begin] == "同" and begin + 1 < head else 0)


OWNED = re.compile(r"[館会社省庁府市県局部党行院所課室]の$")
BRAND = re.compile(r"(?:^|[、。，「（・\s])([ぁ-ゖ]{2,6})$")
PROPER = re.compile(rf"[{HAN}{KANA}A-Za-z0-9&．.・ー々Ａ-Ｚａ-ｚ０-９-]")


def _step(text: str, begin: int) -> int:
    """How many characters before `begin` belong to the office too."""
    if text[begin - 1 : begin] == "・" and text[max(0, begin - 2) : begin - 1] in ADDRESSED:
        return 0  # '…　様・同　常務': the next item of a list
    if begin and PROPER.match(text[begin - 1]):
        return 1
    before = text[max(0, begin - 8) : begin]
    if before.endswith("、") and any(before[:-1].endswith(head) for head in heads()):
        return 1
    if OWNED.search(before):
        return 1
    brand = BRAND.search(before)
    if brand and brand.group(1) not in terms_of("japanese particles"):
        return len(brand.group(1))
    return 0
