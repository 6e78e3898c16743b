"""The tables of languages: whole, without what nobody says, and in what CLDR says of the language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date

import pytest
import yaml

from bindery.languages import FOLDER, PLACE, SOURCE, Interface, interface, speaks, tags
from tests.languages import texts
from tools import build_languages

OTHERS = [tag for tag in tags() if tag != SOURCE]
_TAG = re.compile(r"</?[a-z][^>]*>")


@pytest.fixture(scope="module")
def said() -> set[str]:
    """All that templates and the program say."""
    return texts.of_templates() | texts.of_program() | {"."}


@pytest.fixture(scope="module")
def in_scripts() -> set[str]:
    return texts.of_scripts()


@pytest.fixture(params=OTHERS)
def spoken(request: pytest.FixtureRequest) -> Interface:
    return interface(request.param)


def test_every_text_is_in_every_table_and_no_other(spoken: Interface, said: set[str]) -> None:
    assert sorted(said - set(spoken.texts)) == []
    assert sorted(set(spoken.texts) - said) == []


def test_every_text_of_a_script_is_in_every_table_and_no_other(spoken: Interface, in_scripts: set[str]) -> None:
    assert sorted(in_scripts - set(spoken.scripts)) == []
    assert sorted(set(spoken.scripts) - in_scripts) == []


def test_every_noun_that_is_counted_is_in_every_table_in_each_of_its_forms(spoken: Interface) -> None:
    counted = {many for _, many in texts.nouns()}
    assert sorted(counted - set(spoken.counts)) == []
    for many, form in spoken.counts.items():
        forms = [form] if isinstance(form, str) else [form[name] for name in spoken.facts["plurals"]]
        assert all("{n}" in one for one in forms), many
        assert isinstance(form, str) or set(form) - {"unit"} == set(spoken.facts["plurals"]), many


def test_a_translation_has_the_places_and_the_markup_of_its_text(spoken: Interface) -> None:
    for english, other in {**spoken.texts, **spoken.scripts}.items():
        assert sorted(PLACE.findall(other)) == sorted(PLACE.findall(english)), english
        assert sorted(_TAG.findall(other)) == sorted(_TAG.findall(english)), english


def test_a_text_is_the_same_in_a_script_and_on_a_page(spoken: Interface) -> None:
    both = set(spoken.texts) & set(spoken.scripts) - {"Show"}
    assert {text: spoken.texts[text] for text in both} == {text: spoken.scripts[text] for text in both}


@pytest.mark.parametrize("tag", tags())
def test_a_table_says_what_cldr_says(tag: str) -> None:
    pytest.importorskip("babel", reason="make .venv/ready-dev installs it")
    source = (FOLDER / f"{tag}.yaml").read_text(encoding="utf-8")
    assert build_languages.with_facts(source, build_languages.facts(tag)) == source


@pytest.mark.parametrize("tag", tags())
def test_numbers_have_no_forms_but_one_and_other(tag: str) -> None:
    """What `Interface.count` and the scripts ask for: one for 1 alone, other for the rest; or other for all."""
    assert interface(tag).facts["plurals"] in (["one", "other"], ["other"])


@pytest.mark.parametrize("tag", tags())
def test_no_text_stands_twice_in_a_table(tag: str) -> None:
    table = yaml.compose((FOLDER / f"{tag}.yaml").read_text(encoding="utf-8"))
    assert isinstance(table, yaml.MappingNode)
    for name, part in table.value:
        if isinstance(part, yaml.MappingNode):
            keys = [key.value for key, _ in part.value]
            assert len(keys) == len(set(keys)), name.value


@pytest.mark.parametrize(
    ("tag", "table"),
    [("en", "en"), ("en-GB", "en"), ("de-AT", "de"), ("zh-CN", "zh"), ("zh-Hant", None), ("zh-TW", None), ("fr", None)],
)
def test_a_language_is_spoken_by_its_own_table_alone(tag: str, table: str | None) -> None:
    assert speaks(tag) == table


SAID: Mapping[str, tuple[str, ...]] = {
    "en": ("19 January 2016", "1,234", "1.5", "1 briefing", "2 briefings", "twice", "3 times", "Japanese"),
    "de": ("19. Januar 2016", "1.234", "1,5", "1 Meldung", "2 Meldungen", "zweimal", "3-mal", "Japanisch"),
    "ja": ("2016年1月19日", "1,234", "1.5", "記事1件", "記事2件", "2回", "3回", "日本語"),
    "zh": ("2016年1月19日", "1,234", "1.5", "1篇报道", "2篇报道", "2次", "3次", "日语"),
}


@pytest.mark.parametrize("tag", SAID)
def test_days_numbers_and_counts_are_written_as_the_language_writes_them(tag: str) -> None:
    spoken = interface(tag)
    day = Date(2016, 1, 19)
    counts = (spoken.count(1, "briefing", "briefings"), spoken.count(2, "briefing", "briefings"), spoken.times(2), spoken.times(3))
    assert SAID[tag] == (spoken.day(day), spoken.number(1234), spoken.decimal(1.5, 1), *counts, spoken.language_name("ja-JP"))


@pytest.mark.parametrize(("tag", "name"), [("zh-Hans", "Chinese"), ("JA", "Japanese"), ("tlh", "tlh")])
def test_a_language_is_named_for_readers(tag: str, name: str) -> None:
    assert interface("en").language_name(tag) == name
