"""Shapes → marks: what fixed phrases, file names and signs say about a line, whatever stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bindery.ingest.clean.credit import WRITER_AND_PHOTOGRAPHER
from bindery.ingest.clean.lexicon import PREFIX, Formula, agency_names, core, formulas, spam
from bindery.ingest.clean.shape import Shape
from bindery.rules import active

IMAGE_FILE = re.compile(r"^[^\n]{0,120}\.(?:jpe?g|png|gif|webp|bmp|svg|tiff?|heic)\W{0,3}$", re.IGNORECASE)

POSITION = re.compile(
    r"\((?:left|right|cent(?:er|re)|middle|front|back|top|bottom|[lr]\d{0,2}|(?:\d(?:st|nd|rd|th)|first|second|third|fourth|fifth)"
    r" (?:from )?(?:the )?(?:left|right)|from left|links|rechts|mitte|à gauche|à droite|au centre|izquierda|derecha|centro"
    r"|[左右中][一二三四五六\d]?|왼쪽|오른쪽|가운데)\)"
    r"|^(?:from left|from right|left to right|l to r|l-r|pictured from left)\b"
)
"""Who stands where in a picture: "(center)", "(R4)", "（右）"."""

AGENCY_CREDIT = re.compile(
    r"(?:[A-Z][\w.'-]{1,20} ){1,3}/ ?(?:For )?"
    r"(?:China Daily|Xinhua|China News Service|CNS|AFP|AP|Reuters|EPA|VCG|Kyodo|Yonhap|CFP|CQNews|iChongqing)\W*$"
    r"|\b(?:Photos?|Fotos?|Ảnh|Фото|Image|Picture|Credit|写真|撮影|摄影|攝影)\s?[:：]\s?[^.。!?:：]{1,40}$"
    r"|[(\[](?:Xinhua|AFP|AP|Reuters|EPA|VCG|Kyodo|Yonhap|CFP|CNS|China Daily|IANS|PTI|ANI)\s?[/|][^)\]]{2,60}[)\]]\W*$",
    re.IGNORECASE,
)
"""A credit after a caption, however long the caption: "(Xinhua/Liu Jie)", "Chen Weihua / China Daily"."""

CREDIT_SIGNS = ("/", "|", ":", "：")
"""One stands in every such credit: a quick look that saves the pattern."""

SLUG = re.compile(r"^[A-Z][A-Z.' ]{2,30}(?:-[A-Z0-9.' ]{2,30}){3,6}$")
"""The key line of an agency's picture: "U.S.-WASHINGTON D.C.-CHINESE EMBASSY-SISTER CITIES"."""

PICTURE_SIGNS = ("photo", "foto", "picture", "bild", "image", "写真", "图", "圖", "摄", "攝", "사진")

BOTH = re.compile(r"(?:bài|tin)(?:\s?,\s?|\svà\s)ảnh\s?:|(?:story|text|words|texte|texto|testo)\s(?:and|et|y|e)\s(?:photos?|fotos?)\b")
"""One hand wrote and photographed: 'Bài, ảnh: …', 'Story and photo by …'."""

FROM_LEFT = ("from", "left", "l to r", "l-r", "pictured")

CREDIT_TAIL = re.compile(r"(?:^|[\s.])[A-Z][A-Z.'-]+(?: [A-Z][A-Z.'-]+){0,3} ?/ ?[A-Z][A-Z .']{2,30}$")
"""A credit at the end of a caption: "ANNA BERG/CHINA DAILY"."""

COUNTER = re.compile(r"^\W*(?:\d{1,3}(?:[.,]\d{3}){1,2}|\d{1,8}|\d{1,3}[.,]\d{1,2})\s?[km]?\W*$", re.IGNORECASE)
"""A number alone: views, likes."""

PAGER = re.compile(r"^\W*\d{1,3}(?:\W+\d{1,3})+(?:\W+(?:next|次へ|下一页|다음|weiter|suivant|siguiente))?\W*$", re.IGNORECASE)

PROMOTED = re.compile(r"^(?:ADVERTISEMENT\b|>>>|\[ad_\d\])")
"""Text of an advertisement in one line with its label."""

BUTTONS = re.compile(r"^(?:\s*[【〖\[][^】〗\]]{1,14}[】〗\]]){2,}\s*$")
"""A row of bracketed words: 【摘要】 【关键词】 【收藏】."""

