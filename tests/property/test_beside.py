"""Laws of the files beside the briefings, and of every file's text."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bindery import reading
from bindery.content import anchors, provenance
from bindery.errors import ContentError
from bindery.model import Anchor, Fate, Provenance

LINES = st.lists(
    st.sampled_from(["a-1\t0123abcd\t00ff 0a0b\n", "a-1\t0123abcd\t\n", "\n", "  \n", "a-1\t0123abcd\t00ff", "\x0c", "\u2028", "\t", "A"])
)
FATES = st.builds(
    Fate,
    st.integers(1, 999),
    st.sampled_from(["kept", "used", "dropped"]),
    st.sampled_from(["body", "menu", ""]),
    st.text("a重 \t\x0c\u2028'", max_size=8),
)


@given(st.lists(st.sampled_from([b"a", "重".encode(), b"\r", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xff", b"\x0c"])).map(b"".join))
def test_a_file_is_read_as_text_is(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.md"
        path.write_bytes(data)
        try:
            expected = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            with pytest.raises(ContentError, match="not UTF-8 text"):
                reading.text(path, "a.md", ContentError)
        else:
            assert reading.text(path, "a.md", ContentError) == expected


def line_by_line(source: str) -> list[Anchor]:
    """Of one line each; the files of other lines raise."""
    return [one for line in source.splitlines() if line.strip() for one in anchors.load(line, "a.tsv")]


@given(LINES.map("".join))
def test_anchors_are_read_together_as_each_alone(source: str) -> None:
    try:
        expected = line_by_line(source)
    except ContentError:
        with pytest.raises(ContentError, match="not a paragraph's address"):
            anchors.load(source, "a.tsv")
    else:
        assert list(anchors.load(source, "a.tsv")) == expected


@given(st.lists(FATES, max_size=4).map(tuple), st.sampled_from(["", "\n", "\n\n", "\n1\tkept\tbody\ta"]))
@example((), "")
def test_provenance_is_read_as_it_was_written(fates: tuple[Fate, ...], after: str) -> None:
    whole = Provenance("a.txt", "0" * 64, 12, "utf-8", fates)
    added = (Fate(1, "kept", "body", "a"),) if after.endswith("a") else ()

    assert provenance.load(provenance.dump(whole), "a.tsv") == whole
    assert provenance.load(provenance.dump(whole) + after, "a.tsv").fates == (*fates, *added)


@pytest.mark.parametrize("row", ["1\tlost\tbody\ta", "x\tkept\tbody\ta", "1\tkept\tbody", "1 kept body a"])
def test_a_row_of_provenance_that_is_none_is_named_with_its_line(row: str) -> None:
    whole = Provenance("a.txt", "0" * 64, 12, "utf-8", (Fate(1, "kept", "body", "a"),))

    with pytest.raises(ContentError, match=r"a\.tsv:7: not a provenance file"):
        provenance.load(f"{provenance.dump(whole)}{row}\n2\tkept\tbody\tb\n", "a.tsv")


def test_provenance_may_end_with_its_head() -> None:
    assert provenance.load("seed\ta.txt\nsha256\t0\nsize\t12\nencoding\tutf-8", "a.tsv").fates == ()
