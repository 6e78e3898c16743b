"""The Content-Security-Policy of every kind of page, in both browsers, over http and from disk: it lets the archive work, and nothing else.

An archive published at the address it is served from, with a page of each kind; beside them pages with attacks, once under the policy
and once, as a control, without it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bindery import config, pipeline
from bindery.publish.pocket import Choice
from tests.browser.conftest import REPOSITORY
from tests.browser.kinds import KINDS, example
from tests.browser.readers import SEARCHED, Reader
from tests.browser.serving import serving

LISTEN = (
    "window.refused = []; document.addEventListener('securitypolicyviolation',"
    " ({ effectiveDirective, blockedURI }) => window.refused.push(`${effectiveDirective} ${blockedURI}`));"
)
META = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
RUNS = {
    "script": "<script>ran.push('script')</script>",
    "module": "<script type='module'>ran.push('module')</script>",
    "handler": "<img src='data:,' onerror=\"ran.push('handler')\">",
    "drawing": "<svg onload=\"ran.push('drawing')\"></svg>",
    "data": "<script src=\"data:text/javascript,ran.push('data')\"></script>",
    "frame": "<iframe srcdoc=\"<script>parent.ran.push('frame')</script>\"></iframe>",
    "toggle": "<details open ontoggle=\"ran.push('toggle')\"></details>",
}
"""What runs in a page without a policy by being there."""
STYLES = "<style>h1 { outline: 7px solid }</style><h2 style='outline: 7px solid'>x</h2>"
STYLED = "[...document.querySelectorAll('h1, h2')].filter((one) => getComputedStyle(one).outlineWidth === '7px').length"
ASKS = (
    "<script src='{0}a.js'></script><link rel='stylesheet' href='{0}a.css'><img src='{0}a.png'><iframe src='{0}a.html'></iframe>"
    "<object data='{0}a.svg'></object>"
)
"""What asks a host for something by being there."""
WATCHED = "<script src='../static/watched.js'></script>"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The site's folder, and where it is served, which is its base_url."""
    root = tmp_path_factory.mktemp("archive")
    shutil.copytree(REPOSITORY / "content", root / "content")
    shutil.copy(REPOSITORY / "site.yaml", root)
    with (root / "content/permalinks.lock").open("a", encoding="utf-8") as lock:
        lock.write("cities/gone.html gone: <script>ran.push('reason')</script>\ncities/moved.html -> cities/chongqing.html\n")
    (root / "site").mkdir()
    with serving(root / "site") as address:
        site = config.load(root, base_url=address.rstrip("/"))
        pipeline.publish(site)
        (root / "site/pocket.html").write_text(pipeline.pocket_file(site, Choice({})), encoding="utf-8")
        yield root / "site", address


@pytest.fixture(params=["http", "file"])
def at(request: pytest.FixtureRequest, published: tuple[Path, str]) -> str:
    """Where the site is opened."""
    folder, address = published
    return address if request.param == "http" else f"{folder.as_uri()}/"


def test_no_kind_of_page_meets_its_policy_and_none_asks_another_host(reader: Reader, published: tuple[Path, str], at: str) -> None:
    folder, _ = published
    pages = [example(folder, kind) for kind in KINDS if kind != "missing" or at.startswith("http")]  # on disk nothing leads to 404.html
    reader.preload(LISTEN)
    for page in (*pages, "cities/gone.html", "pocket.html"):
        reader.goto(at + page)
        reader.wait_for("document.readyState === 'complete' && Boolean(document.querySelector('h1'))")

        assert META in (folder / page).read_text(encoding="utf-8").partition("<title>")[0], page
        assert reader.evaluate("window.refused") == [], page
        assert reader.evaluate("[...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.sheet)"), page
        assert [one for one in reader.requests if not one.startswith((at, "data:", "about:"))] == [], page


