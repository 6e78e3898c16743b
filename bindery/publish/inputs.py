"""What a site is made from: the files of content/, and what else decides how its pages look."""

from __future__ import annotations

from bindery import stamps
from bindery.config import CONFIG_FILE, PROGRAM, Site
from bindery.content import decisions, lock, questions, store
from bindery.stamps import Found

PROGRAM_FOLDERS = ("bindery/content", "bindery/languages", "bindery/publish", "bindery/stories")
"""What decides, beside templates and static files, how a site looks."""
PROGRAM_FILES = (".py", ".json", ".tsv", ".yaml")
SITE, TEMPLATES, STATIC = "site", "templates", "static"
"""What `rules` finds."""


def content(site: Site) -> dict[str, Found]:
    """Folder of content/ → its files by name. The folders of people hold Markdown, those of the program TSV."""
    records = {kind.folder: stamps.files(site.content / kind.folder, ".md") for kind in site.kinds}
    own = {folder: stamps.files(site.content / folder, ".tsv") for folder in (store.ANCHORS, store.PROVENANCE)}
    return {store.BRIEFINGS: stamps.files(site.content / store.BRIEFINGS, ".md"), **records, **own}


def rules(site: Site) -> dict[str, Found]:
    """What changes pages of every briefing at once: configuration, decisions and the program; templates; static files."""
    single = (CONFIG_FILE, decisions.DECISIONS_FILE, lock.LOCK_FILE, questions.QUESTIONS_FILE)
    named = {name: found for name in single if (found := stamps.file(site.root / name))}
    program = {f"{folder}/{name}": one for folder in PROGRAM_FOLDERS for name, one in stamps.tree(PROGRAM / folder, PROGRAM_FILES)}
    program |= {f"bindery/{name}": one for suffix in (".py", ".yaml") for name, one in stamps.files(PROGRAM / "bindery", suffix).items()}
    return {
        SITE: {**named, **program},
        TEMPLATES: dict(stamps.overlay(site.template_folders)),
        STATIC: dict(stamps.overlay(site.static_folders)),
    }
