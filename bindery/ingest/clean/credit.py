"""The text of a credit → an outlet or an author: what may be the name of either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date
from functools import cache

import msgspec

from bindery.ingest.annotate.company_names import is_place
from bindery.ingest.annotate.gazetteer import gazetteer
from bindery.ingest.annotate.names_lexicon import folded as plain
from bindery.ingest.annotate.names_lexicon import lexicon, pinyin, words
from bindery.ingest.annotate.names_native import family
from bindery.ingest.annotate.words import english
from bindery.ingest.clean.lexicon import agencies, agency_names, any_agency, fields, folded, menu, outlet_key, outlets, word_set

_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+){0,3}\.[a-z]{2,12})/?$", re.IGNORECASE)
_DOMAIN_INSIDE = re.compile(r"\w\.(?:com|org|net|cn|gov|info)\b")
_LIST = re.compile(r"[,、&]")
_WRAPPED = re.compile(r"^[(\[【「『（《]([^()\[\]【】「」『』（）《》]+)[)\]】」』）》]$")
_FROM_PLACE = re.compile(r"\s+(?:in|from|for|at)\s+[A-Z].*$")
_CLOCK = re.compile(r"(?:\s(?:at|on|AT))?\s\d{1,2}[:.]\d\d.*$")
"""'Posted by: Dana Whitcomb AT 10:52 am'"""
_TRAILING = re.compile(
    r"(?i:\s(?:published|updated|posted|last updated))?"
    r"\s(?:(?:on|at|in|le|el|am|em|il|den|den|op|w)(?:\s(?i:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|jueves|viernes))?"
    r"|(?:Published|PUBLISHED|Updated|UPDATED|Posted))$"
)
"""What stood before a date: 'Written by Anna Berg on'."""
_UNDER = re.compile(r"\s(?:In|On|Under)\s[A-Z][\w &,/-]{2,40}$")
"""'By Anna Berg In Ports Posted': a section between the author and the date."""
_BY = re.compile(r"^(?:[Bb]y|BY)\s+(?=(?:a|our|staff)\b)", re.IGNORECASE)
"""'By a Staff Reporter'."""
_EAST_OFFICE = re.compile(r"\s?(?:선임|수습|인턴|전문)?\s?(?:기자|특파원|記者|记者)$")
_AFTER_NAME = re.compile(r"\s*(?:[,;()（）\[|]|\s[-–—]\s).*$")
_ACRONYM_NAME = re.compile(r"[A-Z][\w'-]{0,20}\.?(?: [A-Z][\w'-]{0,20}\.?){0,3}")
_OUTLET_EDGE = re.compile(r"^[\s:：|/,;、-]+|[\s:：|/,;、，。(（-]+$")
_ASSISTANTS = re.compile(
    r"[ 　、，,／/;；]{0,3}(?:通讯员|通訊員|见习记者|見習記者|实习生|實習生|实习记者|摄影|攝影|摄|攝|文/图|图片|圖片"
    r"|图|圖|编辑|編輯|撮影|写真)[ 　:：／/、].*$"
)
"""Who helped an author: '王小明 通讯员 李红'."""
_LEAD = re.compile(r"^\s*(?:da|di|von|par|por|by|door|oleh)\s+(?=[A-ZÀ-Þ][\w'-]+ [A-ZÀ-Þ])")
_EMPTY = re.compile(r"[\[(]\s?[\])]")
_OFFICES_BEHIND = re.compile(r",\s(?:[A-Z]{2,5}\s)?(?:[Ss]taff\s)?(?:[Rr]eporters|[Ww]riters|[Cc]orrespondents)\s*$")
"""'Anna Berg and Omar Said, CNA staff reporters'"""
_BEFORE_OUTLET = re.compile(r"^(?:(?:of|for|from|pour|für|para|per|via)\s+(?:the\s+|die\s+|le\s+|la\s+|el\s+|il\s+)?)(?=[A-ZÀ-Þ])")
"""'of the Linden Ledger', 'for RNZ News'."""
_DESK_INITIALS = re.compile(r"(?<=[A-Z])/[a-z]{2,3}(?:\([a-z]{2,3}\))?$")
"""'CNA/ab(cd)': who edited for the agency."""
_PAGE_OF_PAPER = re.compile(r"\s+第?\s?[A-Z]?\d{1,3}\s?版.*$")
"""'港口日报 第A3版：要闻'"""
_FULL_STOP = re.compile(r"[a-z]{4}\.$")
_ON_BEHALF = re.compile(r"^.{2,40}?\son behalf of (?:the )?(?=[A-Z])")
_EAST_NAME = re.compile(
    r"[\u3005\u3400-\u9fff·]{2,12}|[\u3400-\u9fff·]{2,4}(?:[ 、,，][\u3400-\u9fff·]{2,4}){1,6}"
    r"|[가-힣]{2,4}|[\u3041-\u30ff\u3400-\u9fff ]{2,10}"
)
LONGEST_SOURCE = 120
LONGEST_OFFICE = 5
"""Words of 'Senior Local Democracy Reporter'."""

WORDS = re.compile(r"[^\W\d_]+")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LETTERED = re.compile(r"[^\W\d_]")
EDGE = re.compile(r"^[\s\-–—/|,;:：，、。·・•□■○●◎◆【】\[\]()（）]+|[\s\-–—/|,;:：，、·•【\[(（]+$")
OFFICE = re.compile(
    r"\b(?:staff|writer|reporter|editor|correspondent|desk|journalist|bureau|chief|contributor|repórter|redakteur(?:in)?|redacteur|journaliste"
    r"|correspondante?|corresponsal|corrispondente|giornalista|periodista|reportero|reportera|muhabir)\b",
    re.IGNORECASE,
)
GLUED = re.compile(r"(?<!Mc)(?<!Mac)(?<!De)(?<!Le)(?<!La)(?<!Di)(?<!Fitz)(?<=[a-z])(?=[A-Z][a-z])")
"""Where two words were run into one: 'The NationalBusiness'; 'McGrath' and 'DeSouza' are names."""

ACRONYM = re.compile(r"[A-Z]{3,6}")
FIRST_WITHOUT_SPACES = "\u0e00"
"""The scripts that write without spaces, from Thai to Hangul, have higher code points than those that do not."""

MOST_LEFTOVER_WORDS = 6
"""Words a line of metadata may hold beside its fields ("China Daily Global"); a headline with a date in it has more."""


class Meta(msgspec.Struct, frozen=True, gc=False):
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


def word_count(text: str) -> int:
    """Words; in scripts without spaces three letters are a word."""
    return sum(1 if word[0] < FIRST_WITHOUT_SPACES else max(1, len(word) // 3) for word in WORDS.findall(text))


WRITER_AND_PHOTOGRAPHER = re.compile(
    r"^\W{0,3}(?:(?:text|texte|texto|textos|testo|tekst|words|story|report|写作|撰稿|撰文|采写|文字|文|글|текст|tekst|teks)(?![a-zà-ÿ])(?:\sby)?(?!\s*(?:and|und|et|y|e|&)\s)\s?[:：/／]?\s?(?P<name>[^\d:：/／|]{2,40}?)"
    r"[\s,;/／|·•–—-]{1,3}(?:photos?|photograph(?:y|s|ies?)|pictures?|images?|fotos?|fotograf[ií]as?|fotografie|bilder|bild|zdjęcia|fot\.|фото|写真|攝影|摄影|图片|圖片|照片|图|圖|사진)"
    r"(?:\sby)?\s?[:：/／ ]"
    r"|(?:photos?|fotos?|pictures?|写真|图|圖)(?:\sby)?\s?[:：/／]?\s?[^\d:：/／|]{2,40}?"
    r"[\s,;/／|·•–—-]{1,3}(?:text|texte|texto|testo|tekst|words|文)(?:\sby)?\s?[:：/／]\s?(?P<second>[^\d:：/／|]{2,40})$)",
    re.IGNORECASE,
)
"""'Text: Maria Engel  Photo: Jon Aas': a line that credits both names the author."""
_WITH_AGENCY = re.compile(
    rf"(?:(?<!\s),?\s+\(?(?:with|avec|mit|con|com|met|and|et|und|y|e)\s+|[,/|]\s*|\s[-–—]\s|\s\(?)(?P<agency>{any_agency()})\)?$",
    re.IGNORECASE,
)
_WITH_DOMAIN = re.compile(r"(?<![\s,(/|])[\s,(/|]+(?P<agency>(?:[a-z0-9-]+\.){1,4}(?:com|cn|org|net|gov|info|[a-z]{2}))\)?$")
BUTTONS = frozenset(
    {"print", "share", "email", "e-mail", "pdf", "tweet", "listen", "save", "imprimer", "imprimir", "drucken", "stampa", "打印", "印刷"}
)
"""What a line of metadata ends in besides: 'By Gu Wenxin chinadaily.com.cn Print'."""
_WITH_AGENCIES = re.compile(r"(?<!\s)\s+\(?(?:with|avec|mit|con|com)\s+(?:agenc\w+|wires?|agencies)(?:\s.*)?$", re.IGNORECASE)


def parted(value: str) -> tuple[str, str | None]:
    """An author and the agency named after them: 'Anne Berger avec AFP', 'JOHN KELLER Associated Press'."""
    text = EDGE.sub("", _CLOCK.sub("", EMAIL.sub("", value))).strip()
    while (cut := text.rfind(" ")) > 0 and folded(text[cut + 1 :]) in BUTTONS:
        text = EDGE.sub("", text[:cut]).strip()
    head, _, office = text.rpartition("/")
    if head and is_person(head.strip()) and is_press_office(office):  # 'Ana Prado/Secom'
        return head, office.strip()
    match = _WITH_AGENCY.search(text) or _WITH_DOMAIN.search(text)
    return (text[: match.start()], match["agency"]) if match and match.start() > 3 else (_WITH_AGENCIES.sub("", value), None)


@cache
def _agency_names() -> frozenset[str]:
    return frozenset(map(folded, agencies()))


def is_outlet(text: str) -> bool:
    """A domain, an agency, or a name with a word of the press or of an office: 'China Daily Global', 'チャイナネット'."""
    low = folded(text)
    if _DOMAIN.match(text) or _DOMAIN_INSIDE.search(text) or low in _agency_names() or is_listed(text) or _OWN_REPORT.fullmatch(text):
        return True
    if OFFICE.search(text) or _is_section(low):
        return False
    if any(part.strip() in menu() for part in _LIST.split(low)):  # 'Alcaldía, Noticias' are sections
        return False
    if _names_outlet(low):
        return word_count(text) <= 2 * MOST_LEFTOVER_WORDS
    return (
        len(text) <= 24
        and not _COLON.search(text)
        and (any(mark in low for mark in _long_marks()) or _LETTER_MARK.search(text) is not None)
    )


def is_east_office(text: str) -> bool:
    """'広報課', '市外办': alone, and no longer than an office's name is."""
    return len(text) <= LONGEST_EAST_OFFICE and not _COLON.search(text) and _LETTER_MARK.search(text) is not None


