"""Text → evidence beside a name that it is a company's: offices, lists, appositions, premises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.company_names import JOINTS, Name, is_company_word, is_legal, is_place, is_trade_noun, key, make, run_end
from bindery.ingest.annotate.firms import bodies, firms
from bindery.ingest.annotate.names_lexicon import lexicon
from bindery.ingest.annotate.place_cues import given_names
from bindery.ingest.annotate.words import Text, cues, english

OFFICER = "company-officer"
ENGLISH_JOINTS = frozenset({", ", " and ", ", and ", " & ", " or ", ", or ", " as well as ", "、", "; ", " and the ", ", the ", "/"})
JOINING = ("und", "et", "y", "e", "ed", "en", "i", "oraz", "ve", "ile", "và", "dan", "och", "og", "sowie", "ou", "ou encore", "così come")
"""'and' in other languages."""
LIST_JOINTS = ENGLISH_JOINTS | {f" {joint} " for joint in JOINING}
OWNERSHIP = frozenset({"holds", "owns", "sold", "bought", "holding"})
OWNED = frozenset({"shares", "stake", "share", "per", "percent"})
BEING = frozenset({"shareholder", "subsidiary", "carmaker", "automaker", "manufacturer", "retailer", "supplier"})
EMPLOYS = frozenset({"employs", "employed", "employing"})
NOT_BEFORE_A_NAME = frozenset({"group", "arm", "chain", "provider", "builder", "brand", "venture"})
"""Nouns that follow a company's name and seldom introduce it."""
APPOSITION_REACH = 7
"""Words after a name within which the noun of an apposition stands: 'X, the largest Czech maker of trams'."""

ADJECTIVES = 2
"""Words between a noun and a name in Romance languages: 'la firma láctea X'."""
PATERNAL = frozenset({"al", "el", "bin", "bint", "ibn"})
"""Words inside Arabic names of persons."""
SHORT = 7


def cued(text: Text) -> Iterator[Name]:
    """Names that the words beside them call companies."""
    known = _by_word()
    for index in [index for index, word in enumerate(text.words) if word.capital or word.folded in known]:
        word = text.words[index]
        readers = known.get(word.folded, ())
        for read in readers:
            yield from read(text, index)
        if word.capital and _foreign not in readers and is_trade_noun(word.folded):
            yield from _foreign(text, index)
        if word.capital and text.after(index) == ", ":
            yield from _apposition(text, index)


@cache
def _by_word() -> dict[str, tuple[Callable[[Text, int], Iterator[Name]], ...]]:
    """Who reads a cue, by the words that it begins with (or ends with, where it is read backwards)."""
    lists = cues("companies")
    words = (
        (_officer, lists["officers"] | {pair.split(" ")[0] for pair in lists["officers_two"]}),
        (_listed_after, lists["plural_cue"]),
        (_venture, {"venture", "ventures"}),
        (_premises, lists["premises"] | lists["premises_of"] | OWNERSHIP | EMPLOYS | {"office", "is"}),
        (_called, lists["apposition"]),
        (_worked_for, lists["spoken_for"] | lists["working_at"] | lists["run_by"] | {"based", "group"}),
        (_acted_on, {pair.split(" ")[-1] for pair in lists["acted_on_surely"]}),
        (_foreign, lists["callers"] | lists["label_words"] | {"up"}),
    )
    found: dict[str, tuple[Callable[[Text, int], Iterator[Name]], ...]] = {}
    for reader, firsts in words:
        for word in firsts:
            found[word] = (*found.get(word, ()), reader)
    return found


def _run_before(text: Text, end: int) -> tuple[int, int] | None:
    """The capitalised run that ends at a word."""
    if end < 0 or not text.words[end].capital:
        return None
    start = end
    while start and text.gap(start) in JOINTS and text.words[start - 1].capital and not text.words[start - 1].possessive:
        start -= 1
    return start, end


