"""Text → the same text with every run of another script marked by its language: the mark picks the typeface and the voice."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u309f\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
_MARKS = "\u3000-\u3004\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65・"
_EAST_ASIAN = re.compile(rf"[{_HAN}{_KANA}{_HANGUL}](?:[{_HAN}{_KANA}{_HANGUL}{_MARKS}]*[{_HAN}{_KANA}{_HANGUL}])?")
_IS_KANA = re.compile(f"[{_KANA}]")
_IS_HANGUL = re.compile(f"[{_HANGUL}]")
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_TO_LEFT = re.compile(f"[{_RIGHT}]")
_OTHER_SCRIPT = re.compile(f"[{_HAN}{_KANA}{_HANGUL}{_RIGHT}]")
"""Whatever is marked or isolated."""
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_TAG = re.compile(r'(<[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>)')
"""An attribute may hold a `<`: ElementTree writes it as it is."""


def known(tag: str | None) -> str | None:
    """The tag if it may stand in a `lang`; None for anything else a front matter may hold."""
    return tag if tag and _LANGUAGE_TAG.fullmatch(tag) else None


def in_languages(text: str, around: str, han: str | None = None) -> Markup:
    """Plain text as HTML with `lang` on its East Asian runs, apart from those in the language around it.

    `around` is the language of the element it will stand in. Kana make a run Japanese, Hangul Korean; Han alone is what `han`
    says, else Chinese. A text with a right-to-left letter is isolated, so that it cannot reorder the figures beside it.
    """
    if not _has_other_script(text):
        return escape(text)
    html = Markup(_marked(str(escape(text)), around, han or around))  # noqa: S704  # escaped on the line itself
    return Markup("<bdi>{}</bdi>").format(html) if _RIGHT_TO_LEFT.search(text) else html


def printed(text: str, language: str | None, around: str) -> Markup:
    """A text of a page printed in `language`, to stand among words in another."""
    return printed_markup(escape(text), language, around)


def printed_markup(html: Markup, language: str | None, around: str) -> Markup:
    """The same for HTML."""
    tag = _foreign(language, around)
    if tag is None and not _has_other_script(html):
        return html
    marked = body_in_languages(html, tag or around)
    if tag:
        return Markup(f'<span lang="{tag}">{marked}</span>')  # noqa: S704  # HTML already, and a tag has nothing to escape
    return Markup("<bdi>{}</bdi>").format(marked) if _RIGHT_TO_LEFT.search(html) else marked


@lru_cache(maxsize=1024)
def _foreign(language: str | None, around: str) -> str | None:
    """The tag of a language that is not the one around."""
    tag = known(language)
    return tag if tag and _main(tag) != _main(around) else None


def body_in_languages(html: Markup, around: str) -> Markup:
    """HTML that stands in an element of this language, its other scripts marked: only its text is looked at, never its tags."""
    if not _has_other_script(html):
        return html
    pieces = (piece if piece.startswith("<") else _marked(piece, around, around) for piece in _TAG.split(str(html)))
    return Markup("".join(pieces))  # noqa: S704  # HTML already; nothing but <span lang> was added


def _has_other_script(text: str) -> bool:
    return not text.isascii() and _OTHER_SCRIPT.search(text) is not None


def _marked(html: str, around: str, han: str) -> str:
    """Escaped text with its East Asian runs in spans."""
    if html.isascii():
        return html

    def mark(run: re.Match[str]) -> str:
        tag = _tag(run[0], han)
        return run[0] if tag == _main(around) else f'<span lang="{tag}">{run[0]}</span>'

    return _EAST_ASIAN.sub(mark, html)


def _tag(run: str, han: str) -> str:
    if _IS_KANA.search(run):
        return "ja"
    if _IS_HANGUL.search(run):
        return "ko"
    return "ja" if _main(han) == "ja" else "zh"


def _main(tag: str) -> str:
    return tag.partition("-")[0].lower()
