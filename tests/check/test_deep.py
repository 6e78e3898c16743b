"""`check --deep`: what people wrote, decided and published stands in content/, or somebody said what became of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import build
from bindery import config, pipeline
from bindery.check.deep import Examined
from bindery.content import front_matter, versions
from bindery.errors import SiteError
from tests.repository import commit, git

PAGE = "Harbour office opens in Aalborg\n\nMay 14, 2018\n\nJonas Kragh, director of the Aalborg Harbour Office, opened a new building.\n"
LATER = PAGE.replace("a new building", "a new building on Monday")
WORDS = "\nA person's words.\n"
DECISIONS = """\
same:
  - [officials/a, officials/b]
not-same:
  - [officials/c, officials/d]
accept:
  - {kind: company, form: Zollwerk, briefing: aaaa001}
story:
  - [aaaa001, aaaa002]
not-story:
  - [aaaa003, aaaa004]
event:
  - [aaaa005, aaaa006]
office:
  - {role: Mayor, official: officials/e, office: Mayor of Linden}
not-figures:
  - {figure: 24 boats, briefing: bbbb002}
settled:
  - '12345678'
"""


@dataclass(frozen=True)
class Lived:
    """An archive with three commits: built, corrected by hand and decided about, captured again."""

    root: Path

    @property
    def briefing(self) -> Path:
        (path,) = (self.root / "content/briefings").glob("*.md")
        return path

    @property
    def anchors(self) -> Path:
        (path,) = (self.root / "content/anchors").glob("*.tsv")
        return path

    def write(self, path: str, change: Callable[[str], str]) -> None:
        file = self.root / path
        file.write_text(change(file.read_text("utf-8")), "utf-8")

    def examined(self) -> Examined:
        return pipeline.examine(config.load(self.root))

    def codes(self) -> list[str]:
        return [finding.code for finding in self.examined().findings]


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("lived") / "archive"
    (root / "seeds").mkdir(parents=True)
    (root / "seeds/harbour.txt").write_text(PAGE, "utf-8")
    _build(root)
    commit(None, root)
    lived = Lived(root)
    lived.briefing.write_text(lived.briefing.read_text("utf-8") + WORDS, "utf-8")
    (root / "content/decisions.yaml").write_text(DECISIONS, "utf-8")
    _build(root)
    commit(None, root)
    (root / "seeds/harbour.txt").write_text(LATER, "utf-8")
    _build(root)
    commit(None, root)
    return root


def _build(root: Path) -> None:
    site = config.load(root)
    pipeline.ingest(site)
    pipeline.publish(site, with_search=False)


@pytest.fixture
def lived(committed: Path, tmp_path: Path) -> Lived:
    return Lived(Path(shutil.copytree(committed, tmp_path / "archive")))


def test_a_history_of_builds_and_edits_has_no_finding(lived: Lived) -> None:
    examined = lived.examined()

    assert examined.findings == ()
    assert (examined.decision_count, examined.edit_count > 0, examined.address_count > 3) == (9, True, True)


def unsigned(source: str) -> str:
    """As the program would write it: with a checksum that fits."""
    head, _, body = source.partition("\n---\n")
    values = dict(line.split(": ", 1) for line in head.removeprefix("---\n").splitlines() if not line.startswith("written"))
    return front_matter.compose(values, body.replace(WORDS, "").lstrip("\n"))


@pytest.mark.parametrize("is_committed", [False, True], ids=["not committed", "committed"])
def test_an_edit_that_the_program_wrote_over_is_found(lived: Lived, is_committed: bool) -> None:
    lived.briefing.write_text(unsigned(lived.briefing.read_text("utf-8")), "utf-8")
    if is_committed:
        commit(None, lived.root)
    (found,) = lived.examined().findings

    assert (found.code, found.at.path) == ("lost-edit", f"content/briefings/{lived.briefing.name}")
    shown = re.search(r"git show (\S+):\./(\S+) has", found.fix)
    assert shown
    assert WORDS in git(lived.root, "show", f"{shown[1]}:./{shown[2]}") + "\n"


def test_what_was_meant_is_said_once(lived: Lived) -> None:
    lived.briefing.write_text(unsigned(lived.briefing.read_text("utf-8")), "utf-8")
    (found,) = lived.examined().findings
    lived.write("content/decisions.yaml", lambda source: f"{source}  - {found.fix.rpartition('- ')[2]}\n")

    assert lived.codes() == []


def test_a_renamed_file_is_known_by_its_id_and_a_further_edit_is_its_owners(lived: Lived) -> None:
    lived.briefing.write_text(lived.briefing.read_text("utf-8").replace(WORDS, "\nOther words.\n"), "utf-8")
    lived.briefing.rename(lived.briefing.with_name("renamed.md"))

    assert lived.codes() == []


def test_a_file_that_is_gone_is_found_until_the_lock_says_why(lived: Lived) -> None:
    identifier = lived.anchors.stem
    lived.briefing.unlink()
    assert lived.codes() == ["lost-edit"]
    lived.write("content/permalinks.lock", lambda source: re.sub(rf"(?m)^(.* = {identifier})$", r"\1 gone: asked to", source))
    assert lived.codes() == []


def test_a_withdrawn_briefing_is_explained(lived: Lived) -> None:
    pipeline.withdraw(config.load(lived.root), lived.briefing.name, "asked to")

    assert lived.codes() == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("  - [officials/a, officials/b]\n", "", id="same"),
        pytest.param("  - [officials/c, officials/d]\n", "", id="not-same"),
        pytest.param("form: Zollwerk", "form: Other", id="accept"),
        pytest.param("  - [aaaa001, aaaa002]\n", "", id="story"),
        pytest.param("  - [aaaa003, aaaa004]\n", "", id="not-story"),
        pytest.param("  - [aaaa005, aaaa006]\n", "  - [aaaa005, aaaa007]\n", id="event"),
        pytest.param("figure: 24 boats", "figure: 25 boats", id="no figure"),
        pytest.param("'12345678'", "'12345679'", id="settled"),
        pytest.param("office: Mayor of Linden", "office: none", id="office"),
    ],
)
def test_a_decision_that_is_gone_is_found(lived: Lived, before: str, after: str) -> None:
    lived.write("content/decisions.yaml", lambda source: source.replace(before, after))

    assert lived.codes() == ["lost-decision"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("[officials/a, officials/b]", "[officials/a, officials/e, officials/b]", id="in a larger group"),
        pytest.param("[officials/a, officials/b]", "[officials/f, officials/a, officials/b]", id="into another record"),
        pytest.param("[aaaa001, aaaa002]", "[aaaa009, aaaa002, aaaa001]", id="in a larger story"),
        pytest.param(", briefing: aaaa001", "", id="for all briefings"),
        pytest.param(", briefing: bbbb002", "", id="no figure in any briefing"),
    ],
)
def test_a_decision_in_other_words_still_stands(lived: Lived, before: str, after: str) -> None:
    lived.write("content/decisions.yaml", lambda source: source.replace(before, after))

    assert lived.codes() == []


def test_addresses_that_are_not_remembered_any_more_are_found(lived: Lived) -> None:
    lived.write("content/permalinks.lock", lambda source: re.sub(r"(?m)^officials/.*\n", "", source))
    lines = lived.anchors.read_text("utf-8").splitlines(keepends=True)
    lived.anchors.write_text("".join(lines[1:]), "utf-8")
    page, paragraph = lived.examined().findings

    assert (page.code, page.at.path) == ("lost-address", "content/permalinks.lock")
    assert page.message.startswith("officials/jonas-kragh.html was recorded (")
    assert (paragraph.code, f"#p-{lines[0].split()[0]} " in paragraph.message) == ("lost-address", True)


def test_what_a_merge_lost_is_found(lived: Lived) -> None:
    """One branch has an address, and whoever merged took the other's lock."""
    git(lived.root, "checkout", "-b", "other")
    lived.write("content/permalinks.lock", lambda source: f"{source}officials/somebody.html\n")
    commit(None, lived.root)
    git(lived.root, "checkout", "main")
    lived.write("content/decisions.yaml", lambda source: f"# read\n{source}")
    commit(None, lived.root)
    git(lived.root, "merge", "--strategy", "ours", "other")

    assert lived.codes() == ["lost-address"]


