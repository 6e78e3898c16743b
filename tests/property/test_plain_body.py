"""Laws: what is read without Python-Markdown is what Python-Markdown would have read, to the last attribute; so are keys and samples."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bindery.content import files, markup
from bindery.model import Anchor, Mention
from bindery.publish import anchors, body, markdown_body, plain_body
from bindery.publish.block import Target

ROOT = Path(__file__).parents[2]
BRIEFINGS = sorted({*ROOT.glob("content/briefings/*.md"), *ROOT.glob("tests/golden/**/content/briefings/*.md")})

MENTIONS = st.sampled_from(
    [
        "[Tang](../officials/tang.md)",
        '[Mr. Mori](../officials/mori.md "deputy \\"director\\" & <so on> [x](../cities/y.md)")',
        "[AT&T](../companies/at-t.md)",
        "[Nobody](../officials/nobody.md)",
        '[重庆](../cities/chongqing.md "  ")',
        r"[a\*b\>](../companies/a.md)",
    ]
)
NASTY_MENTIONS = st.sampled_from(
    [
        r"[a\]: b](../cities/x.md)",
        "[^a](../cities/x.md)",
        "[ a  b ](../cities/x.md)",
        "[- a](../cities/x.md)",
        '[a](../cities/x.md "`")',
        "[1.](../cities/x.md)",
        '[\\[!NOTE\\]](../cities/x.md "\x02")',
    ]
)
WORDS = st.sampled_from(
    ["He met", "on Jan. 18", "2022", "AT&T", "& so", "“q”", "’s", "é", "重庆", ">", "|", ":", "!", "-", "C#", "(a)", "}", "~", "+", "="]
)
ESCAPES = st.sampled_from([r"\*", r"\_", r"\[1\]", r"\`", r"\#", r"\&amp;", r"\<b>", r"\\", r"1\. a", r"\- a", r"\> a"])
EMPHASIS = st.sampled_from([
    "*a*", "**a b**", "*a.*", "(*a*)", "**重庆**", "*a*b", "a**b**", "*1*,", "*AT&T*", "**a>b**", "*a\nb*", "*a  b*", r"*a\*b*", r"*\_a\&*",
    "*[Tang](../officials/tang.md)*", "**a [Mr. Mori](../officials/mori.md) b**", "[*a*](../cities/x.md)", "*a [b* c](../cities/x.md)",
    "*a**b*", "***a***", "* a*", "*a *", "*(a)*", "*a)*", "*a.*b", "**", "*", "*a", "a*", "**a*", "*a**", "*\xa0a*", r"**a\\**", r"\\*a\\*",
])  # fmt: skip
STAR_PIECES = ["*", "*", "**", "***", r"\*", "a", "b.", "重", " ", " ", ",", "(", ")", "[x](../cities/x.md)", "\n", "“", "_", "&", "1"]
STARS = st.lists(st.sampled_from(STAR_PIECES), max_size=12).map("".join)
INLINE = [
    "&amp;",
    "&#1;",
    "`",
    "*",
    "_",
    "<b>",
    "[x]",
    "[^1]",
    "{: .x}",
    "\\",
    "\\a",
    "\\\\[",
    "http://a.example",
    "<a@b.c>",
    "![",
    "[!NOTE]",
]
SPACES = ["\t", "\r", "\x02", "\x03", "\x0c", "\x85", "\xa0", "\u3000", "\u2028", "  ", "    ", "///Footnotes Go Here///", "klzzwxh:0000"]
STRUCTURE = [
    "1. ",
    "12) ",
    "- ",
    "+ ",
    "> ",
    ": ",
    "| a | b",
    "---|---",
    "---",
    "===",
    "~~~",
    "# ",
    "#",
    "####### ",
    "> [!NOTE]",
    "[x]: y",
    "[^1]: z",
]
NASTY = st.sampled_from([*INLINE, *SPACES, *STRUCTURE])
BREAKS = st.sampled_from([" ", " ", "", "\n\n", "\n\n", "\n", "\n\n\n", "\n \n", "  \n"])
STARTS = st.sampled_from([
    "- ", "- a\n- ", "1. a\n2.  b\n3. ", "+ a\n* ", "* ", "## ", "#### ", "> [!NOTE]\n> ", "> [!WARNING]\n> ", "> ", "> ", ">", ">  ",
    "> - ", "> a\n> ", *[""] * 8,
])  # fmt: skip
PHRASES = st.one_of(MENTIONS, WORDS, ESCAPES, EMPHASIS, STARS)

plain = st.lists(
    st.builds(
        lambda start, between, phrases: start + between.join(phrases),
        STARTS,
        st.sampled_from(["", " ", " "]),
        st.lists(PHRASES, min_size=1, max_size=5),
    ),
    max_size=5,
).map("\n\n".join)
nasty = st.lists(st.tuples(st.one_of(PHRASES, NASTY_MENTIONS, NASTY), BREAKS), max_size=8).map(
    lambda pieces: "".join(piece + after for piece, after in pieces)
)


def target(authority: str) -> Target | None:
    return None if "nobody" in authority else Target(f'../{authority}.html?a&b="c">', authority.partition("/")[0] + "&")


def check(text: str, mentions: tuple[Mention, ...]) -> bool:
    """Whether the body was plain; it then is what it should be."""
    found = plain_body.read(text, mentions, target)
    if found is None:
        return False
    expected = markdown_body.read(markup.inline(text, mentions), target)
    assert found == expected
    assert [type(block.html) for block in found] == [type(block.html) for block in expected]
    return True


@given(st.one_of(plain, plain, nasty))
@example(r"\\*a\\*")
@example("> \\[!NOTE\\] He left.")
@example("> One.\n\n> Two.")
@example("*a [b* c](../cities/x.md)")
@settings(max_examples=1000)
def test_a_plain_body_is_read_as_python_markdown_reads_it(source: str) -> None:
    check(*markup.standoff(source))


@given(st.one_of(plain, nasty), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=3))
@settings(max_examples=500)
def test_mentions_that_lie_anywhere_are_read_alike(source: str, spans: list[tuple[int, int]]) -> None:
    """Where Python-Markdown's way refuses them, so does this one."""
    text, _ = markup.standoff(source)
    mentions = tuple(Mention(start, end, "cities/x", "`" if start == 3 else "role") for start, end in spans)
    check(text, mentions)


