"""Shapes → the headline: of all lines before the text, the one that everything around it speaks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import lru_cache

from bindery.ingest.clean import credit_line, dateline
from bindery.ingest.clean.credit import Meta, is_known_name, is_profile, word_count
from bindery.ingest.clean.formulas import Marks
from bindery.ingest.clean.lexicon import folded
from bindery.ingest.clean.shape import Shape, of_text
from bindery.ingest.clean.title_text import shared_words, squash, without_date, without_site

LONGEST_TITLE = 300
"""Units; the longest headline of 37 pages has 124 letters, official ones in two sentences some 250."""

FEWEST_TITLE_UNITS = 8

DEEPEST = 2
"""Strong paragraphs that may stand before a headline (a slogan, a notice about cookies)."""

THRESHOLD = 1.4
"""Score of the weakest line taken for a headline. On 70 pages headlines have 1.6–7.5, mastheads and other lines at most 1.55 where
the page has no headline, and nearly all of them below 1.3."""

DECK_OVERLAP = 0.5
"""Share of its words in the text from which a line under a headline is a second headline rather than a stranger."""

STACKED = 0.7
"""How much better a line may score than the one right above it and still be its second headline: the lower stands nearer to the date."""

FEWEST_UPPER_WORDS = 5

LONGEST_MASTHEAD = 7
"""Words."""

MASTHEAD = 2.5
"""What a masthead loses against a headline."""

IMPOSSIBLE = -10.0

LINK_BAR = 2.0
"""What a row of links loses."""

INSTITUTION_OVERLAP = 0.6
"""Share of its words in the text below which a line that begins as an office's name does is a letterhead."""

OPENING_OVERLAP = 0.25
"""Share of its words in the text that a first line has if it is the headline of a page without menus."""

UPPER_OVERLAP = 0.4
"""The same for a headline that a date parts from a line that scores better."""

FEWEST_DATED_WORDS = 3
"""Words beside the date of a headline that has one."""

DATED = 0.8
"""What a line with a date in it loses: it is mostly a line of metadata."""

LONGEST_SECTION = 4
"""Words of 'Economic Development News'."""

FIRM = re.compile(
    r"^(?:株式会社|有限会社|\(株\)|（株）|㈜)[^\s　]{1,20}$|^[^\s　]{1,20}(?:株式会社|有限公司|（株）|\(株\)|㈜)$"
    r"|^(?:[A-Z0-9][\w&.'-]*,? ){1,5}(?:Co\.,? ?Ltd\.?|Ltd\.?|Inc\.?|Corp(?:\.|oration)?|Limited|PLC|plc|GmbH|AG|SE|S\.A\.|S\.p\.A\.|A/S"
    r"|N\.V\.|B\.V\.|(?:Sdn\.? )?Bhd\.?)$"
)
"""A firm's name alone on its line: the letterhead of its press release."""
INSTITUTION = re.compile(
    r"^(?:THE |The )?(?:GOVERNMENT|Government|DIRECTORATE|Directorate|MINISTRY|Ministry|DEPARTMENT|Department|OFFICE|Office|EMBASSY|Embassy"
    r"|CONSULATE|Consulate|BUREAU|Bureau|SECRETARIAT|Secretariat|COMMISSION|Commission|Prefeitura|Ayuntamiento|Mairie|Comune|Stadt)\b"
    r"(?: [A-ZÀ-Þ][\w,.'’-]*| (?:of|and|the|for|in|de|du|da|do|di|la|d'|und|der|des)(?= )| &)*$"
)
_PLACES_OWN = re.compile(
    r"(?:The )?(?:City|Town|County|Port|Port Authority|State|Province|Municipality|Borough|District|Consulate|Embassy) of"
    r"(?: [A-Z][\w'-]{1,20}){1,3}(?:,? [A-Z][\w'-]{1,20})?"
)
"""'City of Linden', 'Port Authority of New Linden': opens a page as its letterhead."""
EAST_INSTITUTION = re.compile(
    r"^(?!.*(?:訪|访|会見|會見|会见|会談|會談|会谈|拜|签|簽|赴|与|與|和|到|参|參|举行|舉行))[㐀-鿿々]{2,18}"
    r"(?:総領事館|总领事馆|總領事館|領事館|领事馆|大使館|大使馆|市役所|県庁|人民政府|市政府|縣政府|商工会議所|办公室|辦公室|委员会|委員會|管委会)$"
    r"|^주?[가-힣 ]{2,16}(?:총영사관|대사관|시청|도청|상공회의소)$"
)
"""'在重慶日本国総領事館': an office's name alone on its line, with no verb in it."""
_SECTION = re.compile(
    r"(?:^| )(?:News|NEWS|Newsroom|Headlines|Updates|Noticias|Notícias|Nachrichten|Aktuelles|Actualités|Pressemitteilungen)$"
)
_STEP = re.compile(r"\s*[>»›→▸]\s*")
_LABEL = re.compile(
    r"^(?:title|headline|subject|titel|betreff|titre|objet|título|asunto|assunto|titolo|oggetto|тема|标题|標題|题目|主题|件名|題名|제목)(?:\s?[:：]\s?|(?<=제목)\s)",
    re.IGNORECASE,
)
"""'Subject: …', '제목 …': a form's word for its headline."""
_EDGES = re.compile(r"^[•·▪■□●○◆◎►▶*|]\s*|\s*\|$")
_NUMBER_OF_PICTURE = re.compile(r"(?<=\D)\s[-–]\s\d$")
"""'… open a line - 1': the headline as the name of the first picture."""
_NO_TITLE = re.compile(
    r"^This (?:article |story |post )?(?:was published|is (?:more|over) than)\b"
    r"|^[A-Z][\w .'-]{2,24}, (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}$"
)
"""A notice that the news is old; place and day."""


