"""Hostile seeds: some 450 attacks in one archive, ingested and published, and held against laws that know none of them."""

from __future__ import annotations

import json
import os
import re
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import yaml

from bindery import config, pipeline
from bindery.config import Site
from bindery.content import files, front_matter
from bindery.model import Finding
from bindery.publish import pocket, sources, swap
from bindery.publish.mail.digest import Choice
from bindery.publish.mail.letter import letter
from bindery.publish.mail.message import Envelope
from bindery.publish.views.catalogue import catalogue
from tests.hostile import corpus, laws
from tests.hostile.corpus import Attack

BASE_URL = "https://archive.example/press"
CREDITED = ("https://www.geonames.org/", "https://www.naturalearthdata.com/", "https://frictionlessdata.io/")
"""Whose data and formats the pages name, by the program's own templates."""
HONEST = {
    "harbour": "Linden builds a quay\n\nUpdated: June 3, 2018\n\nThe mayor of Antwerp, Karel Moenaert, opened the quay on Monday.\n",
    "school": "Forty pupils at sea\n\nBy Ada Quist\n\nJune 4, 2018\n\nAarhus sent forty pupils to Rostock for a week, and all came back.\n",
    "市場": "大阪で市場が開く\n\n2018年6月5日\n\n大阪市の市場は月曜日に開き、多くの客が訪れた。市長の挨拶の後、鐘が鳴った。\n",
}
SECONDS = 60
"""CPU seconds for all of ingest; 9 as measured. A step that is not linear costs minutes."""
CAPTURED = (
    "Port of Kobe opens wider\n\nMay 3, 2019\nSource: Kobe Gazette\n\n"
    "The port was opened on Monday by the mayor, who thanked all for coming to the harbour of the city.\n"
)
"""A page that is captured twice."""
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,98}\.(?:md|tsv)")
DOMAIN = re.compile(r"https?://[^/]*")


@dataclass(frozen=True)
class Archive:
    """The hostile archive, ingested twice and published, with what the runs said."""

    site: Site
    attacks: list[Attack]
    first: pipeline.Ingested
    second: pipeline.Ingested
    seconds: float
    outside: Path
    """The folder in which the archive lies, with what links lead to."""


