"""Heads and feet of pages → title, date, source, byline, each with the line it came from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bindery.ingest.clean import dates, metaline
from bindery.ingest.clean.page import draft
from bindery.ingest.read import read
from tests.ingest.pages import JA_LEAD, KO_LEAD, LEAD, LEADS, MORE, TEXT, ZH_LEAD, cleaned

SEEDS = Path(__file__).parents[2] / "seeds"
TITLE = "Two ports sign an agreement on ships"
HEADS = yaml.safe_load((Path(__file__).parent / "page_heads.yaml").read_text("utf-8"))
CREDITS = yaml.safe_load((Path(__file__).parent / "page_credits.yaml").read_text("utf-8"))
TITLES = yaml.safe_load((Path(__file__).parent / "page_titles.yaml").read_text("utf-8"))
PARAGRAPHS = {"ZHLEAD": ZH_LEAD, "JALEAD": JA_LEAD, "KOLEAD": KO_LEAD, **LEADS, "TEXT": TEXT, "LEAD": LEAD, "MORE": MORE}


AUTHORS = yaml.safe_load((Path(__file__).parent / "page_authors.yaml").read_text("utf-8"))


def filled(page: str) -> str:
    for mark, paragraph in PARAGRAPHS.items():
        page = page.replace(mark, paragraph)
    return page


@pytest.mark.parametrize("case", [pytest.param(case, id=case["page"].split("\n", 1)[1].replace("\n", " / ")[:60]) for case in AUTHORS])
def test_a_page_names_its_author(case: dict[str, Any]) -> None:
    assert cleaned(filled(case["page"])).metadata.byline == case["byline"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["page"].replace("\n", " / ")[-90:]) for case in CREDITS])
def test_a_page_is_signed_dated_and_credited_as_its_country_does(case: dict[str, Any]) -> None:
    found = cleaned(filled(case["page"])).metadata
    assert (found.date, found.source, found.byline) == (case["date"], case["source"], case["byline"])


@pytest.mark.parametrize("case", [pytest.param(case, id=case["page"].replace("\n", " / ")[:90]) for case in TITLES])
def test_the_headline_is_told_from_what_stands_around_it(case: dict[str, Any]) -> None:
    assert cleaned(filled(case["page"])).metadata.title == case["title"]


@pytest.mark.parametrize("head", [pytest.param(head, id=head["id"]) for head in HEADS])
def test_a_page_says_who_wrote_it_when_and_for_whom(head: dict[str, Any]) -> None:
    found = cleaned(filled(head["page"])).metadata
    expected = (head["title"], head["date"], head["source"], head["byline"])
    assert (found.title, found.date, found.source, found.byline) == expected


@pytest.mark.parametrize(
    ("name", "day", "source", "byline", "lines"),
    [
        ("000", date(2016, 1, 19), "chinadaily.com.cn", "Wang Yifei", {"title": 5, "byline": 7, "date": 9, "source": 11}),
        ("001", date(2023, 11, 23), "en.wuxi.gov.cn", None, {"title": 3, "date": 5, "source": 6}),
        ("002", date(2019, 7, 4), "PRNewswire", None, {"title": 1, "date": 3, "source": 3}),
        ("003", date(2023, 1, 14), "iChongqing", "YAN DENG", {"title": 3, "date": 5, "byline": 5, "source": 1}),
        ("004", date(2021, 7, 21), "Department of International Cooperation", None, {"title": 3, "date": 5, "source": 5}),
    ],
)
def test_a_seed_gives_what_it_prints(name: str, day: date, source: str, byline: str | None, lines: dict[str, int]) -> None:
    found = draft(read(next(SEEDS.glob(f"{name}_*.txt")), SEEDS)).metadata
    assert (found.date, found.source, found.byline, found.language, found.lines) == (day, source, byline, "en", lines)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2016-01-19", (2016, 1, 19)),
        ("2016.01.08", (2016, 1, 8)),
        ("2024/3/5 10:03", (2024, 3, 5)),
        ("Jan 14,2023", (2023, 1, 14)),
        ("May 12 2004", (2004, 5, 12)),
        ("Sept. 09, 2024", (2024, 9, 9)),
        ("January 18th, 2016", (2016, 1, 18)),
        ("27 Nov, 2023, 09:00 ET", (2023, 11, 27)),
        ("14th of June 2014", (2014, 6, 14)),
        ("12-Jan-2023", (2023, 1, 12)),
        ("10/30/2017", (2017, 10, 30)),
        ("30/10/2017", (2017, 10, 30)),
        ("09.09.2024 13:10 Uhr", (2024, 9, 9)),
        ("2021年9月7日 10:37", (2021, 9, 7)),
        ("２０２１年９月７日", (2021, 9, 7)),
        ("令和5年3月23日", (2023, 3, 23)),
        ("令和元年5月1日", (2019, 5, 1)),
        ("平成30年12月1日", (2018, 12, 1)),
        ("民國112年3月5日", (2023, 3, 5)),
        ("2023년 3월 26일", (2023, 3, 26)),
        ("3. März 2024", (2024, 3, 3)),
        ("1er août 2024", (2024, 8, 1)),
        ("12 de mayo de 2023", (2023, 5, 12)),
        ("01 de Noviembre del 2017", (2017, 11, 1)),
        ("5 марта 2024", (2024, 3, 5)),
        ("12 tháng 3 năm 2023", (2023, 3, 12)),
        ("2019 September 12 14:30", (2019, 9, 12)),
        ("2021 m. kovo 12 d.", (2021, 3, 12)),
        ("12/Mar/2021", (2021, 3, 12)),
        ("March 12/2021", (2021, 3, 12)),
        ("12 มีนาคม 2564", (2021, 3, 12)),
        ("๑๒ มีนาคม ๒๕๖๔", (2021, 3, 12)),
        ("發布日期：110-03-12", (2021, 3, 12)),
        ("110年3月12日", (2021, 3, 12)),
        ("۱۲/۰۳/۲۰۲۱", (2021, 3, 12)),
        ("۱۴۰۰/۰۱/۰۱", (2021, 3, 21)),
        ("۱۳۹۹/۱۲/۳۰", (2021, 3, 20)),
        ("۱۴۰۲/۰۷/۱۵", (2023, 10, 7)),
    ],
)
def test_a_date_is_read_as_printed(printed: str, day: tuple[int, int, int]) -> None:
    assert [found.date for found in dates.find(printed, month_first=True)] == [date(*day)]


@pytest.mark.parametrize(
    "printed", ["May 2021", "2016年12期", "31/02/2021", "room 2021-2022", "1-2-3", "+86-23-67158993", "1999-2023", "month 12, 2020"]
)
def test_what_is_no_full_date_is_none(printed: str) -> None:
    assert dates.find(printed, month_first=True) == ()


@pytest.mark.parametrize(
    ("page", "is_day_first"),
    [
        pytest.param("13/04/2021 and 03/04/2021", True, id="another date has a thirteenth month"),
        pytest.param("04/13/2021 and 03/04/2021", False, id="another date has a thirteenth day"),
        pytest.param("03/04/2021. Talks were held on April 3.", True, id="the day again in words"),
        pytest.param("03/04/2021. Talks were held on 4 March.", False, id="the month again in words"),
        pytest.param("Sat 03/04/2021", True, id="its weekday"),
        pytest.param("03/04/2021 KUWAIT (KUNA)", True, id="an agency of a country that puts the day first"),
        pytest.param("03/04/2021", False, id="nothing"),
    ],
)
def test_a_page_shows_how_it_orders_day_and_month(page: str, is_day_first: bool) -> None:
    assert dates.day_first(page) is is_day_first


def test_slashes_are_read_by_the_country() -> None:
    assert dates.find("03/04/2021", month_first=True)[0].date == date(2021, 3, 4)
    assert dates.find("03/04/2021", month_first=False)[0].date == date(2021, 4, 3)


@pytest.mark.parametrize(
    ("line", "day", "source", "byline"),
    [
        ("Updated : 2023-11-23", date(2023, 11, 23), None, None),
        ("Release time:2019-11-05 Browse: 317", date(2019, 11, 5), None, None),
        ("(harbourton.example.cn)Updated: 2019-06-04", date(2019, 6, 4), "harbourton.example.cn", None),
        ("Updated : 2020-08-17Source : Harbour Office", date(2020, 8, 17), "Harbour Office", None),
        ("Source: Xinhua| 2018-10-11 20:31:31|Editor: Li Xia", date(2018, 10, 11), "Xinhua", None),
        ("(Xinhua) 08:17, June 05, 2023", date(2023, 6, 5), "Xinhua", None),
        ("By ANNA BERG in Linden | China Daily Global | Updated: 2025-09-16 09:31", date(2025, 9, 16), "China Daily Global", "ANNA BERG"),
        ("Li Ming | China Daily | 2020-11-06", date(2020, 11, 6), "China Daily", "Li Ming"),
        ("By Anna Berg (harbourton.example.cn)", None, "harbourton.example.cn", "Anna Berg"),
        ("By Anna Berg, Staff Writer", None, None, "Anna Berg"),
        ("Reporter: Anna, Bert, Carl", None, None, "Anna, Bert, Carl"),
        ("Posted on December 21, by admin", None, None, None),
        ("News provided by Harbour Board  19 Apr, 2024, 04:10 ET", date(2024, 4, 19), "Harbour Board", None),
        ("SOURCE Harbour Board", None, "Harbour Board", None),
        ("发布时间：2024-02-06 09:15      来源：滨海区人民政府      选择阅读字号：[ 大 中 小 ]", date(2024, 2, 6), "滨海区人民政府", None),
        ("2023-03-26 15:32 来源：新华网 作者：张三", date(2023, 3, 26), "新华网", "张三"),
        ("□ 文、圖/王小明", None, None, "王小明"),
        ("港口杂志 2023年8期", None, "港口杂志", None),
        ("입력 2023.03.26 15:32  수정 2023.03.26 15:40", date(2023, 3, 26), None, None),
        ("홍길동 기자 hong@example.com", None, None, "홍길동"),
        ("発信時間:2019-03-08 10:05:00 | チャイナネット", date(2019, 3, 8), "チャイナネット", None),
        ("Veröffentlicht am 3. März 2024 | Von Anna Schmidt", date(2024, 3, 3), None, "Anna Schmidt"),
        ("Publié le 3 mars 2024 à 14h30 par Jean Dupont", date(2024, 3, 3), None, "Jean Dupont"),
        ("Por Juan Pérez, 12 de mayo de 2023", date(2023, 5, 12), None, "Juan Pérez"),
        ("23/10/2017 | Alcaldía, Noticias", date(2017, 10, 23), None, None),
    ],
)
def test_a_line_of_metadata_gives_its_fields(line: str, day: date | None, source: str | None, byline: str | None) -> None:
    meta = metaline.parse(line, month_first=True)
    assert meta is not None
    assert (meta.date, meta.source, meta.byline) == (day, source, byline)


@pytest.mark.parametrize(
    "line",
    [
        "Minister of Ports Anna Berg in Harbourton and Linden, 14 June 2014",
        "By introducing longer quays the city grows",
        "Source code of the harbour's computers leaked",
        "Two ports sign an agreement on ships",
        "The quay opened on May 3, 2021, and ships have called at it every day since, the port's director told guests.",
    ],
)
def test_a_headline_or_a_sentence_is_no_metadata(line: str) -> None:
    assert metaline.parse(line, month_first=True) is None


@pytest.mark.parametrize(
    ("paragraph", "day", "source", "byline"),
    [
        ("HARBOURTON, July 4, 2019 /PRNewswire/ -- ", date(2019, 7, 4), "PRNewswire", None),
        ("HARBOURTON, Sept. 09, 2024 (GLOBE NEWSWIRE) -- ", date(2024, 9, 9), "GLOBE NEWSWIRE", None),
        ("LINDEN, March 13 (Xinhua) -- ", None, "Xinhua", None),
        ("Linden, 26 de noviembre de 2019.- ", date(2019, 11, 26), None, None),
        ("Hitachi (Japan) - the maker of trains - said so. ", None, None, None),
        ("China News Network Linden on February 26", None, "China News Network", None),
        ("News from this newspaper (Reporter Li Ming) ", None, None, "Li Ming"),
    ],
)
def test_a_dateline_gives_what_the_head_does_not(paragraph: str, day: date | None, source: str | None, byline: str | None) -> None:
    found = cleaned(f"{TITLE}\n\n{paragraph}{LEAD}\n\n{MORE}").metadata
    assert (found.date, found.source, found.byline) == (day, source, byline)


@pytest.mark.parametrize(
    ("opening", "source", "byline"),
    [
        ("新华社林登5月3日电（记者 张三）", "新华社", "张三"),
        ("本报讯（记者 李四）", None, "李四"),
        ("【9月7日 Xinhua News】", "Xinhua News", None),
    ],
)
def test_a_chinese_or_japanese_dateline(opening: str, source: str | None, byline: str | None) -> None:
    found = cleaned(f"两港签署合作协议\n\n{opening}{ZH_LEAD}\n\n{ZH_LEAD}").metadata
    assert (found.source, found.byline) == (source, byline)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        pytest.param(TITLE, TITLE, id="alone"),
        pytest.param(f"Harbourton Weekly\nNews\n{TITLE}\nMay 3, 2021", TITLE, id="below the masthead"),
        pytest.param(f"{TITLE}\nHome > News\n{TITLE}", TITLE, id="printed twice"),
        pytest.param(f"{TITLE} - Harbourton Weekly\nHarbourton Weekly", TITLE, id="with the site's name"),
        pytest.param(f"{TITLE} | Harbour Days", f"{TITLE} | Harbour Days", id="with a series that is no site"),
        pytest.param(f"  • {TITLE}", TITLE, id="behind a bullet"),
        pytest.param(f"{TITLE} 2016.06.07", TITLE, id="before a date in figures"),
        pytest.param(f" date 2019-11-29 {TITLE}", TITLE, id="behind the store's stamp"),
        pytest.param("Home | News | Contact", None, id="a menu is none"),
    ],
)
def test_the_headline_is_found(head: str, title: str | None) -> None:
    assert cleaned(f"{head}\n\n{LEAD}\n\n{MORE}").metadata.title == title


def test_a_heading_inside_a_text_without_headline_is_no_headline() -> None:
    page = cleaned(f"{LEAD}\n\nShips and rails\n\n{MORE}")
    assert (page.metadata.title, len(page.paragraphs)) == (None, 3)


def test_the_date_below_the_headline_wins_over_the_clock_above_it() -> None:
    assert cleaned(f"Thursday, 8 March 2019\n{TITLE}\n2021-10-21 16:04\n\n{LEAD}\n\n{MORE}").metadata.date == date(2021, 10, 21)


def test_details_may_stand_below_a_summary() -> None:
    page = cleaned(f"{TITLE}\n\nShips, rails and a terminal: both sides are pleased.\n\nBy Anna Berg\nMay 3, 2021\n\n{LEAD}\n\n{MORE}")
    assert (page.metadata.byline, page.metadata.date, len(page.paragraphs)) == ("Anna Berg", date(2021, 5, 3), 3)


def test_a_date_inside_the_text_is_not_the_pages_date() -> None:
    assert cleaned(f"{TITLE}\n\n{LEAD} The quay was built on May 3, 1921.\n\n{MORE}").metadata.date is None


def test_the_source_named_below_the_text_wins_over_the_wire() -> None:
    found = cleaned(f"{TITLE}\n\nLINDEN, July 4, 2019 /PRNewswire/ -- {LEAD}\n\n{MORE}\n\nSOURCE Harbour Board").metadata
    assert (found.source, found.lines["source"]) == ("Harbour Board", 7)


def test_a_credit_closes_a_text_without_head() -> None:
    found = cleaned(f"{TITLE}\n\n{LEAD}\n\n{MORE} (China Daily September 20, 2003)").metadata
    assert (found.source, found.date) == ("China Daily", date(2003, 9, 20))


def test_a_label_takes_its_value_from_the_next_line() -> None:
    found = cleaned(f"{TITLE}\n\nNews provided by\nThe Harbour Board of Linden\n\nApr 24, 2018, 08:55 ET\n\n{LEAD}\n\n{MORE}").metadata
    assert (found.source, found.date) == ("The Harbour Board of Linden", date(2018, 4, 24))


def test_a_place_beside_the_date_is_not_the_author() -> None:
    assert cleaned(f"{TITLE}\nMay 3, 2021\nHong Kong\n\n{LEAD}\n\n{MORE}").metadata.byline is None


@pytest.mark.parametrize(
    ("line", "source", "byline"),
    [
        pytest.param("For Immediate Release - City of Linden", "City of Linden", None, id="whose release it is"),
        pytest.param(
            "담당부서 : 항만시 국제과   작성일 : 2023-05-24   조회수 : 1,274", "항만시 국제과", None, id="the department in charge"
        ),
        pytest.param("October 03, 2017 10:30 AM Eastern Daylight Time", None, None, id="a time zone is nobody"),
        pytest.param("Press Release No. 1624      Date : 17.08.2023", None, None, id="a number is no outlet"),
        pytest.param("VNA", "VNA", None, id="an agency signs"),
    ],
)
def test_a_document_label_or_sign_gives_what_it_says(line: str, source: str | None, byline: str | None) -> None:
    meta = metaline.parse(line, month_first=True)
    assert meta is not None
    assert (meta.source, meta.byline) == (source, byline)


@pytest.mark.parametrize(
    ("page", "source"),
    [
        pytest.param(f"{TITLE}\n2021-05-04\nLINDEN, Turkey (AA)\n\n{LEAD}\n\n{MORE}", "AA", id="a dateline on a line of its own"),
        pytest.param(f"{TITLE}\n2021-05-04\nLINDEN. KAZINFORM {LEAD}\n{MORE}", "KAZINFORM", id="place, stop, agency"),
    ],
)
def test_a_dateline_names_its_agency(page: str, source: str) -> None:
    assert cleaned(page).metadata.source == source


def test_names_divided_by_strokes_sign_the_text() -> None:
    assert cleaned(f"{TITLE}\n2021-05-04\n{LEAD}\n{MORE}\nAnna Berg/ Omar Said\nShare").metadata.byline == "Anna Berg/ Omar Said"


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("Consulate-General of Linden\nHome | About Us | News | Contact\nHome > News", id="an office's name above its menu"),
        pytest.param("For Immediate Release - City of Linden", id="what kind of document it is"),
        pytest.param("Residents | Business | Parks & Harbour | City Hall", id="a bar of links"),
    ],
)
def test_what_heads_a_page_is_not_its_headline(head: str) -> None:
    assert cleaned(f"{head}\n\n{TITLE}\n\n2021-05-04\n{LEAD}\n{MORE}\nCopyright Consulate-General of Linden").metadata.title == TITLE


def test_of_two_headlines_the_upper_is_the_title_and_the_lower_stays() -> None:
    deck = "Mayor of Harbourton sees new terminal, ships and rails by spring"
    page = cleaned(f"{TITLE}\n{deck}\nAnna Berg | 04.05.2021\n{LEAD}\n{MORE}")
    assert (page.metadata.title, page.paragraphs[0].text) == (TITLE, deck)
