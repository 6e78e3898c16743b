"""Tokens of one paragraph → which name holds which office, and the rule that says so."""

from __future__ import annotations

from msgspec.structs import replace

from bindery.ingest.annotate.names_find import NameFound, name_from
from bindery.ingest.annotate.names_tokens import (
    CAPITAL,
    HEAD,
    LOWER,
    OPAQUE,
    ORGANISATION,
    POST_NOMINAL,
    STOP,
    UPPER,
)
from bindery.ingest.annotate.offices import FOREIGN_ARTICLES, HeadAt, Role
from bindery.ingest.annotate.offices_extent import JOINTS
from bindery.ingest.annotate.officials_beside import (
    AFTER,
    APPOSED,
    BEFORE,
    BODY_BEHIND,
    COURTESY,
    DASHES,
    FAR,
    FAR_JOINTS,
    LIST,
    OPENING,
    PLACES,
    SPEECH,
    VERB,
    Beside,
    Held,
)
from bindery.rules import active


class Joiner(Beside):
    """Decides for each office whose it is; no token serves two offices."""

    def held(self) -> list[Held]:
        for head in self.offices.heads:
            if head.start >= self._free:
                self._read(head)
        return self._held

    # -- one office, or a chain of them -------------------------------------------------

    def _read(self, head: HeadAt) -> None:
        start = self.offices.left(head.start, self._free)
        left, rule = self._name_left(start, plural=head.head.plural, described=not head.head.language)
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
        direct = role.head.head.direct
        if self._sure(found) or (role.name_start is None and not direct) or not self.tokens.is_mark(found.end, ","):
            return False
        holder = name_from(self.tokens, found.end + 1, self.is_place)
        if holder is None or not (self._sure(holder) or direct) or holder.single:
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
            if not splitting and role.determined and self._has_own_holder(role):
                break
            if role.plural != roles[-1].plural:
                break
            if self._name_right(role) and self._stands_apart(roles[-1].end, splitting=splitting):
                break
            roles.append(role)
        return roles

    def _has_own_holder(self, role: Role) -> bool:
        """'A, the mayor of Jeddah, and |the mayor of Busan, Park Heong-jin, …': the second office is of the name behind it."""
        found = name_from(self.tokens, role.end + 1, self.is_place) if self.tokens.is_mark(role.end, ",") else None
        if found is None or not self._sure(found):
            return False
        after = self._past_additions(found.end)
        return after >= len(self.tokens) or self.tokens.is_mark(after, ",.;")

    def _without_courtesy(self, chain: list[Role]) -> list[Role]:
        """'Mayor of Ipswich, Cllr. Bill Quinton': a form of address between an office and its holder is no second office."""
        last = chain[-1]
        address = last.end - last.start == 1 and self.tokens.word(last.start).rstrip(".") in COURTESY
        return chain[:-1] if address and len(chain) > 1 and self.tokens.is_mark(last.start - 1, ",") else chain

    def _stands_apart(self, joint: int, *, splitting: bool) -> bool:
        """An office before its own name is not one more of the person before: 'Li Wei, mayor of A, and Governor Wang'."""
        return not splitting or self.tokens.is_mark(joint, ";")

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
        near = tokens.folded[chain[-1].head.end : index + FAR]
        joined = FAR_JOINTS & set(near) or any(word.startswith(("d'", "d’")) for word in near)
        if not self._definite(chain[0]) or chain[-1].plural or not joined:
            return False
        while index < min(chain[-1].end + FAR, len(tokens)) and not self._breaks(index):
            if tokens.is_mark(index, ","):
                found = name_from(tokens, index + 1, self.is_place)
                after = self._past_additions(found.end) if found else index
                closed = after >= len(tokens) or tokens.is_mark(after, ",.;:()") or tokens.word(after) in JOINTS
                if found and self._sure(found) and not found.single:
                    if closed and (found.shape.strength == 2 or found.titled):
                        self._hold([*chain[:-1], replace(chain[-1], end=index, name_start=None)], [found], APPOSED)
                    return closed
            index += 1
        return False

    def _definite(self, role: Role) -> bool:
        """With an article, or of a language that has none."""
        return role.determined or bool(role.head.head.language)

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
        closed = closed or (tokens.is_mark(after, ":") and self._sure(found))
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
        for name in (name for name in names if not self._names_firm(name)) if active(rule) else ():
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
