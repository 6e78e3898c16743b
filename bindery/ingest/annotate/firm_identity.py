"""Names of companies on one page → firms: which names are one firm's, which a sister's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.company_names import Name, company_words, is_company_word, is_place, is_well_known_place
from bindery.ingest.annotate.firms import Firm, firms
from bindery.ingest.annotate.gazetteer import gazetteer
from bindery.ingest.annotate.names_native import terms_of
from bindery.ingest.annotate.words import Text, cues, words

OPENING, CLOSING = ("(", '("', "(“"), (")", '"', "”", ";")
BEFORE_NAME = ("PT", "CV")
"""Legal forms that stand before a name: 'PT Waskita Karya (Persero) Tbk'."""
SHORTEST_STOCK_NAME = 4
"""Characters a Chinese firm is listed under: 皖康生物."""
UMBRELLA = frozenset({"group", "holdings", "holding", "company", "corporation", "corp", "the"})
"""Words by which a firm and its printed name may differ: 'BMW Group', 'BMW'."""


@dataclass(slots=True)
class Grouped:
    """The names of one firm on one page."""

    base: tuple[str, ...]
    firm: Firm | None
    names: list[Name] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    """Acronyms and short forms the page itself uses for it."""

    @property
    def fullest(self) -> str:
        """The longest name the page prints, the first of them."""
        return max((name.form for name in self.names), key=len)


def base_of(form: str) -> tuple[str, ...]:
    """A Latin name's own words: without legal form, 'Group' and a closing 'of <country>'."""
    lists, kept = cues("companies"), []
    found = words(form)
    if len(found) > 2 and found[0].text in BEFORE_NAME:
        found = found[1:]
    for index, word in enumerate(found):
        if not index and len(found) > 1 and word.text in lists["prefixes_legal"]:
            continue  # 'PT Adhi Karya'
        legal = word.folded in lists["legal"] or word.folded in lists["legal_dotted"] or word.text in lists["legal_exact"]
        if not (index and legal):
            kept.append(word.folded)
    if len(kept) > 2 and kept[-2] == "of" and kept[-1] in areas().countries and kept[-3] not in ("bank", "company"):
        kept = kept[:-2]
    own = [word for word in kept if word not in UMBRELLA]
    return tuple(own or kept)


def grouped(names: Iterable[Name]) -> list[Grouped]:
    """Firms in the order of their first mention."""
    groups: list[Grouped] = []
    for name in names:
        base = (base_of(name.form) if name.form.isascii() or " " in name.key else ()) or (name.key,)
        firm = name.firm or _known(name, base)
        group = next((group for group in groups if _same(group, base, firm)), None)
        if group is None:
            group = Grouped(base, firm)
            groups.append(group)
        group.names.append(name)
        group.firm = group.firm or firm
        if len(base) < len(group.base):
            group.base = base
    return _prefixes_merged(groups)


def _prefixes_merged(groups: list[Grouped]) -> list[Grouped]:
    """'Bosch Hydrogen' is short for the one longer name that begins so, unless it is a known firm itself.

    So is one word, 'Hanseong' of 'Hanseong Marine Engine', behind its town too ('Chengdu Yuanda Rail Signal'); but not where
    the longer name is a country's or a town's branch ('Zolmar Vietnam'), which is a firm of its own beside its parent.
    """
    kept: list[Grouped] = []
    for group in groups:
        longer = [other for other in groups if other is not group and _shortened(group.base, other.base)]
        longer = longer or [other for other in groups if _is_stock_name(group, other)]
        if group.firm is None and len(longer) == 1:
            longer[0].names.extend(group.names)
            longer[0].aliases.extend(group.aliases)
        else:
            kept.append(group)
    return kept


def _shortened(short: tuple[str, ...], base: tuple[str, ...]) -> bool:
    """A name's words begin a longer one's."""
    if len(short) > 1:
        return len(base) > len(short) and base[: len(short)] == short
    if len(base) > 2 and is_well_known_place(base[0]):
        base = base[1:]
    rest = base[1:]
    branch = any(is_well_known_place(word) or word in cues("companies")["abroad"] for word in rest)
    return base[:1] == short and bool(rest) and not branch


