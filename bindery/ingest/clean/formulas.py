"""Shapes → marks: what fixed phrases, file names and signs say about a line, whatever stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bindery.ingest.clean.lexicon import PREFIX, Formula, core, formulas, spam
from bindery.ingest.clean.shape import Shape

IMAGE_FILE = re.compile(r"^[^\n]{0,120}\.(?:jpe?g|png|gif|webp|bmp|svg|tiff?|heic)\W{0,3}$", re.IGNORECASE)

POSITION = re.compile(
    r"\((?:left|right|cent(?:er|re)|middle|front|back|top|bottom|[lr]\d{0,2}|(?:\d(?:st|nd|rd|th)|first|second|third|fourth|fifth)"
    r" (?:from )?(?:the )?(?:left|right)|from left|links|rechts|mitte|à gauche|à droite|au centre|izquierda|derecha|centro"
    r"|[左右中][一二三四五六\d]?|왼쪽|오른쪽|가운데)\)"
    r"|^\W*(?:from left|from right|left to right|l to r|l-r|pictured from left)\b"
)
"""Who stands where in a picture: "(center)", "(R4)", "（右）"."""

AGENCY_CREDIT = re.compile(
    r"(?:[A-Z][\w.'-]{1,20} ){1,3}/ ?(?:For )?"
    r"(?:China Daily|Xinhua|China News Service|CNS|AFP|AP|Reuters|EPA|VCG|Kyodo|Yonhap|CFP|CQNews|iChongqing)\W*$"
    r"|[(\[](?:Xinhua|AFP|AP|Reuters|EPA|VCG|Kyodo|Yonhap|CFP|CNS|China Daily|IANS|PTI|ANI)\s?[/|][^)\]]{2,60}[)\]]\W*$",
    re.IGNORECASE,
)
"""A credit after a caption, however long the caption: "(Xinhua/Liu Jie)", "Chen Weihua / China Daily"."""

SLUG = re.compile(r"^[A-Z][A-Z.' ]{2,30}(?:-[A-Z0-9.' ]{2,30}){3,6}$")
"""The key line of an agency's picture: "U.S.-WASHINGTON D.C.-CHINESE EMBASSY-SISTER CITIES"."""

CREDIT_TAIL = re.compile(r"(?:^|[\s.])[A-Z][A-Z.'-]+(?: [A-Z][A-Z.'-]+){0,3} ?/ ?[A-Z][A-Z .']{2,30}$")
"""A credit at the end of a caption: "YANG GAO/CHINA DAILY"."""

COUNTER = re.compile(r"^\W*\d[\d.,]{0,8}\s?[km]?\W*$", re.IGNORECASE)
"""A number alone: views, likes."""

PAGER = re.compile(r"^\W*\d{1,3}(?:\W+\d{1,3})+(?:\W+(?:next|次へ|下一页|다음|weiter|suivant|siguiente))?\W*$", re.IGNORECASE)

BUTTONS = re.compile(r"^(?:\s*[【〖\[][^】〗\]]{1,14}[】〗\]]){2,}\s*$")
"""A row of bracketed words: 【摘要】 【关键词】 【收藏】."""

BREADCRUMB = re.compile(r"^[^>»›→<]{1,40}(?:[>»›→][^>»›→<]{1,60}){1,8}[>»›→]?$")

MARKUP = re.compile(r"^(?:[^\w<]*</?[a-z][^<>]{0,200}>)+\W*$|^!\[[^\]]{0,200}\]\([^)]{0,200}\)$", re.IGNORECASE)
"""Tags and image links that the capture left as text."""

CODE = re.compile(r"^\W*\d{9,}\W*$")
"""A number no reader needs: the article's key in the publisher's system."""

WORDLESS = re.compile(r"^[\W_]+$")

ABOUT = re.compile(
    r"^(?:About|ABOUT|Über|À propos d[eu']s?|Acerca de|Sobre|Informazioni su|Over|О компании) ?(?:the )?[A-Z0-9ÀÉ“\"'(].{1,80}$"
)
"""The heading of what a press release says of its sender: "About iChongqing"."""

FEWEST_SPAM_WORDS = 2

LONGEST_CREDITED_CAPTION = 700

LONGEST_CAPTION = 300
"""Units of a caption in sentences without a credit; its "(left)" or "(center)" tells it."""

LONGEST_SENTENCE_OF_FURNITURE = 160
"""Units; "Sign up for our newsletter …" is short, a paragraph that happens to begin like it is not."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The formula of each shape, None where none is known."""

    by_shape: tuple[Formula | None, ...]

    def __getitem__(self, index: int) -> Formula | None:
        return self.by_shape[index]