LONGEST_EAST_OFFICE = 12
_COLON = re.compile("[:：]")


@cache
def _long_marks() -> tuple[str, ...]:
    return tuple(mark for mark in word_set("outlet_marks") if len(mark) > 1)


_LETTER_MARK = re.compile(
    r"(?<!情)(?<!広)(?<!会)(?<!速)(?<!全)(?<!内)[报報网網社局厅廳处處部课課庁省청科办辦](?:\s?[（(][^（）()]{1,12}[)）])?$"
)
"""One letter makes an office or a newspaper where it closes the name: '林登日報', but not '報道発表資料', '情報'."""


def is_listed(text: str) -> bool:
    """A newspaper, broadcaster or portal by name: 'The Hindu', 'Khmer Times', 'KOMPAS.com', 'China Daily website'."""
    return (text[:1].isupper() or not text[:1].isascii() or "." in text) and (
        outlet_key(text) in outlets() or (" " in text and outlet_key(_EDITION.sub("", text)) in outlets())
    )


_EDITION = re.compile(r"\s(?:[Ww]ebsite|[Oo]nline|[Pp]rint edition|[Rr]eport|REPORT|ONLINE)$")
_OWN_REPORT = re.compile(r"[A-Z]{2,5} (?:[Rr]eport|REPORT)")
"""'TBS Report': as papers of Bangladesh and Pakistan sign for themselves."""


