"""Lines of a page → what they are: the five seeds as their records say, and each rule by an example and a counter-example."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from bindery import rules
from bindery.ingest.clean import formulas
from bindery.ingest.clean.language import language
from bindery.ingest.clean.lexicon import formulas as lexicon
from bindery.ingest.clean.page import draft
from bindery.ingest.clean.sequence import FOOT_WEIGHT
from bindery.ingest.read import read
from tests.ingest.pages import JA_LEAD, KO_LEAD, LEAD, MORE, ZH_LEAD, body, cleaned, labels

TEXTS = yaml.safe_load((Path(__file__).parent / "page_texts.yaml").read_text("utf-8"))
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    ("name", "first", "last", "count"),
    [
        pytest.param("000", "Tang Zongwei, deputy director", "He also hoped more Japanese companies", 6, id="teasers under 'Video' go"),
        pytest.param("001", "An industrial cooperation conference", "Currently, WND is home", 5, id="captions and footer menus go"),
        pytest.param("002", "SUZHOU, China, July 4, 2019", "It has been learned", 6, id="all of a press release stays"),
        pytest.param("003", "Chongqing - The first session", '"Chongqing aims to promote', 16, id="headings inside the text stay"),
        pytest.param("004", "A seminar on economic", "Representative from the Department", 3, id="spam inside a paragraph stays, flagged"),
    ],
)
def test_the_text_of_a_seed_is_kept_whole_and_alone(name: str, first: str, last: str, count: int) -> None:
    path = next(SEEDS.glob(f"{name}_*.txt"))
    paragraphs = body(draft(read(path, SEEDS)))
    assert (paragraphs[0].startswith(first), paragraphs[-1].startswith(last), len(paragraphs)) == (True, True, count)


def test_headings_of_a_seed_are_told_from_its_paragraphs() -> None:
    page = draft(read(next(SEEDS.glob("003_*.txt")), SEEDS))
    headings = [paragraph.text for paragraph in page.paragraphs if paragraph.form == "heading"]
    assert [heading.split(":")[0] for heading in headings] == [
        "Hungarian Consul General in Chongqing",
        "Belarus' Consul General in Chongqing",
        "Consul General of Japan in Chongqing",
    ]


def test_gambling_spam_in_a_sentence_is_a_suspect() -> None:
    page = draft(read(next(SEEDS.glob("004_*.txt")), SEEDS))
    found = [page.paragraphs[suspect.paragraph].text[suspect.start : suspect.end] for suspect in page.suspects]
    assert found == ["yabo网站登陆 (yabo)"]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The office is called 外事办公室 (FAO) in Chinese.", id="an office in its own script"),
        pytest.param("He signed the contract with 华为技术有限公司 (Huawei) in May.", id="a company in its own script"),
    ],
)
def test_a_name_in_its_own_script_is_no_suspect(sentence: str) -> None:
    assert cleaned(f"Ports sign\n\n{LEAD}\n\n{sentence} {MORE}").suspects == ()


def test_spam_in_chinese_text_wants_trade_and_portal_together() -> None:
    page = cleaned(f"港口合作\n\n{ZH_LEAD}他说亚博网站登陆是合作伙伴，体育彩票中心的官方网站也发了消息。")
    assert [page.paragraphs[0].text[suspect.start : suspect.end] for suspect in page.suspects] == ["亚博网站登陆"]


FURNITURE = [
    ("Home > News > Local", "breadcrumb"),
    ("当前位置：首页 > 新闻中心 > 正文", "breadcrumb"),
    ("Home | About Us | Contact Us | Sitemap", "menu"),
    ("Startseite | Nachrichten | Kontakt | Impressum", "menu"),
    ("About UsContact Us", "menu"),
    ("Share on Facebook", "share-and-print"),
    ("【打印】 【关闭】", "menu"),
    ("Previous: Harbour fair opens", "page-to-page"),
    ("下一篇：港口举行开放日", "page-to-page"),
    ("1 2 3 4 Next", "page-to-page"),
    ("Tags: ports, rails", "tags"),
    ("harbour-01.jpg", "image-file"),
    ("The mayor at the quay. [Photo/harbourton.example]", "photo-credit"),
    ("Guests on board the ferry. (Xinhua/Li Ming)", "photo-credit"),
    ("Mayor Anna Berg (left) with the guests", "position-in-picture"),
    ("Related articles", "related-heading"),
    ("あわせて読みたい", "related-heading"),
    ("Das könnte Sie auch interessieren", "related-heading"),
    ("También te puede interesar", "related-heading"),
    ("Copyright © 2020 Harbourton. All rights reserved.", "copyright"),
    ("무단전재 및 재배포 금지", "copyright"),
    ("京ICP备00000000号", "licence-number"),
    ("主办：市人民政府办公室", "site-credit"),
    ("Tel: +1 000 0000", "address-and-telephone"),
    ("This website uses cookies to count its readers. By continuing to browse you agree.", "legal-and-cookies"),
    ("- Advertisement -", "advertisement"),
    ("Sign up for our newsletter and never miss a ship!", "advertisement"),
    ("Leave a Reply", "comment-box"),
    ("8.03K", "counter"),
    ("* * *", "ornament"),
    ('<li id="x"><button id="y"></button></li>', "markup-remains"),
    ("casino online | bet365 mobile | free spins", "injected-spam"),
    ("国产精品在线播放,日韩无码,免费网站", "injected-spam"),
    ("Media Contact:", "media-contact"),
    ("Do you like this story? Tell us on the quay!", "advertisement"),
    ("この記事は会員限定です。残り412文字。", "advertisement"),
    ("Was this page helpful?  Yes  No", "comment-box"),
    ("이 페이지에서 제공하는 정보에 만족하십니까?", "comment-box"),
    ("Harbour Today - Licence No. 2063/GP-BTTTT", "licence-number"),
    ("Next Story: Harbour fair opens", "related-heading"),
    ("友善列印　轉寄", "share-and-print"),
]


@pytest.mark.parametrize(("line", "rule"), FURNITURE, ids=[rule + ": " + line[:20] for line, rule in FURNITURE])
def test_a_line_of_furniture_goes_with_its_rule(line: str, rule: str) -> None:
    page = cleaned(f"Two ports sign an agreement on ships\n\n{LEAD}\n\n{MORE}\n\n{line}")
    verdict = page.verdicts[-1]
    assert (verdict.rule, body(page)) == (rule, [LEAD, MORE])


@pytest.mark.parametrize(
    "line",
    [
        "The Harbourton Photo Festival opens in May, the mayor added.",
        "He shared the news with the sponsors of the fair in Linden.",
        "Contact between the two ports goes back to 1880.",
        "By the end of the year the quay will be ready.",
        "Casino owners, the mayor said, had asked for a ferry.",
        "A city with a long past",
        "Economy",
        "- a longer quay",
    ],
)
def test_a_line_of_the_text_stays(line: str) -> None:
    page = cleaned(f"Two ports sign an agreement on ships\n\n{LEAD}\n\n{line}\n\n{MORE}")
    assert labels(page)[line] == "body"


@pytest.mark.parametrize("line", ["Dear members,", "Welcome, new members!", "Linden, Thursday"])
def test_a_salutation_under_the_headline_stays(line: str) -> None:
    page = cleaned(f"Two ports sign an agreement on ships\nMay 3, 2021\n\n{line}\n\n{LEAD}\n\n{MORE}")
    assert labels(page)[line] == "body"


@pytest.mark.parametrize("line", ["Share   Tweet   Quay Mail   LINE", "Facebook | LINE | Copy"])
def test_a_row_of_buttons_under_the_headline_goes(line: str) -> None:
    page = cleaned(f"Two ports sign an agreement on ships\nMay 3, 2021\n{line}\n\n{LEAD}\n\n{MORE}")
    assert body(page) == [LEAD, MORE]


@pytest.mark.parametrize("signed", [" — Bernama", " (rud)", "(*)", " /HNA"])
def test_a_short_last_sentence_that_somebody_signs_stays(signed: str) -> None:
    last = f"Its shares rose by three per cent.{signed}"
    assert last in body(
        cleaned(f"Two ports sign an agreement on ships\n\n{LEAD}\n\n{MORE}\n\n{last}\n\nRelated articles\nHarbour fair opens")
    )


def test_a_page_that_breaks_off_keeps_its_last_line() -> None:
    cut = "The port hopes to send ten engineers to the shipyards of its sister city in"
    assert body(cleaned(f"Two ports sign an agreement on ships\n\n{LEAD}\n\n{MORE}\n\n{cut}"))[-1] == cut


def test_triangles_before_every_paragraph_are_bullets_and_before_one_a_caption() -> None:
    page = cleaned(f"Two ports sign an agreement on ships\n\n▲ {LEAD}\n▲ {MORE}\n▲ The guests stayed for three days in the town.")
    assert len(body(page)) == 3
    assert body(cleaned(f"Two ports sign an agreement on ships\n\n▲ The guests on the quay of the town.\n\n{LEAD}\n\n{MORE}")) == [
        LEAD,
        MORE,
    ]


def test_a_note_of_a_korean_office_ends_without_a_stop() -> None:
    note = "* 린든시는 유럽에서 세 번째로 큰 컨테이너항을 둔 도시로, 2010년 본 시와 우호협력을 맺었음"
    assert len(body(cleaned(f"두 항구, 선박 협정 체결\n\n{KO_LEAD}\n\n{note}\n\n목록"))) == 2


def test_items_of_a_list_are_lines_of_their_own_however_wide() -> None:
    guests = (
        "・株式会社ミナト林業　代表取締役社長　山田　太郎　様\n・株式会社ミナト銀行　林登営業部長　　佐藤　一郎　様\n"
        "・林登港湾局　産業立地課　課　長　　鈴木　花子　様"
    )
    assert len(body(cleaned(f"両港が船舶に関する協定を締結\n\n{JA_LEAD}\n\n出席者：\n{guests}"))) == 5
    assert len(body(cleaned(f"両港が船舶に関する協定を締結\n\n{JA_LEAD}\n\n出席者\n{guests}\n\n{JA_LEAD}"))) == 6


def test_the_hours_of_an_event_are_no_date_of_the_page() -> None:
    page = cleaned(
        f"両港が船舶に関する協定を締結\n\n更新日：2021年3月12日\n\n{JA_LEAD}\n\n日時\n令和3年3月10日（水曜日）午後2時から\n\n{JA_LEAD}"
    )
    assert page.metadata.date == date(2021, 3, 12)
    assert labels(page)["令和3年3月10日（水曜日）午後2時から"] == "body"


@pytest.mark.parametrize("page", [pytest.param(page, id=page.replace("\n", " ")[45:125]) for page in TEXTS])
def test_a_text_is_told_from_what_stands_in_and_around_it(page: str) -> None:
    for mark, paragraph in {"ZHLEAD": ZH_LEAD, "JALEAD": JA_LEAD, "KOLEAD": KO_LEAD, "LEAD": LEAD, "MORE": MORE}.items():
        page = page.replace(mark, paragraph)
    lines = page.splitlines()
    verdicts = cleaned("\n".join(line[2:] for line in lines)).verdicts
    kept = [verdict.line.text for verdict in verdicts if verdict.label == "body"]
    assert [line for line in lines if line[0] == "+" and line[2:] not in kept] == []
    assert [line for line in lines if line[0] == "-" and line[2:] in kept] == []


def test_every_line_above_the_headline_goes() -> None:
    head = "Harbourton Weekly\nEnjoy the sea with us, write to us!\nNews\n\nTwo ports sign an agreement on ships\nMay 3, 2021"
    page = cleaned(f"{head}\n\n{LEAD}\n\n{MORE}")
    assert [verdict.label for verdict in page.verdicts] == ["nav", "junk", "nav", "title", "date", "body", "body"]


def test_a_box_of_related_articles_inside_a_long_text_does_not_end_it() -> None:
    page = cleaned(f"Two ports sign an agreement on ships\n\n{LEAD}\n\nRelated articles\nHarbour fair opens\n\n" + "\n\n".join([MORE] * 4))
    assert body(page).count(MORE) == 4


def test_summaries_of_other_articles_do_not_revive_the_text() -> None:
    teasers = "\n\n".join(["Fair opens", "The harbour fair opened on Sunday with music and many boats on the river."] * 4)
    assert body(cleaned(f"Two ports sign an agreement on ships\n\n{LEAD}\n\n{MORE}\n\nMost Read\n\n{teasers}")) == [LEAD, MORE]


def test_what_a_release_says_of_its_sender_is_about() -> None:
    about = "About Harbourton Port\n\nHarbourton Port is a port on the river, with two quays."
    page = cleaned(f"Two ports sign an agreement on ships\n\n{LEAD}\n\n{MORE}\n\n{about}")
    assert [verdict.rule for verdict in page.verdicts[-2:]] == ["about-heading", "about-section"]


def test_a_list_after_a_colon_is_part_of_the_text() -> None:
    guests = "The guests were:\n• Anna Berg, mayor\n• Li Ming, consul"
    page = cleaned(f"Two ports sign an agreement on ships\n\n{LEAD}\n\n{guests}\n\nRelated\nHarbour fair opens")
    assert [paragraph.text for paragraph in page.paragraphs if paragraph.form == "item"] == ["Anna Berg, mayor", "Li Ming, consul"]


def test_lines_broken_by_width_are_joined() -> None:
    wrapped = (
        "The mayor of Harbourton received a delegation of the port of Linden\non Monday, and both sides spoke about ships, rails"
        " and the new terminal\nthat is to open next spring."
    )
    page = cleaned(f"Two ports sign an agreement on ships\n\n{wrapped}\n\n{MORE[:68]}\n{MORE[69:]}")
    assert page.paragraphs[0].text == wrapped.replace("\n", " ")
    assert page.paragraphs[0].lines == (3, 4, 5)


def test_a_word_broken_at_the_end_of_a_line_is_whole_again() -> None:
    column = (
        "The tripartite agreement which Harbour-\nton signed with the port of Linden has borne its first fruit, and\n"
        "a low-\ncarbon ferry was shown to the guests on the pier in the after-\nnoon of Monday."
    )
    page = cleaned(f"Two ports sign an agreement on ships\n\n{column}\n\n{MORE}")
    assert "Harbourton signed" in page.paragraphs[0].text
    assert "a low-carbon ferry" in page.paragraphs[0].text
    assert "the afternoon of" in page.paragraphs[0].text


def test_a_paragraph_a_line_is_not_joined() -> None:
    assert body(cleaned(f"Two ports sign an agreement on ships\n\n{LEAD}\n{MORE}")) == [LEAD, MORE]


def test_a_page_of_short_lines_keeps_them() -> None:
    page = cleaned("Guests of the harbour fair\n2021-05-03\nAnna Berg, mayor of Harbourton\nLi Ming, consul in Linden\nCopyright © 2021")
    assert body(page) == ["Anna Berg, mayor of Harbourton", "Li Ming, consul in Linden"]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (LEAD, "en"),
        (ZH_LEAD, "zh"),
        ("総領事は市長と会談し、港について意見を交わした。", "ja"),
        ("시장은 항구 대표단을 만나 협력 방안을 논의했다.", "ko"),
        ("Der Bürgermeister und die Gäste sind mit dem Schiff nach Linden gefahren.", "de"),
        ("Le maire a reçu les élus du port et la délégation dans les salons de la ville.", "fr"),
        ("El alcalde recibió a la delegación del puerto en una sala de la ciudad.", "es"),
        ("O prefeito recebeu a delegação do porto e não falou com os jornais.", "pt"),
        ("Мэр города встретился с делегацией порта.", "ru"),
        ("Anna Berg", None),
        ("12.05.2021", None),
    ],
)
def test_the_language_is_told_by_script_and_stop_words(text: str, tag: str | None) -> None:
    assert language(text) == tag


def test_every_rule_has_a_sentence() -> None:
    table = lexicon()
    coded = {formula.rule for formula in table.whole.values()} | {formula.rule for _, formula in (*table.anywhere, *table.prose)}
    coded |= {formula.rule for bucket in (*table.start.values(), *table.end.values()) for _, formula in bucket}
    coded |= {formula.rule for *_, formula in formulas.SIGNS} | set(FOOT_WEIGHT)
    assert coded - set(rules.rules()) == set()


def test_every_formula_has_a_weight() -> None:
    table = lexicon()
    coded = {formula.rule for formula in table.whole.values()} | {formula.rule for _, formula in (*table.anywhere, *table.prose)}
    coded |= {formula.rule for bucket in (*table.start.values(), *table.end.values()) for _, formula in bucket}
    assert coded - set(FOOT_WEIGHT) == set()


def test_a_caption_printed_twice_inside_the_text_goes() -> None:
    caption = "Anna Berg and Li Ming on board of the ferry to Linden"
    page = cleaned(f"Two ports sign an agreement on ships\n\n{LEAD}\n\n{caption}\n{caption}\n\n{MORE}")
    assert [verdict.rule for verdict in page.verdicts if verdict.line.text == caption] == ["alternative-text", "alternative-text"]
    assert body(page) == [LEAD, MORE]


def test_every_line_of_a_wrapped_paragraph_has_its_verdict() -> None:
    page = cleaned(f"Two ports sign an agreement on ships\n\n{LEAD[:70]}\n{LEAD[71:132]}\n{LEAD[133:]}\n\n{MORE}")
    assert [verdict.line.number for verdict in page.verdicts] == [1, 3, 4, 5, 7]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        pytest.param("Linden Bank and Harbour Works also sent delegates. (PNA)", "body", id="an agency signs the last sentence"),
        pytest.param("*Writing by Anna Berg", "body", id="a credit under the last sentence"),
        pytest.param(
            "This website contains only a portion of the news stories offered to subscribers. Please write to us.", "footer", id="terms"
        ),
    ],
)
def test_the_last_line_of_a_text_is_told_from_the_foot(line: str, label: str) -> None:
    assert (
        labels(cleaned(f"Two ports sign an agreement on ships\n2021-05-04\n{LEAD}\n{MORE}\n{line}\nRelated news\nSnow in May"))[line]
        == label
    )
