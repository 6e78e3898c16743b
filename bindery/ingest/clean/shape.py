"""Line → Shape: what one line looks like, before anything is known of its neighbours."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from bindery.ingest.clean.lexicon import folded, menu
from bindery.model import Line

LONGEST_FORMULA_LINE = 400
"""Characters. Menus, credits and footers are shorter (the longest of 37 pages has 230); a longer line is only looked at as prose."""

FEWEST_NOTE_UNITS = 80
"""Headlines that end in such a noun are shorter."""

LONGEST_MENU = 250
"""Units of a link bar; the longest of 37 pages has 131."""

MENU_SHARE = 0.6
"""Share of a line's words that are menu cells: link bars have 0.6–1.0, headlines below 0.35 (37 pages)."""

WIDE = re.compile("[\u1100-\u11ff\u2e80-\u303f\u3041-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
"""Letters of Chinese, Japanese, Korean: one says about as much as two Latin ones."""

TERMINAL = re.compile(r"""[.!?…。！？｡؟।][\]"'”’»」』）)\s*]*$""")
_INNER_STOP = re.compile(r"[.!?]['\"”’)]?\s+['\"“‘(]?[^\W\d_a-z]|[؟।](?=.)")
_INNER_WIDE_STOP = re.compile("[。！？](?=.)")
_ABBREVIATION_END = re.compile(r"(?:\b(?:co|ltd|inc|corp|llc|plc|u\.s|mr|dr|st|no|jr|sr)|\b(?-i:[A-Z]))\.$", re.IGNORECASE)
_SIGN_OFF = re.compile(
    r"(?<=[.!?。”\"’])\s*(?:[(（\[【][^()（）\[\]\n]{1,40}[)）\]】]\s?(?:\([\w.-]{4,30}\))?|(?:--|[—–/-]{1,2}) ?[A-Z][\w./ ]{1,24})\s*$"
)
"""Who signs a last sentence: "… sent delegates. (PNA)", "… he said. — Bernama", "… the mayor said. (rud)"."""
_KOREAN_NOTE = re.compile(r"(?:[가-힣](?:다|음|함|됨|임|했음|있음)|예정|계획)\W{0,2}$")
"""How notes of Korean offices end, without a stop: '… 우호협력을 맺었음'."""
_SPACES = re.compile(r"[ \u00a0\t]+")
_GAPS = ("  ", "\u00a0", "\t")
_CELLS = re.compile(r"\s*[|｜¦>»›→/·•:：,，、;；【】\[\]〖〗()（）]+\s*|\s{2,}|(?<=[a-z])(?=[A-Z])")
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})-$")
HYPHENATING = frozenset(
    {"low", "high", "long", "short", "well", "self", "non", "vice", "ex", "co", "multi", "post", "half", "one", "two", "three"}
)
"""First parts of words that keep their hyphen at the end of a line."""
_BAR_CELLS = re.compile(r"\s*[|｜¦·•▸►▶☰≡]\s*|\s[/>»›→]\s|[ \u00a0]{2,}|\u3000")
_LETTERS = re.compile(r"[^\W\d_]")

LONGEST_LINKED_SENTENCE = 10
"""Words; a line with more that ends as a sentence does is no link bar."""

FEWEST_LINKS = 3
LONGEST_LINK = 4
"""Words of a cell of a link bar."""

STRONG = 1.2
"""`Shape.prose` from which a line alone proves that the text has begun: a sentence of 120 Latin or 60 Chinese letters."""


class Shape(msgspec.Struct, frozen=True, gc=False):
    lines: tuple[Line, ...]
    """Several where a paragraph was broken by its width."""
    raw: str
    """Trimmed, with the gaps that part the cells of a menu."""
    text: str
    """Trimmed, runs of spaces made one."""
    folded: str
    """For lookups; only the head of a line longer than LONGEST_FORMULA_LINE."""
    units: int
    """Length, a wide letter counted twice."""
    words: int
    """Words between spaces; in scripts without spaces two letters are a word."""
    prose: float
    """0.0 for what is no sentence, up to 3.0 for a long paragraph."""
    menu: bool
    """Nearly all cells are menu words."""

    @property
    def number(self) -> int:
        return self.lines[0].number

    @property
    def strong(self) -> bool:
        return self.prose >= STRONG

    @property
    def bar(self) -> bool:
        """Three cells or more of a few words each, none a figure: 'Airlines / Airports / Cargo / Events'."""
        links = [link for link in _BAR_CELLS.split(self.raw) if link] if self.units <= LONGEST_MENU else []
        return len(links) >= FEWEST_LINKS and all(link.count(" ") < LONGEST_LINK and not any(map(str.isdigit, link)) for link in links)

    @property
    def short(self) -> bool:
        return len(self.text) <= LONGEST_FORMULA_LINE


