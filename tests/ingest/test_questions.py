"""What wants a human eye, and that an answer holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from msgspec.structs import replace as changed

from bindery.content.decisions import Decisions, Ruling
from bindery.ingest.draft import Annotation, Candidate, Draft, Metadata, Paragraph, Span, Verdict
from bindery.ingest.questions import Question, Subject, questions
from bindery.model import Authority, Briefing, Line, Mention, Seed

TEXT = "The plant of Zollwerk opened. Reading was far away."
DRAFT = Draft(
    Seed("a.txt", "0" * 64, 60, "utf-8", (Line(1, TEXT),)),
    (Verdict(Line(1, TEXT), "body", "body"),),
    Metadata("A plant", date(2016, 1, 19), None, None, "en"),
    (Paragraph(TEXT, (1,)),),
    (),
)
BRIEFING = Briefing("6898abf", "a-plant", "A plant", None, None, None, "en", TEXT, path="content/briefings/a-plant.md")
CANDIDATE = Candidate("company", "Zollwerk", Span(0, 13, 21), 0.4, "a legal form")


def official(slug: str, name: str, *variants: str) -> Authority:
    return Authority("official", slug, name, variants, id=f"officials/{slug}", path=f"content/officials/{slug}.md")


def mentioning(**roles: str) -> Briefing:
    """A briefing that prints each official with a role."""
    mentions = tuple(Mention(at, at + 1, f"officials/{slug.replace('_', '-')}", role) for at, (slug, role) in enumerate(roles.items()))
    return replace(BRIEFING, mentions=mentions)


NOTHING = Annotation(())


def ask(
    annotation: Annotation = NOTHING, *records: Authority, briefing: Briefing = BRIEFING, decided: Decisions | None = None
) -> list[Question]:
    return list(questions([(DRAFT, annotation, briefing)], records, decided or Decisions()))


def test_an_unsure_name_is_asked_about_with_its_sentence_and_the_line_that_settles_it() -> None:
    (question,) = ask(Annotation((), candidates=(CANDIDATE,)))

    assert (question.topic, str(question.at)) == ("unsure", "seeds/a.txt:1")
    assert question.sentence == "The plant of Zollwerk opened."
    assert "under accept: - {kind: company, form: Zollwerk}" in question.settle[0]


def test_the_line_that_settles_it_can_be_copied_whatever_the_name() -> None:
    (question,) = ask(Annotation((), candidates=(changed(CANDIDATE, name="Zollwerk, Inc.: Boots"),)))

    assert question.settle[0].endswith("under accept: - {kind: company, form: 'Zollwerk, Inc.: Boots'}")


@pytest.mark.parametrize(
    "decided",
    [
        pytest.param(Decisions(accepted=(Ruling("company", "Zollwerk", None),)), id="accepted"),
        pytest.param(Decisions(rejected=(Ruling("company", "Zollwerk", "6898abf"),)), id="rejected"),
    ],
)
def test_an_answer_is_not_asked_for_again(decided: Decisions) -> None:
    assert ask(Annotation((), candidates=(CANDIDATE,)), decided=decided) == []


def test_any_question_can_be_left_as_it_is() -> None:
    (question,) = ask(Annotation((), ambiguous=((Span(0, 30, 37), "two cities of that name"),)))

    assert question.topic == "ambiguous"
    assert (
        ask(Annotation((), ambiguous=((Span(0, 30, 37), "two cities of that name"),)), decided=Decisions(settled=frozenset({question.key})))
        == []
    )


def test_a_name_that_was_linked_by_hand_is_not_asked_about() -> None:
    ambiguous = Annotation((), ambiguous=((Span(0, 30, 37), "two cities of that name"),))
    linked = replace(BRIEFING, mentions=(Mention(30, 37, "cities/reading"),))
    elsewhere = replace(BRIEFING, mentions=(Mention(13, 21, "cities/reading"),))

    assert ask(ambiguous, briefing=linked) == []
    assert [question.subject for question in ask(ambiguous, briefing=elsewhere)] == [Subject(form="Reading", briefing="6898abf")]


def test_two_spellings_in_one_office_may_be_one_person() -> None:
    records = official("tomita-masakiro", "Tomita Masakiro"), official("masahiro-tomita", "Masahiro Tomita")
    briefing = mentioning(tomita_masakiro="Consul-General in Chongqing", masahiro_tomita="Consul General of Japan in Chongqing")
    (question,) = ask(NOTHING, *records, briefing=briefing)

    assert question.topic == "merge"
    assert "same: - [officials/masahiro-tomita, officials/tomita-masakiro]" in question.settle[0]
    apart = Decisions(apart=frozenset({frozenset({"officials/tomita-masakiro", "officials/masahiro-tomita"})}))
    assert ask(NOTHING, *records, briefing=briefing, decided=apart) == []


def test_two_spellings_in_two_offices_are_two_people() -> None:
    records = official("wang-rong", "Wang Rong"), official("wang-ron", "Wang Ron")

    assert ask(NOTHING, *records, briefing=mentioning(wang_rong="Mayor of Harbin", wang_ron="Party Secretary of Suzhou")) == []


def test_a_firm_and_its_subsidiary_are_two() -> None:
    records = [
        Authority("company", slug, name, id=f"companies/{slug}")
        for slug, name in (("hitachi", "Hitachi"), ("hitachi-china", "Hitachi China"))
    ]

    assert ask(NOTHING, *records) == []


def test_a_dropped_line_that_reads_like_text_is_shown() -> None:
    line = Line(
        3, "The mayor said that the bridge, which had been closed since the flood of last year, would open again in the coming week."
    )
    draft = replace(DRAFT, verdicts=(*DRAFT.verdicts, Verdict(line, "related", "related-list")))
    (question,) = questions([(draft, Annotation(()), BRIEFING)], (), Decisions())

    assert (question.topic, question.at.line, question.sentence) == ("dropped", 3, line.text)
    taken_over = replace(BRIEFING, text=f"{TEXT}\n\n{line.text}")
    assert questions([(draft, Annotation(()), taken_over)], (), Decisions()) == ()


def test_the_most_valuable_question_comes_first() -> None:
    asked = ask(Annotation((), ambiguous=((Span(0, 30, 37), "two"),), candidates=(CANDIDATE, changed(CANDIDATE, name="Plant", score=0.1))))

    assert [question.topic for question in asked] == ["ambiguous", "unsure", "unsure"]
    assert [question.value for question in asked] == sorted((question.value for question in asked), reverse=True)


def test_two_briefings_on_one_event_are_asked_about_with_what_settles_it() -> None:
    names = [official("mori", "Mori"), official("tang", "Tang"), Authority("city", "kobe", "Kobe", id="cities/kobe")]
    mentions = tuple(Mention(at, at + 1, record.id) for at, record in enumerate(names))
    one = replace(BRIEFING, id="aaaa111", mentions=mentions, date=date(2016, 1, 19), title="A visit")
    other = replace(one, id="bbbb222", text="Quite another text.", date=date(2016, 1, 20))
    (question,) = (one for one in questions([(DRAFT, NOTHING, one), (DRAFT, NOTHING, other)], names, Decisions()) if one.topic == "event")

    assert question.subject.briefings == ("aaaa111", "bbbb222")
    assert question.sentence.endswith("Both name Mori, Tang, Kobe")
    assert question.settle[:2] == (
        "yes: in content/decisions.yaml under event: - [aaaa111, bbbb222]",
        "no: in content/decisions.yaml under not-event: - [aaaa111, bbbb222]",
    )
