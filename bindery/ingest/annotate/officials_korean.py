"""Korean text → offices behind names: 이재용 삼성전자 회장, 오세훈 서울시장."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bindery.ingest.annotate.names_lexicon import words as words_of
from bindery.ingest.annotate.names_native import alternation, chinese_in_hangul, korean_family, native_lexicon, terms_of
from bindery.ingest.annotate.officials_native import IsPlace, NativeHeld

OFFICE_AFTER, OFFICE_BEFORE = "official-office-after", "official-office-before"
OPENERS = (
    ",",
    "·",
    ".",
    "(",
    "▲",
    "△",
    "■",
    "□",
    "○",
    "◇",
    "◆",
    "●",
    "※",
    "-",
    "은",
    "는",
    "와",
    "과",
    "의",
    "에서",
    "이날",
    "및",
    "인",
    "일",
    "오전",
    "오후",
)
"""What stands before the first word of a name: a mark, a particle, a time."""
WORD = re.compile(r"[가-힣A-Za-z0-9·&㈜]+(?:\([^)]{1,30}\))?")
PARTICLES = r"(?:은|는|이|가|을|를|과|와|의|에게|에|도|께서는|께서|께|이라고|라고|이며|으로|로|님|이|인)?"
NO_NAME = re.compile(r"[을를에의는로해이고]$")
"""Endings of verbs and of nouns with a particle; hardly any given name has them."""
ENDS_PHRASE = re.compile(
    r"(?:은|는|을|를|과|와|에서|에는|에|의|비롯해|위해|함께|한|된|하는|대해|통해|따라|이날|및|등|인|오전|오후|지난|[0-9]+일)$"
)
"""A word after which a new phrase begins."""
NO_BODY = re.compile(r"(?:을|를|으로|에서|에|한|된|하는|했던)$")
OWNER = re.compile(
    r"(?P<body>[가-힣A-Za-z0-9]*(?:㈜|그룹|은행|공사|대학교|협회|재단|위원회|당|힘|시|도|본부|상공회의소)(?P<of> 소속)?)(?(of)|의) $"
)
DIRECT_OWNER = re.compile(
    r"(?:^|(?<=[\s,·▲△(]))(?P<body>[가-힣A-Za-z0-9&㈜·]+?"
    r"(?P<kind>㈜|그룹|은행|공사|공단|대학교|협회|재단|위원회|연맹|본부|상공회의소|시청|진흥원|연구원|공사관|총영사관|대사관)?) $"
)
"""What stands before a name with nothing between them: '히로시마상공회의소 다나베 히로유키 부회장', '삼보모터스 손태영 대표이사'."""
BEFORE_BRACKET = re.compile(r"[가-힣A-Za-z0-9&㈜·]+[^시군구도\W]$")
"""A firm or a body; a town's mayor is one without it: '광양시(시장 정태우)'."""
BEFORE_OFFICES = frozenset({"전", "현", "초대", "당시", "신임", "제"})
"""What says when an office was held: '장인호 |전 포스코 부사장'."""
FURTHEST = 4
"""Words of a body between a name and the head of its office."""


@cache
def heads() -> frozenset[str]:
    return terms_of("korean offices")


@cache
def _head() -> re.Pattern[str]:
    """A word that ends in the head of an office, with a particle."""
    return re.compile(rf"(?P<word>[가-힣A-Za-z0-9·]*?(?P<head>{alternation(heads())})(?: 직무대리)?){PARTICLES}$")


def held(text: str, page: str, is_place: IsPlace) -> Iterator[NativeHeld]:
    """Offices with the nearest name before them; `page` is all text of the page."""
    yield from _in_brackets(text)
    words = list(WORD.finditer(text))
    for index, word in enumerate(words):
        head = _head().fullmatch(word.group().split("(")[0])
        if not head or not _whole(head, is_place):
            continue
        name = _name(words, index, page, is_place) or _foreign(words, index, text, page, is_place)
        behind = None if name else _behind(words, index, head, text, page)
        if behind:
            yield behind
        elif name:
            start, end = name
            role = (_after(text, end), word.start() + head.end("word"))
            body = _owner(text, start) or _direct_owner(text, start, text[slice(*role)], head.group("head"), is_place)
            yield NativeHeld(start, end, text[start:end], role, head.group("head"), OFFICE_AFTER, sure=True, body=body)


def _whole(head: re.Match[str], is_place: IsPlace) -> bool:
    """'대사' but not '지대사': heads that end other words stand alone or behind a place, '독일대사'."""
    body = head.group("word").removesuffix(head.group("head"))
    return not body or head.group("head") not in terms_of("korean whole words") or is_place(body)


def _owner(text: str, name: int) -> tuple[int, int] | None:
    """The body before a name that holds an office in it: '라인케미코리아㈜의 안드레아스 폴만 대표', '더불어민주당 소속 백선희 시의원'."""
    match = OWNER.search(text, max(0, name - 30), name)
    return match.span("body") if match else None