@given(st.lists(st.one_of(st.text("ab \n\\`*_[]<>#&;:|~=+-.1!(){}'\"\u3000é", max_size=6), MENTIONS), max_size=8).map("".join))
@settings(max_examples=500)
def test_any_text_is_read_as_python_markdown_reads_it(source: str) -> None:
    check(*markup.standoff(source))


@pytest.mark.parametrize("path", BRIEFINGS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_briefing_of_the_repository_is_read_alike(path: Path) -> None:
    briefing = files.read_briefing(path.read_text("utf-8"), path.name)
    assert check(briefing.text, briefing.mentions) or "golden" in path.parts


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('[Tang](../officials/tang.md "mayor") of [Wuxi](../cities/wuxi.md) came.\n\nHe left.', id="paragraphs"),
        pytest.param(r"AT&T \& \*others\* paid 5 \< 6 > 4." + "\n\n" + r"1\. Talks" + "\n\n" + r"\# 5", id="escapes"),
        pytest.param("## 1. C# in [Wuxi](../cities/wuxi.md)\n\nText\nof two lines.", id="heading and lines"),
        pytest.param('Text.\n\n> [!WARNING]\n> [Tang](../officials/tang.md "mayor") left.\n\n2022 was good.', id="note"),
        pytest.param("> [!NOTE]\n> First of all.", id="note alone"),
        pytest.param(
            '- [Tang](../officials/tang.md "mayor") \\&\n- of  [Wuxi](../cities/wuxi.md)\n\nThen:\n\n1. He left.\n2. [He](../o/h.md)',
            id="lists",
        ),
        pytest.param('**Tang** met *the [mayor](../officials/mori.md "mayor")*, ‘*soon*’.\n\n## A *b* **c**', id="emphasis"),
        pytest.param("**重庆**是*直辖市*。 2*3*4, (*a*) \\* *b\\*c*", id="emphasis inside words, beside escaped stars"),
        pytest.param('Text.\n\n> *He* came to  [Wuxi](../cities/wuxi.md "city") \\& left.\n\n* **One**\n* Two\n\n> End.', id="quotations"),
        pytest.param("記者　重庆　訊\xa0。\n\n[重庆](../cities/chongqing.md)。", id="spaces of other scripts"),
    ],
)
def test_what_ingest_writes_is_plain(source: str) -> None:
    assert check(*markup.standoff(source))