def made(root: Path, attacks: list[Attack]) -> Site:
    for attack in attacks:
        attack.lay(root / "seeds")
    honest = root / "seeds" / "honest"
    honest.mkdir(parents=True)
    for name, page in HONEST.items():
        (honest / f"{name}.txt").write_text(page, encoding="utf-8")
    (root / "site.yaml").write_text(f"title: Hostile\nbase_url: {BASE_URL}\n", encoding="utf-8")
    return config.load(root)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Archive]:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("The secret of the mayor of Kobe is here.\n", encoding="utf-8")
    (outside / "elsewhere").mkdir()
    (outside / "elsewhere" / "page.txt").write_text("The mayor of Kobe lives elsewhere.\n", encoding="utf-8")
    attacks = corpus.attacks(len(corpus.read("fields")) if request.config.getoption("--deep") else corpus.FIELDS_EACH)
    site = made(outside / "archive", attacks)
    started = time.process_time()
    first = pipeline.ingest(site)
    seconds = time.process_time() - started
    second = pipeline.ingest(site)
    pipeline.publish(site)
    yield Archive(site, attacks, first, second, seconds, outside)
    for attack in attacks:
        if attack.made and attack.made.get("make") == "locked":
            (site.seeds / attack.family / attack.name).chmod(0o600)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same pages with a harmless word where the attacks stand."""
    pages = [
        Attack("payloads", name, f"{name}.txt", page.replace(corpus.PLACE, "Vega").encode()) for name, page in corpus.read("fields").items()
    ]
    pages.append(Attack("names", "plain", "plain.txt", corpus.NAMES_PAGE.replace(corpus.PLACE, "Istanbul").encode()))
    pages += (
        Attack("names", name, f"{name}.txt", text.encode()) for name, text in (("page", CAPTURED), ("page-2", f"{CAPTURED}It rained.\n"))
    )
    site = made(tmp_path_factory.mktemp("harmless"), pages)
    pipeline.ingest(site)
    pipeline.publish(site)
    return site


def briefings(site: Site) -> dict[str, str]:
    """Source of a briefing by its seed."""
    texts = [path.read_text(encoding="utf-8") for path in (site.content / "briefings").glob("*.md")]
    return {yaml.safe_load(front_matter.split(text, "x")[0])["seed"]: text for text in texts}


def told(attack: Attack) -> bool:
    """Whether a finding has to tell of it: who may read everything reads a file that is locked."""
    locked = bool(attack.made) and attack.made.get("make") == "locked"
    return attack.unreadable is not None and not (locked and os.geteuid() == 0)


def test_there_are_more_than_three_hundred_attacks() -> None:
    attacks = corpus.attacks()

    assert len(attacks) >= 300
    assert len({(attack.family, attack.case) for attack in attacks}) == len(attacks)


def test_every_page_that_can_be_read_is_a_briefing_and_every_other_one_finding(archive: Archive) -> None:
    made = briefings(archive.site)
    unreadable = [finding for finding in archive.first.findings if finding.code == "unreadable-seed"]
    silent = [attack for attack in archive.attacks if not attack.passed_over and not told(attack)]

    assert sorted(f"{attack.family}/{attack.name}" for attack in silent) == sorted(seed for seed in made if not seed.startswith("honest/"))
    assert len(unreadable) == len([attack for attack in archive.attacks if told(attack)])
    assert [attack.case for attack in archive.attacks if told(attack) and not _said(attack, unreadable)] == []


def _said(attack: Attack, findings: list[Finding]) -> bool:
    plain = attack.seed.isprintable()
    return any((str(finding.at) == attack.seed or not plain) and str(attack.unreadable) in finding.message for finding in findings)


def test_every_finding_can_be_printed_on_two_lines(archive: Archive) -> None:
    for finding in archive.first.findings:
        assert len(str(finding).splitlines()) == 2
        assert str(finding).replace("\n", "").isprintable()


def test_all_of_them_cost_bounded_time(archive: Archive) -> None:
    assert archive.seconds < SECONDS


def test_ingest_again_writes_nothing(archive: Archive) -> None:
    assert (archive.second.written, archive.second.removed) == ((), ())
    assert Counter(finding.code for finding in archive.second.findings) == Counter(finding.code for finding in archive.first.findings)


def test_the_honest_pages_are_built_as_if_they_were_alone(archive: Archive, harmless: Site) -> None:
    there, here = briefings(archive.site), briefings(harmless)

    assert [there[f"honest/{name}.txt"] for name in HONEST] == [here[f"honest/{name}.txt"] for name in HONEST]


def test_nothing_is_written_outside_of_its_folder(archive: Archive) -> None:
    assert sorted(path.name for path in archive.outside.iterdir()) == ["archive", "elsewhere", "secret.txt"]
    assert sorted(path.name for path in archive.site.root.iterdir()) == [".cache", swap.TWIN, "content", "seeds", "site", "site.yaml"]
    found = [path.relative_to(archive.site.content) for path in archive.site.content.rglob("*") if path.is_file()]
    assert {path.parts[0] for path in found} <= {
        "anchors", "briefings", "cities", "companies", "officials", "permalinks.lock", "provenance",
    }  # fmt: skip
    assert [path for path in found if len(path.parts) > 2 or not (NAME.fullmatch(path.name) or path.name == "permalinks.lock")] == []


def test_nothing_of_what_links_lead_to_is_read(archive: Archive) -> None:
    texts = briefings(archive.site).values()

    assert not any("secret of the mayor" in text or "lives elsewhere" in text or "root:x:0" in text for text in texts)


def test_nothing_escapes_its_field(archive: Archive) -> None:
    for path in sorted((archive.site.content / "briefings").glob("*.md")):
        source = path.read_text(encoding="utf-8")
        values, _ = front_matter.parse(source, path.name)
        assert set(values) <= set(files.BRIEFING_KEYS)
        assert all(isinstance(value, str) and "\n" not in value for value in values.values())
        assert not front_matter.edited_by_hand(source)
    for kind in archive.site.kinds:
        for path in sorted((archive.site.content / kind.folder).glob("*.md")):
            values, note = front_matter.parse(path.read_text(encoding="utf-8"), path.name)
            assert set(values) <= {"name", "variants", "status", front_matter.WRITTEN, *kind.facts}
            assert (values["status"], note) == ("proposed", "")


def test_pages_consist_of_nothing_that_harmless_pages_do_not_consist_of(archive: Archive, harmless: Site) -> None:
    hostile, known = laws.structure(archive.site.output), laws.structure(harmless.output)

    assert hostile.pages > len(briefings(archive.site))
    assert hostile.marks - known.marks == set()
    assert {name for _, name in hostile.marks if name.startswith("on") or name in ("style", "srcdoc", "ping", "formaction")} == set()
    assert hostile.inline - known.inline == set()
    assert hostile.scripts - known.scripts == set()
    assert [script for script in hostile.scripts if not (archive.site.output / script).is_file()] == []


def test_a_page_leads_nowhere_but_to_its_source(archive: Archive) -> None:
    library = pipeline.publishable(archive.site)
    own = {f"briefings/{briefing.slug}.html": sources.address(briefing) for briefing in library.briefings}
    strange = []
    for page, tag, address in laws.addresses(archive.site.output):
        allowed = (
            not laws.leads_out(address)
            or address.startswith((f"{BASE_URL}/", *CREDITED))
            or (tag == "a" and address.startswith("data:"))  # a citation to be saved: `download` stands beside it
            or (tag == "a" and address == own.get(page))
        )
        strange += [] if allowed else [(page, tag, address)]

    assert strange == []
    assert {address for address in own.values() if address}, "no attack has a source that is an address"


def test_no_feed_leads_anywhere_but_to_the_archive_and_its_sources(archive: Archive) -> None:
    own = {sources.address(briefing) for briefing in pipeline.publishable(archive.site).briefings}
    found = list(laws.followed(archive.site.output))

    assert len(found) > 300
    assert [one for one in found if one[1] not in own and not one[1].startswith(f"{BASE_URL}/")] == []


def test_every_page_says_first_that_only_the_sites_own_files_run(archive: Archive) -> None:
    policies = {path: laws.policy(path) for path in laws.pages(archive.site.output)}

    assert [path for path, said in policies.items() if said is None or not said.startswith("default-src 'none'; script-src 'self'")] == []
    assert [path for path, said in policies.items() if said and "'unsafe" in said] == []
    assert [path.name for path, said in policies.items() if said and "wasm" in said] == ["search.html"]


def test_data_in_pages_is_data(archive: Archive) -> None:
    assert list(laws.broken_data(archive.site.output)) == []


def test_scripts_are_the_programs_own_and_seeds_stand_in_them_as_strings_alone(archive: Archive, harmless: Site) -> None:
    for path in sorted((harmless.output / "static").rglob("*.js")):
        assert (archive.site.output / path.relative_to(harmless.output)).read_bytes() == path.read_bytes()
    for name in ("names.js", "titles.js"):
        code = laws.code_beside_strings((archive.site.output / "data" / name).read_text(encoding="utf-8"))
        assert re.fullmatch(r'window\.\w+ = [\[\]{},:"0\s]+;\s*', code), name


def test_feeds_sitemap_and_data_are_well_formed(archive: Archive) -> None:
    output = archive.site.output
    feeds = [*output.glob("*.xml"), *output.glob("feeds/**/*.xml"), *output.glob("feeds/*.opml")]

    assert len(feeds) > 3
    for path in feeds:
        source = path.read_text(encoding="utf-8")
        assert "<!ENTITY" not in source
        ET.fromstring(source)
    for path in (*output.rglob("*.json"), *output.rglob("*.webmanifest")):
        json.loads(path.read_text(encoding="utf-8"))


def test_the_check_of_the_site_finds_nothing(archive: Archive) -> None:
    assert [str(finding) for finding in pipeline.check(archive.site) if finding.code != "undrawn-letter"] == []


def test_nothing_runs_in_the_pocket_file(archive: Archive, harmless: Site, tmp_path: Path) -> None:
    for name, site in (("hostile", archive.site), ("harmless", harmless)):
        (tmp_path / name).mkdir()
        text = pipeline.pocket_file(site, pocket.Choice({"official": "Mary Jones"}, None))
        (tmp_path / name / "pocket.html").write_text(text, encoding="utf-8")
    hostile, known = laws.structure(tmp_path / "hostile"), laws.structure(tmp_path / "harmless")

    assert hostile.marks - known.marks == set()
    assert {laws.code_beside_strings(script) for script in hostile.inline} == {laws.code_beside_strings(script) for script in known.inline}
    assert list(laws.broken_data(tmp_path / "hostile")) == []


def test_a_message_has_the_headers_of_a_message_and_no_others(archive: Archive, harmless: Site) -> None:
    envelope = Envelope("desk@archive.example", "all@archive.example")
    known = set(message_from_bytes(pipeline.letter(harmless, "honest/harbour.txt", envelope)[1]).keys())
    library = pipeline.publishable(archive.site)
    bodies = pipeline.bodies(library)
    read = catalogue(library, bodies, archive.site)
    for briefing in library.briefings[::25]:
        parsed = message_from_bytes(letter(briefing, bodies[briefing.id], read, envelope)[1], policy=policy.default)
        assert set(parsed.keys()) == known
        assert parsed["To"] == "all@archive.example"
        assert [part.get_content_type() for part in parsed.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    digest = pipeline.digest(archive.site, Choice(Date(1, 1, 1), ()), envelope)
    assert digest.letter is not None
    assert "<script" not in digest.letter.html
