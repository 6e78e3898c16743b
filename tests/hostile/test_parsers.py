"""Every parser lives through bytes nobody wrote, through pieces of its own language out of order, and through all payloads."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile import corpus
from tests.hostile.parsers import EXAMPLES, TARGETS

PIECES = (
    "\n", "---\n", ": ", "- ", "'", '"', "[", "](", ")", "{", "}", "&a ", "*a", "!!x ", "#", "|", ">", "%", "@", "`", "\\", "\t",
    "\0", "\u2028", "\u0085", "\ufeff", "\u202e", "²", "é", "市长", "株式会社", "시장 ", "王", "Mr. ", "mayor of ", "Kobe", " Ltd.",
    "May 3, 2019", "Source: ", "By ", "id: aaaaaaa\n", "title: ", "written: ", "../officials/a.md", "<script>", " -> ", " gone: ",
    ".html", "same:", "0", "\r", "\u00a0", "\u3000",
)  # fmt: skip
WORDS = st.lists(st.sampled_from(PIECES), max_size=40).map(lambda pieces: "".join(pieces).encode())
BROKE = {
    "no-break spaces in source and author": (
        "seed",
        "Port of Kobe opens\n\nBy Ann\u00a0Lee\n\nSource: Kobe\u00a0Press\n\nThe mayor of Kobe spoke on Monday.\n".encode(),
    ),
    "a byte that is one in a damaged source": (
        "seed",
        b"Port of Kobe opens\n\nSource: Xi\x92\xa0ua\xf6\x07\xb2ay 3, 2019\n\nAnn Lee, mayor of Kobe.\n",
    ),
}
"""What broke a parser once: its name, and the bytes."""
BYTES = st.binary(max_size=200)


def mutated(example: bytes) -> st.SearchStrategy[bytes]:
    """An example with a part of it replaced by pieces."""
    cuts = st.tuples(st.integers(0, len(example)), st.integers(0, 12))
    return st.builds(lambda cut, new: example[: cut[0]] + new + example[cut[0] + cut[1] :], cuts, WORDS | BYTES)


@pytest.mark.parametrize("name", TARGETS)
def test_no_bytes_break_a_parser(name: str) -> None:
    example = EXAMPLES[name][0].encode()

    @given(mutated(example) | WORDS | BYTES)
    @settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
    def lives(data: bytes) -> None:
        TARGETS[name](data)

    lives()


@pytest.mark.parametrize("name", [name for name in TARGETS if name not in ("seed", "page")])
def test_no_payload_breaks_a_parser(name: str) -> None:
    example = EXAMPLES[name][0]
    for payload in corpus.read("payloads").values():
        TARGETS[name](payload.encode())
        TARGETS[name](example.replace("x", payload, 1).encode())


@pytest.mark.parametrize("case", BROKE)
def test_what_broke_a_parser_once_does_no_more(case: str) -> None:
    name, data = BROKE[case]
    TARGETS[name](data)


def test_every_parser_has_an_example_that_it_takes() -> None:
    assert set(EXAMPLES) == set(TARGETS)