BREADCRUMB = re.compile(r"^[^>»›→▸«<]{1,60}(?:[>»›→▸]+[^>»›→▸«<]{1,60}){1,8}[>»›→▸]?$")
"""A path; what stands in «guillemets» is a quotation."""

MARKUP = re.compile(r"^(?:[^\w<]*</?[a-z][^<>]{0,200}>)+\W*$", re.IGNORECASE)
"""Tags that the capture left as text."""

IMAGE_LINK = re.compile(r"^!\[[^\]]{0,200}\]\([^)]{0,200}\)$")

CODE = re.compile(r"^\W*\d{9,}\W*$")
"""A number no reader needs: the article's key in the publisher's system."""

WORDLESS = re.compile(r"^[\W_]+$")

ABOUT = re.compile(
    r"^(?:About|ABOUT|Über|À propos d[eu']s?|Acerca de|Sobre|Informazioni su|Over|О компании) ?(?:the )?[A-Z0-9ÀÉ“\"'(].{1,80}$"
)
"""The heading of what a press release says of its sender: "About iChongqing"."""

TRIANGLES = "▲△"

FEWEST_ITEMS = 3
"""Sentences behind triangles that make them bullets; one or two are captions."""

FEWEST_SPAM_WORDS = 2

FEWEST_CAPTION_WORDS = 4

LONGEST_CREDITED_CAPTION = 700

LONGEST_CAPTION = 300
"""Units of a caption in sentences without a credit; its "(left)" or "(center)" tells it."""

LONGEST_SENTENCE_OF_FURNITURE = 160
"""Units; "Sign up for our newsletter …" is short, a paragraph that happens to begin like it is not."""


ALTERNATIVE = Formula("caption", "alternative-text")

SPAM = Formula("junk", "injected-spam")

CREDIT = Formula("caption", "photo-credit")

POSITIONED = Formula("caption", "position-in-picture")

CRUMBS = Formula("nav", "breadcrumb")

MENU = Formula("nav", "menu")

