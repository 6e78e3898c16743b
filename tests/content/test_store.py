"""content/ → Library, and what is said about files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bindery import config
from bindery.content import decisions, store
from bindery.errors import ContentError
from bindery.model import Library

GOOD = "---\nid: 6898abf\ntitle: A page\n---\n\n[Tang](../officials/tang.md) spoke.\n"
TANG = "---\nname: Tang Zongwei\n---\n"


def load(root: Path, **files: str) -> Library:
    for name, source in files.items():
        path = root / "content" / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return store.load(config.load(root))


def problems(root: Path, **files: str) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        load(root, **files)
    assert all(isinstance(error, ContentError) and error.fix for error in caught.value.exceptions)
    return [str(error).splitlines()[0] for error in caught.value.exceptions]


@pytest.mark.parametrize("name", ["briefings__index.md", "officials__index.md"])
def test_a_file_that_would_take_the_place_of_a_list_is_named(tmp_path: Path, name: str) -> None:
    assert problems(tmp_path, **{name: GOOD if name.startswith("b") else TANG}) == [
        f"content/{name.replace('__', '/')}: 'index' is the address of the list of all of its kind"
    ]


def test_newest_briefings_come_first_and_undated_ones_last(tmp_path: Path) -> None:
    sources = {"b": "date: 2016-01-19\n", "c": "date: 2023-01-14\n", "a": ""}
    library = load(
        tmp_path, **{f"briefings__{slug}.md": f"---\nid: {slug * 7}\ntitle: T\n{line}---\n\nText.\n" for slug, line in sources.items()}
    )

    assert [briefing.slug for briefing in library.briefings] == ["c", "b", "a"]


def test_a_record_knows_the_briefings_that_mention_it(tmp_path: Path) -> None:
    library = load(tmp_path, **{"briefings__a.md": GOOD, "officials__tang.md": TANG})

    assert [briefing.id for briefing in library.mentioned_in["officials/tang"]] == ["6898abf"]


def test_a_merged_record_gives_its_names_and_mentions_to_the_one_that_stands(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        **{
            "briefings__a.md": GOOD,
            "officials__tang.md": TANG,
            "officials__tang-zong-wei.md": "---\nname: Tang Zong-wei\nvariants:\n- 唐宗伟\n---\n",
            "decisions.yaml": "same:\n  - [officials/tang-zong-wei, officials/tang]\n",
        },
    )

    assert list(library.authorities) == ["officials/tang-zong-wei"]
    assert library.authorities["officials/tang-zong-wei"].variants == ("唐宗伟", "Tang Zongwei")
    assert list(library.mentioned_in) == ["officials/tang-zong-wei"]
    assert library.merged == {"officials/tang": "officials/tang-zong-wei"}


def test_yaml_does_not_turn_words_into_something_else(tmp_path: Path) -> None:
    library = load(tmp_path, **{"cities__oslo.md": "---\nname: Oslo\ncountry: NO\nlatitude: 59.90\n---\n"})

    assert library.authorities["cities/oslo"].facts == {"country": "NO", "latitude": "59.90"}


def test_front_matter_we_do_not_know_is_kept(tmp_path: Path) -> None:
    library = load(tmp_path, **{"briefings__a.md": GOOD.replace("title:", "tags: [consuls]\ntitle:"), "officials__tang.md": TANG})

    assert library.briefings[0].extra == {"tags": ["consuls"]}


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        pytest.param("Text.\n", "content/briefings/a.md:1: no front matter", id="no front matter"),
        pytest.param("---\nid: 6898abf\n", "content/briefings/a.md:1: the front matter does not end", id="no end"),
        pytest.param("---\ntitle: T\n---\n", "content/briefings/a.md:1: no id", id="no id"),
        pytest.param("---\nid: 6898abf\ntitle: a: b\n---\n", "content/briefings/a.md:3: not valid YAML", id="colon"),
        pytest.param("---\nid: 6898abf\ntitle: T\ndate: 19 Jan\n---\n", "content/briefings/a.md:4: bad date '19 Jan'", id="date"),
        pytest.param("---\nid: ../x\ntitle: T\n---\n", "content/briefings/a.md:2: id '../x' cannot be an address", id="id"),
        pytest.param("---\nid: 6898abf\ntitle: [T]\n---\n", "content/briefings/a.md:3: title is not a text", id="title"),
        pytest.param("---\nid: 6898abf\nsha256: abc\n---\n", "content/briefings/a.md:3: sha256 'abc' is none", id="sha256"),
        pytest.param("---\n- a\n---\n", "content/briefings/a.md:2: front matter is not a list of 'key: value' lines", id="list"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, source: str, problem: str) -> None:
    (found,) = problems(tmp_path, **{"briefings__a.md": source})

    assert found.startswith(problem)


def test_every_unreadable_file_is_named_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        **{
            "briefings__A B.md": GOOD,
            "briefings__b.md": "Text",
            "officials__x.md": "---\nname: X\nstatus: maybe\n---\n",
            "companies__y.md": "---\nname: Y\nvariants: Z\n---\n",
            "decisions.yaml": "same: [a]\n",
        },
    )

    assert [line.split(":")[0] for line in found] == [
        "content/briefings/A B.md",
        "content/briefings/b.md",
        "content/officials/x.md",
        "content/companies/y.md",
        "content/decisions.yaml",
    ]


@pytest.mark.parametrize("value", ["nan", "1e999", "north", "91"])
def test_a_coordinate_that_is_none_is_an_error(tmp_path: Path, value: str) -> None:
    (found,) = problems(tmp_path, **{"cities__a.md": f"---\nname: A\nlatitude: {value}\n---\n"})

    assert found == f"content/cities/a.md:3: latitude {value!r} is not in degrees"


def test_an_id_given_twice_is_an_error(tmp_path: Path) -> None:
    assert problems(tmp_path, **{"briefings__a.md": GOOD, "briefings__b.md": GOOD}) == [
        "content/briefings/b.md: id 6898abf is also that of content/briefings/a.md"
    ]


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        pytest.param("same:\n  - [officials/a]\n", "not a group of records", id="one alone"),
        pytest.param("same:\n  - [o/b, o/d]\n  - [o/d, o/b]\n", "is merged into itself", id="circle"),
        pytest.param("reject:\n  - {form: X}\n", "not a kind and a form", id="no kind"),
        pytest.param("story:\n  - [6898abf]\n", "not a group of briefings", id="one copy alone"),
        pytest.param("not-event:\n  - [6898abf, 'A paper']\n", "not a group of briefings", id="no id"),
        pytest.param("same:\n  - [cities/a, officials/a]\n", "records of different kinds", id="two kinds"),
        pytest.param("settled: abc\n", "settled: is not a list", id="no list"),
        pytest.param("reject:\n  - {kind: city, form: [x]}\n", "not a kind and a form", id="form is a list"),
        pytest.param("not-figures:\n  - 140 companies\n", "not a figure as printed", id="no figure"),
        pytest.param("not-figures:\n  - {figure: 140 companies, form: X}\n", "not a figure as printed", id="a figure with a form"),
        pytest.param("sames: []\n", "unknown decision: sames", id="unknown key"),
        pytest.param("same: [\n", "not valid YAML", id="yaml"),
    ],
)
def test_a_decision_that_cannot_be_read_says_how_to_write_it(tmp_path: Path, source: str, problem: str) -> None:
    (tmp_path / "decisions.yaml").write_text(source, encoding="utf-8")

    with pytest.raises(ContentError, match=problem) as caught:
        decisions.load(tmp_path)
    assert caught.value.fix


def test_chains_of_merges_are_followed_to_their_end(tmp_path: Path) -> None:
    (tmp_path / "decisions.yaml").write_text("same:\n  - [o/b, o/a]\n  - [o/c, o/b]\n", encoding="utf-8")

    assert decisions.load(tmp_path).merged == {"o/a": "o/c", "o/b": "o/c"}


ROW = "seed\ta.txt\nsha256\t0\nsize\t1\nencoding\tutf-8\n\n1\tkept\tbody\tTang spoke.\n"


def test_a_briefing_read_alone_is_as_in_the_library(tmp_path: Path) -> None:
    sources = {"provenance__6898abf.tsv": ROW, "anchors__6898abf.tsv": "tang-spoke-c3e\tce8233e7\t0327 08c9\n"}
    library = load(tmp_path, **{"briefings__a.md": GOOD}, **sources)
    alone = store.read_briefing(config.load(tmp_path), tmp_path / "content/briefings/a.md")

    assert library.briefings == (alone,)
    assert alone.provenance is not None
    assert [anchor.key for anchor in alone.anchors] == ["tang-spoke-c3e"]


def test_a_briefing_with_nothing_beside_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "content/anchors").mkdir(parents=True)
    (tmp_path / "content/anchors/6898abf.tsv").symlink_to("nowhere.tsv")
    library = load(tmp_path, **{"briefings__a.md": GOOD})

    assert library.briefings == (store.read_briefing(config.load(tmp_path), tmp_path / "content/briefings/a.md"),)
    assert (library.briefings[0].provenance, library.briefings[0].anchors) == (None, ())


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "content/briefings/a.md").mkdir(parents=True)

    assert problems(tmp_path) == ["content/briefings/a.md: not a file"]
