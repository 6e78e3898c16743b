"""A digest and a briefing as e-mail: headers, both parts, what mail programs keep, size, and what is said when nothing can be sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from bindery import pipeline
from bindery.errors import ContentError, SiteError
from bindery.model import Library, Rights
from bindery.publish.mail import digest, letter
from bindery.publish.mail.digest import Choice, Digest
from bindery.publish.mail.message import Envelope
from bindery.publish.mail.plain import WIDTH, width, wrapped
from bindery.publish.views.catalogue import Catalogue, catalogue
from tests.publish.archive import briefing, library, site
from tests.publish.mail_limits import objections

BASE = "https://archive.example/press"
HOSTILE = '</td><script>alert(1)</script><img src="https://elsewhere.example/x.png" onerror="x()">'
RICH = """# A heading\n\nA paragraph with `code`, **bold** and a [link](../cities/chongqing.md).

- one
- two

1. first
2. second

| a | b |
| --- | --- |
| 1 | 2 |

> quoted

    preformatted

![a picture](../static/x.png) ends here.

***

<b onclick="x()">raw</b>
"""
PLAIN = f"""\
Rich
Undated, Gazette
{BASE}/b/rich/


A heading

A paragraph with code, bold and a link.

 - one
 - two

1. first
2. second

a | b
1 | 2

> quoted

preformatted

ends here.

* * *

<b onclick="x()">raw</b>