SIGNS = (  # a pattern, a character that it wants (a quick look that spares most lines the pattern), what it says
    (WORDLESS, "", Formula("junk", "ornament")),
    (IMAGE_FILE, ".", Formula("caption", "image-file")),
    (COUNTER, "", Formula("junk", "counter")),
    (CODE, "", Formula("junk", "counter")),
    (MARKUP, "<", Formula("junk", "markup-remains")),
    (IMAGE_LINK, "](", Formula("junk", "markup-remains")),
    (SLUG, "-", Formula("caption", "picture-slug")),
    (PROMOTED, "", Formula("junk", "advertisement")),
    (PAGER, "", Formula("nav", "page-to-page")),
    (BUTTONS, "", Formula("nav", "menu")),
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The formula of each shape, None where none is known."""

    by_shape: tuple[Formula | None, ...]

    def __getitem__(self, index: int) -> Formula | None:
        return self.by_shape[index]


def marks(shapes: Sequence[Shape]) -> Marks:
    """Known formulas. A page holds few of the phrases that may stand anywhere: they are looked for in the whole page first."""
    furniture = "\n".join(shape.folded for shape in shapes if not shape.prose)
    sentences = "\n".join(shape.folded for shape in shapes if shape.prose and shape.short)
    anywhere = _present(formulas().anywhere, furniture)
    prose = _present(formulas().prose, sentences)
    spam_words = tuple(word for word, _ in _present(tuple((word, SPAM) for word in spam("strong")), furniture))
    alone = [_mark(shape, anywhere, prose, spam_words) for shape in shapes]
    triangles = [index for index, shape in enumerate(shapes) if shape.prose and shape.text[0] in TRIANGLES]
    bulleted = frozenset(triangles if len(triangles) >= FEWEST_ITEMS else ())
    first = next((index for index, shape in enumerate(shapes) if shape.prose), len(shapes))
    alone = [None if mark == CREDIT and index in bulleted else mark for index, mark in enumerate(alone)]
    doubled = range(first + 1, len(shapes)) if active(ALTERNATIVE.rule) else ()
    return Marks(tuple(ALTERNATIVE if index in doubled and _is_doubled(shapes, index) else mark for index, mark in enumerate(alone)))


def _active(formula: Formula) -> Formula | None:
    return formula if active(formula.rule) else None


def _is_doubled(shapes: Sequence[Shape], index: int) -> bool:
    """The same line twice running: a picture's alternative text, then its caption. Above the first sentence it may be a headline."""
    shape = shapes[index]
    is_caption = not shape.prose and shape.short and shape.words >= FEWEST_CAPTION_WORDS
    return is_caption and any(0 <= i < len(shapes) and shapes[i].text == shape.text for i in (index - 1, index + 1))


def _present(phrases: tuple[tuple[str, Formula], ...], page: str) -> tuple[tuple[str, Formula], ...]:
    """The phrases that occur. Most English pages are ASCII: two thirds of the phrases need not be looked for."""
    if page.isascii():
        return tuple([pair for pair in phrases if pair[0].isascii() and pair[0] in page])
    letters = set(page)
    return tuple(pair for pair in phrases if pair[0][0] in letters and pair[0][-1] in letters and pair[0] in page)


def _mark(
    shape: Shape, anywhere: tuple[tuple[str, Formula], ...], prose: tuple[tuple[str, Formula], ...], spam_words: tuple[str, ...]
) -> Formula | None:
    if not shape.short:
        return _active(CREDIT) if shape.units <= LONGEST_CREDITED_CAPTION and _is_credited(shape.text[-100:]) else None
    if shape.prose and not (PROMOTED.match(shape.text) and active("advertisement")):
        return _of_sentence(shape, prose)
    if BOTH.match(shape.folded) or (any(sign in shape.folded for sign in PICTURE_SIGNS) and WRITER_AND_PHOTOGRAPHER.match(shape.text)):
        return None
    if spam_words and active(SPAM.rule) and _is_spam(shape, spam_words):
        return SPAM
    return _signs(shape) or _whole(shape) or _start(shape.folded) or _end(shape.folded) or _inside(shape.folded, anywhere) or _links(shape)


def _of_sentence(shape: Shape, prose: tuple[tuple[str, Formula], ...]) -> Formula | None:
    """A sentence is furniture only by a phrase no article has, by how it begins, or by how an advertisement ends."""
    start = _start(shape.folded)
    if start and (start.label == "caption" or shape.units <= LONGEST_SENTENCE_OF_FURNITURE):
        return start
    end = _end(shape.folded) if shape.units <= LONGEST_SENTENCE_OF_FURNITURE else None
    if end and end.label == "junk":
        return end
    if shape.units <= LONGEST_SENTENCE_OF_FURNITURE and BREADCRUMB.match(shape.text):  # a path may end in the headline, asked or cried out
        return _active(CRUMBS)
    credited = _caption(shape) if shape.units < LONGEST_CAPTION or _is_credited(shape.text[-100:]) else None
    return _inside(shape.folded, prose) or credited


def _signs(shape: Shape) -> Formula | None:
    text = shape.text
    signs = (formula for pattern, sign, formula in SIGNS if (not sign or sign in text) and pattern.match(text) and active(formula.rule))
    return next(signs, None) or _caption(shape)


def _caption(shape: Shape) -> Formula | None:
    low = shape.folded.lstrip("|▲△•* ")
    if ("(" in low or low.startswith(FROM_LEFT)) and POSITION.search(low) and active(POSITIONED.rule):
        return POSITIONED
    tail = shape.text[-100:]
    return _active(CREDIT) if ("/" in tail and CREDIT_TAIL.search(tail)) or _is_credited(tail) else None


def _is_credited(tail: str) -> bool:
    return any(sign in tail for sign in CREDIT_SIGNS) and AGENCY_CREDIT.search(tail) is not None


def _is_spam(shape: Shape, spam_words: tuple[str, ...]) -> bool:
    """Two words of the trade in a line that is no sentence. One may be a true headline: 'Casino opens in Macao'."""
    return sum(word in shape.folded for word in spam_words) >= FEWEST_SPAM_WORDS


def _whole(shape: Shape) -> Formula | None:
    return formulas().whole.get(core(shape.folded))


def _start(low: str) -> Formula | None:
    low = low.lstrip("•·-–*#►▶■□●◆◎| ")
    return _prefix(low) or (_prefix(low[1:]) if low[:1] in "[(【" else None)


def _prefix(low: str) -> Formula | None:
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
    if BREADCRUMB.match(shape.text) and active(CRUMBS.rule):
        return CRUMBS
    return _active(MENU) if shape.menu and shape.text not in agency_names() else None
