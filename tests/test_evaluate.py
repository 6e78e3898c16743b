"""The figures of `build.py evaluate`: the rules of scoring, and the program against two pages of our own making."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bindery import evaluate
from bindery.errors import ContentError, SiteError
from bindery.score import Matches, Named, Record, folded, same_metadata, same_role, score

GOLDEN = Path(__file__).parent / "golden" / "evaluate"
GOLD = GOLDEN / "gold"


def test_predictions_with_every_kind_of_mistake_score_as_the_gold_sets_own_script_scores_them() -> None:
    """expected.txt was compared with that script's output for the same predictions, figure by figure."""
    found = json.loads((GOLDEN / "predictions.json").read_text("utf-8"))
    predictions = {prediction["file"]: evaluate.as_record(prediction, date_key="date") for prediction in found}
    scores = score(evaluate.read_gold(GOLD), predictions)
    assert evaluate.report(scores, errors=True) + "\n" == (GOLDEN / "expected.txt").read_text("utf-8")


def test_without_errors_the_report_is_only_the_table() -> None:
    table = evaluate.report(score(evaluate.read_gold(GOLD), {}))
    assert table.startswith("documents   2\n")
    assert "missed:" not in table


def test_a_file_without_a_prediction_is_all_missed() -> None:
    scores = score(evaluate.read_gold(GOLD), {})
    assert scores.kinds["cities"] == Matches(hits=0, wrong=0, missed=5)
    assert (scores.roles.total, scores.roles.value) == (0, None)
    assert scores.metadata["source"].right == 1  # one page prints none, and none is what was found
    assert scores.macro_f1 == 0.0


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("H.E. Mr. Ōta's", "ota"),
        ("the Bank of Brno", "bank of brno"),
        ("NEC Co., Ltd.", "nec co ltd"),
        ("Hitachi’s", "hitachi"),
        ("workers'", "workers"),
        ("無錫市", "無錫市"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_form_is_folded(form: str | None, key: str) -> None:
    assert folded(form) == key


@pytest.mark.parametrize(
    ("found", "is_right"),
    [
        ("director, Aalborg Harbour Office", True),
        ("the Director of Aalborg Harbour Office", True),
        ("director", False),
        (None, False),
    ],
)
def test_two_wordings_of_a_role_share_most_of_their_words(found: str | None, is_right: bool) -> None:
    assert same_role(found, "director of the Aalborg Harbour Office") is is_right


@pytest.mark.parametrize(
    ("key", "found", "wanted", "is_right"),
    [
        ("title", "Fair  opens", "FAIR OPENS!", True),
        ("title", "Fair", "Fair opens", False),
        ("source", "China Daily", "China Daily (Europe)", True),
        ("source", None, "China Daily", False),
        ("byline", None, None, True),
    ],
)
def test_metadata_is_compared_by_letters_and_digits(key: str, found: str | None, wanted: str | None, is_right: bool) -> None:
    assert same_metadata(key, found, wanted) is is_right


def test_one_prediction_for_two_records_is_one_hit_and_one_miss() -> None:
    (gold,) = (gold for gold in evaluate.read_gold(GOLD) if gold.record.file == "consul.txt")
    both = Named("Solheim", ("Solheim", "Novotny"))
    matches = score([gold], {"consul.txt": Record("consul.txt", {}, {"officials": (both,)})}).kinds["officials"]
    assert matches == Matches(hits=1, wrong=0, missed=1)


def test_predictions_come_from_archive_json() -> None:
    archive = {
        "version": 1,
        "briefings": [
            {
                "id": "abcdef0", "slug": "a", "url": "briefings/a.html", "title": "A", "date": "2020-02-02", "source": None, "byline": None,
                "language": "en", "seed": {"file": "a.txt", "sha256": "0" * 64},
                "paragraphs": [{"key": "one", "text": "Kragh of Brno met Kragh."}, {"key": "two", "text": "Jonas Kragh left."}],
                "mentions": [
                    {"kind": "official", "slug": "jonas-kragh", "form": "Kragh", "role": "mayor", "paragraph": "one"},
                    {"kind": "city", "slug": "brno", "form": "Brno", "role": None, "paragraph": "one"},
                    {"kind": "official", "slug": "jonas-kragh", "form": "Kragh", "role": None, "paragraph": "one"},
                    {"kind": "official", "slug": "jonas-kragh", "form": "Jonas Kragh", "role": "mayor of Brno", "paragraph": "two"},
                ],
            },
            {
                "id": "abcdef1", "slug": "b", "url": "briefings/b.html", "title": "By hand", "date": None, "source": None,
                "byline": None, "language": None, "seed": None, "paragraphs": [], "mentions": [],
            },
        ],
        "authorities": [
            {"kind": "official", "slug": "jonas-kragh", "name": "Jonas Kragh"},
            {"kind": "city", "slug": "brno", "name": "Brno"},
        ],
    }  # fmt: skip
    assert evaluate.predictions(archive) == [
        {
            "file": "a.txt", "title": "A", "date": "2020-02-02", "source": None, "byline": None,
            "body": "Kragh of Brno met Kragh.\nJonas Kragh left.",
            "cities": [{"name": "Brno", "forms": ["Brno"], "role": None}],
            "officials": [{"name": "Jonas Kragh", "forms": ["Kragh", "Jonas Kragh"], "role": "mayor of Brno"}],
            "companies": [],
        }
    ]  # fmt: skip


def test_the_program_finds_what_is_on_two_plain_pages() -> None:
    scores = evaluate.evaluate(GOLD)
    assert [str(mistake) for mistake in scores.mistakes] == []
    assert (scores.document_count, scores.macro_f1) == (2, 1.0)


def test_a_folder_without_records_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="no gold records") as caught:
        evaluate.read_gold(tmp_path)
    assert caught.value.fix == "name a folder that holds NAME.txt beside NAME.json"


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ('{"title": }', r"harbour.json:1: not JSON"),
        ("[]", r"harbour.json: not a gold record"),
        ('{"title": "No lines"}', r"harbour.json: not a gold record: KeyError: 'lines'"),
        ('{"lines": {"99": "body"}}', r"harbour.json: line 99 is labelled, and the text has 17"),
    ],
)
def test_a_record_that_cannot_be_read_is_named(tmp_path: Path, record: str, problem: str) -> None:
    shutil.copy(GOLD / "harbour.txt", tmp_path)
    (tmp_path / "harbour.json").write_text(record, "utf-8")
    with pytest.raises(ContentError) as caught:
        list(evaluate.read_gold(tmp_path))
    assert problem in str(caught.value)


def test_a_record_without_its_text_is_named(tmp_path: Path) -> None:
    shutil.copy(GOLD / "harbour.json", tmp_path)
    with pytest.raises(ContentError, match="no text for this record"):
        list(evaluate.read_gold(tmp_path))