def is_office(text: str) -> bool:
    """The name of an office, however long, set in capitals: 'Directorate of Information, Government of Gujarat'."""
    small = [word for word in WORDS.findall(text) if word[0].islower() and len(word) > 3]
    return not small and text[-1] not in ".!?" and "@" not in text and (is_outlet(text) or is_press_office(text))


def is_section(text: str) -> bool:
    """'City Council', 'Embassy News', 'Trade Register': ordinary words, none a newspaper's; 'Public Relations Office' is an office."""
    words = [word.removesuffix("'s") for word in folded(text).split()]
    if not text.isascii() or not all(word in english() or word in menu() or word in _JOINTS for word in words) or is_listed(text):
        return False
    if is_press_office(text) or (len(words) > 2 and not _OFFICES.isdisjoint((words[0], words[-1]))):
        return False
    return not any(word in word_set("outlet_words") and word not in word_set("section_words") for word in words)


_JOINTS = frozenset({"&", "and", "of", "the", "/", "-"})
_OFFICES = frozenset({"office", "department", "bureau", "division", "directorate", "secretariat", "unit"})


def _is_section(low: str) -> bool:
    """'All News', 'Local News', 'Business': nothing but words of menus."""
    words = low.split()
    return "news" in words and all(word in menu() or word == "list" for word in words)