@dataclass(frozen=True, slots=True)
class Title:
    index: int
    """Of its shape: the last printing before the text."""
    text: str
    date: Date | None
    """Printed after it on the same line."""
    copies: frozenset[int]
    """Indices of every line that prints it, with a full stop or a site's name after it perhaps."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What a candidate is judged by."""

    shapes: Sequence[Shape]
    marks: Marks
    metas: Sequence[Meta | None]
    body: str
    """Every sentence of the page, folded."""
    squashed: Sequence[str]
    """Each line squashed; empty for a long one."""

    def may_be_title(self, index: int) -> bool:
        shape = self.shapes[index]
        fits = FEWEST_TITLE_UNITS <= shape.units <= LONGEST_TITLE and shape.prose < 2.0
        return (
            fits and not _NO_TITLE.match(shape.text) and self.marks[index] is None and (self.metas[index] is None or self.is_dated(index))
        )

    def is_dated(self, index: int) -> bool:
        """A date inside other words, without a label: a headline may have one, 'Council meeting of 12 March 2021'."""
        meta = self.metas[index]
        named = meta is not None and not meta.labels and not meta.source and not meta.byline
        return meta is not None and named and len(meta.cells) == 1 and word_count(meta.cells[0]) >= FEWEST_DATED_WORDS


HEAD_LINES = 200
"""Lines among which a headline is looked for; the longest menu above one on 60 pages has some 120."""


def find(shapes: Sequence[Shape], marks: Marks, metas: Sequence[Meta | None]) -> Title | None:
    """The headline, None where no line earns the name."""
    sentences = (shape.text[:2_000] for index, shape in enumerate(shapes) if shape.prose and marks[index] is None)
    squashed = [squash(shape.text) if shape.units <= LONGEST_TITLE and not shape.strong else "" for shape in shapes]
    page = _Page(shapes, marks, metas, folded(" ".join(sentences)), squashed)
    scores = {index: _score(page, index) for index in _before_text(page) if page.may_be_title(index)}
    best = max(scores, key=lambda index: (scores[index], index), default=None)
    while best is not None and _is_credit(page, best):
        del scores[best]
        best = max(scores, key=lambda index: (scores[index], index), default=None)
    upper_fits = best is not None and scores.get(best - 1, IMPOSSIBLE) >= max(THRESHOLD, scores[best] - STACKED)
    if best is not None and upper_fits and (_stacked(shapes, best) or _heads_deck(page, best - 1)):
        best -= 1
    if best is not None and (upper := _above_meta(page, best)) is not None and scores.get(upper, IMPOSSIBLE) >= THRESHOLD:
        best = upper
    return _title(best, page) if best is not None and scores[best] >= THRESHOLD else _end_of_path(page)


def _end_of_path(page: _Page) -> Title | None:
    """The last step of a path, where no line is the headline: 'Home › News › Two ports sign an agreement'."""
    for index in _before_text(page):
        mark, shape = page.marks[index], page.shapes[index]
        if mark and mark.rule == "breadcrumb" and not shape.prose:
            last = _STEP.split(shape.text)[-1].strip()
            if of_text(shape.lines, last).words >= FEWEST_UPPER_WORDS and shared_words(last, page.body) >= UPPER_OVERLAP:
                return Title(index, last, None, frozenset({index}))
    return None


