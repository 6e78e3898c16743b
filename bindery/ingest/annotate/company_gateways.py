"""Text → airports and ports that act as companies: 'Munich Airport said', 'the chief executive of Port of Tyne'.

Mostly the name of one is a place: 'landed at Munich Airport', 'ships in the Port of Tyne'. It is the operator's where it speaks,
hires and pays, and where somebody has an office in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bindery.ingest.annotate.company_names import LONGEST_RUN, Name, is_place, make, run_end
from bindery.ingest.annotate.words import Text, cues

CODE = "company-gateway"
AIRPORTS = frozenset({"airport", "airports"})
PORTS = frozenset({"port", "ports"})
KINDS_OF_AIRPORT = frozenset({"international", "city", "regional", "metropolitan", "county"})
ACTS = frozenset(
    ["said", "says", "announced", "announces", "appointed", "appoints", "employs", "employed", "hired", "owns", "operates", "posted"]
)
"""What an operator does and a place does not: flights and ships 'arrive', and 'Munich Airport opened in 1992'."""
OWNED = frozenset({"board", "shareholders", "shareholder", "profit", "profits", "turnover", "revenue", "owner", "owners", "spokesman"})
JOINING = frozenset({"joins", "joined", "joining"})
OFFICE_REACH = 4
"""Words before 'of', 'at' or a comma among which an office stands: 'Executive Manager Trade, |Port of Tyne'."""
SPOKEN_FOR = frozenset({"spokesman", "spokeswoman", "spokesperson"})


def gateways(text: Text) -> Iterator[Name]:
    """Airports and ports that something beside them shows to be firms."""
    for index in text.capitals:
        word = text.folds[index]
        if word in PORTS:
            run = _port(text, index)
        elif word in AIRPORTS:
            run = _airport(text, index)
        else:
            continue
        if run and _acts(text, *run):
            yield make(text, *run, CODE)


def _port(text: Text, index: int) -> tuple[int, int] | None:
    """'Port of Tauranga', 'Ports of Auckland'."""
    if text.folded(index + 1) != "of" or index + 2 >= len(text.words) or not text.words[index + 2].capital:
        return None
    if text.after(index) != " " or text.after(index + 1) != " " or text.words[index + 2].folded in ("call", "entry", "spain"):
        return None
    last = run_end(text, index + 2)
    return (index, last) if last - index <= 3 and not text.text.isupper() else None


def _airport(text: Text, index: int) -> tuple[int, int] | None:
    """'Newcastle International Airport': a name before the noun, and none of an authority or a road behind it."""
    goes_on = text.after(index) == " " and index + 1 < len(text.words) and text.words[index + 1].capital
    titled = goes_on and text.folded(index + 1) in cues("companies")["titles"]
    if (goes_on and not titled and not text.words[index].possessive) or text.text.isupper():
        return None
    first = index
    while first and text.gap(first) in (" ", "-") and text.words[first - 1].capital and not text.words[first - 1].possessive:
        first -= 1
    lists = cues("companies")
    while first < index and text.folds[first] in lists["titles"] | lists["generic"] and not is_place(text.folds[first]):
        first += 1
    own = [word for word in text.folds[first:index] if word not in KINDS_OF_AIRPORT]
    return (first, index) if own and index - first < LONGEST_RUN // 2 else None


def _acts(text: Text, first: int, last: int) -> bool:
    lists, following = cues("companies"), text.folded(last + 1)
    if text.words[last].possessive:
        return following in OWNED or _is_office(text, last + 1)
    if text.after(last) == " " and (following in ACTS or _is_office(text, last + 1)):
        return True
    article = text.folded(first - 1) == "the"
    before = first - 2 if article else first - 1
    if before < 0:
        return False
    if text.folded(before) in JOINING:
        return text.folded(last + 1) == "as"
    gap, joint = text.gap(first), text.folded(before)
    if gap == ", " and not article:
        return _office_among(text, before)
    if gap == " (" and text.after(last)[:1] == ")":
        return _office_among(text, before)
    if joint == "for" and text.folded(before - 1) in SPOKEN_FOR:
        return True
    return joint in lists["of"] and before > 0 and text.gap(before) == " " and _office_among(text, before - 1)


def _is_office(text: Text, index: int) -> bool:
    """'chief executive', 'CEO', 'managing director' from a word on."""
    lists = cues("companies")
    return text.folded(index) in lists["officers"] or f"{text.folded(index)} {text.folded(index + 1)}" in lists["officers_two"]


def _office_among(text: Text, last: int) -> bool:
    """One of the words up to one is an office's, and only spaces, slashes and hyphens stand between."""
    lists = cues("companies")
    for index in range(last, max(-1, last - OFFICE_REACH), -1):
        if text.folded(index) in lists["officers"] or text.folded(index) in ("director", "manager"):
            return True
        if f"{text.folded(index - 1)} {text.folded(index)}" in lists["officers_two"]:
            return True
        if text.gap(index) not in (" ", "-", " & "):
            return False
    return False
