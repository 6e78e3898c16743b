"""Laws: a value is written as the YAML library would write it, and read as it would read it, whichever way it goes."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bindery.content import front_matter, plain_yaml
from bindery.errors import ContentError

WORDS = st.lists(st.sampled_from(["Mayor", "of", "Wuxi", "&", "#", "-", "'s", "Co.,", "Ltd.", ":", "no", "y", "1e5", "(left)", "’s", "市"]))


@given(st.one_of(st.text(), WORDS.map(" ".join), st.dates(), st.lists(st.text(max_size=8), max_size=3)))
@example("yes")
@example("Null")
@example("off")
@example("Wuxi ")
@example("a #b")
@example("a: b")
@example("e5")
@example("39b2932")
@example("1e5")
@example("1.e+5")
@example("0x1f")
@example("0b1")
@example("1_000")
@example("12")
@example("2019-11-05")
@example("2019-11-05.txt")
@example("000_39b2932a-.txt")
@example("A" * 3000 + " b" * 3000)
@settings(deadline=None)
def test_a_value_is_written_as_the_library_writes_it(value: str | date | list[str]) -> None:
    written = front_matter.compose({"key": value}, "").splitlines(keepends=True)
    entry = "".join(written[1 : next(number for number, line in enumerate(written) if line.startswith("written: "))])
    assert entry == yaml.safe_dump({"key": value}, allow_unicode=True, width=2**16, sort_keys=False, default_flow_style=False)


SCALARS = st.one_of(
    WORDS.map(" ".join),
    st.text("ab: #'\"\\-?[]{},&*!|>%@`~=\n\t\x85\xa0\u3000\u2028\ufeff\x7f\x1f重é😀", max_size=12),
    st.sampled_from(
        ["-33.9", "- a", "'it''s'", "'it's'", '"a"', '"a\\n"', "''", '""', "'", "http://a.example/#b", "a#b", "a:b", "a:", "<<", "x" * 2000]
    ),
)
KEYS = st.sampled_from(["id", "title", "x-y", "yes", "a b", "'id'", "", "-", "?", "id ", "é", "k" * 101, "%YAML", "...", "---"])
LINES = st.one_of(
    st.builds("{}: {}\n".format, KEYS, SCALARS),
    st.builds("{}{}\n".format, KEYS, st.sampled_from([":", ": ", ":  ", "", " :", ":\t"])),
    st.builds("{}- {}\n".format, st.sampled_from(["", "", "  ", "    ", "\t"]), SCALARS),
    st.builds("{}\n".format, SCALARS),
    st.sampled_from(["-\n", "  -\n", "\n", "# a\n", "  more\n"]),
)


def by_the_library(head: str) -> object:
    return yaml.load(head, Loader=yaml.CBaseLoader)


@given(st.lists(LINES, max_size=6).map("".join))
@settings(max_examples=1000, deadline=None)
def test_front_matter_is_read_as_the_library_reads_it(head: str) -> None:
    plain = plain_yaml.read(head)
    assert plain is None or list(plain.items()) == list(by_the_library(head).items())


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("id: 6898abf\ntitle: Suzhou (Xiangcheng), AT&T at 10:30\ndate: 2016-01-19\nlatitude: -33.9\n", id="words"),
        pytest.param("title: 'Mayor''s talk: a \"success\" # 1'\nbyline: \"it's\"\nsource: 重庆日报\nempty:\n", id="quotes"),
        pytest.param("name: Wuxi\nvariants:\n- 无锡\n- 'Wu: xi'\nstatus: confirmed\n", id="list"),
        pytest.param("name: Wuxi\nvariants:\n  - 无锡\n  - -x\nname: Again\n", id="indented list, a key twice"),
    ],
)
def test_ordinary_front_matter_is_read_without_the_library(head: str) -> None:
    plain = plain_yaml.read(head)
    assert plain is not None
    assert list(plain.items()) == list(by_the_library(head).items())


@given(st.lists(st.sampled_from(["---", "--- ", "a: b", "-", "\n", "\n", "\r", "\x0c", "\x85", "\u2028", "\ufeff", "text"])).map("".join))
@settings(deadline=None)
@example("---\n---\n")
@example("---\n---")
@example("---\na: b\n--- \n---\n")
@example("---\na: b\u2028---\n\n---\n\n\ntext\n---\n")
def test_a_file_is_cut_at_its_first_two_fences(source: str) -> None:
    lines = source.removeprefix("\ufeff").splitlines(keepends=True)
    fences = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    if len(fences) < 2 or fences[0] != 0:
        with pytest.raises(ContentError):
            front_matter.split(source, "a.md")
    else:
        head, body = "".join(lines[1 : fences[1]]), "".join(lines[fences[1] + 1 :]).lstrip("\n")
        assert front_matter.split(source, "a.md") == (head, body)