def _is_credit(page: _Page, index: int) -> bool:
    """Author or outlet on a line of their own: 'Linden Daily reporter Anna Berg', 'Office of the Mayor of Linden'."""
    text = page.shapes[index].text
    if page.shapes[index].words > LONGEST_MASTHEAD and text.isascii():
        return False
    found = credit_line.read(text, lambda _: False)
    if found is None or found.byline:
        return found is not None
    return INSTITUTION.match(text) is not None or (text.isascii() and shared_words(text, page.body) < INSTITUTION_OVERLAP)


def _above_meta(page: _Page, index: int) -> int | None:
    """The line above the dates right above this one, if the text knows its words: this one is then a caption or a summary."""
    upper = index - 1
    while upper >= 0 and page.metas[upper] is not None:
        upper -= 1
    parted = any((meta := page.metas[i]) and meta.date for i in range(upper + 1, index))
    if upper < 0 or not parted or page.shapes[upper].words < FEWEST_UPPER_WORDS:
        return None
    return upper if shared_words(page.shapes[upper].text, page.body) >= UPPER_OVERLAP else None


def _stacked(shapes: Sequence[Shape], index: int) -> bool:
    """Two headlines one above the other without a blank line, the upper long enough to be one."""
    upper, lower = shapes[index - 1], shapes[index]
    return lower.lines[0].number - upper.lines[-1].number == 1 and upper.words >= FEWEST_UPPER_WORDS and not upper.bar


def _heads_deck(page: _Page, index: int) -> bool:
    """A line whose words the text knows, over another that only stands nearer to the date: that one is its second headline."""
    shape = page.shapes[index]
    return shape.words >= FEWEST_UPPER_WORDS and not shape.bar and shared_words(shape.text, page.body) >= UPPER_OVERLAP


def _before_text(page: _Page) -> range:
    """Every line down to the paragraph by which the text has surely begun."""
    head = page.shapes[:HEAD_LINES]
    strong = [index for index, shape in enumerate(head) if shape.strong and page.marks[index] is None]
    return range(strong[min(DEEPEST, len(strong) - 1)] if strong else len(head))


def _score(page: _Page, index: int) -> float:
    """The evidence for one line, added up."""
    overlap = shared_words(page.shapes[index].text, page.body)
    return _form(page.shapes[index]) + 1.5 * overlap + _place(page, index, overlap) - (DATED if page.is_dated(index) else 0.0)


def _form(shape: Shape) -> float:
    """Headlines have four to thirty words, are no sentence unless asked or cried out, and end without a comma or a colon."""
    score = 1.0 if 4 <= shape.words <= 30 else 0.3 if shape.words == 3 else -0.7
    if shape.prose:
        score -= 1.0 if shape.text.endswith(("?", "!", "？", "！")) else 4.0 if shape.strong else 2.5
    score += 0.3 * min(shape.units, 40) / 40
    if shape.bar or shape.text.count(" | ") > 1:
        score -= LINK_BAR
    return score - 1.0 if shape.text.endswith((":", "：", ",", "，")) else score


def _place(page: _Page, index: int, overlap: float) -> float:
    """Headlines stand above date and byline, below a breadcrumb, near the text, open a page without menus, or are printed twice.

    A line below a sentence needs such a witness: without one it is a heading of a text that has no headline.
    """
    if _is_masthead(page, index):
        return -MASTHEAD
    witness = 1.2 * _near_meta(page, index) + (2.0 if _printed_again(index, page.squashed) else 0.0)
    above = page.marks[index - 1] if index else None
    crumb = 0.3 if above and above.label == "nav" else 0.0
    sentences = [page.shapes[i] for i in range(index) if page.shapes[i].prose and page.marks[i] is None]
    if sentences and not witness:
        return IMPOSSIBLE
    strangers = _strangers_below(page, index)
    opens = 0.5 if not index and not strangers and (overlap >= OPENING_OVERLAP or _above_prose(page, index)) else 0.0
    return witness + crumb + opens - sum(1.5 if shape.strong else 0.5 for shape in sentences) - 0.25 * strangers