def _direct_owner(text: str, name: int, role: str, head: str, is_place: IsPlace) -> tuple[int, int] | None:
    """The body right before a name whose office names none: one by its last word, or any firm of a president's."""
    match = DIRECT_OWNER.search(text, max(0, name - 30), name) if " " not in role and role == head else None
    if match is None or ENDS_PHRASE.search(match["body"]):
        return None
    town = match["body"][-1] in "시군구도" and is_place(match["body"][:-1])
    firm = head in terms_of("korean firm heads") and len(match["body"]) > 2 and match["body"] not in native_lexicon().hangul
    plain = _head().fullmatch(match["body"]) is None and match["body"] not in terms_of("korean no owner")
    return match.span("body") if plain and (match["kind"] or town or firm) else None


@cache
def _bracket() -> re.Pattern[str]:
    """'광양시(시장 정태우)' and '김승곤(한빛에너지 대표)'."""
    heads_ = alternation(heads())
    return re.compile(
        rf"\((?P<role>(?:[가-힣A-Za-z·㈜]+ ){{0,2}}[가-힣]*?(?P<head>{heads_})) (?P<name>[가-힣]{{2,4}})(?=[)·,])"
        rf"|(?<![가-힣])(?P<name2>[가-힣]{{3}})\((?P<role2>(?:[가-힣A-Za-z·㈜]+ ){{0,3}}[가-힣A-Za-z·㈜]*?(?P<head2>{heads_}))\)"
    )


def _in_brackets(text: str) -> Iterator[NativeHeld]:
    for match in _bracket().finditer(text):
        which = "" if match.group("name") else "2"
        name = match.group(f"name{which}")
        if korean_family(name) and not NO_NAME.search(name) and not any(name.endswith(head) for head in heads()):
            rule = OFFICE_AFTER if which else OFFICE_BEFORE
            owner = None if which else BEFORE_BRACKET.search(text, max(0, match.start() - 30), match.start())
            place, head, body = match.span(f"role{which}"), match.group(f"head{which}"), owner.span() if owner else None
            yield NativeHeld(*match.span(f"name{which}"), name, place, head, rule, sure=True, body=body)


CALLED = re.compile(r"(?:\([一-鿿]{2,4}\))?(?: ?씨|님|(?=[,·)\]”\"』]|$| 등(?: |$))|(?=은 |는 |이 |가 |께서))")


def _behind(words: list[re.Match[str]], index: int, head: re.Match[str], text: str, page: str) -> NativeHeld | None:
    """'농협 조합장 권헌주, 상무국장 리나 등': an office without a particle, then a name that something closes."""
    word = words[index]
    if index + 1 >= len(words) or head.end("word") != len(word.group()) or text[word.end() : word.end() + 1] != " ":
        return None
    begin = word.end() + 1
    run = re.match("[가-힣]+", text[begin : begin + 8])
    for size in (3, 2, 4) if run else ():
        name = text[begin : begin + size]
        if len(name) == size and _called(name, text, begin + size, bare=head.group("word") in terms_of("korean markets"), page=page):
            start = _body(words, index)
            return NativeHeld(begin, begin + size, name, (start, word.end()), head.group("head"), OFFICE_BEFORE, sure=True)
    return None


def _called(name: str, text: str, end: int, *, bare: bool, page: str) -> bool:
    """Whether a name by its shape ends where a form of address, a mark or a particle closes it."""
    close = CALLED.match(text, end)
    if not close or NO_NAME.search(name) or name in native_lexicon().hangul or any(name.endswith(head) for head in heads()):
        return False
    addressed = "씨" in close.group() or "님" in close.group() or "(" in close.group()
    if not korean_family(name) and not chinese_in_hangul(name):
        return False
    marked = (not close.group() and text[end : end + 1] in ',·)]”"』') or text[end : end + 2] == " 등"
    return addressed or (marked and (len(name) == 3 or not bare)) or (len(name) == 3 and page.count(name) > 1)


def _body(words: list[re.Match[str]], index: int) -> int:
    """Where the body begins whose office a word is: back over words without a particle."""
    begin = words[index].start()
    for back in range(index - 1, max(index - 1 - FURTHEST, -1), -1):
        match = words[back]
        if match.end() + 1 != begin or ENDS_PHRASE.search(match.group()) or _head().fullmatch(match.group()):
            break
        begin = match.start()
    return begin


def _after(text: str, end: int) -> int:
    """Where the office begins behind a name and its bracket."""
    match = re.compile(r"(?:\([^)]{1,30}\))?\s*").match(text, end)
    return match.end() if match else end


