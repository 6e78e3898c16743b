"""Chinese text → offices directly before names: 市委书记杜小刚, 韩国驻华大使郑在浩."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bindery.ingest.annotate.firms import firms
from bindery.ingest.annotate.names_native import (
    FOREIGN,
    HAN,
    alternation,
    chinese_family,
    japanese_family,
    japanese_written,
    native_lexicon,
    terms_of,
)
from bindery.ingest.annotate.officials_native import IsPlace, NativeHeld

OFFICE_BEFORE = "official-office-before"
OFFICE_AFTER = "official-office-after"
SHARED_OFFICE = "official-shared-office"
CLASSES = ("chinese diplomatic", "chinese government", "chinese corporate", "chinese other")
STOPS = "，。；：！？、“”‘’「」『』（）()【】《》〈〉—…,;:!? 　\t"
DOTS = "·•‧・"
JAPAN = "日本"
LONGEST_ROLE = 40
GAP = re.compile(r"[ \u3000]+|[：:] ?")
CLOSED = re.compile(r"$|[，。；、）)　 ]")
APART = re.compile(rf"[ \u3000（(](?=[{HAN}A-Za-z\u3000]{{0,30}}$)")
NO_NAME = frozenset("市省区區县縣部局厅廳处處院会會委党黨团團组組队隊办辦馆館所社店厂廠站港校业業务務公司商协協联聯副长長级級行界方")
"""Characters of bodies that no given name has."""


@cache
def heads() -> frozenset[str]:
    return frozenset().union(*(terms_of(section) for section in CLASSES))


@cache
def _head() -> re.Pattern[str]:
    """A head of an office that is no part of a longer word."""
    one = alternation(heads())
    after = alternation(terms_of("chinese after"))
    return re.compile(rf"(?:{one})(?:助理)?(?!{after})(?:兼(?:{one})|（(?![左右中前后後])[{HAN}]{{2,6}}）(?=[{HAN}]))?")


NO_GIVEN = frozenset("邀该該当當约約要命务務常年月日间間在有是可能不无無将將须須以")
"""Characters that make a word of the doubtful family name before them: 应邀, 任命, 常务."""
LEADS = "以受由应應据據"
"""Words of one character that open a clause before an office: '以市长马学军为团长', '受市委书记林若谷委托'."""


@cache
def _boundary() -> re.Pattern[str]:
    """Words no office reaches back over; words that only look like them are matched first and left alone."""
    kept = alternation(terms_of("chinese boundary exceptions"))
    stops = alternation(terms_of("chinese boundaries"))
    return re.compile(
        rf"(?P<kept>{kept}|（[A-Z][^（）]{{0,9}}）|（[{HAN}]{{2,4}}）(?=有限|股份|投资|投資|集团|集團))|(?P<stop>{stops}|\d+[日月年](?!本)|[{re.escape(STOPS)}])"
    )


@cache
def _follower() -> re.Pattern[str]:
    """What may stand directly behind a name."""
    return re.compile(rf"$|[{re.escape(STOPS)}\d]|(?:{alternation(terms_of('chinese followers'))})")


def held(text: str, page: str, is_place: IsPlace) -> Iterator[NativeHeld]:
    """Offices with a name directly behind; `page` is all text of the page, to count a name in."""
    for head in _head().finditer(text):
        begin, name = _behind(text, head.end(), page, japanese="日" in text[max(0, head.start() - 12) : head.start()])
        if not name or is_place(name):
            found = _appointed(text, head) or _before(text, head, page, is_place)
            yield from [found] if found else []
            continue
        role = (_left(text, head.start()), head.end())
        yield NativeHeld(begin, begin + len(name), name, role, head.group(), OFFICE_BEFORE, sure=True)
        yield from _sharers(text, begin + len(name), role, head.group(), page)


def _behind(text: str, end: int, page: str, *, japanese: bool) -> tuple[int, str]:
    """Where a name begins behind an office, and the name; over a gap only one that a mark closes: '会长 林秀英，'."""
    gap = GAP.match(text, end)
    if not gap:
        return end, _name(text, end, page, japanese=japanese)
    name = _name(text, gap.end(), page, japanese=japanese)
    return gap.end(), name if CLOSED.match(text, gap.end() + len(name)) else ""


def _before(text: str, head: re.Match[str], page: str, is_place: IsPlace) -> NativeHeld | None:
    """A name that opens a clause or an item, then its office: '吴敏雄董事长说', '林秀英（某市副市长）', '林秀英　副市长'."""
    apart = APART.search(text, max(0, head.start() - LONGEST_ROLE), head.start())
    end = apart.start() if apart else head.start()
    start = _left(text, end)
    name = text[start:end]
    bracketed = bool(apart) and text[end] in "（("
    if not _full(name) or is_place(name) or (bracketed and text[head.end() : head.end() + 1] not in ("）", ")", "、", "，", "")):
        return None
    if not apart and head.group() in terms_of("chinese corporate") and _count(page, name) < 2:
        return None
    return NativeHeld(start, end, name, (apart.end() if apart else end, head.end()), head.group(), OFFICE_AFTER, sure=True)


APPOINTED = re.compile(rf"由(?:[{HAN}]{{1,16}}的)?(?P<name>[{HAN}]{{2,4}}?)(?:女士|先生)?(?:出任|担任|擔任|接任|兼任|继任|繼任|代理)")


def _appointed(text: str, head: re.Match[str]) -> NativeHeld | None:
    """'台灣區總經理|由曾任職…的林婉蓉出任': who takes up the office."""
    match = APPOINTED.match(text, head.end())
    name = match.group("name") if match else ""
    if match is None or not _full(name):
        return None
    role = (_left(text, head.start()), head.end())
    return NativeHeld(*match.span("name"), name, role, head.group(), OFFICE_AFTER, sure=True)


def _full(name: str) -> bool:
    """Whether a run is a full name by its shape alone, and no body, office or firm."""
    if FOREIGN.fullmatch(name) or (len(name) > 2 and japanese_written(name)):
        return True
    size = len(chinese_family(name))
    if name[:1] in terms_of("chinese doubtful families"):
        return False
    return bool(size) and len(name) == size + 2 and NO_NAME.isdisjoint(name[size:]) and name not in firms().by_native


def _sharers(text: str, end: int, role: tuple[int, int], head: str, page: str) -> Iterator[NativeHeld]:
    """Names that follow with only an enumeration comma between: 副市长甲、乙."""
    while text[end : end + 1] == "、":
        name = _name(text, end + 1, page, japanese=False)
        after = text[end + 1 + len(name) :]
        if not name or FOREIGN.match(name) or _head().match(after) or not re.match(r"$|[、，。]|等|出席|参加|參加|陪同|一同", after):
            return
        yield NativeHeld(end + 1, end + 1 + len(name), name, role, head, SHARED_OFFICE, sure=False)
        end += 1 + len(name)


def _name(text: str, start: int, page: str, *, japanese: bool) -> str:
    """The name that begins at a place; '' if there is none."""
    foreign = FOREIGN.match(text, start)
    if foreign:
        return _to_follower(text, start, foreign.group())
    run = re.match(rf"[{HAN}]{{2,8}}", text[start : start + 8])
    if not run:
        return ""
    written = [size for size in (4, 3, 5) if len(japanese_written(run.group()[:size])) > 1] if japanese or JAPAN in page else []
    found = [run.group()[:size] for size in written or _sizes(run.group(), japanese=japanese)]
    best = max(
        (name for name in found if _may_be(name, page) or _speaks(text, start, name)),
        key=lambda name: _fit(text, start, name, page),
        default="",
    )
    spelt = _spelt(text, start, run.group())
    return spelt if len(spelt) > max(3, len(best)) or (spelt and not _ends(text, start + len(best))) else best


def _to_follower(text: str, start: int, name: str) -> str:
    """'迈克尔·施密特一行' → '迈克尔·施密特': the last part goes on to the first word that may follow a name."""
    last = max(name.rfind(dot) for dot in DOTS) + 1
    sizes = range(last + 1, len(name) + 1)
    plain = (size for size in sizes if not (_ends(text, start + size - 1) == 1 and name[size - 1] not in native_lexicon().sounds))
    sure = (size for size in plain if _ends(text, start + size) == 2 or _sounds_end(text, start + size))
    weak = (size for size in sizes if size > last + 1 and _ends(text, start + size))
    return name[: next(sure, next(weak, len(name)))]


def _sounds_end(text: str, end: int) -> bool:
    """'科瓦尔|就开通': no more characters that spell sounds, and a word that may follow a name."""
    known = native_lexicon().sounds
    return text[end - 1] in known and text[end : end + 1] not in known and _ends(text, end) == 1


@lru_cache(maxsize=1024)
def _count(page: str, name: str) -> int:
    return page.count(name)


def _may_be(name: str, page: str) -> bool:
    """'市长向与会者', '市长曾表示': a family name that is another word needs a second sighting, and no given name is a verb."""
    if name[1:] in terms_of("chinese followers"):
        return False
    return name[0] not in terms_of("chinese doubtful families") or _count(page, name) > 1


def _speaks(text: str, start: int, name: str) -> bool:
    """'副局长|应向阳表示': a doubtful family name that is no preposition, two more characters, and a word of speech."""
    spoken = terms_of("chinese speech")
    plain = name[0] in terms_of("chinese less doubtful families") and name[1:2] not in NO_GIVEN and len(name) == 3
    return plain and NO_NAME.isdisjoint(name[1:]) and text[start + 3 : start + 5] in spoken


def _sizes(run: str, *, japanese: bool) -> list[int]:
    """Lengths a name could have, the commonest first."""
    if japanese and any(japanese_family(run[:size]) for size in (4, 3, 5)):
        return [size for size in (4, 3, 5) if size <= len(run) and japanese_family(run[:size])]
    family = chinese_family(run)
    if not family:
        return []
    return [size for size in (len(family) + 2, len(family) + 1) if size <= len(run)]


def _fit(text: str, start: int, name: str, page: str) -> tuple[int, int, int]:
    """How well a name fits: it ends where a word may end, it comes again, it is long."""
    return (_ends(text, start + len(name)), _count(page, name), len(name))


def _ends(text: str, end: int) -> int:
    """2: a stop or a longer word that may follow a name begins here. 1: a word of one character. 0: neither."""
    match = _follower().match(text, end)
    if not match:
        return 0
    return 2 if len(match.group()) != 1 or match.group() in STOPS else 1


def _spelt(text: str, start: int, run: str) -> str:
    """A foreign name spelt in sounds, closed by a word that may follow a name: 总理朔尔茨访问."""
    size = next((index for index, char in enumerate(run) if char not in native_lexicon().sounds), len(run))
    fits = [length for length in range(size, 1, -1) if _follower().match(text, start + length)]
    return run[: fits[0]] if fits else ""


def _left(text: str, head: int) -> int:
    """Where the office begins that has its head at a place; an enumeration comma joins two offices of one person."""
    low = max(0, head - LONGEST_ROLE)
    begin = low
    for match in _boundary().finditer(text, low, head):
        if match.group("stop") and not (match.group() == "、" and _ends_in_head(text[low : match.start()])):
            begin = match.end()
    return begin + (begin < head and text[begin] in LEADS and (not begin or text[begin - 1] in STOPS))


def _ends_in_head(before: str) -> bool:
    return any(before.endswith(head) for head in heads())