def _run_after(text: Text, first: int) -> tuple[int, int] | None:
    """The capitalised run that begins at a word, 'the' passed over."""
    if text.folded(first) == "the":
        first += 1
    if first >= len(text.words) or not text.words[first].capital:
        return None
    return first, run_end(text, first)


def plausible(text: Text, run: tuple[int, int] | None, code: str) -> Name | None:
    """The name in a run, if nothing says that it is a body, a place or a title."""
    if run is None:
        return None
    lists = cues("companies")
    start, end = run
    while end >= start and text.folds[end] in lists["titles"] and not is_legal(text, end):
        end -= 1
    while start < end and (text.folds[start] in lists["generic"] or text.folds[start] in lists["titles"] or text.folds[start] == "firma"):
        start += 1
    if end < start or (text.words[end].possessive and end + 1 < len(text.words) and text.words[end + 1].capital):
        return None
    inner = text.folds[start : end + 1]
    whole = " ".join(inner)
    if code == OFFICER and whole in lists["abroad_fields"]:
        return None  # 'directora general de Comercio'
    if whole in bodies() or whole in areas() or (is_place(whole) and whole not in firms().by_key):
        return None
    if not _of_others().isdisjoint(inner) or all(word in lists["generic"] or is_company_word(word) or word in areas() for word in inner):
        return None
    if whole in lexicon().honorifics or inner[0] in bodies() or _letters_of_a_body(text, start, end, code):
        return None
    if end > start and inner[0] in given_names() and whole not in firms().by_key and not is_company_word(inner[-1]):
        return None  # 'the owner Ann Lee'
    if not PATERNAL.isdisjoint(inner[1:]) and whole not in firms().by_key and not is_company_word(inner[-1]):
        return None  # 'Abdulrahman Al-Fageeh'
    if len(inner) > 6 and not any(is_company_word(word) for word in inner):
        return None
    if text.after(end) == " " and text.folded(end + 1) in lists["bodies"] and text.words[end + 1].capital:
        return None
    return make(text, start, end, code)


@cache
def _of_others() -> frozenset[str]:
    """Words of bodies and of titles."""
    return cues("companies")["bodies"] | cues("companies")["titles"]


def _letters_of_a_body(text: Text, start: int, end: int, code: str) -> bool:
    """'the CEO of RAKEZ', 'KNCCI Kisumu', 'Chongqing FAO': bodies and firms have letters, chiefs and towns alike."""
    run = range(start, end + 1)
    letters = [index for index in run if text.words[index].text.isupper() and len(text.words[index].text) <= SHORT]
    if not letters or any(key(text, index, index) in firms().by_key for index in letters):
        return False
    rest = [index for index in run if index not in letters]
    return all(is_place(text.folded(index)) for index in rest) and (bool(rest) or code == OFFICER)


def _officer(text: Text, index: int) -> Iterator[Name]:
    """'CEO of X', 'X CEO', 'director general de X'. Chairmen, founders and managers are of bodies as often: they prove nothing."""
    lists = cues("companies")
    word, two = text.folded(index), f"{text.folded(index)} {text.folded(index + 1)}"
    if word not in lists["officers"] and two not in lists["officers_two"]:
        return
    last = index + 1 if two in lists["officers_two"] else index
    joint, after = text.folded(last + 1), text.after(last)
    if after == ", " and last + 1 < len(text.words) and text.words[last + 1].capital:
        run = _run_after(text, last + 1)
        if run and any(is_company_word(text.folded(place)) for place in range(run[0] + 1, run[1] + 1)) and not _is_field(text, run):
            yield from _plausible(text, run)
    if after == " " and joint in lists["of"]:
        yield from _plausible(text, _run_after(text, last + 2))
    foreign = joint in lists["of"] and joint not in ("of", "at", "with")
    if index and not foreign and text.gap(index) == " " and text.words[index - 1].capital and not text.words[index - 1].possessive:
        yield from _plausible(text, _run_before(text, _before_titles(text, index - 1)))


