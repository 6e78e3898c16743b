"""What is done at the desk is a small change of content/, and can be taken back."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bindery.content.changes import StaleError
from bindery.desk.acts import RefusedError
from bindery.desk.desk import Desk
from bindery.errors import ContentError
from tests.desk.archive import DECISIONS
from tests.desk.conftest import settled

BRIDGE = "content/briefings/2019-06-04-the-bridge-is-open.md"
SCHOOL = "content/briefings/2019-07-05-a-school-of-the-town.md"
TOMITA = "content/officials/tomita-masakiro.md"


def asked(desk: Desk, topic: str) -> dict[str, Any]:
    """The question of a topic, whole."""
    key = next(row["key"] for row in desk.state()["questions"] if row["topic"] == topic)
    whole = desk.question(key)
    assert whole is not None
    return whole


def topics(desk: Desk) -> list[str]:
    return [row["topic"] for row in desk.state()["questions"]]


def files(root: Path) -> dict[str, str]:
    """People's files, and nothing a build keeps."""
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in (root / "content").rglob("*") if path.is_file()}


def seen(*things: Mapping[str, Any]) -> dict[str, str]:
    return {one["path"]: one["version"] for one in things}


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """The lines that git would show with + or -."""
    for path in sorted(before.keys() | after.keys()):
        lines = difflib.unified_diff(before.get(path, "").splitlines(), after.get(path, "").splitlines(), n=0, lineterm="")
        yield from (f"{path.rpartition('/')[2]} {line}" for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---"))


def test_the_desk_asks_what_review_asks_with_the_captured_line(desk: Desk) -> None:
    assert topics(desk) == ["ambiguous", "merge", "unsure", "dropped"]
    unsure = asked(desk, "unsure")

    assert (unsure["sentence"], unsure["form"]) == ("The boots are made for Nike and Zollwerk.", "Zollwerk")
    assert [line["number"] for line in unsure["lines"] if line["here"]] == [5]
    assert "Zollwerk. The factory" in next(line["text"] for line in unsure["lines"] if line["here"])
    one, other = asked(desk, "merge")["records"]
    assert (one["named"][0]["line"]["number"], other["named"][0]["line"]["number"]) == (7, 5)
    assert other["named"][0]["sentence"].startswith("Tomita Masakiro, Consul-General of Japan")


@pytest.mark.parametrize(
    ("topic", "values", "lines"),
    [
        ("unsure", {"act": "accept"}, ["+accept:", "+  - {kind: company, form: Zollwerk}"]),
        ("unsure", {"act": "accept", "only_here": True}, ["+accept:", "+  - {kind: company, form: Zollwerk, briefing: ec2247d}"]),
        ("unsure", {"act": "reject"}, ["+  - {kind: company, form: Zollwerk}"]),
        ("merge", {"act": "accept"}, ["+same:", "+  - [officials/masahiro-tomita, officials/tomita-masakiro]"]),
        ("merge", {"act": "reject"}, ["+not-same:", "+  - [officials/masahiro-tomita, officials/tomita-masakiro]"]),
        (
            "merge",
            {"act": "merge", "stays": "officials/tomita-masakiro", "goes": "officials/masahiro-tomita"},
            ["+same:", "+  - [officials/tomita-masakiro, officials/masahiro-tomita]"],
        ),
        ("ambiguous", {"act": "reject"}, ["+settled:", "+  - 'KEY'"]),
        ("dropped", {"act": "leave"}, ["+settled:", "+  - 'KEY'"]),
    ],
)
def test_an_answer_is_a_line_of_decisions_and_is_not_asked_again(
    desk: Desk, root: Path, topic: str, values: dict[str, Any], lines: list[str]
) -> None:
    before, question = files(root), asked(desk, topic)
    desk.act({"key": question["key"], **values})
    after = (root / "content/decisions.yaml").read_text("utf-8")

    assert [line.partition(" ")[2] for line in changed({"d": before["content/decisions.yaml"]}, {"d": after})] == [
        line.replace("KEY", question["key"]) for line in lines
    ]
    assert question["key"] not in [row["key"] for row in desk.state()["questions"]]
    settled(desk)
    assert topic not in topics(desk)
    assert desk.undo()
    assert (root / "content/decisions.yaml").read_text("utf-8") == DECISIONS
    settled(desk)
    assert topic in topics(desk)
    assert files(root) == before


def test_a_quantity_that_is_none_is_a_line_of_decisions_and_the_question_stays(desk: Desk, root: Path) -> None:
    question = asked(desk, "ambiguous")
    assert question["briefing"]["figures"] == ["Some 140 pupils"]
    act = {"act": "not-figure", "key": question["key"], "figure": "Some 140 pupils"}
    desk.act(act)
    line = f"not-figures:\n  - {{figure: Some 140 pupils, briefing: {question['briefing']['id']}}}\n"

    assert (root / "content/decisions.yaml").read_text("utf-8") == DECISIONS + line
    assert asked(desk, "ambiguous")["briefing"]["figures"] == []
    with pytest.raises(StaleError):
        desk.act(act)
    with pytest.raises(RefusedError):
        desk.act({**act, "figure": "141 pupils"})
    desk.undo()
    assert asked(desk, "ambiguous")["briefing"]["figures"] == ["Some 140 pupils"]


def test_what_is_accepted_is_linked(desk: Desk, root: Path) -> None:
    desk.act({"act": "accept", "key": asked(desk, "unsure")["key"]})
    settled(desk)

    assert "[Zollwerk](../companies/zollwerk.md)" in (root / "content/briefings/2019-05-03-boots-for-the-harbour.md").read_text("utf-8")


def test_a_name_is_linked_to_a_new_record_in_its_sentence(desk: Desk, root: Path) -> None:
    before, question = files(root), asked(desk, "ambiguous")
    values = {"act": "accept", "key": question["key"], "kind": "city", "name": "Springfield, Oregon", "seen": seen(question["briefing"])}
    desk.act(values)

    assert list(changed(before, files(root))) == [
        f"{SCHOOL[18:]} -Springfield was far away, the teacher said, and nobody had ever been there.",
        f"{SCHOOL[18:]} +[Springfield](../cities/springfield-oregon.md) was far away, the teacher said, and nobody had ever been there.",
        *[f"springfield-oregon.md +{line}" for line in ("---", "name: Springfield, Oregon", "status: proposed", "---", "")],
    ]
    settled(desk)
    assert "ambiguous" not in topics(desk)
    desk.undo()
    settled(desk)
    assert files(root) == before


def test_a_name_is_linked_to_a_record_that_is_there(desk: Desk, root: Path) -> None:
    question = asked(desk, "ambiguous")
    desk.act({"act": "accept", "key": question["key"], "record": "cities/kobe", "seen": seen(question["briefing"])})

    assert "\n[Springfield](../cities/kobe.md) was far away" in (root / SCHOOL).read_text("utf-8")


def test_a_dropped_line_becomes_a_paragraph(desk: Desk, root: Path) -> None:
    before, question = files(root), asked(desk, "dropped")
    desk.act({"act": "accept", "key": question["key"], "seen": seen(question["briefing"])})

    assert list(changed(before, files(root))) == [f"{BRIDGE[18:]} +", f"{BRIDGE[18:]} +{question['sentence']}"]
    settled(desk)
    assert "dropped" not in topics(desk)
    assert question["sentence"] in (root / BRIDGE).read_text("utf-8")


def test_a_record_is_renamed_and_keeps_its_old_name(desk: Desk, root: Path) -> None:
    before, question = files(root), asked(desk, "merge")
    record = question["records"][1]
    desk.act({"act": "rename", "key": question["key"], "record": record["id"], "name": "Tomita  Masahiro", "seen": seen(record)})

    assert list(changed(before, files(root))) == [
        "tomita-masakiro.md -name: Tomita Masakiro",
        "tomita-masakiro.md +name: Tomita Masahiro",
        "tomita-masakiro.md +variants:",
        "tomita-masakiro.md +- Tomita Masakiro",
    ]
    settled(desk)
    assert "[Tomita Masakiro](../officials/tomita-masakiro.md" in (root / BRIDGE).read_text("utf-8")
    desk.undo()
    assert (root / TOMITA).read_text("utf-8") == before[TOMITA]


def test_a_role_and_a_date_are_corrected_where_they_stand(desk: Desk, root: Path) -> None:
    question = asked(desk, "merge")
    named = question["records"][1]["named"][0]
    mention = named["mentions"][0]
    about = {"key": question["key"], "briefing": named["id"]}
    before = files(root)
    desk.act({"act": "role", **about, **mention, "role": "Consul", "seen": seen(named)})
    settled(desk)
    again = asked(desk, "merge") if "merge" in topics(desk) else asked(desk, "dropped")
    present = again["briefing"] or again["records"][1]["named"][0]
    desk.act({"act": "date", "key": again["key"], "briefing": named["id"], "date": "2019-06-05", "seen": seen(present)})

    text = before[BRIDGE].splitlines()[10]
    assert list(changed({"b": before[BRIDGE]}, {"b": files(root)[BRIDGE]})) == [
        "b -date: 2019-06-04",
        "b +date: 2019-06-05",
        f"b -{text}",
        "b +" + text.replace('"Consul-General of Japan in Chongqing"', '"Consul"'),
    ]
    desk.undo()
    desk.undo()
    assert (root / BRIDGE).read_text("utf-8") == before[BRIDGE]


def test_a_record_is_split_by_briefings(desk: Desk, root: Path) -> None:
    key = desk.state()["questions"][0]["key"]
    desk.act({"act": "merge", "key": key, "stays": "officials/akira-mori", "goes": "officials/akira-mori-2"})
    settled(desk)
    before, question = files(root), asked(desk, "split")
    (record,) = question["records"]
    school = next(one for one in record["named"] if one["path"] == SCHOOL)
    values = {"act": "split", "key": question["key"], "record": record["id"], "name": "Akira Mori", "seen": seen(*record["named"])}
    desk.act({**values, "briefings": [school["id"]]})

    lines = list(changed(before, files(root)))
    assert [line for line in lines if line.startswith("akira-mori-3.md")][:2] == [
        "akira-mori-3.md +---",
        "akira-mori-3.md +name: Akira Mori",
    ]
    assert [line for line in lines if line.startswith("decisions")] == [
        "decisions.yaml +not-same:",
        "decisions.yaml +  - [officials/akira-mori, officials/akira-mori-3]",
    ]
    assert "(../officials/akira-mori-3.md" in (root / SCHOOL).read_text("utf-8")
    settled(desk)
    assert "split" not in topics(desk)


def test_an_edit_in_an_editor_meanwhile_is_seen_and_kept(desk: Desk, root: Path) -> None:
    question = asked(desk, "merge")
    record = question["records"][1]
    (root / TOMITA).write_text(edited := (root / TOMITA).read_text("utf-8") + "\nA note.\n", "utf-8")
    values = {"act": "rename", "key": question["key"], "record": record["id"], "name": "X"}

    with pytest.raises(StaleError, match="since it was shown"):
        desk.act({**values, "seen": seen(record)})
    assert (root / TOMITA).read_text("utf-8") == edited
    desk.act({**values, "seen": seen(asked(desk, "merge")["records"][1])})
    assert (root / TOMITA).read_text("utf-8").endswith("\nA note.\n")


def test_what_somebody_decided_meanwhile_is_not_decided_again(desk: Desk, root: Path) -> None:
    question, path = asked(desk, "unsure"), root / "content/decisions.yaml"
    path.write_text(DECISIONS + "accept:\n  - {kind: company, form: Zollwerk} # Kim\n", "utf-8")

    with pytest.raises(StaleError, match="decided meanwhile"):
        desk.act({"act": "reject", "key": question["key"]})
    assert path.read_text("utf-8").endswith("# Kim\n")


def test_another_edit_of_the_file_stays_when_an_answer_is_written_and_hinders_its_undoing(desk: Desk, root: Path) -> None:
    path = root / "content/decisions.yaml"
    path.write_text(DECISIONS + "# mine\n", "utf-8")
    desk.act({"act": "reject", "key": asked(desk, "unsure")["key"]})
    written = path.read_text("utf-8")
    assert written.endswith("# the end\n# mine\n")
    path.write_text(written + "# more\n", "utf-8")

    with pytest.raises(StaleError, match="cannot be undone"):
        desk.undo()
    assert path.read_text("utf-8") == written + "# more\n"
    path.write_text(written, "utf-8")
    desk.undo()
    assert path.read_text("utf-8") == DECISIONS + "# mine\n"


def test_a_broken_file_is_told_and_nothing_is_written(desk: Desk, root: Path) -> None:
    path = root / "content/decisions.yaml"
    path.write_text("reject: [\n", "utf-8")

    with pytest.raises(ContentError, match="not valid YAML"):
        desk.act({"act": "reject", "key": asked(desk, "unsure")["key"]})
    assert path.read_text("utf-8") == "reject: [\n"
    desk.wake()
    while not desk.state()["error"]:
        desk.wait(desk.state()["generation"])
    assert "decisions.yaml" in desk.state()["error"]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"act": "burn"},
        {"act": ["accept"]},
        {"act": "accept", "key": "no-such"},
        {"act": "merge", "stays": "officials/../../x", "goes": "officials/akira-mori"},
        {"act": "merge", "stays": "officials/akira-mori", "goes": "cities/kobe"},
        {"act": "merge", "stays": "cities/kobe", "goes": "cities/kobe"},
        {"act": "rename", "record": "officials/akira-mori", "name": "\u202e"},
        {"act": "rename", "record": "officials/akira-mori", "name": "x" * 501},
        {"act": "rename", "record": "officials/akira-mori", "name": {"a": 1}},
        {"act": "role", "briefing": "../decisions", "number": 0, "role": "x"},
        {"act": "date", "briefing": "9b7918b", "date": "yesterday"},
        {"act": "split", "record": "officials/akira-mori", "name": "Akira Mori", "briefings": ["ec2247d"]},
        {"act": "split", "record": "officials/akira-mori", "name": "Akira Mori", "briefings": []},
    ],
)
def test_nonsense_is_refused_and_writes_nothing(desk: Desk, root: Path, values: dict[str, Any]) -> None:
    before = files(root)

    with pytest.raises(RefusedError):
        desk.act(values)
    assert files(root) == before
    with pytest.raises(RefusedError, match="nothing to undo"):
        desk.undo()
