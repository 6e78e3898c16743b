"""Text in a European language, Turkish or Indonesian → evidence beside a name that it is a company's.

What `company_cues` reads in English: the noun a firm is called by, lists that say what they list, seats, chiefs, partners.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bindery.ingest.annotate.company_cues import OFFICER, plausible
from bindery.ingest.annotate.company_names import (
    LONG_COMPOUND,
    PARTICLES,
    Name,
    is_company_word,
    is_label,
    is_place,
    is_trade_noun,
    run_end,
)
from bindery.ingest.annotate.firms import firms
from bindery.ingest.annotate.place_cues import family_names, given_names
from bindery.ingest.annotate.words import Text, cues

APPOSITION, SUCH_AS, PREMISES, VENTURE = "company-apposition", "company-such-as", "company-premises", "company-venture"
AT = frozenset({"bei", "chez", "presso", "bij"})
QUOTED = re.compile(r"[ \u00a0]?(?:[«“„\"‘][ \u00a0\u202f]?)?")
"""What stands between a noun and the name it introduces."""
MODIFIERS = 4
"""Words between a noun and the name: 'el fabricante |alemán de maquinaria textil| X'."""
TO_SUCH = 3
"""Words between what a list lists and the list: 'empresas |del sector| como'."""
FIRMS = frozenset(
    {"empresas", "entreprises", "dentreprises", "unternehmen", "firmen", "betriebe", "aziende", "imprese", "bedrijven", "firmy"}
)
"""Right before a list: 'die Betriebe A, B und C'."""
VERB_ENDS = ("aron", "ieron", "era", "ara", "ira", "eront", "aient", "ait", "erant", "erano", "avano", "aram", "eram", "iram")
"""Of verbs in small letters, which no adjective ends in."""
SHORTEST_PEOPLE_NAME = 4
"""Letters of the shortest unknown name that an adjective of a people introduces."""
ENDS_OF_NOUNS = (
    *("ungen", "heiten", "keiten", "schaften", "ionen", "banken", "isten"),
    *("betriebe", "werke", "waren", "stoffe", "mittel", "gerate"),
)
"""Of German plurals, which have capitals and name nobody."""


def abroad(text: Text) -> Iterator[Name]:
    """Names that the words beside them call companies, in other languages than English."""
    for index, word in enumerate(text.words):
        if word.folded in _triggers() or _is_noun(word.folded):
            yield from _called(text, index)
            yield from _listed(text, index)
            yield from _seat(text, index)
            yield from _led(text, index)
            yield from _partners(text, index)
            yield from _of_a_people(text, index)
            yield from _compound(text, index)
            yield from _titled(text, index)


@cache
def _triggers() -> frozenset[str]:
    lists = cues("companies")
    single = ("abroad_nouns", "abroad_plurals", "abroad_seats", "abroad_peoples", "abroad_compounds")
    first = (phrase.split(" ")[0] for key in ("abroad_chiefs", "abroad_ventures", "abroad_titles_behind") for phrase in lists[key])
    return frozenset().union(*(lists[key] for key in single), first, {"chez"})


@lru_cache(maxsize=8192)
def _is_noun(folded: str) -> bool:
    """A firm is called so: 'fabricante', 'bloemenkweker'."""
    lists = cues("companies")
    return folded in lists["abroad_nouns"] or folded.endswith(_noun_ends())


@cache
def _noun_ends() -> tuple[str, ...]:
    return tuple(cues("companies")["abroad_noun_ends"])


@lru_cache(maxsize=8192)
def _is_body(folded: str) -> bool:
    """Of what is no firm: 'ayuntamiento', 'Bürgerstiftung'."""
    return folded in cues("companies")["abroad_bodies"] or folded.endswith(tuple(cues("companies")["abroad_body_ends"]))


def _phrase(text: Text, index: int, key: str) -> int | None:
    """The last word of the longest phrase of a set that begins at a word."""
    for size in (3, 2, 1):
        if " ".join(text.folded(place) for place in range(index, index + size)) in cues("companies")[key]:
            return index + size - 1
    return None


def _name(text: Text, first: int, code: str) -> Name | None:
    """The name that begins at a word, without what a sentence adds to it."""
    lists = cues("companies")
    if first >= len(text.words) or not text.words[first].capital:
        return None
    last = run_end(text, first)
    while first < last and text.gap(first + 1) == " " and (is_label(text, first) or text.folded(first) in lists["abroad_peoples"]):
        first += 1
    for index in range(first + 1, last + 1):  # 'Hasco-Lek |Stanisław Han'
        if text.gap(index) == " " and index < last and text.folded(index) in given_names() and text.folded(index) not in firms().last_words:
            last = index - 1
            break
    if last > first and text.gap(last) == "-" and text.folded(last) in lists["no_extension"] | lists["abroad_compounds"]:
        last -= 1
    if last - first >= 2 and text.words[last - 1].text in PARTICLES and is_place(text.folded(last)) and not _heads(text, first):
        last -= 2  # 'l'usine Tréfimétaux |de Givet'
    found = plausible(text, (first, last), code)
    if found is None or any(_is_body(text.folded(index)) for index in range(found.first, found.last + 1)):
        return None
    lone = found.first == found.last
    if text.folded(found.first) in lists["abroad_fields"] and not is_company_word(text.folded(found.last)):
        return None
    if lone and (len(found.form) < 3 or text.folded(found.first).endswith(ENDS_OF_NOUNS) or is_trade_noun(text.folded(found.first))):
        return None
    return found


def _heads(text: Text, first: int) -> bool:
    return text.folded(first) in cues("companies")["prefixes"] or is_company_word(text.folded(first))


def _past_modifiers(text: Text, first: int) -> int | None:
    """The capital behind adjectives and a trade: 'alemana de automoción |Leoni'; None where a sentence goes on."""
    lists, index = cues("companies"), first
    while index <= first + MODIFIERS and index < len(text.words) and not text.words[index].capital:
        word = text.folded(index)
        owner = word in lists["abroad_owners"] and not text.words[min(index + 1, len(text.words) - 1)].capital
        if text.gap(index) != " " or (word in lists["abroad_not_adjectives"] and not owner) or _is_verb(text, index):
            return None
        if word in lists["abroad_owners"] and not owner:
            return None
        index += 1
    fits = index < len(text.words) and text.words[index].capital and QUOTED.fullmatch(text.gap(index)) is not None
    return index if fits and text.gap(index) != "" else None


def _is_verb(text: Text, index: int) -> bool:
    return text.words[index].text.endswith(("ó", "é", "á", "án", "ò", "à", "ou")) or text.folded(index).endswith(VERB_ENDS)


def _called(text: Text, index: int) -> Iterator[Name]:
    """'la empresa murciana X', 'le constructeur de bateaux X', 'producent okien X', 'de Rotterdamse rederij X'."""
    if not _is_noun(text.folded(index)) or (text.words[index].capital and index):
        return
    first = _past_modifiers(text, index + 1)
    found = _name(text, first, APPOSITION) if first is not None else None
    if found:
        yield found


def _items(text: Text, first: int, code: str) -> Iterator[Name]:
    """Members of a list, as far as it goes."""
    lists = cues("companies")
    while first < len(text.words):
        while text.folded(first) in lists["abroad_articles"] | lists["abroad_peoples"] and not text.words[first].capital:
            first += 1
        if first >= len(text.words):
            return
        if not text.words[first].capital:
            called = _is_noun(text.folded(first))
            place = _past_modifiers(text, first + 1) if called else None
            if place is None:
                return
            first = place
        last = run_end(text, first)
        found = _name(text, first, code)
        if found:
            yield found
        gap, first = text.after(last).strip(' »”"'), last + 1
        if text.folded(first) in lists["abroad_and"] and gap in ("", ","):
            first += 1
        elif gap != ",":
            return


def _listed(text: Text, index: int) -> Iterator[Name]:
    """'Unternehmen wie A, B und die C-Gruppe', 'parmi les partenaires figurent A et B'."""
    lists = cues("companies")
    if text.folded(index) not in lists["abroad_plurals"]:
        return
    if text.folded(index) in FIRMS and index + 1 < len(text.words) and text.words[index + 1].capital and text.gap(index + 1) == " ":
        found = list(_items(text, index + 1, SUCH_AS))
        yield from found if len(found) > 1 else ()
        return
    for place in range(index + 1, min(index + 2 + TO_SUCH, len(text.words))):
        if text.gap(place).strip(" ,:") or text.words[place].capital:
            return
        if text.folded(place) in lists["abroad_such"]:
            yield from _items(text, place + 1, SUCH_AS)
            return


def _seat(text: Text, index: int) -> Iterator[Name]:
    """'la fábrica de calzado X', 'l'usine X de Givet', 'das Werk von X', 'bei der X-Tochter Y'."""
    lists, word = cues("companies"), text.folded(index)
    if word not in lists["abroad_seats"] | {"chez"} or text.after(index) != " ":
        return
    first = index + 1
    if text.folded(first) in lists["abroad_owners"] | lists["of"] and word not in AT:
        first += 1
        while text.folded(first) in lists["abroad_articles"] and first < len(text.words) and not text.words[first].capital:
            first += 1
    elif word not in lists["abroad_seats_before"] | AT and not (text.gap(index) == "-" and word in lists["abroad_compounds"]):
        return
    place = first if first < len(text.words) and text.words[first].capital and text.gap(first) == " " else None
    found = _name(text, place, PREMISES) if place is not None else None
    if found:
        yield found


