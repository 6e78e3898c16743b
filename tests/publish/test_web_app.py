"""The list of a build: every file with its digest, and a name that changes with any of them."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import jinja2
import pytest

from bindery.config import Site, load
from bindery.publish import render, web_app
from bindery.publish.ledger import Made
from tests.publish.test_search import contents

FILES = {
    "index.html": "home",
    "b/1/index.html": "short",
    "404.html": "gone",
    "packs/start.js": "",
    "archive.zip": "",
    "feed.xml": "",
    "feeds/cities/wuxi.json": "",
    "data/briefings.jsonl": "",
    "briefings/old.md": "",
    "llms.txt": "",
    "pagefind/pagefind.js": "p",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "site.yaml").write_text("title: Letters from the harbour\n", encoding="utf-8")
    return load(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text, encoding="utf-8")
    return tmp_path / "site"


def build(folder: Path, site: Site, env: jinja2.Environment | None = None) -> str:
    files = [path for path in folder.rglob("*") if path.is_file()]
    outputs = {path.relative_to(folder).as_posix(): made(path.read_bytes()) for path in files}
    (folder / "data").mkdir(exist_ok=True)
    for permalink, data in web_app.files(outputs, env or render.environment(site)):
        (folder / permalink).write_bytes(data)
    name: str = json.loads((folder / "data/offline.json").read_text(encoding="utf-8"))["build"]
    return name


def made(data: bytes) -> Made:
    return Made(0, len(data), 0, hashlib.sha256(data).digest())


def test_what_is_kept_stands_in_the_list_with_size_and_digest(folder: Path, site: Site) -> None:
    build(folder, site)
    listed = json.loads((folder / "data/offline.json").read_text(encoding="utf-8"))

    assert set(listed["files"]) == {"index.html", "b/1/index.html", "pagefind/pagefind.js"}
    assert listed["files"]["index.html"] == [4, "sha256-" + base64.b64encode(hashlib.sha256(b"home").digest()).decode()]
    assert listed["size"] == sum(len(FILES[name]) for name in listed["files"])


def test_the_worker_knows_its_build(folder: Path, site: Site) -> None:
    assert f'const BUILD = "{build(folder, site)}";' in (folder / "sw.js").read_text(encoding="utf-8")


def test_two_runs_give_the_same_bytes(folder: Path, site: Site) -> None:
    build(folder, site)
    first = contents(folder)
    build(folder, site)

    assert contents(folder) == first


def test_another_file_or_another_worker_is_another_build(folder: Path, site: Site) -> None:
    first = build(folder, site)
    (folder / "index.html").write_text("home, corrected", encoding="utf-8")
    second = build(folder, site)
    env = render.environment(site)
    worker = env.loader.get_source(env, web_app.SOURCE)[0] if env.loader else ""
    env.loader = jinja2.DictLoader({web_app.SOURCE: worker + "// changed\n"})

    assert len({first, second, build(folder, site, env)}) == 3


def test_the_manifest_names_the_archive_from_any_folder_of_a_host(site: Site) -> None:
    manifest = json.loads(web_app.manifest(site))

    assert (manifest["name"], manifest["short_name"]) == ("Letters from the harbour", "Letters from")
    assert (manifest["start_url"], manifest["scope"]) == ("index.html", "./")