Briefing archive
Texts belong to their publishers and are quoted as captured.
{BASE}/index.html
"""


def read(root: Path, found: Library | None = None, **values: str) -> Catalogue:
    found = found or library()
    return catalogue(found, pipeline.bodies(found), site(root, **{"base_url": BASE, **values}))


def briefing_as_mail(root: Path, found: Library) -> bytes:
    """Its first briefing."""
    one = found.briefings[0]
    return letter.letter(one, pipeline.bodies(found)[one.id], read(root, found), Envelope())[1]


def made(root: Path, *names: str, since: Date = Date(2000, 1, 1), found: Library | None = None, **values: str) -> Digest:
    return digest.digest(read(root, found, **values), Choice(since, names), Envelope())


def parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    assert [defect for part in message.walk() for defect in part.defects] == []
    return message


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


def many(count: int) -> Library:
    """As many briefings with long texts in Chinese and English."""
    body = "[Chongqing](../cities/chongqing.md) " + "两江新区与日本企业的会谈。" * 12 + " met and talked" * 20
    found = library()
    briefings = tuple(briefing(f"many{at}", f"会谈 {at}", Date(2024, 1, 1 + at % 28), body) for at in range(count))
    return replace(found, briefings=briefings, mentioned_in={"cities/chongqing": briefings})


def test_a_digest_is_a_message_with_two_parts(tmp_path: Path) -> None:
    message = parsed(made(tmp_path).data)

    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert message["Subject"] == "Briefing archive: 2 briefings since 1 January 2000"
    assert message["Date"].datetime.date() == Date(2021, 7, 21)
    assert message["From"].addresses[0].addr_spec == "no-reply@archive.example"
    assert message["X-Unsent"] == "1"
    assert re.fullmatch(r"<[0-9a-f]{32}@archive\.example>", message["Message-ID"])


def test_the_same_briefings_make_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path).data == made(tmp_path).data
    assert made(tmp_path).data != made(tmp_path, since=Date(2000, 1, 2)).data


def test_an_addressed_message_is_no_draft(tmp_path: Path) -> None:
    sent = digest.digest(read(tmp_path), Choice(Date(2000, 1, 1)), Envelope("desk@archive.example", "all@archive.example"))
    message = parsed(sent.data)

    assert (message["From"].addresses[0].addr_spec, message["To"]) == ("desk@archive.example", "all@archive.example")
    assert message["X-Unsent"] is None


@pytest.mark.parametrize("title", ["重庆与日本城市外交档案馆，两江新区的会谈与公司" * 3, "A\nBcc: evil@x.example", "Ōsaka – “quoted” <x>"])
def test_headers_carry_any_title(tmp_path: Path, title: str) -> None:
    data = made(tmp_path, title=title).data
    message = parsed(data)
    said = " ".join(title.split())

    assert message["Subject"].startswith(said)
    assert str(make_header(decode_header(message_from_bytes(data)["From"]))) in (
        f"{said} <no-reply@archive.example>",
        f'"{said}" <no-reply@archive.example>',
    )
    assert message["Bcc"] is None
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize("make", ["digest", "briefing"])
def test_mail_programs_keep_all_of_it(tmp_path: Path, make: str) -> None:
    rich = replace(library(), briefings=(briefing("rich", "Rich & <odd>", Date(2021, 7, 21), RICH), *library().briefings))
    if make == "digest":
        html = part(parsed(made(tmp_path, found=rich).data), "html")
    else:
        html = part(
            parsed(briefing_as_mail(tmp_path, rich)),
            "html",
        )

    assert objections(html) == []
    assert "style=" in html


@pytest.mark.parametrize(
    "html",
    [
        pytest.param('<p style="display: flex; color: #000000; background-color: #ffffff">x</p>', id="flex"),
        pytest.param('<p style="padding: 4px; color: #000000; background-color: #ffffff">x</p>', id="padding on a paragraph"),
        pytest.param('<p class="a" style="color: #000000; background-color: #ffffff">x</p>', id="a class"),
        pytest.param('<p style="color: #aaaaaa; background-color: #ffffff">x</p>', id="pale text"),
        pytest.param('<p style="color: #000000">x</p>', id="no ground"),
        pytest.param("<style>p{}</style>", id="a style sheet"),
        pytest.param('<td style="font-size: 1rem"></td>', id="rem"),
        pytest.param('<a href="../x.html"></a>', id="a relative link"),
    ],
)
def test_the_limits_find_what_breaks(html: str) -> None:
    table = f"<table><tr>{html}</tr></table>" if html.startswith("<td") else html
    assert objections(table) != []


def test_nothing_in_it_loads_or_runs(tmp_path: Path) -> None:
    hostile = replace(library(), briefings=(briefing("bad", HOSTILE, Date(2021, 7, 21), f"{HOSTILE} and more"),))
    for data in (
        made(tmp_path, found=hostile, title=HOSTILE).data,
        briefing_as_mail(tmp_path, hostile),
    ):
        html = part(parsed(data), "html")

        assert re.findall(r"<(?:script|img|style|link|iframe|object|form)\b", html) == []
        assert re.findall(r"<[^>]*\s(?:src|on\w+)=", html) == []
        assert "&lt;script&gt;" in html


def test_each_briefing_stands_once_under_the_city_it_is_about(tmp_path: Path) -> None:
    found = read(tmp_path)
    groups = list(digest.groups(found.entries.values(), (), found))

    assert [group.named and group.named.name for group in groups] == ["Chongqing", "Wuxi"]
    assert [item.title for group in groups for item in group.items] == ["Old", "重慶の会談", "New & old"]


@pytest.mark.parametrize(
    ("names", "count"),
    [
        pytest.param((), 2, id="all with a date"),
        pytest.param(("city/chongqing",), 1, id="a city"),
        pytest.param(("cities/重庆",), 1, id="its folder, a variant"),
        pytest.param(("city/wuxi", "city/chongqing", "city/Chungking"), 2, id="any of several"),
        pytest.param(("company/NEC Co., Ltd.",), 1, id="a company"),
    ],
)
def test_it_holds_the_chosen_briefings(tmp_path: Path, names: Sequence[str], count: int) -> None:
    assert made(tmp_path, *names).count == count


@pytest.mark.parametrize(
    ("name", "fix"), [("city/Chonqing", "did you mean Chongqing?"), ("town/x", "write one of city/…"), ("chongqing", "write one of city/…")]
)
def test_a_name_nobody_has_is_an_error_with_a_remedy(tmp_path: Path, name: str, fix: str) -> None:
    with pytest.raises(ContentError) as caught:
        made(tmp_path, name)
    assert caught.value.fix.startswith(fix)


def test_without_an_address_there_is_no_mail(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="base_url is empty"):
        made(tmp_path, base_url="")


@pytest.mark.parametrize("wrong", ["nobody", "a@b\nTo: c@d.example", "@"])
def test_a_wrong_address_is_an_error(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(SiteError, match="not an e-mail address"):
        digest.digest(read(tmp_path), Choice(Date(2000, 1, 1)), Envelope(to=wrong))


def test_nothing_new_makes_no_message(tmp_path: Path) -> None:
    assert made(tmp_path, since=Date(2030, 1, 1)) == Digest(None, b"", 0, 0)


def test_a_long_digest_stays_small_and_says_what_it_left_out(tmp_path: Path) -> None:
    digest_of_many = made(tmp_path, found=many(200))
    message = parsed(digest_of_many.data)
    said = f"{digest_of_many.left_out} older briefings of this time did not fit into this e-mail"

    assert digest.LARGEST * 0.9 < len(digest_of_many.data) <= digest.LARGEST
    assert digest_of_many.count + digest_of_many.left_out == 200
    assert digest_of_many.left_out > 0
    for kind in ("html", "plain"):
        text = part(message, kind)
        assert said in " ".join(text.split())
        assert f"{BASE}/briefings/index.html" in text
        assert text.count("/b/many") == digest_of_many.count
    assert message["Subject"].startswith("Briefing archive: 200 briefings")


@pytest.mark.parametrize("count", [1, 120])
def test_plain_lines_are_short_and_addresses_whole(tmp_path: Path, count: int) -> None:
    long = replace(many(count), authorities=library().authorities)
    text = part(parsed(made(tmp_path, found=long, base_url=f"{BASE}/{'deep-' * 14}x").data), "plain")

    for line in text.splitlines():
        assert width(line) <= WIDTH or re.fullmatch(r"\s*https://\S+", line), line
    assert re.search(rf"^\s*{BASE}/{'deep-' * 14}x/b/many0/$", text, flags=re.MULTILINE)


def test_a_briefing_comes_with_its_whole_text(tmp_path: Path) -> None:
    rich = replace(library(), briefings=(briefing("rich", "Rich", None, RICH, language="zh"), *library().briefings))
    message = parsed(briefing_as_mail(tmp_path, rich))

    assert message["Date"].datetime.date() == Date(2021, 7, 21)
    assert part(message, "plain") == PLAIN
    assert f'<a href="{BASE}/cities/chongqing.html"' in part(message, "html")
    assert "a picture" in part(message, "html")


@pytest.mark.parametrize(
    ("rights", "notice"), [("excerpt", "Only the beginning is given here"), ("metadata-only", "is not given here"), ("full", "")]
)
def test_what_is_withheld_is_said_with_the_place_to_read_it(tmp_path: Path, rights: Rights, notice: str) -> None:
    one = replace(briefing("part", "Part", Date(2021, 7, 21), ""), rights=rights, source="gazette.example")
    alone = replace(library(), briefings=(one,), mentioned_in={})
    message = parsed(briefing_as_mail(tmp_path, alone))

    for kind in ("html", "plain"):
        text = part(message, kind)
        assert notice in text
        assert ("https://gazette.example/" in text) is bool(notice)


def test_lines_break_between_wide_letters_and_before_no_full_stop() -> None:
    lines = wrapped("会" * 38 + "。" + "谈").splitlines()

    assert lines == ["会" * 37, "会。谈"]


def test_a_word_too_wide_is_cut_and_an_address_is_not() -> None:
    address = "https://archive.example/" + "x" * 90

    assert max(map(len, wrapped("y" * 200).splitlines())) <= WIDTH
    assert wrapped(f"see {address} now").splitlines() == ["see", address, "now"]