@given(st.one_of(plain, nasty))
@settings(max_examples=300)
def test_a_free_note_is_shown_as_python_markdown_shows_it(source: str) -> None:
    assert body.note_html(source, target) == markdown_body.html(source, target)


def key_by_definition(text: str) -> str:
    """Of the whole text, however long."""
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("'", "").replace("’", "")
    words = re.findall("[a-z0-9]+", "".join(letter for letter in folded if not unicodedata.combining(letter)))[:3]
    beginning = " ".join(text.casefold().split()[:12])
    if len(beginning) > 160 or len(words) < 3:
        beginning = beginning[:40]
    digits = hashlib.sha256(beginning.encode()).hexdigest()
    return "-".join([*(word[:24] for word in words), digits[:3]]) if words else f"k-{digits[:6]}"


PIECES = st.sampled_from(
    [
        "Tang",
        "noted",
        "İstanbul",
        "Straße",
        "o’Neil's",
        "重庆",
        "é",
        "e\u0301",
        "\u0301",
        "\xb4",
        "ﬁ",
        "：",
        "\xa0",
        "\u3000",
        " ",
        " ",
        " ",
        "-",
        "x" * 30,
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
@settings(max_examples=500)
def test_a_key_is_made_of_the_whole_text(text: str) -> None:
    assert anchors.key(text) == key_by_definition(text)


def sample_by_definition(text: str) -> str:
    """Of every pair at once, as text."""
    words = re.findall(
        r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+",
        unicodedata.normalize("NFKC", text.casefold()),
    )
    pairs = {f"{zlib.crc32(' '.join(pair).encode()) & 0xFFFF:04x}" for pair in pairwise(["", *words, ""])} if words else set()
    return " ".join(sorted(pairs)[:24])


@given(st.one_of(st.text(), st.text("aB1_ .,-\n'\x1f\x00", max_size=80), st.lists(PIECES, max_size=40).map("".join)))
@settings(max_examples=500)
def test_a_sample_is_made_of_pairs_of_words(text: str) -> None:
    (anchor,) = anchors.record({"key": text}, ())
    assert anchor.sample == sample_by_definition(text)


def test_no_letter_becomes_or_loses_white_space_when_its_case_is_folded() -> None:
    """Words may be told apart before or after."""
    for code in (*range(0xD800), *range(0xE000, 0x110000)):
        folded = chr(code).casefold()
        assert len(folded.split()) == len(chr(code).split()) == (not chr(code).isspace())


@given(
    st.lists(st.sampled_from(["A b c", "A b c d", "重庆", "A 1", ""]), max_size=5),
    st.lists(st.sampled_from(["", "-2", "-3", "-12"]), max_size=5),
    st.lists(st.sampled_from(["A b c", "A b c d", "重庆", "A 1", "B"]), max_size=5),
)
@settings(max_examples=500)
def test_texts_that_begin_alone_are_keyed_as_if_others_did_not(texts: list[str], numbers: list[str], before: list[str]) -> None:
    published = [Anchor(anchors.key(text) + number, "0" * 8, "") for text, number in zip(before, numbers, strict=False)]
    bases = [anchors.key(text) for text in texts]

    assert not anchors._are_alone(bases, published) or anchors._among_others(bases, texts, published) == bases
