"""A line more in a file people keep: comments, order and line ends stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.content import decisions, yaml_edits
from bindery.errors import ContentError

RULING: yaml_edits.Entry = {"kind": "company", "form": "Zollwerk"}
LINE = "- {kind: company, form: Zollwerk}"

KEPT = """\
# What we settled. Ask Kim first.
settled: ['3fa2b1c0', 5a05a6bc]  # both by telephone

reject:   # no entities
    - {kind: company, form: Nobody}  # see the minutes
    # a remark at the end of the list
# between two lists
same:
- [officials/a, officials/b]
"""


def added(source: str, key: str, entry: yaml_edits.Entry = RULING, **options: str) -> str:
    return yaml_edits.added(source, key, entry, "content/decisions.yaml", **options)


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        pytest.param("", "accept", f"accept:\n  {LINE}\n", id="no file yet"),
        pytest.param("# words\n", "accept", f"# words\naccept:\n  {LINE}\n", id="comments alone"),
        pytest.param("# words", "accept", f"# words\naccept:\n  {LINE}\n", id="no line end at the end"),
        pytest.param("accept:\n", "accept", f"accept:\n  {LINE}\n", id="an empty list"),
        pytest.param(
            "accept: # none yet\nreject:\n", "accept", f"accept: # none yet\n  {LINE}\nreject:\n", id="an empty list with a remark"
        ),
        pytest.param("accept: []\n", "accept", f"accept: [{LINE[2:]}]\n", id="empty brackets"),
        pytest.param("settled: [a, # x\n b, ]\n", "settled", f"settled: [a, # x\n b, {LINE[2:]}, ]\n", id="brackets over lines"),
        pytest.param(
            "accept:\n- kind: city\n  form: Essen # x\n\n# end\n",
            "accept",
            f"accept:\n- kind: city\n  form: Essen # x\n{LINE}\n\n# end\n",
            id="an entry of two lines",
        ),
        pytest.param(
            "accept:\n  - {kind: city,\n     form: Essen}\n",
            "accept",
            f"accept:\n  - {{kind: city,\n     form: Essen}}\n  {LINE}\n",
            id="an entry over two lines",
        ),
        pytest.param(
            "accept:\n  - {kind: city, form: A}",
            "accept",
            f"accept:\n  - {{kind: city, form: A}}\n  {LINE}",
            id="the last line without its end",
        ),
        pytest.param(
            "accept:\r\n  - {kind: city, form: A}\r\n",
            "accept",
            f"accept:\r\n  - {{kind: city, form: A}}\r\n  {LINE}\r\n",
            id="line ends of Windows",
        ),
        pytest.param("\ufeffaccept:\n", "accept", f"\ufeffaccept:\n  {LINE}\n", id="a byte order mark"),
    ],
)
def test_an_entry_is_one_line_more(before: str, key: str, after: str) -> None:
    assert added(before, key) == after


@pytest.mark.parametrize("key", ["settled", "reject", "same", "accept", "not-same"])
def test_every_line_that_was_there_stays_in_its_order(key: str) -> None:
    entry: yaml_edits.Entry = {
        "settled": "0a0b0c0d",
        "same": ["officials/c", "officials/d"],
        "not-same": ["officials/c", "officials/d"],
    }.get(key, RULING)
    after = added(KEPT, key, entry)

    if key == "settled":
        assert after == KEPT.replace("5a05a6bc]", "5a05a6bc, '0a0b0c0d']")
    else:
        before = KEPT.splitlines()
        new = [line for line in after.splitlines() if line not in before]
        assert [line for line in after.splitlines() if line in before] == before
        assert new[-1].strip() == f"- {yaml_edits.flow(entry)}"


def test_an_entry_stands_in_the_style_of_its_list() -> None:
    assert f"see the minutes\n    {LINE}\n    # a remark" in added(KEPT, "reject")
    assert added(KEPT, "same", ["x/a", "x/b"]).endswith("- [officials/a, officials/b]\n- [x/a, x/b]\n")


@pytest.mark.parametrize("source", ["{accept: [], same: []}\n...\n", "- a\n- b\n", "accept: none\n", "accept: ''\n"])
def test_what_cannot_be_done_by_a_line_is_left_to_a_person(source: str) -> None:
    with pytest.raises(ContentError) as refused:
        added(source, "reject" if source.startswith("{") else "accept")
    assert refused.value.fix


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_any_name_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    folder, source = tmp_path_factory.getbasetemp(), KEPT
    for name in names:
        try:
            source = added(source, "accept", {"kind": "company", "form": name})
        except ContentError:  # a character that YAML forbids
            return
    Path(folder, "decisions.yaml").write_bytes(source.encode())
    assert [ruling.form for ruling in decisions.load(folder).accepted] == names


@pytest.mark.parametrize(
    ("head", "key", "value", "after"),
    [
        pytest.param("name: Ann # sic\nstatus: x\n", "name", "Bea", "name: Bea # sic\nstatus: x\n", id="a value with a remark"),
        pytest.param("a: 1\nname: 'Ann:\n  x'\nb: 2\n", "name", "Bea", "a: 1\nname: Bea\nb: 2\n", id="a value of two lines"),
        pytest.param(
            "title: T\nlanguage: en\n",
            "date",
            date(2016, 1, 19),
            "title: T\ndate: 2016-01-19\nlanguage: en\n",
            id="a key that was not there",
        ),
        pytest.param(
            "title: T\ndate:\nb: 2\n", "date", date(2016, 1, 19), "title: T\ndate: 2016-01-19\nb: 2\n", id="a key without a value"
        ),
        pytest.param("name: Ann\n", "name", "Bea: 'the' #1", "name: 'Bea: ''the'' #1'\n", id="a name that wants quotes"),
    ],
)
def test_a_value_is_replaced_where_it_stands(head: str, key: str, value: str | date, after: str) -> None:
    assert yaml_edits.replaced(head, key, value, "a.md", below="title") == after
