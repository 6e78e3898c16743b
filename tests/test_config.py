"""site.yaml → Site."""

from __future__ import annotations

from pathlib import Path

import pytest

from bindery import config
from bindery.config import SourceRule
from bindery.dossiers import Side
from bindery.errors import SiteError


def test_an_archive_without_a_configuration_has_three_kinds(tmp_path: Path) -> None:
    site = config.load(tmp_path)

    assert [(kind.name, kind.folder) for kind in site.kinds] == [("city", "cities"), ("official", "officials"), ("company", "companies")]
    assert site.base_url == ""


def test_a_fourth_kind_is_a_few_lines(tmp_path: Path) -> None:
    kinds = "kinds:\n  city: {folder: cities, plural: Cities}\n  organisation: {folder: organisations, facts: [country]}\n"
    (tmp_path / "site.yaml").write_text(kinds, encoding="utf-8")
    kind = config.load(tmp_path).kind("organisation")

    assert (kind.label, kind.plural, kind.facts) == ("Organisation", "Organisations", ("country",))


def test_a_source_has_its_own_rights_or_the_archives(tmp_path: Path) -> None:
    source = "rights: excerpt\nsources:\n  a.org: full\n  Xinhua: {rights: metadata-only, noindex: true}\n  b.org: {noindex: true}\n"
    (tmp_path / "site.yaml").write_text(source, encoding="utf-8")

    assert config.load(tmp_path).rights == "excerpt"
    assert config.load(tmp_path).sources == (
        SourceRule("a.org", "full", noindex=False),
        SourceRule("Xinhua", "metadata-only", noindex=True),
        SourceRule("b.org", "excerpt", noindex=True),
    )


@pytest.mark.parametrize("source", ["", "sources:\n", "rights: full\n"])
def test_an_archive_that_says_nothing_of_rights_shows_everything(tmp_path: Path, source: str) -> None:
    (tmp_path / "site.yaml").write_text(source, encoding="utf-8")

    assert (config.load(tmp_path).rights, config.load(tmp_path).sources) == ("full", ())


def test_a_side_of_a_dossier_is_a_record_a_list_or_an_office(tmp_path: Path) -> None:
    source = (
        "dossiers:\n- title: Suzhou & Japan's consuls\n  between: cities/suzhou\n  and: [officials/mori, office: Consul-General of JAPAN]\n"
    )
    (tmp_path / "site.yaml").write_text(source, encoding="utf-8")
    (dossier,) = config.load(tmp_path).dossiers

    assert dossier.slug == "suzhou-japans-consuls"
    assert dossier.sides == (Side(("cities/suzhou",), ()), Side(("officials/mori",), (("consul", "general", "of", "japan"),)))


def test_the_address_given_at_build_comes_before_the_one_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("base_url: https://a.example/\n", encoding="utf-8")

    assert config.load(tmp_path).base_url == "https://a.example"
    assert config.load(tmp_path, base_url="https://b.example/archive/").base_url == "https://b.example/archive"