def _is_field(text: Text, run: tuple[int, int]) -> bool:
    """'General Manager, |Subsea Systems', 'Managing Director, |Container Logistics': trades and common words alone are a department."""
    return all(text.folded(place) in english() or is_company_word(text.folded(place)) for place in range(run[0], run[1] + 1))


def _plausible(text: Text, run: tuple[int, int] | None) -> Iterator[Name]:
    found = plausible(text, run, OFFICER)
    if found:
        yield found


def _before_titles(text: Text, index: int) -> int:
    lists = cues("companies")
    while index >= 0 and (text.folds[index] in lists["titles"] or text.folds[index] in ("global", "group", "and")):
        if text.gap(index) != " ":
            break
        if text.folds[index] == "group":
            break
        index -= 1
    return index


def _listed_after(text: Text, index: int) -> Iterator[Name]:
    """'companies such as A, B and C'."""
    lists = cues("companies")
    if text.folded(index) not in lists["plural_cue"]:
        return
    first = index + 1
    if text.folded(first) not in lists["such"]:
        return
    first += 2 if text.folded(first) == "such" and text.folded(first + 1) == "as" else 1
    for run in _items(text, first):
        found = plausible(text, run, "company-such-as")
        if found:
            yield found


def _items(text: Text, first: int) -> Iterator[tuple[int, int]]:
    """Runs of a list, as far as it goes."""
    while (run := _run_after(text, first)) is not None:
        yield run
        if run[1] + 1 >= len(text.words):
            return
        after = text.after(run[1])
        first = run[1] + 1
        if (after == " " and text.folded(first) in ("and", "or")) or (after.strip() == "," and text.folded(first) in ("and", "or")):
            first += 1
        elif after not in (", ", "、", "/", " & "):
            return


def _venture(text: Text, index: int) -> Iterator[Name]:
    """'joint venture of A and B', 'joint venture between A and B'."""
    if text.folded(index) not in ("venture", "ventures") or text.folded(index - 1) != "joint":
        return
    if text.folded(index + 1) in ("of", "between", "with", "by"):
        for run in _items(text, index + 2):
            found = plausible(text, run, "company-venture")
            if found:
                yield found


def _premises(text: Text, index: int) -> Iterator[Name]:
    """'the Bosch plant', 'head office of Murata', 'X holds shares', 'X is a shareholder of', 'X employs 40'."""
    lists = cues("companies")
    word = text.folded(index)
    if word in lists["premises"] and not text.words[index].capital and index and text.gap(index) == " " and text.words[index - 1].capital:
        found = plausible(text, _run_before(text, index - 1), "company-premises")
        if found:
            yield found
    seat = word in lists["premises_of"] or (word == "office" and text.folded(index - 1) in ("head", "main"))
    if seat and text.folded(index + 1) in lists["of"] - {"at", "with"}:
        found = plausible(text, _run_after(text, index + 2), "company-premises")
        if found:
            yield found
    employs = word in EMPLOYS and text.folded(index + 1)[:1].isdigit()
    owns = employs or (word in OWNERSHIP and _near(text, index, OWNED, 5)) or (word == "is" and _near(text, index, BEING, 5))
    if owns and index and text.gap(index) == " ":
        found = plausible(text, _run_before(text, index - 1), "company-premises")
        if found:
            yield found


def _worked_for(text: Text, index: int) -> Iterator[Name]:
    """'spokesman for X', 'workers at X', 'X-operated', 'the X group'."""
    lists, word = cues("companies"), text.words[index]
    run = None
    following = {"for": "spoken_for", "at": "working_at"}.get(text.folded(index + 1), "")
    if following and word.folded in lists[following] and text.after(index) == " ":
        run = _run_after(text, index + 2)
        if run and text.folded(run[0]) in lists["titles"]:
            return
    elif word.folded == "based" and index and text.gap(index) == "-" and is_place(text.folded(index - 1)):
        yield from _based(text, index)
        return
    elif word.folded in lists["run_by"] and index > 1 and text.gap(index) == "-":
        run = _run_before(text, index - 1)
    elif word.text == "group" and index > 1 and text.gap(index) == " ":
        run = _run_before(text, index - 1)
        if run and text.folded(run[0] - 1) != "the":
            return
    found = plausible(text, run, "company-premises")
    if found:
        yield found