def test_an_archive_in_a_folder_of_a_repository_is_examined(lived: Lived, tmp_path: Path) -> None:
    shutil.rmtree(lived.root / ".git")
    top = tmp_path / "top"
    (top / "press").mkdir(parents=True)
    shutil.copytree(lived.root / "content", top / "press/content")
    git(top, "init", "--initial-branch=main")
    git(top, "add", "--all")
    git(top, "commit", "--message", "a")
    within = Lived(top / "press")
    within.briefing.unlink()

    assert within.codes() == ["lost-edit"]


def test_a_history_that_is_cut_short_proves_nothing(lived: Lived, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--depth", "1", f"file://{lived.root}", "shallow")

    with pytest.raises(SiteError, match="only the end of the history") as told:
        pipeline.examine(config.load(tmp_path / "shallow"))
    assert "--unshallow" in told.value.fix


def test_without_a_repository_or_a_commit_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(SiteError, match="the history cannot be read: not a git repository"):
        versions.of(tmp_path)
    git(tmp_path, "init")
    with pytest.raises(SiteError, match="the history cannot be read"):
        versions.of(tmp_path)


def test_without_git_it_is_said(lived: Lived, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(versions.shutil, "which", lambda _: None)
    shutil.rmtree(lived.root / "site")

    assert build.main(["check", "--deep", "--root", str(lived.root)]) == build.COULD_NOT_RUN
    assert "git is not installed" in capsys.readouterr().err