@pytest.mark.parametrize(("page", "target"), [("cities/moved.html", "/cities/chongqing.html"), ("b/*/index.html", "/briefings/")])
def test_an_address_that_leads_on_does_so_under_it(reader: Reader, published: tuple[Path, str], at: str, page: str, target: str) -> None:
    folder, _ = published
    path = next(folder.glob(page))
    assert META in path.read_text(encoding="utf-8")
    reader.preload(LISTEN)
    reader.goto(f"{at}methodology.html")
    reader.evaluate(
        f"location.assign('{at}{path.relative_to(folder).as_posix()}')"
    )  # a browser may call a page that is left at once broken off
    reader.wait_for(f"location.pathname.includes('{target}') && document.readyState === 'complete'")

    assert reader.evaluate("window.refused") == []
    assert [one for one in reader.requests if not one.startswith((at, "data:"))] == []


def test_the_search_works_under_it(reader: Reader, at: str) -> None:
    reader.preload(LISTEN)
    reader.goto(f"{at}search.html?q=hitachi")
    reader.wait_for(SEARCHED)

    assert reader.evaluate("document.querySelectorAll('.hit mark').length > 0")
    assert reader.evaluate("window.refused") == []
    assert [one for one in reader.requests if not one.startswith((at, "data:"))] == []


def attacked(folder: Path, name: str, markup: str, *, is_guarded: bool = True) -> str:
    """The page of a city with something put into its body. Gives its path in the site."""
    page = (folder / "cities/chongqing.html").read_text(encoding="utf-8")
    assert page.count("<body>") == page.count(META) == 1
    if not is_guarded:
        page = page.replace('http-equiv="Content-Security-Policy"', "")
    (folder / "static/watched.js").write_text("window.ran = [];", encoding="utf-8")
    (folder / "cities" / f"{name}.html").write_text(page.replace("<body>", f"<body>{WATCHED}{markup}"), encoding="utf-8")
    return f"cities/{name}.html"


def test_what_would_run_without_it_does_not(reader: Reader, published: tuple[Path, str], at: str) -> None:
    folder, _ = published
    reader.preload(LISTEN)
    reader.goto(at + attacked(folder, "open", "".join(RUNS.values()) + STYLES, is_guarded=False))
    reader.wait_for(f"window.ran && window.ran.length === {len(RUNS)}")
    assert sorted(reader.evaluate("window.ran")) == sorted(RUNS), "the control: without a policy all of it runs"
    assert reader.evaluate(STYLED) > 1
    reader.goto(at + attacked(folder, "guarded", "".join(RUNS.values()) + STYLES))
    reader.wait_for("document.readyState === 'complete' && window.refused.length > 5")
    refused = {one.split()[0] for one in reader.evaluate("window.refused")}
    reader.problems.clear()

    assert reader.evaluate("window.ran") == []
    assert reader.evaluate(STYLED) == 0
    assert {"script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr"} <= refused


def test_an_address_that_is_a_script_does_not_run(reader: Reader, published: tuple[Path, str], at: str) -> None:
    folder, _ = published
    link = "<a id='trap' href=\"javascript:void ran.push('link')\">x</a>"
    for name, is_guarded in (("trap", True), ("trap-open", False)):
        reader.goto(at + attacked(folder, name, link, is_guarded=is_guarded))
        reader.evaluate("document.querySelector('#trap').click()")
        reader.evaluate("new Promise((resolve) => setTimeout(resolve, 50))")
        reader.problems.clear()

        assert reader.evaluate("window.ran") == ([] if is_guarded else ["link"])


def test_another_host_is_not_asked_for_anything(reader: Reader, published: tuple[Path, str], at: str, tmp_path: Path) -> None:
    folder, _ = published
    asked: list[str] = []
    fetch = "fetch('{0}a.json', {{ mode: 'no-cors' }}).then(() => 'asked', (error) => error.name)"
    reader.preload(LISTEN)
    with serving(tmp_path, asked=asked) as elsewhere:
        host = elsewhere.replace("127.0.0.1", "localhost")
        reader.goto(at + attacked(folder, "elsewhere", ASKS.format(host)))
        reader.wait_for("document.readyState === 'complete' && window.refused.length > 4")
        assert reader.evaluate(fetch.format(host)) == "TypeError"
        assert asked == []
        reader.goto(at + attacked(folder, "elsewhere-open", ASKS.format(host), is_guarded=False))
        assert reader.evaluate(fetch.format(host)) == "asked"
    reader.problems.clear()

    assert {"a.js", "a.css", "a.png", "a.html", "a.svg", "a.json"} == set(asked), "the control: without a policy all is asked for"