def _names_outlet(low: str) -> bool:
    return any(word in word_set("outlet_words") for word in (*WORDS.findall(low), *low.split()))


def outlet(value: str) -> str | None:
    """A source as printed, without the brackets around it; None for nothing."""
    text = _TRAILING.sub("", _OUTLET_EDGE.sub("", EMAIL.sub("", value)))
    text = _DESK_INITIALS.sub("", _PAGE_OF_PAPER.sub("", _ON_BEHALF.sub("", _BEFORE_OUTLET.sub("", text))))
    if match := _WRAPPED.match(text):
        text = match[1]
    if text.endswith((")", "）")) and not any(mark in text for mark in "(（"):
        text = text[:-1]
    low = folded(text)
    if text in agency_names():
        return text
    if _FULL_STOP.search(text):
        text = text[:-1]
    if low in word_set("nowhere"):
        return None
    return text if LETTERED.search(text) and low not in fields() and low not in menu() and len(text) <= LONGEST_SOURCE else None


def is_person(text: str) -> bool:
    """Two to four capitalised words, or a Chinese, Korean, Japanese name; no word of an office."""
    low = folded(text)
    if low in menu() or low.strip(" .,") in word_set("places") or any(map(str.isdigit, text)) or _names_outlet(low):
        return False
    if ":" in text or is_listed(text):
        return False
    if not text.isascii() and _EAST_NAME.fullmatch(text):
        return (
            len(text) <= LONGEST_HAN_NAME and text[-1] not in "発發" and _is_han_name(text) and low not in fields()
        )  # '上海発' is a dateline
    if (
        "+" in text or text.endswith(("-", ",", "'s", "’s")) or "'s " in text or text.startswith("Dear ") or GLUED.search(text)
    ):  # 'Listen A- A+', 'Dear Members,'
        return False
    if "&" in text and not all(" " in part.strip() for part in text.split("&")):  # 'Ports & Terminals' is a section
        return False
    words = text.replace(",", " ").split()
    big = [word for word in words if word.lower() not in word_set("particles")]
    shaped = len(big) >= 2 and len(words) <= 5 and all(word[0].isupper() and LETTERED.match(word) is not None for word in big)
    return shaped and not (plain(words[-1]) in lexicon().institution and not is_known_name(text))  # 'International Trade' is a section