def _led(text: Text, index: int) -> Iterator[Name]:
    """'consejera delegada de X', 'le patron de X', 'prezes spółki X', 'Geschäftsführerin der Firma X'."""
    lists, last = cues("companies"), _phrase(text, index, "abroad_chiefs")
    if last is None or (index and text.gap(index) == "-"):
        return
    first = last + 1
    steps = AT | lists["abroad_owners"] | lists["of"] | lists["abroad_articles"] | lists["abroad_nouns"]
    bare = first
    while (
        first < min(len(text.words), last + 4) and text.folded(first) in steps and not text.words[first].capital and text.gap(first) == " "
    ):
        first += 1
    slavic = text.folded(index).startswith(("prezes", "dyrektor", "wlasciciel", "direktur", "presiden", "toimitus"))
    if first >= len(text.words) or text.gap(first) != " " or (first == bare and not slavic):
        return
    if text.folded(first) in given_names() and text.folded(first) not in firms().by_key:
        return
    found = _name(text, first, OFFICER)
    if found:
        yield found


def _partners(text: Text, index: int) -> Iterator[Name]:
    """'el consorcio formado por A, B y la china C', 'joint venture zwischen A und B'."""
    last = _phrase(text, index, "abroad_ventures")
    if last is None:
        return
    for size in (2, 1):
        if " ".join(text.folded(place) for place in range(last + 1, last + 1 + size)) in cues("companies")["abroad_made_of"]:
            found = list(_items(text, last + 1 + size, VENTURE))
            yield from found if len(found) > 1 else ()
            return


