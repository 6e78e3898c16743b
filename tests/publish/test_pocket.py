"""Chosen briefings in one file: what is in it, that it is whole, and what is said when nothing can be chosen."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import date as Date
from pathlib import Path

import pytest

from bindery.errors import ContentError
from bindery.publish import pocket
from bindery.publish.pocket import Choice
from tests.publish.archive import library, site

HOSTILE = "</script><script>alert(1)</script></style>"


def made(root: Path, names: Mapping[str, str] | None = None, since: Date | None = None, **values: str) -> str:
    return pocket.file(library(), site(root, **values), Choice(names or {}, since))


def titles(text: str) -> list[str]:
    return re.findall(r"<h2 class=\"page-title__heading\" data-search-title>(.*?)</h2>", text)


@pytest.mark.parametrize(
    ("names", "since", "count"),
    [
        pytest.param({}, None, 3, id="everything"),
        pytest.param({"city": "Chongqing"}, None, 2, id="a city"),
        pytest.param({"city": "重庆"}, None, 2, id="a variant"),
        pytest.param({"city": "chungking"}, None, 2, id="in small letters"),
        pytest.param({"official": "tang-zongwei"}, None, 2, id="a slug"),
        pytest.param({"city": "Chongqing", "official": "Yoichiro Mori"}, None, 1, id="both"),
        pytest.param({}, Date(2017, 1, 1), 1, id="since"),
        pytest.param({"city": "wuxi"}, Date(2021, 7, 21), 1, id="a city, since"),
    ],
)
def test_it_holds_the_chosen_briefings(tmp_path: Path, names: Mapping[str, str], since: Date | None, count: int) -> None:
    assert len(titles(made(tmp_path, names, since))) == count


def test_it_asks_for_nothing(tmp_path: Path) -> None:
    text = made(tmp_path, base_url="https://archive.example")

    assert re.findall(r"""(?:src|srcset|action|poster)=|@import|url\((?!"data:)""", text) == []
    assert set(re.findall(r'<link rel="(\w+)" href="(\w+:)', text)) == {("icon", "data:")}


def test_its_policy_names_the_one_script_and_the_one_style_sheet_that_stand_in_it(tmp_path: Path) -> None:
    text = made(tmp_path)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    for element in ("script", "style"):
        (inside,) = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"; {element}-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy
    assert re.findall(r"\s(?:style|on\w+)=", text) == []


def test_every_link_in_it_leads_somewhere_in_it(tmp_path: Path) -> None:
    text = made(tmp_path)
    ids = re.findall(r'\bid="([^"]+)"', text)

    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in re.findall(r'href="([^"]*)"', text)} - {"data:,"} <= set(ids)


def test_who_is_named_stands_in_it_with_what_is_printed(tmp_path: Path) -> None:
    text = made(tmp_path, {"company": "NEC Co., Ltd."})

    assert {"companies/nec", "officials/mori", "officials/tang-zongwei", "cities/wuxi"} == set(
        re.findall(r'class="pocket-name" id="([^"]+)"', text)
    )
    assert "Ambassador" in text


def test_no_text_of_a_page_becomes_markup(tmp_path: Path) -> None:
    text = made(tmp_path, title=HOSTILE)

    assert HOSTILE not in text
    assert text.count("<script>") == text.count("</style>") == 1


def test_a_name_nobody_has_is_an_error_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no city is called 'Chonqing'") as caught:
        made(tmp_path, {"city": "Chonqing"})
    assert "Chongqing" in caught.value.fix


def test_nothing_chosen_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no briefing is chosen"):
        made(tmp_path, since=Date(2030, 1, 1))