LONGEST_HAN_NAME = 5
"""Letters of '佐々木康介'."""


def _is_han_name(text: str) -> bool:
    return (len(text) < LONGEST_HAN_NAME and family(text) != "") or is_japanese_name(text)


MOST_NAME_WORDS = 12
"""Of a byline with several authors."""


def name(value: str) -> str | None:
    """An author as printed: 'ANNA BERG in Linden' → ANNA BERG. None for accounts ('admin') and for what is no name."""
    value = _LEAD.sub("", value)
    text = _OFFICES_BEHIND.sub("", _EMPTY.sub("", _CLOCK.sub("", EMAIL.sub("", value))))
    text = EDGE.sub("", text if text.isascii() else _ASSISTANTS.sub("", text))
    text = _FROM_PLACE.sub("", _AFTER_NAME.sub("", text)) if "," not in text or not _lists_names(text) else text
    head, _, place = text.rpartition("/")
    text = head if plain(place) in gazetteer() and is_person(head) else text  # 'Ada Okonkwo/Lagos'
    bare = EDGE.sub("", text).strip()
    text = _TRAILING.sub("", bare)
    text = _EAST_OFFICE.sub("", _UNDER.sub("", text) if text != bare else text)
    low = folded(text)
    if is_desk(text) or is_press_office(text):
        return _BY.sub("", text)
    if not text or low in word_set("accounts") or low in menu() or low in fields():
        return None
    return text if _is_name(text) else None


def _lists_names(text: str) -> bool:
    """'Li Wei, Anna Schmidt and Jo Bloggs' against 'Anna Schmidt, Staff Writer'."""
    parts = re.split(r",\s*|\s+and\s+", text)
    alone = len(parts) > 2 and all(part.isalpha() and part[0].isupper() for part in parts)
    job = folded(parts[-1]).rpartition(" ")[2] in word_set("jobs")
    named = is_person(parts[0]) and all(
        is_person(part) or (part[:1].isupper() and is_known_name(part) and plain(part) not in gazetteer()) for part in parts[1:]
    )
    return not job and not OFFICE.search(text) and len(parts) <= 8 and (alone or named)


def _is_name(text: str) -> bool:
    if _EAST_NAME.fullmatch(text) or _ACRONYM_NAME.fullmatch(text):
        return True
    words = text.replace(",", " ").split()
    printed_as_name = all(word.lower() in word_set("particles") or not word[0].islower() for word in words)
    return printed_as_name and len(words) <= MOST_NAME_WORDS and LETTERED.search(text) is not None and text[-1] not in ".!?。"


def is_known_name(text: str) -> bool:
    """Most words of it are somebody's given or family name, as the lexicon of names has them, or an initial.

    A family name nobody knows may follow a given name: 'Jane Whitcombe', not 'Lincoln Memorial'.
    """
    if not text.isascii() and _EAST_NAME.fullmatch(text):
        return family(text.split(maxsplit=1)[0]) != ""
    known = lexicon()
    words = [plain(word.strip(".,")) for word in text.replace("-", " ").split() if folded(word) not in word_set("particles")]
    names = (known.given, known.families, known.syllables, known.korean, known.vietnamese, known.japanese_families, known.japanese_given)
    chinese = any(word in known.chinese for word in words)  # 'Gao Xiaodan'; 'Nantong Haimen' are cities
    found = [len(word) == 1 or any(word in part for part in names) or (chinese and pinyin(word) > 1) for word in words]
    if not found or not found[0]:
        return False
    strangers = [word for word, is_known in zip(words, found, strict=True) if not is_known]
    if sum(found) * 2 > len(found):
        return True
    return sum(found) * 2 == len(found) and words[0] in known.given and not any(word in english() or word in menu() for word in strangers)


