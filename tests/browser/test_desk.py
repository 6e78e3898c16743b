"""The review desk in Chromium: by keys alone, by mouse, read by axe, and asked by another site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bindery.desk.server import DeskServer, opened
from tests.browser.conftest import Browse
from tests.browser.firefox import Firefox
from tests.browser.serving import serving
from tests.browser.watch import Watch
from tests.desk import archive
from tests.desk.archive import DECISIONS
from tests.desk.conftest import working

BRIDGE = "content/briefings/2019-06-04-the-bridge-is-open.md"


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive.ingested(tmp_path_factory.mktemp("desk") / "archive")


@pytest.fixture
def root(ingested: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ingested, tmp_path / "archive"))


@pytest.fixture
def server(root: Path) -> Iterator[DeskServer]:
    with working(root) as desk, opened(desk, "http://127.0.0.1:8000/") as server:
        yield server


@pytest.fixture
def page(server: DeskServer, browse: Browse) -> Page:
    page = browse(at=server.address)
    expect(heading(page)).to_contain_text("Springfield")
    return page


def heading(page: Page) -> Any:
    return page.locator("#question-heading")


def decisions(root: Path) -> str:
    return (root / "content/decisions.yaml").read_text("utf-8")


def state(page: Page) -> Any:
    return page.get_by_role("status")


def test_a_queue_is_worked_off_by_keys_alone(page: Page, root: Path) -> None:
    assert page.url.endswith("/"), "the token has left the address"
    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("Are 'Masahiro Tomita' and 'Tomita Masakiro' one official?", ignore_case=True)
    page.keyboard.press("k")
    expect(heading(page)).to_contain_text("Springfield")
    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("Tomita")
    page.keyboard.press("a")
    expect(state(page)).to_contain_text("Officials/tomita-masakiro is officials/masahiro-tomita. 3 questions.")
    assert decisions(root) == DECISIONS + "same:\n  - [officials/masahiro-tomita, officials/tomita-masakiro]\n"
    expect(heading(page)).to_contain_text("Zollwerk")
    page.keyboard.press("r")
    expect(state(page)).to_contain_text("Zollwerk is not a company. 2 questions.")
    assert "minutes\n  - {kind: company, form: Zollwerk}\n# the end\n" in decisions(root)
    expect(heading(page)).to_contain_text("dropped")
    page.keyboard.press("r")
    expect(state(page)).to_contain_text("Left as it is. 1 question.")
    for said in ("left as it is", "Zollwerk is not a company", "officials/tomita-masakiro is officials/masahiro-tomita"):
        page.keyboard.press("u")
        expect(state(page)).to_contain_text(f"Undone: {said}.")
    assert decisions(root) == DECISIONS
    expect(state(page)).to_contain_text("4 questions.")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_what_is_accepted_is_ingested_while_the_page_says_so(page: Page, root: Path) -> None:
    page.get_by_role("button", name="Zollwerk").click()
    expect(page.locator(".question__sentence mark")).to_have_text("Zollwerk")
    expect(page.locator(".captured__line--here")).to_contain_text("5")
    page.get_by_role("button", name="Accept", exact=False).click()
    expect(state(page)).to_have_text("Zollwerk is a company. 3 questions.")  # and no more: ingest has done its work
    assert "[Zollwerk](../companies/zollwerk.md)" in (root / "content/briefings/2019-05-03-boots-for-the-harbour.md").read_text("utf-8")


def test_a_role_a_date_and_a_name_are_corrected_by_keys(page: Page, root: Path) -> None:
    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("Tomita")
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog", name="Correct")
    role = dialog.get_by_label("Role of ‘Tomita Masakiro’")
    role.fill("Consul")
    role.press("Enter")
    expect(dialog).to_be_hidden()
    expect(state(page)).to_contain_text("The role of Tomita Masakiro is Consul.")
    assert '(../officials/tomita-masakiro.md "Consul")' in (root / BRIDGE).read_text("utf-8")
    page.keyboard.press("u")
    expect(state(page)).to_have_text("Undone: the role of Tomita Masakiro is Consul. 4 questions.")
    page.get_by_role("button", name="Correct …").click()
    dialog.get_by_label("Date of ‘The bridge is open’").fill("2019-06-05")
    dialog.get_by_label("Date of ‘The bridge is open’").press("Enter")
    expect(dialog).to_be_hidden()
    assert "\ndate: 2019-06-05\n" in (root / BRIDGE).read_text("utf-8")
    expect(state(page)).to_have_text("The date is 2019-06-05. 4 questions.")
    page.keyboard.press("e")
    name = dialog.get_by_label("Name of officials/tomita-masakiro")
    name.fill("Tomita Masahiro")
    name.press("Enter")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Springfield").click()
    expect(heading(page)).to_contain_text("Springfield")
    page.keyboard.press("e")
    expect(dialog.get_by_label("Name of officials/akira-mori-2")).to_have_value("Akira Mori")
    assert "name: Tomita Masahiro\nvariants:\n- Tomita Masakiro\n" in (root / "content/officials/tomita-masakiro.md").read_text("utf-8")


def test_a_quantity_that_is_none_is_taken_back_while_the_question_stays(page: Page, root: Path) -> None:
    page.get_by_role("button", name="No figure: Some 140 pupils").click()
    expect(state(page)).to_contain_text("Some 140 pupils is no figure in this briefing. 4 questions.")
    expect(heading(page)).to_contain_text("Springfield")
    expect(page.get_by_role("button", name="No figure")).to_have_count(0)
    assert "not-figures:\n  - {figure: Some 140 pupils, briefing: " in decisions(root)


def test_two_records_of_the_archive_are_merged_and_split_again(page: Page, root: Path, watch: Watch) -> None:
    page.keyboard.press("j")
    expect(heading(page)).to_contain_text("Tomita")
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Merge two records")
    dialog.get_by_label("The record that stays").fill("Akira")
    expect(page.locator("#records option")).to_have_count(2)
    dialog.get_by_label("The record that stays").fill("officials/akira-mori")
    dialog.get_by_label("The record that it stands for").fill("officials/akira-mori-9")
    dialog.get_by_role("button", name="Merge").click()
    expect(dialog.get_by_role("alert")).to_contain_text("there is no record officials/akira-mori-9")
    watch.expect("422")
    dialog.get_by_label("The record that it stands for").fill("officials/akira-mori-2")
    dialog.get_by_role("button", name="Merge").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Possible split").click()
    expect(heading(page)).to_contain_text("Akira Mori")
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="Split a record")
    dialog.get_by_label("A school of the town").check()
    dialog.get_by_role("button", name="Split Akira Mori").click()
    expect(dialog).to_be_hidden()
    assert "- [officials/akira-mori, officials/akira-mori-3]" in decisions(root)


def test_a_name_is_linked_to_a_new_record(page: Page, root: Path) -> None:
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog", name="Link ‘Springfield’ to")
    dialog.get_by_label("Name of a new record").fill("Springfield, Oregon")
    dialog.get_by_role("button", name="Link to a new record").click()
    expect(dialog).to_be_hidden()
    expect(state(page)).to_have_text("Springfield is Springfield, Oregon in this sentence. 3 questions.")
    assert "\n[Springfield](../cities/springfield-oregon.md) was far away" in (
        root / "content/briefings/2019-07-05-a-school-of-the-town.md"
    ).read_text("utf-8")


def test_a_key_never_answers_the_question_before(page: Page, root: Path) -> None:
    page.evaluate(
        "for (const key of ['j', 'j', 'a', 'r']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))"
    )
    expect(heading(page)).to_contain_text("Zollwerk")
    assert decisions(root) == DECISIONS


def test_an_edit_meanwhile_is_said_and_shown(page: Page, root: Path, watch: Watch) -> None:
    page.get_by_role("button", name="Zollwerk").click()
    expect(heading(page)).to_contain_text("Zollwerk")
    (root / "content/decisions.yaml").write_text("accept:\n  - {kind: company, form: Zollwerk} # Kim\n", "utf-8")
    page.keyboard.press("r")
    expect(page.get_by_role("alert")).to_contain_text("this has been decided meanwhile")
    expect(page.get_by_role("button", name="Zollwerk")).to_have_count(0)
    assert decisions(root).endswith("# Kim\n")
    watch.expect("409")


def test_a_captured_page_is_text(page: Page) -> None:
    page.get_by_role("button", name="Dropped line").click()
    expect(page.locator(".captured")).to_contain_text("""<img src="x" onerror="document.title = 'taken'"> <b>Read more</b>""")
    expect(page).to_have_title("Review · The harbour papers")


def test_keys_can_be_looked_up_and_turned_off(page: Page) -> None:
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("undo")
    dialog.get_by_label("Answer by single keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Correct …").press("Enter")
    expect(page.get_by_role("dialog", name="Correct")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_and_it_fits_a_phone(server: DeskServer, browse: Browse, dark: bool) -> None:
    page = browse(at=server.address, width=320, dark=dark)
    for key in ("", "j", "j", "j", "e", "?"):
        if key in ("e", "?"):
            page.keyboard.press("Escape")
        page.keyboard.press(key) if key else None
        expect(page.get_by_role("dialog") if key in ("e", "?") else heading(page)).to_be_visible()
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_firefox_can_do_it_too(server: DeskServer, root: Path, fox: Firefox) -> None:
    fox.goto(server.address)
    fox.wait_for("document.querySelector('#question-heading') !== null")
    fox.type("jj")
    fox.wait_for("document.querySelector('#question-heading').textContent.includes('Zollwerk')")
    fox.click("document.querySelector('#help')")
    fox.click("document.querySelector('#keys .button')")
    fox.wait_for("!document.querySelector('#keys').open")
    fox.type("r")
    fox.wait_for("document.querySelector('#state').textContent.startsWith('Zollwerk is not a company. 3 questions.')")
    assert "form: Zollwerk" in decisions(root)
    fox.type("u")
    fox.wait_for("document.querySelector('#state').textContent.startsWith('Undone: Zollwerk is not a company. 4 questions.')")
    assert decisions(root) == DECISIONS
    assert fox.problems == []
    fox.goto("about:blank")


ATTACK = """
async ([address, key]) => {
  const body = JSON.stringify({ act: "reject", key });
  const tries = [
    { mode: "no-cors", credentials: "include", headers: { "Content-Type": "text/plain" }, body },
    { credentials: "include", headers: { "Content-Type": "application/json", "X-Desk": "guess" }, body },
  ];
  const answers = [];
  for (const one of tries) {
    answers.push(await fetch(`${address}/act`, { method: "POST", ...one }).then(({ type }) => type, () => "refused"));
  }
  answers.push(await fetch(`${address}/questions`, { credentials: "include" }).then((answer) => answer.text(), () => "refused"));
  return answers;
}
"""


def test_another_site_in_the_same_browser_is_refused(page: Page, server: DeskServer, root: Path, tmp_path: Path, watch: Watch) -> None:
    """Another port of this machine: browsers send it the same cookies, and count it as the same site."""
    address, key = f"http://127.0.0.1:{server.server_port}", server.desk.state()["questions"][2]["key"]
    field = f'<input name=\'{{"act":"reject","key":"{key}","x":"\' value=\'"}}\'>'
    form = f'<form method="post" action="{address}/act" enctype="text/plain">{field}</form>'
    icon = '<link rel="icon" href="data:,">'
    (tmp_path / "other").mkdir()
    page_of_theirs = f'<!DOCTYPE html><title>x</title>{icon}{form}<iframe src="{address}/"></iframe>'
    (tmp_path / "other/index.html").write_text(page_of_theirs, "utf-8")
    stranger = page.context.new_page()
    with serving(tmp_path / "other") as other:
        stranger.goto(other)
        assert stranger.evaluate(ATTACK, [address, key]) == ["refused"] * 3
        assert stranger.frames[1].evaluate("document.querySelector('#queue')") is None
        with stranger.expect_navigation():
            stranger.evaluate("document.forms[0].submit()")
        expect(stranger.locator("body")).to_contain_text("This is not for you: another origin")
        stranger.close()  # or the browser asks for an icon of the refusal when it finds the time
    assert decisions(root) == DECISIONS
    watch.expect("frame-ancestors", "NotSameOrigin", "blocked by CORS policy", "403", "failed: ", "Failed to load resource")