def _of_a_people(text: Text, index: int) -> Iterator[Name]:
    """'la china Powerchina', 'l'italien KME': one word, and nobody's name."""
    lists, word = cues("companies"), text.words[index]
    if word.folded not in lists["abroad_peoples"] or word.capital or text.after(index) != " " or not index:
        return
    article = text.folded(index - 1) in lists["abroad_articles"] or word.text.startswith(("l'", "l’"))
    first = index + 1
    if not article or first >= len(text.words) or not text.words[first].capital:
        return
    name = _name(text, first, APPOSITION)
    known = name is not None and (name.first != name.last or name.key in firms().by_key)
    person = text.folded(first) in given_names() or text.folded(first) in family_names()
    if name and not person and (known or len(name.form) >= SHORTEST_PEOPLE_NAME or name.form.isupper()):
        noun = word.folded.endswith(("ische", "ischen", "ischer"))  # in German the next word is any noun
        if not noun:
            yield name


def _compound(text: Text, index: int) -> Iterator[Name]:
    """'|Wolfram|-Geschäftsführer', 'der |Sartorius|-Tochter |Cellca|'."""
    word = text.words[index]
    if word.folded not in cues("companies")["abroad_compounds"] or not index or text.gap(index) != "-":
        return
    before = text.words[index - 1]
    start = index - 1
    while start and text.gap(start) in ("-", "&", " & ") and text.words[start - 1].capital:
        start -= 1
    letters = before.text.isupper() and before.folded not in firms().by_key
    if not before.capital or letters or len(before.text) < 3 or _is_body(text.folded(start)):
        return
    found = None if is_label(text, start) or len(before.text) >= LONG_COMPOUND * 2 else plausible(text, (start, index - 1), OFFICER)
    if found:
        yield found
    if word.folded.startswith("tochter") and text.after(index) == " ":
        daughter = _name(text, index + 1, APPOSITION)
        if daughter:
            yield daughter


def _titled(text: Text, index: int) -> Iterator[Name]:
    """'|Sarten Ambalaj| Genel Müdürü Zeki …': in Turkish the firm stands before its chief, all of it in capitals."""
    if _phrase(text, index, "abroad_titles_behind") is None or not index or text.gap(index) != " ":
        return
    start = index
    while start and text.gap(start) in (" ", "-", "&", " & ") and text.words[start - 1].capital and not text.words[start - 1].possessive:
        start -= 1
    bodies = any(_is_body(text.folded(place)) for place in range(start, index))
    found = plausible(text, (start, index - 1), OFFICER) if start < index and not bodies else None
    if found:
        yield found