def _is_stock_name(short: Grouped, long: Grouped) -> bool:
    """皖康生物 is short for 安徽皖康生物科技有限公司: what stands behind the place, letters of it in order."""
    if not len(short.base) == len(long.base) == 1:
        return False
    name, whole = short.base[0], long.base[0]
    if not SHORTEST_STOCK_NAME <= len(name) < len(whole) or name < "⺀":
        return False
    place = whole.find(name[:2])
    if place < 2 or not (gazetteer().is_native(whole[:place]) or whole[:place] in terms_of("firm provinces")):
        return False
    rest = iter(whole[place:])
    return all(letter in rest for letter in name)


def _known(name: Name, base: tuple[str, ...]) -> Firm | None:
    form = firms().by_key.get(name.key) or firms().by_key.get(" ".join(base))
    return form.firm if form else None


def _same(group: Grouped, base: tuple[str, ...], firm: Firm | None) -> bool:
    if firm and group.firm:
        return firm.name == group.firm.name
    if base == group.base:
        return True
    return not (firm and group.firm) and subsequence(base, group.base)


def subsequence(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The shorter name's words stand in the longer in order, with the same first word and the same last.

    'Nomura Research Institute' and 'Nomura Comprehensive Research Institute' are one firm; 'Hitachi' and 'Hitachi Automotive' are not.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(word in rest for word in short)


def joined_by_acronym(texts: Iterable[Text], groups: list[Grouped]) -> list[Grouped]:
    """One firm where the page sets an acronym in brackets behind a name, whatever other firm the letters are known for."""
    by_paragraph = {text.paragraph: text for text in texts}
    by_base = {group.base: group for group in groups}
    for group in groups:
        for name in tuple(group.names):
            for acronym in acronyms(by_paragraph[name.span.paragraph], (name,)):
                other = by_base.get((acronym,), group)
                if other is not group:
                    group.names.extend(other.names)
                    group.firm = group.firm or other.firm
                    other.names.clear()
    return [group for group in groups if group.names]


def joined_by_script(texts: Iterable[Text], groups: list[Grouped]) -> list[Grouped]:
    """One firm where the page sets its name in another script in brackets behind it: 昂仕特（Oensted B.V.）."""
    by_paragraph = {text.paragraph: text.text for text in texts}
    for group in groups:
        for name in [name for name in group.names if not name.form.isascii()]:
            for other in groups:
                if other is not group and any(_bracketed(by_paragraph[name.span.paragraph], name, behind) for behind in other.names):
                    group.names.extend(other.names)
                    group.firm = group.firm or other.firm
                    other.names.clear()
    return [group for group in groups if group.names]


def _bracketed(text: str, name: Name, behind: Name) -> bool:
    first, last = name.span, behind.span
    if first.paragraph != last.paragraph or not 1 <= last.start - first.end <= 2 or name.form[0] < "⺀" or behind.form[0] > "⺀":
        return False
    return text[first.end : last.start].strip() in ("(", "（") and text[last.end : last.end + 1] in (")", "）")


def short_forms(group: Grouped, others: Iterable[Grouped]) -> tuple[str, ...]:
    """Keys by which the page may name the firm shortly: 'Qingling' for Qingling Motors Group, 'Bosch Hydrogen'."""
    lists = cues("companies")
    rivals = [other.base for other in others if other is not group]
    candidates = [group.base[:size] for size in (1, 2, 3) if size < len(group.base)]
    if len(group.base) == 1 and any(len(name.key.split()) > 1 for name in group.names):
        candidates.append(group.base)
    found = []
    for candidate in candidates:
        key = " ".join(candidate)
        first = candidate[0]
        generic = first in lists["generic"] or all(word in company_words() for word in candidate)
        listed = firms().by_key.get(key)
        if generic or is_place(key) or len(key) < 3 or (listed and listed.firm is not group.firm):
            continue
        if len(candidate) > 1 and is_place(first) and not is_company_word(candidate[-1]):
            continue
        if not any(rival[: len(candidate)] == candidate for rival in rivals):
            found.append(key)
    return tuple(found)


def acronyms(text: Text, names: Iterable[Name]) -> dict[str, Name]:
    """Acronym in brackets right after a name: 'United Overseas Bank (UOB)'."""
    found = {}
    for name in names:
        if name.span.paragraph != text.paragraph:
            continue
        following = name.last + 1
        if following < len(text.words) and text.after(name.last).strip(" .") in OPENING and text.after(following)[:1] in CLOSING:
            word = text.words[following]
            if word.text.isupper() and 2 <= len(word.text) <= 8 and not is_place(word.folded):
                found[word.folded] = name
    return found
