"""What is measured against each other: a folder with texts, the command that builds it, and where a page of it ends up."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pagefind_bin  # type: ignore[import-untyped]  # a program in a wheel

from benchmarks import measure, reports
from benchmarks.measure import Run

SITES = Path(__file__).resolve().parent / "sites"
BUILD = SITES.parent.parent / "build.py"
STYLE = SITES / "style.css"
EQUAL, FULL, SEARCHED = "bindery, equal pages", "bindery, full site", "bindery, full site with search"
BASE_URL = "https://archive.example"
ENTRY = 'class="entry"'


@dataclass(frozen=True, slots=True)
class Builder:
    """Something that makes a site. Paths are relative to its folder."""

    name: str
    folder: Path
    command: tuple[str, ...]
    briefings: str
    """Where the texts are."""
    output: str
    page: str
    """Where the page of a briefing is in the output; {slug} stands for its slug."""
    leavings: tuple[str, ...] = ()
    """What a build leaves beside the output for the next one. A cold build begins without."""
    is_peer: bool = True

    def build(self) -> Run:
        return measure.run(self.command, self.folder)

    def clear(self) -> None:
        for name in (self.output, *self.leavings):
            path = self.folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def edit(self, slug: str, mark: str) -> None:
        """Somebody adds a sentence to a briefing."""
        with (self.folder / self.briefings / f"{slug}.md").open("a", encoding="utf-8") as file:
            file.write(f"\nA late correction {mark} was added by the desk.\n")

    def shows(self, slug: str, mark: str) -> bool:
        path = self.folder / self.output / self.page.format(slug=slug)
        return path.is_file() and mark in path.read_text(encoding="utf-8")

    def search(self) -> Run:
        """Index the output with Pagefind, as people do who use it with such a generator."""
        shutil.rmtree(self.folder / self.output / "pagefind", ignore_errors=True)
        return measure.run((str(pagefind_bin.get_executable()), "--site", str(self.folder / self.output)), self.folder)

    def made(self) -> Made:
        output = self.folder / self.output
        pages = {path.relative_to(output).as_posix(): path for path in output.rglob("*.html")}
        entries = {name: path.read_text(encoding="utf-8").count(ENTRY) for name, path in pages.items()}
        files = [path for path in output.rglob("*") if path.is_file() and path.relative_to(output).parts[0] != "pagefind"]
        of_terms = {name: count for name, count in entries.items() if name.partition("/")[0] in reports.KINDS and count}
        briefing = re.compile(re.escape(self.page).replace(re.escape("{slug}"), r"\d{6}-[^/]+"))
        return Made(
            briefings=sum(briefing.fullmatch(name) is not None for name in pages),
            terms=len({tuple(name.removesuffix(".html").split("/")[:2]) for name in of_terms}),  # a long list may be on several pages
            term_entries=sum(of_terms.values()),
            list_entries=sum(entries.values()) - sum(of_terms.values()),
            files=len(files),
            size=sum(path.stat().st_size for path in files),
        )


@dataclass(frozen=True, slots=True)
class Made:
    """What is in a site, counted: by this it is seen that the sites are equal. Lists are counted where their entries are marked."""

    briefings: int
    terms: int
    term_entries: int
    list_entries: int
    files: int
    size: int
    """Bytes, without the search index."""

    @property
    def pages(self) -> tuple[int, int, int, int]:
        return self.briefings, self.terms, self.term_entries, self.list_entries


def bindery(name: str, folder: Path, texts: Path) -> Builder:
    """An archive in `folder` with the texts, which reports.write made: EQUAL, FULL or SEARCHED."""
    folder.mkdir(parents=True)
    shutil.copytree(texts / "content", folder / "content")
    settings = "title: Briefing archive\n"
    if name == EQUAL:
        shutil.copytree(SITES / "bindery/templates", folder / "templates")
        (folder / "static").mkdir()
        shutil.copy(STYLE, folder / "static")
    else:
        settings += f"base_url: {BASE_URL}\n"  # without it there are no feeds, no sitemap and no pictures for links
    (folder / "site.yaml").write_text(settings, encoding="utf-8")
    command = [*program("publish", folder), *([] if name == SEARCHED else ["--no-search"])]
    return Builder(name, folder, tuple(command), "content/briefings", "site", "briefings/{slug}.html", (".cache",), is_peer=False)


def program(command: str, archive: Path) -> tuple[str, ...]:
    return (sys.executable, str(BUILD), command, "--root", str(archive), "--quiet")