def _based(text: Text, index: int) -> Iterator[Name]:
    """'Chicago-based X', 'Wichita Falls-based maker X'."""
    first = index + 1
    while first < min(index + 4, len(text.words)) and text.words[first].text.islower() and text.gap(first) == " ":
        first += 1
    if first > index + 1 and text.folded(first - 1) not in cues("companies")["apposition"]:
        return  # 'Surabaya-based analyst Ann Lee'
    run = _run_after(text, first) if text.after(first - 1) == " " else None
    found = plausible(text, run, "company-based")
    if found:
        yield found


def _acted_on(text: Text, index: int) -> Iterator[Name]:
    """'operated by X', 'supplier to X', 'the plants of X and of Y'."""
    if f"{text.folded(index - 1)} {text.folded(index)}" not in cues("companies")["acted_on_surely"] or text.after(index) != " ":
        return
    for run in _items(text, index + 1):
        found = plausible(text, run, "company-premises")
        if found:
            yield found


def _foreign(text: Text, index: int) -> Iterator[Name]:
    """'la firma láctea X', 'la société X', 'der Firma X', 'das Startup X'."""
    lists, word = cues("companies"), text.words[index]
    first = index + 1
    startup = word.folded == "up" and text.gap(index) == "-" and text.folded(index - 1) == "start"
    called = startup or (word.folded in lists["callers"] and (not word.capital or not index))
    if word.capital and not called:
        labelled = word.folded in lists["label_words"] or is_trade_noun(word.folded)
        if not labelled or not index or text.gap(index) != " ":
            return
    elif not called:
        return
    while called and first <= index + ADJECTIVES and len(text.folded(first)) > len("para") and text.words[first].text.islower():
        first += 1
    between = text.text[text.ends[index] : text.starts[first]] if first < len(text.words) else ""
    if between.count(" ") != first - index or not text.words[first].capital:
        return
    found = plausible(text, (first, run_end(text, first)), "company-apposition")
    if found:
        yield found


def _near(text: Text, index: int, wanted: frozenset[str], reach: int) -> bool:
    return any(text.folded(index + step) in wanted for step in range(1, reach + 1))


def _called(text: Text, index: int) -> Iterator[Name]:
    """'the carmaker X', 'a company called X'."""
    word = text.words[index]
    if word.folded not in cues("companies")["apposition"] or word.capital or index + 1 >= len(text.words):
        return
    if text.folded(index + 1) in ("called", "named"):
        run = _run_after(text, index + 2)
    elif text.after(index) == " " and text.words[index + 1].capital and word.folded not in NOT_BEFORE_A_NAME:
        run = (index + 1, run_end(text, index + 1))
    elif text.after(index) == ", " and text.words[index + 1].capital and text.folded(index - 1) in ("the", "local"):
        run = (index + 1, run_end(text, index + 1))
        if text.after(run[1])[:1] not in (",", "."):
            return
    else:
        return
    found = plausible(text, run, "company-apposition")
    if found:
        yield found


def _apposition(text: Text, index: int) -> Iterator[Name]:
    """'X, the retailer', 'X, a maker of …'."""
    nouns = cues("companies")["apposition"]
    if text.folded(index + 1) not in ("the", "a", "an", "its"):
        return
    for step in range(2, APPOSITION_REACH + 1):
        if index + step >= len(text.words) or text.gap(index + step) not in (" ", "-"):
            return
        if text.folded(index + step) in nouns and not (text.words[index + step].capital or text.words[index + step].possessive):
            if text.folded(index + step) == "group" and text.folded(index + step + 1) == "of":
                return
            found = plausible(text, _run_before(text, index), "company-apposition")
            if found:
                yield found
            return