def _is_masthead(page: _Page, index: int) -> bool:
    """The site's or the office's name: short, above a menu that it opens, or printed again in a line of copyright."""
    shape, own = page.shapes[index], page.squashed[index]
    if (
        shape.text.startswith(("@", "Welcome to "))
        or dateline.ALONE.search(shape.text)
        or FIRM.match(shape.text)
        or (index == 0 and _PLACES_OWN.fullmatch(shape.text))
        or EAST_INSTITUTION.match(shape.text)
        or (INSTITUTION.match(shape.text) and shared_words(shape.text, page.body) < INSTITUTION_OVERLAP)
    ):
        return True
    if shape.words > LONGEST_MASTHEAD or len(own) < 6:
        return False
    if shape.words <= LONGEST_SECTION and _SECTION.search(shape.text):
        return True
    below = page.marks[index + 1] if index + 1 < len(page.shapes) else None
    if index == 0 and below and below.rule in ("menu", "breadcrumb", "search-and-language", "legal-and-cookies"):
        return True
    return any(own in other for place, other in enumerate(page.squashed) if (mark := page.marks[place]) and mark.rule == "copyright")


def _strangers_below(page: _Page, index: int) -> int:
    """Lines between this one and the first sentence that are neither known furniture nor near to the text's words."""
    count = 0
    for i in range(index + 1, min(len(page.shapes), index + HEAD_LINES)):
        plain = page.marks[i] is None
        if plain and page.shapes[i].prose:
            break
        shape = page.shapes[i]
        strange = plain and page.metas[i] is None and shared_words(shape.text, page.body) < DECK_OVERLAP
        count += strange and not (is_profile(shape.text) or (shape.words <= LONGEST_MASTHEAD and _names_somebody(shape.text)))
    return count


@lru_cache(maxsize=64)
def _names_somebody(text: str) -> bool:
    """An author or an outlet, in brackets or behind a stroke perhaps."""
    return is_known_name(text) or credit_line.read(text, lambda _: False) is not None


def _near_meta(page: _Page, index: int) -> float:
    """1.0 with a line of date, byline or source right below or between a date and the text, less for one further off."""
    metas = page.metas
    if index and (meta := metas[index - 1]) and meta.date and _is_alone_above_text(page, index):
        return 1.0
    distance = 0
    for meta in metas[index + 1 : index + 1 + NEAR]:
        if meta and (meta.date or meta.byline or meta.source or meta.labels - {"other"}):
            return 1.0 / (distance + 1)
        distance += meta is None  # views and places are no headline's distance from its date
        if distance == FARTHEST:
            break
    below_date = index > 0 and (meta := metas[index - 1]) is not None and meta.date is not None
    return 0.5 if below_date and shared_words(page.shapes[index].text, page.body) >= DECK_OVERLAP else 0.0


NEAR, FARTHEST = 6, 3
"""Lines below a headline among which its date may stand: all, and those that are no metadata."""


def _is_alone_above_text(page: _Page, index: int) -> bool:
    """Nothing but furniture stands above the date that stands above this line, and the text begins below it."""
    upper = index - 2
    is_first = upper < 0 or page.marks[upper] is not None or page.metas[upper] is not None or page.shapes[upper].bar
    return is_first and _above_prose(page, index)


def _above_prose(page: _Page, index: int) -> bool:
    return index + 1 < len(page.shapes) and bool(page.shapes[index + 1].prose)


def _printed_again(index: int, squashed: Sequence[str]) -> bool:
    """Again alone, or with a site's name before or after it that is shorter than itself; not on the next line, as a caption is."""
    own = squashed[index]
    others = (other for place, other in enumerate(squashed) if abs(place - index) > 1 and len(other) <= 2 * len(own))
    return len(own) >= 8 and any(other.startswith(own) or other.endswith(own) for other in others)


def _title(best: int, page: _Page) -> Title:
    shapes, squashed, body = page.shapes, page.squashed, page.body
    own = squashed[best]
    text, date = without_date(_LABEL.sub("", _EDGES.sub("", shapes[best].text)))
    meta = page.metas[best]
    date = date or (meta.date if meta else None)
    text = _NUMBER_OF_PICTURE.sub("", text)
    bare = without_site(text, best, squashed, body)
    text, own = (bare, squash(bare)) if bare != text else (text, own)
    return Title(best, text, date, frozenset(index for index, other in enumerate(squashed) if _same_headline(own, other)) | {best})


def _same_headline(own: str, other: str) -> bool:
    """The headline again, alone or before a site's name; not a sentence of the text that happens to begin with it."""
    return other == own or (other.startswith(own) and len(own) >= 16 and len(other) - len(own) <= 24)