def _name(words: list[re.Match[str]], index: int, page: str, is_place: IsPlace) -> tuple[int, int] | None:
    """Where the nearest name before a word stands, past the words of a body."""
    for back in range(index - 1, max(index - 1 - FURTHEST, -1), -1):
        match = words[back]
        printed = match.group().split("(")[0]
        if printed in BEFORE_OFFICES and back < index - 1 and match.end() + 1 == words[back + 1].start():
            continue
        if match.end() + 1 != words[back + 1].start() or printed in native_lexicon().hangul:
            return None
        if _is_name(printed, page, near=back == index - 1) and not _is_place(printed, is_place):
            return match.start(), match.start() + len(printed)
        if NO_BODY.search(printed):
            return None
    return None


def _foreign(words: list[re.Match[str]], index: int, text: str, page: str, is_place: IsPlace) -> tuple[int, int] | None:
    """카타리나 볼켄 함부르크상공회의소 부회장: two to four words spelt in sounds that open an item, a body, the head."""
    for back in range(index - 1, max(index - 1 - FURTHEST, 0), -1):
        if words[back].end() + 1 != words[back + 1].start() or words[back].group().endswith(("을", "를")):
            return None
        if _first(words, back, is_place) < back - 1 and _stands_alone(words, back, page):
            continue  # '안나 린드베리 |카롤라인 사장': the page names the last word without the others, as a firm
        for first in range(_first(words, back, is_place), back):
            direct = back == index - 1 and words[first].group() in japanese_families()  # '상공회의소 다나베 히로유키 부회장'
            if (direct or _opens(words, first, text)) and _foreign_name([word.group() for word in words[first : back + 1]], is_place):
                return words[first].start(), words[back].end()
    return None


def _stands_alone(words: list[re.Match[str]], last: int, page: str) -> bool:
    """Whether the page has a word more often than behind the word before it here."""
    word, before = words[last].group(), words[last - 1].group()
    return page.count(word) > page.count(f"{before} {word}")


def _first(words: list[re.Match[str]], last: int, is_place: IsPlace) -> int:
    """The first of up to four words in a row that could all be parts of one foreign name."""
    first = last
    while first > max(0, last - 3) and words[first - 1].end() + 1 == words[first].start() and _part(words[first - 1].group(), is_place):
        first -= 1
    return first


def _opens(words: list[re.Match[str]], first: int, text: str) -> bool:
    """Whether a word stands first in its sentence, its item or behind a particle."""
    before = text[: words[first].start()].rstrip(" “\"'‘")
    return not before or before.endswith(OPENERS)


def _foreign_name(parts: list[str], is_place: IsPlace) -> bool:
    """A Japanese family name and a given name, or parts spelt in sounds with one that no Korean word has."""
    if parts[0] in japanese_families():
        given = parts[-1]
        fits = 2 <= len(given) <= 4 or (len(given) == 1 and len(parts[0]) > 3)
        return len(parts) == 2 and fits and (len(given) == 3 or given[-1] not in "시현구도") and not _head().fullmatch(given)
    if len("".join(parts)) < 3 or not all(_part(part, is_place) for part in parts):
        return False
    return not terms_of("korean foreign marks").isdisjoint("".join(parts))


@cache
def japanese_families() -> frozenset[str]:
    return terms_of("korean japanese families") | words_of("japanese_families_hangul.txt")


def _part(word: str, is_place: IsPlace) -> bool:
    """Whether a word could be part of a foreign name: spelt in sounds, or a Japanese family name."""
    if word in japanese_families():
        return True
    single = len(word) == 1 and word in terms_of("korean foreign marks") | terms_of("korean foreign syllables")
    return single or _spelt(word, is_place)


def _spelt(word: str, is_place: IsPlace) -> bool:
    """Whether a word of two to five syllables is spelt in sounds and is no place, and no word of a firm's name."""
    if not 2 <= len(word) <= 5 or (len(word) > 2 and word[-1] in "시성현"):
        return False
    if word in terms_of("korean firm words") or _is_place(word, is_place):
        return False
    return set(word) <= terms_of("korean foreign marks") | terms_of("korean foreign syllables")


def _is_place(word: str, is_place: IsPlace) -> bool:
    """'서울시', '남원', '주부산'."""
    return is_place(word) or (word[-1] in "시군구도" and is_place(word[:-1])) or (word[0] == "주" and is_place(word[1:]))


def _is_name(word: str, page: str, *, near: bool) -> bool:
    """Three syllables with a family name first; two or four only directly before the head and more than once on the page."""
    if chinese_in_hangul(word) and not any(word.endswith(head) for head in heads()) and (near or len(word) > 2 or not korean_family(word)):
        return True
    if not terms_of("korean foreign marks").isdisjoint(word) or (word[:-1] in heads() and word[-1] in "은는이가을를과와의도에"):
        return False
    if not korean_family(word) or NO_NAME.search(word) or any(word.endswith(head) for head in heads()):
        return False
    return len(word) == 3 or (near and page.count(word) > 1)