def is_town(text: str) -> bool:
    """A town, perhaps with its country: 'Linden', 'Linden, Iowa'."""
    if len(text) > LONGEST_TOWN or any(map(str.isdigit, text)):
        return False
    return plain(text.partition(",")[0].strip()) in gazetteer() or is_place(folded(text))


LONGEST_TOWN = 40


def is_desk(text: str) -> bool:
    """A newsroom that signs for its people: 'Redacción', 'Our Correspondent'."""
    low = folded(text).strip(" .:")
    return (
        low in word_set("desks")
        or _DESK.fullmatch(text) is not None
        or low.startswith(_SPOKESPEOPLE)
        or (low.endswith(_DESKS) and len(low.split()) <= LONGEST_OFFICE and not any(map(str.isdigit, low)))
    )


_DESK = re.compile(
    r"(?:[A-Z]{2,4}|An?|Our(?: Own)?|Own|Staff|Special|Sr|Chief|City|District) (?i:correspondents?|reporters?)"
    r"|(?:The [A-Z][\w' -]{2,20}|[A-Z]{2,4}|[A-Z]\w+ News) (?i:bureau)"
    r"|(?:[A-Z][\w']*\.? ){1,3}(?:Staff|STAFF|staff)"
    r"|(?:Redazione|Redacción|Redação|Rédaction|Redaktion|Redakcja|Redactie)(?: [A-ZÀ-Þ][\w.]*){1,3}"
)
"""'HT Correspondent', 'The Hindu Bureau', 'ET Bureau', 'Harbour Tribune Staff'."""
_SPOKESPEOPLE = (
    "spokesperson of",
    "spokesperson for",
    "spokesman of",
    "spokesman for",
    "spokeswoman of",
    "spokeswoman for",
    "press secretary of",
    "press officer of",
    "rzecznik",
    "pressesprecher",
    "portavoz de",
    "porte-parole d",
    "addetto stampa",
    "пресс-секретарь",
)
_DESKS = (" desk", " staff writer", " staff reporter", " staff report", " news bureau", " newsroom", "haber merkezi")


def is_press_office(text: str) -> bool:
    """'Assecom/PMT', 'Press Service of the City', 'Pressestelle der Stadt Linden': who wrote a text that no person signs."""
    low = folded(text)
    words = WORDS.findall(low)
    if low in _agency_names() or not word_set("press_offices").isdisjoint(words):
        return True
    phrases = _press_phrases()
    return any(phrase in low for word in words for phrase in phrases.get(word, ()))


@cache
def _press_phrases() -> Mapping[str, tuple[str, ...]]:
    """Names of press offices in several words, by their first one."""
    by_first: dict[str, tuple[str, ...]] = {}
    for phrase in word_set("press_offices"):
        first, *others = WORDS.findall(phrase)
        if others:
            by_first[first] = (*by_first.get(first, ()), phrase)
    return by_first


def is_profile(text: str) -> bool:
    """What stands below an author's name: 'Business Reporter', '@annaberg'."""
    return text.startswith("@") or (len(text.split()) <= LONGEST_OFFICE and OFFICE.search(text) is not None)


def is_japanese_name(text: str) -> bool:
    """'山田太郎': a known family name and something after it."""
    return len(text) in (3, 4, 5) and any(text[:size] in japanese_families() for size in (1, 2, 3))


@cache
def japanese_families() -> frozenset[str]:
    return words("japanese_families.txt")