def shape(lines: tuple[Line, ...]) -> Shape:
    """A logical line in numbers; blank lines are not for here."""
    return of_text(lines, _join(lines).strip())


def of_text(lines: tuple[Line, ...], raw: str) -> Shape:
    """The shape of what a line says, for a line that has something else before it."""
    return Shape(lines, raw, *(_look if len(raw) > LONGEST_MENU else _known_look)(raw))


def _look(raw: str) -> tuple[str, str, int, int, float, bool]:
    """What a line looks like, wherever it stands."""
    text = (_SPACES.sub(" ", raw) if any(gap in raw for gap in _GAPS) else raw).strip()
    low = folded(text[:LONGEST_FORMULA_LINE])
    wide = 0 if text.isascii() else len(WIDE.findall(text))
    units = len(text) + wide
    words = text.count(" ") + 1 + wide // 2
    ends = words > LONGEST_LINKED_SENTENCE and text[-1] in '.。!?”"'
    is_menu = units <= LONGEST_MENU and not ends and _menu_share(raw if len(raw) <= 2 * LONGEST_MENU else text) >= MENU_SHARE
    return text, low, units, words, 0.0 if is_menu else _prose(text, units, words), is_menu


_known_look = lru_cache(maxsize=4096)(_look)
"""Menus, buttons and the foot of a page stand on all pages of their source."""


def _join(lines: tuple[Line, ...]) -> str:
    """Lines of Chinese and Japanese are joined without a space, a word broken by a hyphen is whole again."""
    text = lines[0].text
    for line in lines[1:]:
        before, after = text.rstrip(), line.text.strip()
        broken = _BROKEN.search(before)
        if broken and after[0].islower() and broken[1].lower() not in HYPHENATING:
            text = before[:-1] + after
        else:
            text = before + ("" if broken or (WIDE.match(before[-1]) and WIDE.match(after)) else " ") + after
    return text


def _prose(text: str, units: int, words: int) -> float:
    """How much a line reads like sentences, by length; 37 pages: paragraphs 0.6–3.0, headlines and menus 0.0."""
    if words < 4:
        return 0.0
    tail = text[-40:]
    tail = _SIGN_OFF.sub("", tail)
    if units >= FEWEST_NOTE_UNITS and "가" <= tail.rstrip(".)] ")[-1:] <= "힣" and _KOREAN_NOTE.search(tail):
        return min(3.0, units / 100)
    ends = TERMINAL.search(tail) is not None and not (_ABBREVIATION_END.search(tail) and units < 120)
    head = text[:2_000]
    if ends or (units >= 100 and _INNER_STOP.search(head)) or (units >= 40 and _INNER_WIDE_STOP.search(head)):
        return min(3.0, max(0.3, units / 100)) if _runs(text, words) else 0.0
    return min(3.0, units / 150) if units >= 160 and _runs(text, words) else 0.0


def _runs(text: str, words: int) -> bool:
    """Running text has words in lower case; link bars and codes have none.

    A paragraph of names ("SUZHOU, China, July 4, 2019 /PRNewswire/ -- On July 2, Suzhou Xiangcheng went to Tokyo …") has few.
    """
    head = text[:600]
    if not head.isascii() and len(WIDE.findall(head)) * 3 > len(head):
        return True
    tokens = head.split()
    wanted = (0.35 if words < 8 else 0.25 if words < 15 or "|" in head else 0.1) * len(tokens)
    small = sum([token[0].islower() for token in tokens])
    if small >= wanted:
        return True
    caseless = sum(not token[0].isupper() and not token[0].islower() and _LETTERS.match(token) is not None for token in tokens)
    return small + caseless >= wanted


def cells(text: str) -> list[str]:
    """A line of links, taken apart: "Home | About UsContact" → Home, About Us, Contact."""
    return [cell for cell in _CELLS.split(text) if cell.strip()]


def _menu_share(text: str) -> float:
    total = known = 0
    for cell in cells(text.strip()):
        low = folded(cell).strip(" -–—+×*\"'.!<&")
        tokens = low.split()
        if not tokens:
            continue
        total += len(tokens)
        known += len(tokens) if low in menu() else _known_words(tokens, cell.split())
    return known / total if total else 0.0


LONGEST_CELL = 5
"""Words of the longest menu cell looked for inside an unseparated link bar."""


def _known_words(tokens: list[str], printed: list[str]) -> int:
    """Words covered by menu cells, longest cells first: "INVESTING Guide Policies Industrial Parks" is covered whole.

    0 where a word between them is in lower case, as in "New energy for trade links": links are set with capitals.
    """
    known = place = 0
    while place < len(tokens):
        size = next((n for n in range(min(LONGEST_CELL, len(tokens) - place), 0, -1) if " ".join(tokens[place : place + n]) in menu()), 0)
        if not size and len(tokens) == len(printed) and printed[place][0].islower():
            return 0
        known += size
        place += size or 1
    return known
