"""Tokens of one paragraph → which name holds which office, and the rule that says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bindery.ingest.annotate.names_find import IsPlace, NameFound, is_honorific, name_before, name_from, skip_honorifics
from bindery.ingest.annotate.names_lexicon import terms
from bindery.ingest.annotate.names_tokens import (
    CAPITAL,
    HEAD,
    INITIAL,
    INSTITUTION,
    LOWER,
    MARK,
    NUMBER,
    OPAQUE,
    ORGANISATION,
    POSSESSIVE,
    POST_NOMINAL,
    STOP,
    UPPER,
    Tokens,
)
from bindery.ingest.annotate.offices import ARTICLES, FOREIGN_ARTICLES, HeadAt, Offices, Role
from bindery.ingest.annotate.offices_extent import JOINTS, ROMANCE, trade_words
from bindery.rules import active

BEFORE = "official-office-before"
AFTER = "official-office-after"
BRACKETS = "official-office-in-brackets"
APPOSED = "official-name-apposed"
VERB = "official-as"
LIST = "official-shared-office"
LABEL = "official-label"
BODY_BEHIND = "official-body-behind"

DESCRIPTION = 4
"""Words between a comma and an office that describe its holder."""
FAR = 14
"""Tokens between an office and the comma before its holder."""
FAR_JOINTS = ROMANCE | {"en", "em", "a", "à", "al", "para", "alla", "alle", "ai"}
BODY_WORDS = 8
"""Words of a body between 'of' and a comma."""
OPENING = "(（"
BEFORE_FIRMS = frozenset({"partner", "owner"})
DASHES = "-–—:|"
PLACES = frozenset({"there", "here", "now"})


@dataclass(frozen=True, slots=True)
class Held:
    """A name beside an office."""

    name: NameFound
    role: str
    heads: tuple[HeadAt, ...]
    start: int
    """Of the office, in tokens."""
    end: int
    rule: str


class Joiner:
    """Reads one paragraph from left to right; no token serves two offices."""

    def __init__(self, tokens: Tokens, is_place: IsPlace) -> None:
        self.tokens = tokens
        self.is_place = is_place
        self.offices = Offices(tokens, is_place)
        self._held: list[Held] = []
        self._free = 0
        self._headline = _is_headline(tokens)

    def held(self) -> list[Held]:
        for head in self.offices.heads:
            if head.start >= self._free:
                self._read(head)
        return self._held

    # -- one office, or a chain of them -------------------------------------------------

    def _read(self, head: HeadAt) -> None:
        start = self.offices.left(head.start, self._free)
        left, rule = self._name_left(start, plural=head.head.plural)
        if left and self._in_order(left):
            chain = self._chain(head, splitting=True)
            left = [] if chain[-1].name_start is not None else left
        chain = self._chain(head, splitting=not left)
        last = chain[-1]
        right = self._name_right(last)
        if right and not left and self._is_of_office(last, right):
            chain, right = [*chain[:-1], replace(last, end=right.end, name_start=None)], None
            last = chain[-1]
        if right and left:
            self._divide(chain, left, rule, right)
        elif right:
            chain = self._without_courtesy(chain)
            self._hold(chain, self._shared(right, last), BEFORE if len(chain) == 1 or not last.plural else LIST)
        elif left:
            self._hold_left(chain, left, rule)
        else:
            self._hold_apposed(chain)
        self._free = max(self._free, last.end)

    def _is_of_office(self, role: Role, found: NameFound) -> bool:
        """'The wali of the Region |Tangier-Tetouan, Mr. Mounir Yacoubi,': unknown capitals before a comma and a sure name."""
        if self._sure(found) or role.name_start is None or not self.tokens.is_mark(found.end, ","):
            return False
        holder = name_from(self.tokens, found.end + 1, self.is_place)
        if holder is None or not self._sure(holder) or holder.single:
            return False
        after = self._past_additions(holder.end)
        return after >= len(self.tokens) or self.tokens.is_mark(after, ",.;") or self.tokens.word(after) == "and"

    def _in_order(self, left: list[NameFound]) -> bool:
        """Whether the name on the left has its office before it, as the members of its list may: 'Mayor A, Governor of X B'."""
        return bool(self._held) and self._held[-1].rule in (BEFORE, LIST) and self._held[-1].name == left[0]

    def _chain(self, head: HeadAt, *, splitting: bool) -> list[Role]:
        roles = [self.offices.role(head, self._free, splitting=splitting)]
        while self._name_right(roles[-1]) is None:
            following = next(self.offices.next_in_chain(roles[-1].end), None)
            if following is None:
                break
            role = self.offices.role(following, roles[-1].end + 1, splitting=splitting)
            if role.plural != roles[-1].plural:
                break
            if self._name_right(role) and self._stands_apart(roles[-1].end, splitting=splitting):
                break
            roles.append(role)
        return roles

    def _without_courtesy(self, chain: list[Role]) -> list[Role]:
        """'Mayor of Ipswich, Cllr. Bill Quinton': a form of address between an office and its holder is no second office."""
        last = chain[-1]
        address = last.end - last.start == 1 and self.tokens.word(last.start).rstrip(".") in COURTESY
        return chain[:-1] if address and len(chain) > 1 and self.tokens.is_mark(last.start - 1, ",") else chain

    def _stands_apart(self, joint: int, *, splitting: bool) -> bool:
        """An office before its own name is not one more of the person before: 'Li Wei, mayor of A, and Governor Wang'."""
        return not splitting or self.tokens.is_mark(joint, ";")

    def _name_right(self, role: Role) -> NameFound | None:
        """The name directly behind an office."""
        if role.name_start is not None:
            return name_from(self.tokens, role.name_start, self.is_place)
        addressed = self.tokens.word(role.end).rstrip(".") in COURTESY and self.tokens.kind(role.end) == CAPITAL
        found = name_from(self.tokens, role.end + addressed, self.is_place)
        if found and not self._sure(found) and (self._only_capital(found) or self._headline or self._is_of_firm(role, found)):
            return None
        return found

    def _is_of_firm(self, role: Role, found: NameFound) -> bool:
        """'its partner Coast Garments', 'the fund manager Fibra Macquarie': heads that stand before firms as often as before people."""
        small = self.tokens.kind(role.head.start) == LOWER
        before_firms = small and role.head.head.base in BEFORE_FIRMS and not role.plural and role.end == role.head.end
        letters = self.tokens.kind(found.start) == UPPER and self.tokens.kind(found.start + 1) == LOWER  # 'délégué |CGT de Décolpro'
        return before_firms or letters or self.tokens.folded[found.end - 1] in trade_words()

    def _sure(self, found: NameFound) -> bool:
        return found.titled or (found.shape.strength == 2 and not found.single)

    def _only_capital(self, found: NameFound) -> bool:
        """One unknown word that more capitals or an organisation's noun follow: 'President Hotel', 'Minister Award'."""
        after = found.end
        return found.single and (self.tokens.kind(after) in (CAPITAL, UPPER) or self.tokens.kind(found.start) == UPPER)

    def _shared(self, first: NameFound, role: Role) -> list[NameFound]:
        """All names behind a plural office: 'Vice Presidents A, B and C'."""
        names = [first]
        while role.plural:
            index = names[-1].end
            while self.tokens.word(index) in (",", "and", "&"):
                index += 1
            found = name_from(self.tokens, index, self.is_place) if index > names[-1].end else None
            if found is None:
                break
            names.append(found)
        return names

    # -- the name on the left -------------------------------------------------------------

    def _name_left(self, start: int, *, plural: bool) -> tuple[list[NameFound], str]:
        """Names an office that begins at `start` may belong to, and by which rule."""
        index = self._past_description(start - 1)
        if self.tokens.is_mark(index, ","):
            return self._from_body(index) or self._names_ending(self._past_insertions(index), plural=plural), AFTER
        if self.tokens.is_mark(index, OPENING):
            return self._names_ending(index, plural=plural), BRACKETS
        if self.tokens.is_mark(index, DASHES):
            names = self._names_ending(index, plural=plural)
            return [name for name in names if self._sure(name) and self._line_begins(name)], LABEL
        verb = self._past_verb(index)
        if verb < index:
            names = [name for name in self._names_ending(verb + 1, plural=plural) if not name.single or name.titled]
            return names or self._holder_before(verb + 1), VERB
        return [], ""

    def _from_body(self, comma: int) -> list[NameFound]:
        """'Mr. Walter Lechner of Rail Cargo Austria, |its representative': the name before 'of' and a body."""
        tokens = self.tokens
        if tokens.word(comma + 1) not in ("its", "their"):
            return []
        index = self._past_insertions(comma)
        while (
            index > 0
            and comma - index < BODY_WORDS
            and (tokens.kind(index - 1) in (CAPITAL, UPPER) or tokens.word(index - 1) in ("and", "&"))
        ):
            index -= 1
        index -= tokens.word(index - 1) == "the"
        if tokens.word(index - 1) not in ("of", "from"):
            return []
        found = name_before(tokens, index - 1, self.is_place, self._low())
        return [found] if found and self._sure(found) and not found.single else []

    def _past_description(self, index: int) -> int:
        """Back over articles, 'until now', "the family's second-generation", 'sister cities' to the comma before them."""
        tokens = self.tokens
        if tokens.word(index) in ARTICLES or tokens.word(index) in FOREIGN_ARTICLES:
            index -= 1
        while tokens.kind(index) in (CAPITAL, INITIAL, MARK) and is_honorific(tokens, index - tokens.is_mark(index, ".")):
            index -= 1 + tokens.is_mark(index, ".")
        back = index
        while index - back < DESCRIPTION and tokens.kind(back) in (LOWER, POSSESSIVE) and self._describes(back):
            back -= 1
        return back if tokens.is_mark(back, ",") else index

    def _describes(self, index: int) -> bool:
        word = self.tokens.word(index)
        if word in JOINTS:
            return False
        return word in DESCRIPTIONS or word in ARTICLES or not self.tokens.flag(index) & (STOP | HEAD)

    def _holder_before(self, index: int) -> list[NameFound]:
        """'Ann Lee, head of A, will serve as …': the name whose office ends here."""
        last = self._held[-1] if self._held else None
        return [last.name] if last and last.end == index and last.rule == AFTER else []

    def _line_begins(self, name: NameFound) -> bool:
        """'Jane Roe - President': the name opens the line or an item of it."""
        before = skip_back(self.tokens, name.start)
        numbered = self.tokens.kind(before - 2) == NUMBER and self.tokens.is_mark(before - 1, ".)")
        last_of_list = self.tokens.word(before - 1) == "and" and bool(self._held) and self._held[-1].rule == LABEL
        return before == 0 or numbered or last_of_list or self.tokens.is_mark(before - 1, ";•·|,:")

    def _past_insertions(self, comma: int) -> int:
        """End of a name before a comma, behind an age, a degree or a bracket: 'Li Wei (李伟), 45, chairman'."""
        index = comma
        if self.tokens.kind(index - 1) == NUMBER and self.tokens.is_mark(index - 2, ","):
            index -= 2
        if self.tokens.word(index - 1).rstrip(".") in POST and self.tokens.is_mark(index - 2, ","):
            index -= 2
        if self.tokens.is_mark(index - 1, ")）"):
            opening = next((back for back in range(index - 2, max(index - 9, -1), -1) if self.tokens.is_mark(back, OPENING)), index)
            index = opening
        return index

    def _names_ending(self, end: int, *, plural: bool) -> list[NameFound]:
        last = name_before(self.tokens, end, self.is_place, self._low())
        names = [last] if last else []
        while names and plural:
            index = skip_back(self.tokens, names[-1].start)
            while self.tokens.word(index - 1) in (",", "and", "&"):
                index -= 1
            found = name_before(self.tokens, index, self.is_place, self._low()) if index < names[-1].start else None
            if found is None:
                break
            names.append(found)
        return [name for name in names if not self._acronym(name)]

    def _low(self) -> int:
        """Names on the left may reach back to the last office's end, or take up the name that holds it."""
        return min(self._free, self._held[-1].name.start) if self._held and self._held[-1].rule != AFTER else self._free

    def _acronym(self, name: NameFound) -> bool:
        return (
            name.single and (self.tokens.kind(name.start) == UPPER or bool(self.tokens.flag(name.start) & INSTITUTION)) and not name.titled
        )

    def _past_verb(self, index: int) -> int:
        """Back over 'who is', 'was appointed as', 'serves as'; `index` itself if no such words stand there."""
        back, placing = index, False
        while back > 0 and index - back < 6 and self.tokens.kind(back) == LOWER:
            word = self.tokens.folded[back]
            if word in PLACING:
                placing = True
            elif word not in FILLERS:
                break
            back -= 1
        if self.tokens.is_mark(back, ","):
            back -= 1
        return back if placing else index

    # -- who gets it ----------------------------------------------------------------------

    def _divide(self, chain: list[Role], left: list[NameFound], rule: str, right: NameFound) -> None:
        """A name on both sides: the last office is the right one's, the others the left one's."""
        if self._ends_in_company(chain[-1], right) and not any(one.name in left for one in self._held):
            self._hold(chain, left, rule)
            return
        if len(chain) > 1:
            self._hold(chain[:-1], left, rule)
        self._hold(chain[-1:], self._shared(right, chain[-1]), BEFORE)

    def _ends_in_company(self, role: Role, right: NameFound) -> bool:
        """', Group President Mitsubishi': one unknown word behind an office in business is its company."""
        qualified = role.head.start > role.start or role.head.head.office == "corporate"
        return right.single and not right.titled and qualified and role.determined is False

    def _hold_left(self, chain: list[Role], left: list[NameFound], rule: str) -> None:
        previous = self._held[-1] if self._held else None
        ordered = previous and (previous.rule == APPOSED or (previous.rule in (BEFORE, LIST) and chain[0].determined))
        listed = previous and ordered and any(previous.name == name for name in left)
        if listed and (self._hold_apposed(chain) or self._awaits_name(chain[-1])):
            return
        if left[0].single and not left[0].titled and (chain[0].bare(self.tokens) or rule != AFTER):
            return
        if chain[0].plural and len(left) == 1:
            return
        self._hold(chain, left, rule)

    def _awaits_name(self, role: Role) -> bool:
        """'…, the vice president of B, X': in a list of offices before names this one is not the last name's."""
        return role.determined and self.tokens.is_mark(role.end, ",") and self.tokens.kind(role.end + 1) == CAPITAL

    def _hold_apposed(self, chain: list[Role]) -> bool:
        """'the mayor of Nice, Christian Estrosi,' or 'the mayor of Nice (Christian Estrosi)'."""
        end = chain[-1].end
        bracket = self.tokens.is_mark(end, OPENING)
        inside = self.tokens.is_mark(chain[0].start - 1, OPENING) and self.tokens.is_mark(end, DASHES)
        if not (bracket or inside or self.tokens.is_mark(end, ",:") or self._dashed(chain)):
            return self._hold_told(chain) or self._hold_far(chain)
        found = name_from(self.tokens, end + 1, self.is_place)
        if found is None or not self._apposable(chain, found, bracket=bracket):
            return self._hold_far(chain)
        self._hold(chain, self._shared(found, chain[-1]), APPOSED)
        return True

    def _hold_far(self, chain: list[Role]) -> bool:
        """'o presidente da agência Investe São Paulo, Rui Pimentel;': in Romance languages, behind words of any kind and a comma."""
        tokens, index = self.tokens, chain[-1].end
        if not chain[0].determined or chain[-1].plural or not FAR_JOINTS & set(tokens.folded[index - 1 : index + FAR]):
            return False
        while index < min(chain[-1].end + FAR, len(tokens)) and not self._breaks(index):
            if tokens.is_mark(index, ","):
                found = name_from(tokens, index + 1, self.is_place)
                after = self._past_additions(found.end) if found else index
                closed = after >= len(tokens) or tokens.is_mark(after, ",.;)") or tokens.word(after) in JOINTS
                if found and self._sure(found) and not found.single:
                    if closed and found.shape.strength == 2:
                        self._hold([*chain[:-1], replace(chain[-1], end=index, name_start=None)], [found], APPOSED)
                    return closed
            index += 1
        return False

    def _breaks(self, index: int) -> bool:
        """A stop, a verb or another office: what is behind it is another's."""
        tokens = self.tokens
        if tokens.is_mark(index, '.;:!?()«»“”"'):
            return True
        if tokens.kind(index) != LOWER:
            return bool(tokens.flag(index) & HEAD)
        plain = tokens.word(index) in JOINTS or tokens.word(index) in FAR_JOINTS or tokens.word(index) in FOREIGN_ARTICLES
        return bool(tokens.flag(index) & (STOP | HEAD)) and not plain

    def _dashed(self, chain: list[Role]) -> bool:
        """'the Deputy Minister of Infrastructure - |Marek Gruszczyk': a dash with a space on either side."""
        end, tokens = chain[-1].end, self.tokens
        if not (chain[0].determined and tokens.is_mark(end, "-–—") and 0 < end < len(tokens) - 1):
            return False
        return tokens.starts[end] > tokens.ends[end - 1] and tokens.starts[end + 1] > tokens.ends[end]

    def _hold_told(self, chain: list[Role]) -> bool:
        """'The director there is Lasha Mikeladze,': an article, the office and its holder."""
        index = chain[-1].end + (self.tokens.word(chain[-1].end) in PLACES)
        if self.tokens.word(index) not in ("is", "was") or not chain[0].determined or chain[-1].plural:
            return False
        found = name_from(self.tokens, index + 1, self.is_place)
        if found is None or found.single or not (self._sure(found) or self.tokens.is_mark(found.end, ",.")):
            return False
        self._hold(chain, [found], VERB)
        return True

    def _apposable(self, chain: list[Role], found: NameFound, *, bracket: bool) -> bool:
        tokens, after = self.tokens, found.end
        if chain[-1].plural and not self._sure(found):
            return False
        if bracket:
            return tokens.is_mark(after, ")）,") and not self._acronym(found)
        if tokens.is_mark(chain[-1].end, ":"):
            return self._sure(found)
        if tokens.is_mark(chain[-1].end, DASHES):
            return tokens.is_mark(after, ")）") or (self._dashed(chain) and self._sure(found))
        after = self._past_additions(after)
        closed = after >= len(tokens) or tokens.is_mark(after, ",.;)") or tokens.word(after) in ("and", "as")
        full = chain[0].determined or not chain[0].bare(tokens)
        if found.single and not found.titled:
            return (
                tokens.is_mark(after, ",.")
                and chain[0].determined
                and not self._acronym(found)
                and not self.is_place(tokens.printed(found.start, after))
            )
        opens = chain[0].determined or tokens.kind(chain[0].start) == CAPITAL
        speaks = tokens.word(after) in SPEECH
        return full and (closed or ((self._sure(found) or speaks) and tokens.kind(after) == LOWER and opens))

    def _past_additions(self, index: int) -> int:
        """Behind the letters and the other script of a name: 'Fionnuala Hargadon |TD', 'Luo Hung-yi |(羅弘毅)'."""
        tokens = self.tokens
        while tokens.kind(index) == UPPER and tokens.flag(index) & POST_NOMINAL:
            index += 1
        if tokens.is_mark(index, OPENING) and tokens.kind(index + 1) == OPAQUE:
            close = next((ahead for ahead in range(index + 2, index + 6) if tokens.is_mark(ahead, ")）")), None)
            index = index if close is None else close + 1
        return index

    def _hold(self, chain: list[Role], names: list[NameFound], rule: str) -> None:
        start, end = chain[0].start, chain[-1].end
        role = " ".join(self.tokens.printed(start, end).split())
        if rule == BEFORE and len(names) == 1 and end == chain[-1].head.end:
            role = " ".join([role, *self._body_behind(names[0], chain[-1])])
        for name in names if active(rule) else ():
            self._held.append(Held(name, role, tuple(r.head for r in chain), start, end, rule))
            self._free = max(self._free, name.end if name.start >= end else 0)

    def _body_behind(self, name: NameFound, role: Role) -> list[str]:
        """'Commissioner Ann Lee |of the Department of Ports': the body named behind the name, in words."""
        if self.tokens.word(name.end) != "of" or not active(BODY_BEHIND):
            return []
        end = self.offices.complement(name.end, role.head)
        if not any(self.tokens.flag(index) & ORGANISATION for index in range(name.end, end)):
            return []
        return self.tokens.printed(name.end, end).split()


def _is_headline(tokens: Tokens) -> bool:
    """Mostly capitals and no full stop: there a capital proves no name."""
    words = [kind for kind in tokens.kinds if kind in (CAPITAL, UPPER, LOWER)]
    return words.count(LOWER) < 0.4 * len(words) and not tokens.is_mark(len(tokens) - 1, '.!?"”')


PLACING = terms("name_words.txt", "placing verbs")
FILLERS = terms("name_words.txt", "placing fillers")
SPEECH = terms("name_words.txt", "speech verbs")
DESCRIPTIONS = terms("name_words.txt", "descriptions")
COURTESY = terms("name_words.txt", "offices of address")
POST = terms("name_words.txt", "post nominals")


def skip_back(tokens: Tokens, start: int) -> int:
    """First token of the honorifics before a name."""
    index = start
    while index > 0 and skip_honorifics(tokens, index - 1) == start:
        index -= 1
    return index
