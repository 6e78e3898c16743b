"""benchmarks/: the same reports for everybody, sites that are equal, and tables that say what was measured."""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import builders, hostile, measure, race, reports, showing, speed, table
from benchmarks.builders import EQUAL, FULL, SEARCHED, Builder, Made
from benchmarks.measure import Run, RunError
from benchmarks.peers import PEERS
from benchmarks.race import COLD, EDIT, FIRST, PAGEFIND, UNCHANGED, Race

ROOT = Path(__file__).resolve().parent.parent
COUNT = 12
INSTALLED = speed.CACHE / "peers"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    reports.write(folder, COUNT)
    return folder


@pytest.fixture(scope="module")
def equal(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """Bindery's archive of the pages that the peers make as well, built once."""
    builder = builders.bindery(EQUAL, tmp_path_factory.mktemp("equal") / "archive", texts)
    builder.build()
    return builder


def body(path: Path) -> str:
    """Of a file with front matter."""
    return path.read_text("utf-8").split("---\n", 2)[2].strip()


def linked(path: Path) -> set[str]:
    """The records a briefing links: "cities/bonn"."""
    return set(re.findall(r"\(\.\./([a-z]+/[a-z0-9-]+)\.md", path.read_text("utf-8")))


def test_the_three_shapes_of_a_report_say_the_same(texts: Path) -> None:
    for captured in (texts / "seeds").iterdir():
        shapes = [body(texts / below / f"{captured.stem}.md") for below in ("content/briefings", "peers")]
        unlinked = {re.sub(r'\[([^]]*)\]\([a-z0-9/.-]*( "[^"]*")?\)', r"\1", shape) for shape in shapes}
        assert len(unlinked) == 1
        assert re.sub(r"^(> |## |- )|\*+", "", unlinked.pop(), flags=re.MULTILINE) in captured.read_text("utf-8")


def test_every_mention_has_a_record_and_every_record_a_mention(texts: Path) -> None:
    content = texts / "content"
    mentioned = {name for path in (content / "briefings").iterdir() for name in linked(path)}
    assert mentioned == {f"{kind}/{path.stem}" for kind in reports.KINDS for path in (content / kind).iterdir()}


def test_the_same_number_gives_the_same_reports(texts: Path, tmp_path: Path) -> None:
    reports.write(tmp_path, COUNT)
    for path in tmp_path.rglob("*.*"):
        assert path.read_bytes() == (texts / path.relative_to(tmp_path)).read_bytes()


def test_bindery_makes_the_equal_pages_with_every_entry(equal: Builder, texts: Path) -> None:
    named = sum(len(linked(path)) for path in (texts / "content/briefings").iterdir())
    record_count = sum(len(list((texts / "content" / kind).iterdir())) for kind in reports.KINDS)
    assert equal.made().pages == (COUNT, record_count, named, COUNT)


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_makes_the_same_pages_and_shows_an_edit(name: str, equal: Builder, texts: Path, tmp_path: Path) -> None:
    installed = INSTALLED / name
    if not (installed / "installed.txt").is_file():
        pytest.skip(f"{name} is not installed: make bench PEERS={name}")
    peer = PEERS[name].builder(tmp_path / name, texts, installed)
    peer.build()
    assert peer.made().pages == equal.made().pages
    slug = next((texts / "seeds").iterdir()).stem
    peer.edit(slug, "zyxw")
    assert not peer.shows(slug, "zyxw")
    peer.build()
    assert peer.shows(slug, "zyxw")
    peer.search()
    peer.clear()
    assert not (peer.folder / peer.output).exists()


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder on a memory file system, where there is one."""
    where = speed.SHARED_MEMORY if os.access(speed.SHARED_MEMORY, os.W_OK) else tmp_path
    with tempfile.TemporaryDirectory(dir=where) as folder:
        yield Path(folder)


@pytest.fixture
def disk() -> Iterator[Path]:
    """A folder in the clone, which lies on a disk where other tests do not."""
    (ROOT / ".cache").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="test-", dir=ROOT / ".cache") as folder:
        yield Path(folder)


def test_a_run_of_everything_prints_every_goal_and_what_is_left_out(
    disk: Path, memory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(speed, "CACHE", disk / "cache")
    readme = disk / "README.md"
    readme.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n", "utf-8")
    monkeypatch.setattr(speed, "README", readme)
    assert speed.main([str(COUNT), "--peers", "no-such-peer", "--runs", "1", "--where", str(memory), "--write"]) == 0
    printed, told = capsys.readouterr()
    rows = {cells[1].strip(): cells for line in printed.splitlines() if len(cells := line.split("|")) == 8}
    for what in ("ingest, all seeds new", "ingest, nothing changed", "`build.py --help`", "peak memory, full site, with Pagefind"):
        assert rows[what][6].strip() in ("yes", "**no**")
    assert re.search(r"\d\.\d\d s", rows["one briefing edited: from saving to the reloaded page, warm `serve`"][3])
    assert rows["cold, full site, with search"][6].strip() == "not measured"
    over = rows["every page made anew over a site on disk"][6].strip()
    on_memory = race.file_system(memory) in race.MEMORY_FILE_SYSTEMS and race.file_system(disk) not in race.MEMORY_FILE_SYSTEMS
    assert over in ("yes", "**no**") if on_memory else over.startswith("needs WHERE on a memory file system")
    assert "no-such-peer is left out: there is no site for it" in told
    assert "cold 1/" in told
    assert readme.read_text("utf-8") == f"before\n{table.BEGIN}\n{printed.removesuffix(chr(10))}\n{table.END}\nafter\n"
    assert (disk / "cache" / f"figures-{COUNT}.json").is_file()
    assert not list(memory.iterdir())
    assert not list((disk / "cache").glob("disk-*"))


def test_a_large_archive_has_its_own_goals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(speed, "CACHE", tmp_path)
    monkeypatch.setattr(table, "LARGE", COUNT)
    monkeypatch.setattr(speed, "_ours", lambda work: [builders.bindery(SEARCHED, work / "search", work / "texts")])
    speed.main([str(COUNT), "--peers", "--runs", "1", "--where", str(tmp_path), "--stages", "cold"])
    printed = capsys.readouterr().out
    (row,) = (line for line in printed.splitlines() if line.startswith("| the same as a fifth of the briefings | ≤ 5.5 × our own fifth |"))
    assert row.endswith(("| yes |", "| **no** |"))
    assert "ingest" not in printed


def test_one_of_ours_has_a_search(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "texts").symlink_to(texts)
    ours = {builder.name: builder.command for builder in speed._ours(tmp_path)}
    assert [name for name, command in ours.items() if "--no-search" not in command] == [SEARCHED]


def stub(name: str, folder: Path, code: str, *, is_peer: bool = True) -> Builder:
    """A builder that is a line of Python."""
    (folder / "briefings").mkdir(parents=True)
    for number in range(3):
        (folder / "briefings" / f"{number}.md").write_text("text\n", "utf-8")
    return Builder(name, folder, (sys.executable, "-c", code), "briefings", "out", "{slug}.html", is_peer=is_peer)


ONCE = "from pathlib import Path; Path('out').mkdir(exist_ok=True)"
COPY = f"{ONCE}; [Path('out', path.stem + '.html').write_text(path.read_text()) for path in Path('briefings').iterdir()]"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    (tmp_path / "texts/seeds").mkdir(parents=True)
    for number in range(3):
        (tmp_path / "texts/seeds" / f"{number}.txt").touch()
    return tmp_path / "texts"


def test_runs_alternate_between_ours_and_the_peers(three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stubs = [stub(name, tmp_path / name, COPY, is_peer=name.startswith("peer")) for name in ("ours", "ours too", "peer", "peer too")]
    contest = Race(stubs, three, 2)
    contest.unchanged()
    order = re.findall(r"unchanged \d/8: ([^:]+):", capsys.readouterr().err)
    assert order == ["ours", "peer", "ours too", "peer too"] * 2


def test_a_builder_that_fails_or_does_not_show_an_edit_is_out_and_said(three: Path, tmp_path: Path) -> None:
    broken = stub("broken", tmp_path / "broken", "raise SystemExit('no disk left')")
    stale = stub("stale", tmp_path / "stale", ONCE)
    good = stub("good", tmp_path / "good", COPY)
    contest = Race([broken, stale, good], three, 2)
    contest.first()
    contest.edit()
    assert [builder.name for builder in contest.builders] == ["good"]
    assert "no disk left" in contest.missing["broken"]
    assert "is as before" in contest.missing["stale"]
    assert len(contest.runs[EDIT, "good"]) == 2
    assert any("no disk left" in line for line in table.absent(contest))


def test_a_run_is_measured_with_its_children() -> None:
    child = "sum(range(3_000_000)); b = bytearray(60_000_000); import time; time.sleep(0.5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); bytearray(1)"
    run = measure.run((sys.executable, "-c", parent), Path.cwd())
    assert run.wall >= 0.5
    assert 0.02 < run.cpu < run.wall
    assert run.memory > 60_000_000


def test_a_command_that_fails_is_told_with_its_last_words() -> None:
    command = (sys.executable, "-c", "raise SystemExit('no room')")
    with pytest.raises(RunError, match="exit status 1\nno room"):
        measure.run(command, Path.cwd())
    measure.run(command, Path.cwd(), accepted=(0, 1))


def test_a_peer_that_cannot_be_installed_is_left_out_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "CACHE", tmp_path)
    monkeypatch.setitem(speed.PEERS, "eleventy", replace(PEERS["eleventy"]))
    monkeypatch.setenv("PATH", str(tmp_path))
    missing: dict[str, str] = {}
    assert not list(speed._peers(["eleventy"], tmp_path, missing))
    assert "npm cannot be started" in missing["eleventy"]


RUN = Run(1.0, 2.0, 400_000_000, 0.0)


@pytest.mark.parametrize(
    ("row", "reached", "last"),
    [
        pytest.param(table.Row("a", 0.3, RUN, replace(RUN, wall=4.0), "Hugo"), True, "yes", id="ratio"),
        pytest.param(table.Row("a", 0.3, RUN, replace(RUN, wall=3.0), "Hugo"), False, "**no**", id="ratio beyond"),
        pytest.param(table.Row("a", 0.3, RUN, None, "Hugo"), None, "not measured", id="nothing to compare"),
        pytest.param(table.Row("a", 0.3, None, RUN, "Hugo", note="no switch"), None, "no switch", id="reason"),
        pytest.param(table.Row("a", 1.0, RUN), True, "yes", id="seconds"),
        pytest.param(table.Row("a", 0.9, RUN), False, "**no**", id="seconds beyond"),
        pytest.param(table.Row("a", 500, RUN, of_memory=True), True, "yes", id="megabytes"),
        pytest.param(table.Row("a", 300, RUN, of_memory=True), False, "**no**", id="megabytes beyond"),
    ],
)
def test_a_goal_is_reached_by_its_ratio_or_by_itself(row: table.Row, reached: bool | None, last: str) -> None:
    assert row.is_reached is reached
    assert row.cells()[-1] == last


def measured(three: Path) -> Race:
    """A race with figures of its own making: ours takes a second for everything, Hugo four, Pagefind six."""
    contest = Race([], three, 1)
    for stage in (COLD, EDIT, UNCHANGED):
        for name, wall in ((EQUAL, 1.0), (FULL, 1.0), (SEARCHED, 1.0), ("hugo", 4.0)):
            contest.runs[stage, name] = [replace(RUN, wall=wall)]
    contest.runs[PAGEFIND, "hugo"] = [replace(RUN, wall=6.0)]
    contest.runs[race.FIFTH, SEARCHED] = [replace(RUN, wall=0.25)]
    return contest


def test_goals_with_search_are_against_the_peer_and_pagefind(three: Path) -> None:
    ratios = {row.what: row.ratio for row in table.rows_of(measured(three), "hugo")}
    assert ratios["cold, equal pages, without Pagefind"] == 0.25
    assert ratios["cold, full site, with search"] == 0.1
    assert ratios["nothing changed"] == 0.1


def test_a_large_archive_is_held_against_a_fifth_of_itself(three: Path) -> None:
    ratios = [row.ratio for row in table.large_rows(measured(three), "hugo")]
    assert ratios == [0.1, 4.0, None]


def test_medians_are_of_each_figure_over_the_calm_runs() -> None:
    calm = [Run(1.0, 9.0, 5, 0.30), Run(2.0, 7.0, 6, 0.35), Run(3.0, 8.0, 4, 0.38)]
    assert measure.median([*calm, Run(60.0, 60.0, 60, 0.7), Run(70.0, 70.0, 70, 0.9)]) == Run(2.0, 8.0, 5, 0.35)


def test_sites_that_differ_are_said_to(three: Path) -> None:
    contest = Race([], three, 1)
    contest.made = {EQUAL: Made(3, 2, 5, 3, 9, 9), "hugo": Made(3, 2, 5, 3, 7, 7), SEARCHED: Made(3, 0, 0, 0, 99, 99)}
    assert not list(table.differences(contest))
    contest.made["hugo"] = Made(3, 2, 4, 3, 7, 7)
    assert [line.partition(" has ")[0] for line in table.differences(contest)] == [EQUAL, "hugo"]


def test_a_list_on_several_pages_is_counted_as_one(tmp_path: Path) -> None:
    builder = stub("ours", tmp_path / "ours", ONCE)
    for name in ("cities/bonn.html", "cities/bonn/mentions-2.html", "cities/brest.html", "briefings/index.html"):
        path = builder.folder / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<li {builders.ENTRY}>one</li><li {builders.ENTRY}>two</li>", "utf-8")
    made = builder.made()
    assert (made.terms, made.term_entries, made.list_entries, made.files) == (2, 6, 2, 4)


def test_a_log_has_a_line_for_each_run() -> None:
    stream = io.StringIO()
    with showing.stage(FIRST, 2, stream) as stage:
        stage.begin("hugo")
        stage.end("1.00 s")
    assert stream.getvalue() == "first 1/2: hugo: 1.00 s\n"


def test_a_hostile_archive_has_every_kind_of_attack_once() -> None:
    attacks = hostile.chosen(600)

    assert len(attacks) == len({attack.seed for attack in attacks}) == 600
    assert {attack.family for attack in attacks} == {"payloads", "names", "bytes", "sizes", "files", "oddities"}


def test_what_a_hostile_archive_costs_is_told_by_stage(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def measured(root: Path, _: int) -> hostile.Measured:
        seconds = {"clean": 2.0, "hostile": 3.1}[root.name]
        stage = {"event": "stage", "stage": "ingest/link", "cpu_seconds": seconds / 2}
        slow = {"event": "slow", "what": "seed", "name": "sizes/one-long-line.txt", "cpu_seconds": 0.5}
        return hostile.Measured(Run(9.0, seconds, 0, 0.0), [stage, slow])

    monkeypatch.setattr(hostile, "measured", measured)
    monkeypatch.setattr(hostile, "_clean", lambda root, _: root)
    monkeypatch.setattr(hostile, "_hostile", lambda root, _: root)

    assert hostile.main(["10"]) == 1  # more than 1.5 times as long
    told = capsys.readouterr().out
    assert re.search(r"ingest/link +1.00 +1.55 +1.55", told)
    assert re.search(r"whole build +2.00 +3.10 +1.55", told)
    assert "0.500  sizes/one-long-line.txt" in told