def test_the_archives_own_templates_come_before_the_programs(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()

    assert config.load(tmp_path).template_folders == (tmp_path / "templates", config.PROGRAM / "templates")
    assert config.load(config.PROGRAM).template_folders == (config.PROGRAM / "templates",)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        pytest.param("title: a: b\n", "site.yaml:1: not valid YAML", id="yaml"),
        pytest.param("- a\n", "site.yaml:1: not a list of `key: value` lines", id="list"),
        pytest.param("\ntitel: x\n", "site.yaml:2: unknown key 'titel'", id="unknown key"),
        pytest.param("title: [x]\n", "site.yaml:1: title is not a text", id="list for a text"),
        pytest.param("base_url: example.org\n", "site.yaml:1: base_url is not a web address", id="no scheme"),
        pytest.param("base_url: javascript:alert(1)\n", "site.yaml:1: base_url is not a web address", id="script"),
        pytest.param("base_url: http://[x\n", "site.yaml:1: base_url is not a web address", id="brackets"),
        pytest.param("base_url: https://x.y:port/\n", "site.yaml:1: base_url is not a web address", id="port"),
        pytest.param("base_url: 'https://x.y/a b\"<'\n", "site.yaml:1: base_url is not a web address", id="characters"),
        pytest.param("language: zh-Hant\n", "site.yaml:1: the pages around the briefings cannot speak 'zh-Hant'", id="language"),
        pytest.param("kinds: {city: {folder: Cities}}\n", "site.yaml:1: kind 'city' has no folder", id="capitals"),
        pytest.param(
            "kinds: {city: {folder: pagefind}}\n", "site.yaml:1: the folder 'pagefind' of kind 'city' is the site's own", id="taken folder"
        ),
        pytest.param("kinds: {home: {folder: homes}}\n", "site.yaml:1: a kind cannot be called 'home'", id="taken name"),
        pytest.param("kinds: {a: {folder: x}, b: {folder: x}}\n", "site.yaml:1: kinds 'a' and 'b' share the folder x", id="one folder"),
        pytest.param("kinds: {a: {folder: x, facts: country}}\n", "site.yaml:1: the facts of kind 'a' are not a list of words", id="facts"),
        pytest.param("kinds: {a: {folder: x, facts: [kind]}}\n", "site.yaml:1: kind 'a' cannot have the fact 'kind'", id="taken fact"),
        pytest.param("\nrights: some\n", "site.yaml:2: rights cannot be 'some'", id="rights"),
        pytest.param("sources: [x]\n", "site.yaml:1: sources is not a table of sources", id="sources"),
        pytest.param("sources:\n  x.org: none\n", "site.yaml:1: rights cannot be 'none'", id="rights of a source"),
        pytest.param("sources: {x.org: {right: full}}\n", "site.yaml:1: the rule of source 'x.org' is not understood", id="rule"),
        pytest.param("sources: {x.org: {noindex: maybe}}\n", "site.yaml:1: the rule of source 'x.org' is not understood", id="noindex"),
        pytest.param("kinds: [city]\n", "site.yaml:1: kinds is not a table of kinds", id="kinds"),
        pytest.param("dossiers: cities/suzhou\n", "site.yaml:1: dossiers is not a list", id="dossiers"),
        pytest.param("dossiers:\n  - between: cities/suzhou\n", "site.yaml:2: a dossier has no title", id="title of a dossier"),
        pytest.param("dossiers:\n  - title: A\n    to: x\n", "site.yaml:3: dossier 'A' has an unknown key 'to'", id="key of a dossier"),
        pytest.param(
            "dossiers:\n  - title: A and B\n    between: cities/a\n", "site.yaml:2: dossier 'A and B' has nobody under 'and'", id="one side"
        ),
        pytest.param(
            "dossiers:\n  - title: A\n    between: cities/a\n    and: [ports/b]\n",
            "site.yaml:4: dossier 'A' names 'ports/b', which is no record",
            id="no kind",
        ),
        pytest.param(
            "dossiers:\n  - title: A\n    between: cities/a\n    and:\n      - rank: consul\n",
            "site.yaml:5: dossier 'A' has a member that is not understood",
            id="no office",
        ),
        pytest.param(
            "dossiers:\n  - title: A\n    between: cities/a\n    and: [cities/b, cities/a]\n",
            "site.yaml:3: dossier 'A' has cities/a on both sides",
            id="both sides",
        ),
        pytest.param(
            "dossiers:\n  - title: 重慶\n    between: cities/a\n    and: cities/b\n",
            "site.yaml:2: dossier '重慶' has no address",
            id="no slug",
        ),
        pytest.param(
            "dossiers:\n  - title: A\n    slug: ../a\n    between: cities/a\n    and: cities/b\n",
            "site.yaml:3: a dossier's slug cannot be '../a'",
            id="slug",
        ),
        pytest.param(
            "dossiers:\n  - {title: A b, between: cities/a, and: cities/b}\n  - {title: A-B, between: cities/a, and: cities/c}\n",
            "site.yaml:3: two dossiers want the address dossiers/a-b.html",
            id="one address",
        ),
        pytest.param("kinds: {city: {folder: ../x}}\n", "site.yaml:1: kind 'city' has no folder", id="folder outside"),
    ],
)
def test_a_wrong_configuration_is_named_with_its_line_and_a_remedy(tmp_path: Path, source: str, problem: str) -> None:
    (tmp_path / "site.yaml").write_text(source, encoding="utf-8")

    with pytest.raises(SiteError) as caught:
        config.load(tmp_path)
    assert str(caught.value).startswith(problem)
    assert "fix:" in str(caught.value)


def test_a_wrong_address_given_at_build_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        config.load(tmp_path, base_url="example.org")
    assert str(caught.value.at) == "--base-url"


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="no such folder"):
        config.load(tmp_path / "nowhere")
