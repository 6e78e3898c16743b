"""A role as printed → the offices it says: a rank, the body it belongs to, and where.

'Consul-General of Japan in Chongqing Municipality', 'Japanese Consul General in Chongqing' and 日本国驻重庆总领事 are one office. Two roles
are joined only where the words prove it. So the body is a country or has a record, and one alone, or at least names a country or a
place: a 'Minister of Commerce' may be of anywhere. 'Consul-General in Chongqing' does not say whose; a deputy mayor may be another
than a vice mayor; and who was 'former' or 'incoming' holds no office that day.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bindery.publish.offices.nations import nation, of_adjective, with_article
from bindery.publish.scripts import WIDE, script

_ARTICLE = re.compile(r"the ", re.IGNORECASE)
LONGEST = 80
"""Characters of an office in an address."""
LONGEST_ROLE = 200
"""Characters; what is longer is a sentence, and no office."""

CONSULAR = frozenset({"consul general", "consul"})
AMBASSADOR = "ambassador"
TERRITORIAL = frozenset({"mayor", "governor", "party secretary"})
ABBREVIATED = {"ceo": "chief executive officer", "cfo": "chief financial officer", "coo": "chief operating officer"}
"""One office in two spellings; with those of CHAIR."""
CHAIR = re.compile(r"\bchair(?:man|woman|person)\b", re.IGNORECASE)
SINGLE = frozenset(
    {
        *("consul general", AMBASSADOR, "mayor", "lord mayor", "governor", "party secretary", "president", "chair", "prime minister"),
        *("premier", "minister", "chief executive", "chief executive officer", "chief financial officer", "chief operating officer"),
        *("director general", "secretary general", "rector", "chancellor", "speaker"),
    }
)
"""Offices that one at a time holds."""
HEADS = SINGLE | {
    *("consul", "secretary", "director", "managing director", "general manager", "manager", "commissioner", "counsellor", "counselor"),
    *("representative", "chief representative", "general representative", "dean", "head", "chief", "superintendent", "treasurer"),
}
MODIFIERS = frozenset(
    {
        *("acting", "assistant", "associate", "deputy", "executive", "first", "honorary", "permanent", "second", "senior", "standing"),
        *("third", "vice"),
    }
)
_NOT_NOW = re.compile(r"\b(?:former|formerly|ex|late|retired|incoming|outgoing|elect|designate|candidate|then|ousted)\b", re.IGNORECASE)
"""Who is one of these does not hold the office that day, or the word belongs to none."""
_HEADS = "|".join(sorted({*HEADS, *ABBREVIATED}, key=lambda head: (-len(head), head)))
_RANK = rf"(?P<rank>(?:(?:{'|'.join(sorted(MODIFIERS))}) )*(?:{_HEADS}))"
_OF = re.compile(rf"{_RANK} (?:of|at) (?P<body>.+)", re.IGNORECASE)
_BARE = re.compile(rf"(?P<owner>.+?)(?:'s?)? {_RANK}(?: (?:in|to|at) (?P<place>.+))?", re.IGNORECASE)
_SEAT = re.compile(r"(?P<body>.+?) (?:in|to|at) (?P<place>.+)", re.IGNORECASE)
_CONSULATE = re.compile(r"(?:(?P<owner>.+?)(?:'s?)? )?consulate general(?: of (?P<body>.+?))? in (?P<place>.+)", re.IGNORECASE)
_ANOTHER = re.compile(rf"\b(?:{_HEADS})s?\b", re.IGNORECASE)
"""A rank inside what should be a body: the role says two offices, or more than the grammar reads."""
_TOWN = re.compile(r"(?P<name>.+?)(?: (?:city|municipality|municipal|(?:city|municipal)(?: people's)? government))", re.IGNORECASE)
_PROVINCE = re.compile(r"(?P<name>.+?) (?:province|provincial|prefecture|prefectural)", re.IGNORECASE)
_NATIVE_CONSUL = re.compile(r"(?P<before>.{0,12}?)[驻駐在](?P<behind>.{2,16}?)(?P<rank>代理|副)?(?:总领事|總領事|総領事)")
"""'日本国驻重庆总领事', '在重慶日本国総領事'."""
_NATIVE_MAYOR = re.compile(r"(?P<town>.{2,12}?)市?(?P<rank>副)?(?:市长|市長)")
_OF_NATIVE = {None: "", "副": "deputy ", "代理": "acting "}

Names = Mapping[str, str | None]
"""Folded name or variant of every record → its name; None where two records share it."""


class Office(NamedTuple):
    """An office. Two of one key are one, however they are printed."""

    key: str
    """As it stands in its address: "consul-general-of-japan-in-chongqing"."""
    name: str
    """As we write it: "Consul General of Japan in Chongqing"."""
    is_single: bool
    """One at a time holds it, as far as the rank says."""


def offices(role: str, names: Names) -> tuple[Office, ...]:
    """All that a role says, in order; none where it does not say whose office it is, or more than can be proved."""
    plain = _plain(role)
    if len(plain) > LONGEST_ROLE or _NOT_NOW.search(plain):
        return ()
    parts = re.split(r",? and |; ?", plain)
    found = [_office(part, names) for part in parts]
    if all(found):
        return tuple(dict.fromkeys(one for one in found if one))
    whole = _office(plain, names)
    return (whole,) if whole else ()


def written(name: str, names: Names) -> Office:
    """An office in the words of a person: as the grammar reads it, else just so."""
    found = offices(name, names)
    return found[0] if len(found) == 1 else Office(key(name), " ".join(name.split()), is_single=False)


def _plain(role: str) -> str:
    """Case, hyphens, articles at the head and forms of one rank do not tell offices apart."""
    words = unicodedata.normalize("NFKC", role).replace("’", "'").replace("‑", "-")
    words = re.sub(r"(?<=[A-Za-z])-(?=[A-Za-z])", " ", words)
    return CHAIR.sub("chair", _bare(" ".join(words.split())))


def _office(plain: str, names: Names) -> Office | None:
    if not plain.isascii() and (native := _of_native(plain, names)):
        return native
    if found := _OF.fullmatch(plain):
        rank = _rank(found["rank"])
        return _diplomat(rank, found["body"], names) if _is_diplomatic(rank) else _other(rank, found["body"], names)
    if found := _BARE.fullmatch(plain):
        rank, country = _rank(found["rank"]), of_adjective(found["owner"]) or nation(found["owner"])
        if _is_diplomatic(rank):
            return _made(rank, with_article(country), _place(found["place"], names)) if country and found["place"] else None
        owner = _body(rank, found["owner"], names) if not found["place"] else None
        return _made(rank, owner) if owner else None
    return None


def _rank(words: str) -> str:
    return " ".join(ABBREVIATED.get(word, word) for word in words.lower().split())


def _head(rank: str) -> str:
    words = rank.split()
    while len(words) > 1 and words[0] in MODIFIERS and " ".join(words) not in HEADS:
        words.pop(0)
    return " ".join(words)


def _is_diplomatic(rank: str) -> bool:
    return _head(rank) in {*CONSULAR, AMBASSADOR}


def _diplomat(rank: str, words: str, names: Names) -> Office | None:
    """'japan in chongqing', 'the consulate general of japan in chongqing', 'luxembourg to china'."""
    if found := _CONSULATE.fullmatch(_bare(words)):
        owner = found["owner"] or ""
        country = of_adjective(owner) or nation(owner) or (nation(found["body"]) if found["body"] else None)
    elif found := _SEAT.fullmatch(words):
        country = nation(found["body"])
    return _made(rank, with_article(country), _place(found["place"], names)) if found and country else None


def _other(rank: str, words: str, names: Names) -> Office | None:
    if _ANOTHER.search(words):
        return None
    body = _body(rank, words, names)
    if body is None and _head(rank) not in TERRITORIAL and _is_placed(words, names):
        body = _bare(words)
    return _made(rank, body) if body else None


def _is_placed(words: str, names: Names) -> bool:
    """Whether a body that has no record names a country or a record: 'Foreign Affairs Office of the Chongqing Municipal Government'."""
    if _folded(words) in names or WIDE & set(map(script, words.split())):
        return False  # of two records, and nobody knows which; or of another script, which proves nothing
    said = _folded(words).split()
    runs = (" ".join(said[start:end]) for start in range(len(said)) for end in range(start + 1, min(start + 4, len(said)) + 1))
    return any(names.get(run) or nation(run) for run in runs)


def _body(rank: str, words: str, names: Names) -> str | None:
    """A country, or a record; of mayors and governors without the word for the rank of their place."""
    if country := nation(words) or of_adjective(words):
        return with_article(country)
    if (found := _record(words, names)) or _head(rank) not in TERRITORIAL:
        return found
    for form in (_TOWN, _PROVINCE):
        if cut := form.fullmatch(words):
            return _record(cut["name"], names)
    return None


def _place(words: str, names: Names) -> str:
    """Where a diplomat is: by its record, a city without the word for its rank; a country; else as printed."""
    cut = _TOWN.fullmatch(words)
    country = nation(words)
    return _record(words, names) or (_record(cut["name"], names) if cut else None) or (with_article(country) if country else _bare(words))


def _bare(words: str) -> str:
    return _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words


def _record(words: str, names: Names) -> str | None:
    return names.get(_folded(words))


def _of_native(plain: str, names: Names) -> Office | None:
    if found := _NATIVE_MAYOR.fullmatch(plain):
        town = _native_town(found["town"], names)
        return _made("vice mayor" if found["rank"] else "mayor", town) if town else None
    if found := _NATIVE_CONSUL.fullmatch(plain):
        before, behind = found["before"], found["behind"]
        halves = [(before, behind)] if before else [(behind[place:], behind[:place]) for place in range(1, len(behind))]
        for owner, place in halves:
            country, town = nation(owner) or nation(owner.removesuffix("国").removesuffix("國")), _native_town(place, names)
            if country and town:
                return _made(f"{_OF_NATIVE[found['rank']]}consul general", with_article(country), town)
    return None


def _native_town(words: str, names: Names) -> str | None:
    return _record(words, names) or _record(f"{words}市", names) or _record(words.removesuffix("市"), names)


def folded_names(records: Iterable[tuple[str, ...]]) -> dict[str, str | None]:
    """All forms of each record's name, that which it is listed under first → what the grammar looks names up in."""
    found: dict[str, str | None] = {}
    for forms in records:
        for form in {_folded(one) for one in forms}:
            found[form] = forms[0] if form not in found else None
    return found


def _folded(words: str) -> str:
    words = unicodedata.normalize("NFKC", words).replace("’", "'")
    return " ".join(re.sub(r"(?<=[A-Za-z])-(?=[A-Za-z])", " ", words).casefold().split()).removeprefix("the ").rstrip(".")


def _made(rank: str, body: str, place: str = "") -> Office:
    joined = "to" if _head(rank) == AMBASSADOR else "in"
    title = " ".join(word[:1].upper() + word[1:] for word in rank.split())
    name = f"{title} of {body}{f' {joined} {place}' if place else ''}"
    return Office(key(name), name, is_single=rank in SINGLE)


def key(name: str) -> str:
    """Of an office by its name: what two spellings have in common, as an address."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("’", ""))
    slug = "-".join(word for word in words if word != "the")
    is_lossy = any(not letter.isascii() and letter.isalnum() for letter in plain) or len(slug) > LONGEST or slug in ("", "index")
    if not is_lossy:
        return slug
    digest = hashlib.blake2b(plain.encode(), digest_size=4).hexdigest()
    return f"{slug[:LONGEST].strip('-')}-{digest}".lstrip("-")