def marks(shapes: Sequence[Shape]) -> Marks:
    """Known formulas. A page holds few of the phrases that may stand anywhere: they are looked for in the whole page first."""
    page = "\n".join(shape.folded for shape in shapes)
    is_narrow = page.isascii()  # most English pages: two thirds of the phrases need not be looked for
    anywhere = tuple(pair for pair in formulas().anywhere if (not is_narrow or pair[0].isascii()) and pair[0] in page)
    prose = tuple(pair for pair in formulas().prose if (not is_narrow or pair[0].isascii()) and pair[0] in page)
    spam_words = tuple(word for word in spam("strong") if (not is_narrow or word.isascii()) and word in page)
    return Marks(tuple(_mark(shape, anywhere, prose, spam_words) for shape in shapes))


def _mark(
    shape: Shape, anywhere: tuple[tuple[str, Formula], ...], prose: tuple[tuple[str, Formula], ...], spam_words: tuple[str, ...]
) -> Formula | None:
    if not shape.short:
        credited = shape.units <= LONGEST_CREDITED_CAPTION and AGENCY_CREDIT.search(shape.text[-100:])
        return Formula("caption", "photo-credit") if credited else None
    if shape.prose:
        return _of_sentence(shape, prose)
    if spam_words and _is_spam(shape, spam_words):
        return Formula("junk", "injected-spam")
    return _signs(shape) or _whole(shape) or _start(shape.folded) or _end(shape.folded) or _inside(shape.folded, anywhere) or _links(shape)


def _of_sentence(shape: Shape, prose: tuple[tuple[str, Formula], ...]) -> Formula | None:
    """A sentence is furniture only by a phrase no article has, by how it begins, or by how an advertisement ends."""
    start = _start(shape.folded)
    if start and (start.label == "caption" or shape.units <= LONGEST_SENTENCE_OF_FURNITURE):
        return start
    end = _end(shape.folded) if shape.units <= LONGEST_SENTENCE_OF_FURNITURE else None
    if end and end.label == "junk":
        return end
    credited = _caption(shape) if shape.units < LONGEST_CAPTION or AGENCY_CREDIT.search(shape.text[-100:]) else None
    return _inside(shape.folded, prose) or credited


def _signs(shape: Shape) -> Formula | None:
    text = shape.text
    if WORDLESS.match(text):
        return Formula("junk", "ornament")
    if IMAGE_FILE.match(text):
        return Formula("caption", "image-file")
    if COUNTER.match(text) or CODE.match(text):
        return Formula("junk", "counter")
    if MARKUP.match(text):
        return Formula("junk", "markup-remains")
    if SLUG.match(text):
        return Formula("caption", "picture-slug")
    if PAGER.match(text):
        return Formula("nav", "page-to-page")
    if BUTTONS.match(text):
        return Formula("nav", "menu")
    return _caption(shape)


def _caption(shape: Shape) -> Formula | None:
    if POSITION.search(shape.folded):
        return Formula("caption", "position-in-picture")
    tail = shape.text[-100:]
    credited = "/" in tail or "|" in tail
    return Formula("caption", "photo-credit") if credited and (CREDIT_TAIL.search(tail) or AGENCY_CREDIT.search(tail)) else None


def _is_spam(shape: Shape, spam_words: tuple[str, ...]) -> bool:
    """Two words of the trade in a line that is no sentence. One may be a true headline: 'Casino opens in Macao'."""
    return sum(word in shape.folded for word in spam_words) >= FEWEST_SPAM_WORDS


def _whole(shape: Shape) -> Formula | None:
    return formulas().whole.get(core(shape.folded))


def _start(low: str) -> Formula | None:
    low = low.lstrip("•·-–*#►▶■□●◆◎ ")
    for size in range(PREFIX, 0, -1):
        for phrase, formula in formulas().start.get(low[:size], ()):
            if low.startswith(phrase) and not _continues(phrase[-1], low[len(phrase) : len(phrase) + 1]):
                return formula
    return None


def _end(low: str) -> Formula | None:
    for size in range(PREFIX, 0, -1):
        for phrase, formula in formulas().end.get(low[-size:], ()):
            before = low[len(low) - len(phrase) - 1 : len(low) - len(phrase)]
            if low.endswith(phrase) and len(low) > len(phrase) and not _continues(phrase[0], before):
                return formula
    return None


def _inside(low: str, phrases: tuple[tuple[str, Formula], ...]) -> Formula | None:
    for phrase, formula in phrases:
        place = low.find(phrase)
        if place < 0:
            continue
        after, before = low[place + len(phrase) :][:1], low[max(0, place - 1) : place]
        if not _continues(phrase[-1], after) and not _continues(phrase[0], before):
            return formula
    return None


def _continues(edge: str, neighbour: str) -> bool:
    """Whether a phrase ends inside a word: "by" in "bystander". Scripts without spaces have no such edges."""
    return neighbour.isascii() and neighbour.isalnum() and edge.isascii() and edge.isalnum()


def _links(shape: Shape) -> Formula | None:
    if BREADCRUMB.match(shape.text):
        return Formula("nav", "breadcrumb")
    return Formula("nav", "menu") if shape.menu else None
