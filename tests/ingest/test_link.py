"""Entities → records: one candidate or none, and nothing a person wrote is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bindery import config
from bindery.config import Site
from bindery.content import lock, shelf
from bindery.content.decisions import Decisions, Ruling
from bindery.ingest import inputs, link, settle, stock
from bindery.ingest.draft import Annotation, Draft, Entity, Metadata, Paragraph, Span, Suspect, Verdict
from bindery.ingest.identity import may_be_one_office, name_key
from bindery.ingest.ledger import Memory
from bindery.ingest.link import Linked
from bindery.ingest.pages import Pages
from bindery.model import Finding, Line, Provenance, Seed


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return config.load(tmp_path)


def draft(text: str, name: str = "000.txt", suspects: tuple[Suspect, ...] = ()) -> Draft:
    lines = (Line(1, text),)
    sha256 = f"{abs(hash((name, text))):064x}"[:64]
    metadata = Metadata("A meeting", date(2016, 1, 19), "chinadaily.com.cn", None, "en")
    verdicts = tuple(Verdict(line, "body", "body") for line in lines)
    return Draft(Seed(name, sha256, len(text), "utf-8", lines), verdicts, metadata, (Paragraph(text, (1,)),), suspects)


def official(page: Draft, name: str, role: str) -> Entity:
    start = page.paragraphs[0].text.index(name)
    return Entity("official", name, (Span(0, start, start + len(name)),), role)


def run(site: Site, *pages: tuple[Draft, Annotation], decided: Decisions | None = None) -> Linked:
    """One run of ingest from annotated drafts on, written to content/."""
    taken = stock.take(site, inputs.look(site, {}), Memory())
    present, decided = taken.shelf, decided or taken.decided
    linked = link.link(Pages.of(pages), present, decided, site, taken.past)
    settled = settle.settle(linked, present, decided, site)
    return replace(linked, findings=(*linked.findings, *settled.findings))


def page(text: str, file: str, *officials: tuple[str, str]) -> tuple[Draft, Annotation]:
    made = draft(text, file)
    return made, Annotation(tuple(official(made, name, role) for name, role in officials))


def body_of(site: Site) -> str:
    (path,) = (site.content / "briefings").glob("*.md")
    return path.read_text(encoding="utf-8")


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_an_unknown_official_gets_a_proposed_record_and_a_link_with_the_role(site: Site) -> None:
    run(site, page("Tang Zongwei spoke.", "a.txt", ("Tang Zongwei", "deputy director of the committee")))

    assert '[Tang Zongwei](../officials/tang-zongwei.md "deputy director of the committee") spoke.' in body_of(site)
    assert "status: proposed" in (site.content / "officials/tang-zongwei.md").read_text(encoding="utf-8")


def test_a_second_run_writes_nothing(site: Site) -> None:
    pages = (
        page("Tang Zongwei spoke.", "a.txt", ("Tang Zongwei", "deputy director")),
        page("Mr. Tang Zongwei left.", "b.txt", ("Tang Zongwei", "director")),
    )
    run(site, *pages)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in site.content.rglob("*") if path.is_file()}
    run(site, *pages)

    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in site.content.rglob("*") if path.is_file()} == before


def test_the_same_name_in_the_same_office_is_one_record_in_either_order(site: Site) -> None:
    linked = run(
        site,
        page("Nobuyuki Watanabe spoke.", "a.txt", ("Nobuyuki Watanabe", "Consul General of Japan in Chongqing Municipality")),
        page("WATANABE Nobuyuki left.", "b.txt", ("WATANABE Nobuyuki", "Japanese consul general in Chongqing")),
    )

    assert [authority.id for authority in linked.authorities] == ["officials/nobuyuki-watanabe"]
    assert linked.authorities[0].variants == ("WATANABE Nobuyuki",)


def test_the_same_name_in_another_office_is_asked_about(site: Site) -> None:
    pages = (
        page("Wang Rong spoke.", "a.txt", ("Wang Rong", "Party Secretary of Suzhou")),
        page("Wang Rong left.", "b.txt", ("Wang Rong", "Mayor of Harbin")),
    )
    linked = run(site, *pages)

    assert [authority.id for authority in linked.authorities] == ["officials/wang-rong", "officials/wang-rong-2"]
    assert codes(linked.findings) == ["same-name"]
    assert codes(run(site, *pages).findings) == ["same-name"]
    apart = Decisions(apart=frozenset({frozenset({"officials/wang-rong", "officials/wang-rong-2"})}))
    assert codes(run(site, *pages, decided=apart).findings) == []


def test_merged_records_are_one_from_then_on(site: Site) -> None:
    pages = (
        page("Wang Rong spoke.", "a.txt", ("Wang Rong", "Party Secretary of Suzhou")),
        page("Wang Rong left.", "b.txt", ("Wang Rong", "Mayor of Harbin")),
    )
    run(site, *pages)
    merged = Decisions(merged={"officials/wang-rong-2": "officials/wang-rong"})
    linked = run(site, *pages, decided=merged)

    assert {mention.authority for briefing in linked.briefings for mention in briefing.mentions} == {"officials/wang-rong"}
    assert linked.findings == ()


def test_a_name_two_records_fit_is_left_unlinked(site: Site) -> None:
    run(
        site,
        page("Wang Rong spoke.", "a.txt", ("Wang Rong", "Party Secretary of Suzhou")),
        page("Wang Rong left.", "b.txt", ("Wang Rong", "Mayor of Harbin")),
    )
    linked = run(site, page("Then Wang Rong came.", "c.txt", ("Wang Rong", "Secretary")))

    assert [briefing.mentions for briefing in linked.briefings if briefing.seed == "c.txt"] == [()]
    assert "ambiguous-name" in codes(linked.findings)


def test_a_rejected_form_is_never_linked_again(site: Site) -> None:
    (site.content).mkdir()
    (site.content / "decisions.yaml").write_text("reject:\n  - {kind: official, form: Tang Zongwei}\n", encoding="utf-8")
    linked = run(site, page("Tang Zongwei spoke.", "a.txt", ("Tang Zongwei", "deputy director")))

    assert linked.briefings[0].mentions == ()
    assert linked.authorities == ()


def test_a_hand_edit_survives_ingest(site: Site) -> None:
    pages = [page("Tang Zongwei spoke.", "a.txt", ("Tang Zongwei", "deputy director"))]
    run(site, *pages)
    paths = [path for folder in ("briefings", "officials") for path in (site.content / folder).glob("*.md")]
    for path in paths:
        path.write_bytes(path.read_bytes().replace(b"Tang", b"T'ang").replace(b"\n", b"\r\n"))
    before = [path.read_bytes() for path in paths]
    run(site, *pages)

    assert [path.read_bytes() for path in paths] == before


def test_a_changed_seed_nobody_edited_is_made_anew_under_the_same_id_and_slug(site: Site) -> None:
    first = run(site, page("Tang Zongwei spoke.", "a.txt", ("Tang Zongwei", "deputy director"))).briefings[0]
    second = run(site, page("Tang Zongwei spoke well.", "a.txt", ("Tang Zongwei", "deputy director"))).briefings[0]

    assert (second.id, second.slug) == (first.id, first.slug)
    assert second.sha256 != first.sha256
    assert "spoke well." in body_of(site)


def test_a_changed_seed_under_an_edited_file_is_a_finding_with_a_three_way_merge(site: Site) -> None:
    run(site, page("Tang Zongwei spoke.", "a.txt", ("Tang Zongwei", "deputy director")))
    (path,) = (site.content / "briefings").glob("*.md")
    path.write_text(path.read_text(encoding="utf-8").replace("spoke.", "spoke (corrected)."), encoding="utf-8")
    edited = path.read_bytes()
    linked = run(site, page("Tang Zongwei spoke well.", "a.txt", ("Tang Zongwei", "deputy director")))

    assert codes(linked.findings) == ["seed-changed"]
    assert path.read_bytes() == edited
    merge = (site.root / f".cache/conflicts/{path.stem}.txt").read_text(encoding="utf-8")
    assert ("spoke (corrected)." in merge, "spoke well." in merge, "spoke.\n" in merge) == (True, True, True)


def test_another_page_under_the_name_of_a_seed_is_a_briefing_of_its_own(site: Site) -> None:
    first = run(site, page("Tang Zongwei spoke.", "a.txt", ("Tang Zongwei", "deputy director"))).briefings[0]
    made, annotation = page("Wang Rong left.", "a.txt", ("Wang Rong", "Mayor of Harbin"))
    linked = run(site, (replace(made, metadata=replace(made.metadata, title="Another matter")), annotation))

    assert linked.briefings[0].id != first.id
    assert (site.root / first.path).exists()
    assert codes(linked.findings) == ["seed-replaced"]


def test_a_corrected_name_of_a_record_keeps_its_mentions(site: Site) -> None:
    pages = (
        page("Zhang Wei spoke.", "a.txt", ("Zhang Wei", "Mayor of Harbin")),
        page("Zhang Wei left.", "b.txt", ("Zhang Wei", "Mayor of Harbin")),
    )
    run(site, pages[0])
    record = site.content / "officials/zhang-wei.md"
    record.write_text(record.read_text(encoding="utf-8").replace("Zhang Wei", "Chang Wei"), encoding="utf-8")
    linked = run(site, *pages)

    assert {mention.authority for briefing in linked.briefings for mention in briefing.mentions} == {"officials/zhang-wei"}
    assert not (site.content / "officials/zhang-wei-2.md").exists()


def test_a_merge_can_be_undone(site: Site) -> None:
    pages = (
        page("Ann Lee spoke.", "a.txt", ("Ann Lee", "Mayor of Harbin")),
        page("Wang Rong left.", "b.txt", ("Wang Rong", "Mayor of Harbin")),
    )
    before = run(site, *pages).briefings
    run(site, *pages, decided=Decisions(merged={"officials/wang-rong": "officials/ann-lee"}))
    after = run(site, *pages)

    assert after.briefings == before
    assert "Wang Rong" not in (site.content / "officials/ann-lee.md").read_text(encoding="utf-8")


def test_a_merge_into_a_record_that_does_not_exist_decides_nothing(site: Site) -> None:
    pages = [page("Ann Lee spoke.", "a.txt", ("Ann Lee", "Mayor of Harbin"))]
    before = run(site, *pages).briefings

    assert run(site, *pages, decided=Decisions(merged={"officials/ann-lee": "officials/nobody"})).briefings == before


def test_a_withdrawn_briefing_is_not_made_again(site: Site) -> None:
    pages = [page("Ann Lee spoke.", "a.txt", ("Ann Lee", "Mayor of Harbin"))]
    briefing = run(site, *pages).briefings[0]
    (site.root / briefing.path).unlink()
    (site.root / lock.LOCK_FILE).write_text(f"briefings/{briefing.slug}.html = {briefing.id} gone: withdrawn\n", encoding="utf-8")

    assert run(site, *pages).briefings == ()
    assert not (site.root / briefing.path).exists()


def test_a_proposal_that_nothing_names_any_more_is_taken_back_and_its_address_says_so(site: Site) -> None:
    pages = [page("Ann Lee spoke.", "a.txt", ("Ann Lee", "Mayor of Harbin"))]
    run(site, *pages)
    (site.root / lock.LOCK_FILE).write_text("officials/ann-lee.html\n", encoding="utf-8")
    rejected = Decisions(rejected=(Ruling("official", "Ann Lee", None),))
    run(site, *pages, decided=rejected)

    assert not (site.content / "officials/ann-lee.md").exists()
    assert lock.read(site.root)["officials/ann-lee.html"].reason == lock.NO_LONGER_NAMED
    run(site, *pages)
    assert (site.content / "officials/ann-lee.md").exists()


def test_an_edited_record_is_never_taken_back(site: Site) -> None:
    run(site, page("Ann Lee spoke.", "a.txt", ("Ann Lee", "Mayor of Harbin")))
    record = site.content / "officials/ann-lee.md"
    record.write_text(record.read_text(encoding="utf-8") + "A note.\n", encoding="utf-8")
    run(site, page("Ann Lee spoke.", "a.txt"))

    assert record.exists()


def test_a_seed_with_the_same_bytes_is_made_once(site: Site) -> None:
    made, annotation = page("Tang Zongwei spoke.", "a.txt", ("Tang Zongwei", "deputy director"))
    copy = replace(made, seed=replace(made.seed, path="b.txt"))
    linked = run(site, (made, annotation), (copy, annotation))

    assert [briefing.seed for briefing in linked.briefings] == ["a.txt"]
    assert codes(linked.findings) == ["duplicate-seed"]


def test_a_renamed_seed_is_known_by_its_bytes(site: Site) -> None:
    made, annotation = page("Tang Zongwei spoke.", "a.txt", ("Tang Zongwei", "deputy director"))
    first = run(site, (made, annotation)).briefings[0]
    second = run(site, (replace(made, seed=replace(made.seed, path="renamed.txt")), annotation)).briefings[0]

    assert (second.id, second.slug, second.seed) == (first.id, first.slug, "renamed.txt")


def test_suspected_injected_text_is_flagged_in_place_and_left(site: Site) -> None:
    made = draft("Vice-Chairman of yabo *bet* of China spoke.", suspects=(Suspect(0, 17, 27, "injected"),))
    run(site, (made, Annotation(())))

    body = body_of(site)
    assert "Vice-Chairman of yabo \\*bet\\* of China spoke." in body
    assert "> [!WARNING]\n> Suspected injected text: “yabo \\*bet\\*”" in body
    assert "(line 1)" in body


@pytest.mark.parametrize(
    ("a", "b", "kind", "same"),
    [
        pytest.param("Takada Mari", "MARI TAKADA", "official", True, id="either order"),
        pytest.param("Bálint Czégel", "Balint Czegel", "official", True, id="accents"),
        pytest.param("Japan AIRTECH Co., Ltd.", "Japan Airtech", "company", True, id="legal form"),
        pytest.param("Hitachi", "Hitachi China", "company", False, id="a firm and its subsidiary"),
        pytest.param("China Hitachi", "Hitachi China", "company", False, id="order matters for firms"),
    ],
)
def test_names_are_compared(a: str, b: str, kind: str, *, same: bool) -> None:
    assert (name_key(a, kind) == name_key(b, kind)) is same


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        pytest.param("Consul General of Japan in Chongqing", "Japanese consul in Chongqing", True, id="a place in common"),
        pytest.param("Chinese President", "President", True, id="one of them names no office"),
        pytest.param("Mayor of Harbin", "Party Secretary of Suzhou", False, id="two cities"),
    ],
)
def test_offices_are_compared(a: str, b: str, *, one: bool) -> None:
    assert may_be_one_office(a, b) is one


def locked(site: Site, *lines: str) -> None:
    site.content.mkdir(exist_ok=True)
    (site.root / lock.LOCK_FILE).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_a_new_briefing_never_gets_the_address_of_one_that_is_gone(site: Site) -> None:
    locked(site, "briefings/2016-01-19-a-meeting.html = 1234567 gone: withdrawn", "b/1234567/index.html = 1234567 gone: withdrawn")
    (briefing,) = run(site, page("Somebody spoke.", "a.txt")).briefings

    assert briefing.slug == f"2016-01-19-a-meeting-{briefing.id}"


def test_a_new_briefing_never_gets_the_id_of_one_that_is_gone(site: Site) -> None:
    text, annotation = page("Somebody spoke.", "a.txt")
    begun = text.seed.sha256[:7]
    locked(site, f"b/{begun}/index.html = {begun} gone: withdrawn")
    gone = Provenance("b.txt", begun + "0" * 57, 1, "utf-8", ())
    shelf.put_provenance(begun, gone, site)
    (briefing,) = run(site, (text, annotation)).briefings

    assert briefing.id == text.seed.sha256[:8]


@pytest.mark.parametrize("line", ["officials/tang-zongwei.html -> officials/other.html", "officials/tang-zongwei.html gone: never was one"])
def test_a_new_record_never_gets_an_address_that_leads_elsewhere(site: Site, line: str) -> None:
    locked(site, line)
    run(site, page("Tang Zongwei spoke.", "a.txt", ("Tang Zongwei", "deputy director")))

    assert [path.name for path in (site.content / "officials").iterdir()] == ["tang-zongwei-2.md"]


def test_a_record_that_was_taken_back_has_its_address_again(site: Site) -> None:
    locked(site, f"officials/tang-zongwei.html gone: {lock.NO_LONGER_NAMED}")
    run(site, page("Tang Zongwei spoke.", "a.txt", ("Tang Zongwei", "deputy director")))

    assert [path.name for path in (site.content / "officials").iterdir()] == ["tang-zongwei.md"]
