"""The Markdown beside a briefing's page, and llms.txt: what the page says, for programs that come for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import jinja2
import pytest
import yaml

from bindery.content.lock import Address
from bindery.publish import llms, markdown_copy, render
from tests.publish.archive import library, planned, site, text

BASE = "https://archive.example/press"
COPY = """---
id: "old1"
title: "Old"
date: "2016-01-19"
source: "Gazette"
language: "en"
url: "https://archive.example/press/briefings/old1.html"
---

# Old

[Tang Zongwei](../officials/tang-zongwei.html "deputy director") met [Mr. Mori](../officials/mori.html "Consul General") in
[Chongqing](../cities/chongqing.html). He left. [Chongqing](../cities/chongqing.html) is large, [Chongqing](../cities/chongqing.html) grows.

## Named in this briefing

- [Tang Zongwei](../officials/tang-zongwei.html), official: 1 mention
- [Yoichiro Mori](../officials/mori.html), official: 1 mention
- [Chongqing](../cities/chongqing.html), city: 3 mentions
"""


@pytest.fixture
def made(tmp_path: Path) -> dict[str, str]:
    where = site(tmp_path, base_url=BASE, title="Press [& more]")
    kept = (
        Address("briefings/moved.html", "old1", target="briefings/old1.html"),
        Address("briefings/gone.html", "x", reason="asked *for*"),
    )
    env: jinja2.Environment = render.environment(where)
    return {one.permalink: text(one, env) for one in planned(library(), where, kept) if one.permalink.endswith((".md", ".txt"))}


def test_a_copy_says_what_the_page_says_and_leads_to_pages(made: dict[str, str]) -> None:
    assert made["briefings/old1.md"] == COPY


def test_an_archive_without_an_address_has_none(tmp_path: Path) -> None:
    found = {one.permalink for one in planned(library(), site(tmp_path))}

    assert llms.PERMALINK not in found
    assert [permalink for permalink in found if permalink.endswith(".md")] == []


def test_an_address_that_has_no_page_any_more_answers(made: dict[str, str]) -> None:
    assert "[old1.html](old1.html)" in made["briefings/moved.md"]
    assert made["briefings/gone.md"] == "# No longer in this archive\n\nasked \\*for\\*\n"


def test_llms_txt_names_the_briefings_newest_first_and_the_files(made: dict[str, str]) -> None:
    lines = made["llms.txt"].splitlines()

    assert lines[0] == "# Press \\[& more\\]"
    assert lines[2].startswith("> ")
    assert [line for line in lines if ".md)" in line] == [
        f"- [New & old]({BASE}/briefings/new1.md): 2021-07-21, Gazette",
        f"- [Old]({BASE}/briefings/old1.md): 2016-01-19, Gazette",
        f"- [重慶の会談]({BASE}/briefings/und1.md): undated, Gazette",
    ]
    assert f"- [archive.sqlite]({BASE}/data/archive.sqlite): " in made["llms.txt"]


@pytest.mark.parametrize("title", ["a: b # c", "\u2028- x\u0085", "'\"", "---", "{{ x }}", "~"])
def test_front_matter_is_read_as_it_was_meant(tmp_path: Path, title: str) -> None:
    found = library()
    where = site(tmp_path, base_url=BASE)
    changed = replace(found, briefings=tuple(replace(one, title=title) for one in found.briefings))
    (copy,) = (text(one, render.environment(where)) for one in planned(changed, where) if one.permalink == "briefings/old1.md")

    assert yaml.safe_load(copy.split("---\n")[1])["title"] == title


def test_a_mention_of_nobody_is_plain_text(tmp_path: Path) -> None:
    found = library()
    where = site(tmp_path, base_url=BASE)
    left = replace(found, authorities={key: one for key, one in found.authorities.items() if key != "officials/mori"})
    (copy,) = (text(one, render.environment(where)) for one in planned(left, where) if one.permalink == "briefings/old1.md")

    assert ") met Mr. Mori in\n" in copy
    assert markdown_copy.permalink("briefings/old1.html") == "briefings/old1.md"
