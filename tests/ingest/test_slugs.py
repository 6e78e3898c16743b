"""Names → addresses."""

from __future__ import annotations

from datetime import date

import pytest

from bindery.ingest import slugs

DAY = date(2016, 1, 19)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        pytest.param("Japanese Consul-General visits", "2016-01-19-japanese-consul-general-visits", id="words"),
        pytest.param("「重慶-日本経済交流懇談会」NECも", "2016-01-19-6898abf", id="another script"),
        pytest.param("…!?", "2016-01-19-6898abf", id="only punctuation"),
        pytest.param("../../etc/passwd", "2016-01-19-etc-passwd", id="a path"),
        pytest.param("word " * 60, "2016-01-19-" + "-".join(["word"] * 16), id="long"),
        pytest.param("x" * 300, "2016-01-19-" + "x" * 80, id="one long word"),
        pytest.param("Taken", "2016-01-19-taken-6898abf", id="taken"),
    ],
)
def test_a_briefing_gets_an_address_that_is_a_file_name_everywhere(title: str, slug: str) -> None:
    assert slugs.briefing_slug(title, DAY, "6898abf", {"2016-01-19-taken"}) == slug


def test_an_undated_briefing_says_so() -> None:
    assert slugs.briefing_slug("A title", None, "6898abf", ()) == "undated-a-title"


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        pytest.param(("Bálint Czégel",), "balint-czegel", id="accents"),
        pytest.param(("章勇武", "Zhang Yongwu"), "zhang-yongwu", id="the printed romanisation"),
        pytest.param(("渡辺信之",), "official-", id="none is made up"),
        pytest.param(("Index",), "index-2", id="the page of all officials"),
        pytest.param(("Con",), "con-2", id="what Windows keeps for itself"),
        pytest.param(("Wang Rong",), "wang-rong-3", id="numbered when taken"),
    ],
)
def test_an_authority_gets_the_name_that_was_printed(names: tuple[str, ...], slug: str) -> None:
    taken = {"officials/wang-rong", "officials/wang-rong-2"}
    assert slugs.authority_slug(names, "officials", "official", taken.__contains__).startswith(slug)
