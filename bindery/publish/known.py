"""What there is to be published, by stamps and what the last build knew: looked at before anything is read."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bindery import stamps
from bindery.config import Site
from bindery.content import decisions, files, store
from bindery.content.decisions import Decisions
from bindery.errors import ContentError
from bindery.model import Authority, AuthorityId
from bindery.publish import dossiers, inputs, ledger
from bindery.publish.inputs import TEMPLATES
from bindery.publish.ledger import Ledger
from bindery.stamps import Found, Stamp

if TYPE_CHECKING:
    from bindery.publish.render import Environment

PAGES = "pages/"
"""Where the templates of pages are."""


class Templates(dict[str, int]):
    """Template → digest of it and of everything it is made of, found when it is first asked for."""

    def __init__(self, known: Mapping[str, int], site: Site) -> None:
        super().__init__(known)
        self._site = site

    @cached_property
    def env(self) -> Environment:
        """What renders them; it keeps them compiled in .cache/templates/."""
        from bindery.publish import compiler, render  # noqa: PLC0415 - a tenth of a second, for a build that makes something

        return render.environment(self._site, compiler.BytecodeCache(self._site.cache / "templates", self._site.interface))

    def prepare(self) -> None:
        """Have those of all pages ready before this process is copied, so that each is read and compiled once."""
        import jinja2  # noqa: PLC0415 - as above

        from bindery.publish import render  # noqa: PLC0415 - as above

        for name in self.env.list_templates(filter_func=lambda name: name.startswith(PAGES)):
            for part in render.sources(name, self.env):
                with suppress(jinja2.TemplateError, UnicodeDecodeError):  # told when a page is made of it
                    self.env.get_template(part)

    def __missing__(self, template: str) -> int:
        from bindery.publish import render  # noqa: PLC0415 - as above

        sources = render.sources(template, self.env)
        self[template] = stamps.digest(repr(sorted(sources.items())).encode())
        return self[template]


@dataclass(slots=True)
class Known:
    """What is looked at before anything is read."""

    site: Site
    before: Ledger
    found: Mapping[str, Found]
    """Folder of content/, or of rules, → its files."""
    folders: dict[str, dict[str, Stamp]]
    """The same → their stamps."""
    templates: Templates
    authorities: Mapping[AuthorityId, Authority] = field(default_factory=dict)
    records: dict[str, Authority] = field(default_factory=dict)
    merged: Mapping[AuthorityId, AuthorityId] = field(default_factory=dict)
    held: tuple[decisions.Held, ...] = ()
    """What people decided about offices."""
    decided: Decisions = field(default_factory=Decisions)

    @property
    def is_as_before(self) -> bool:
        """Whether all that there is is what the last build saw."""
        now, then = self.folders, self.before.folders
        return now.keys() == then.keys() and all(stamps.are_untouched(files, then[name]) for name, files in now.items())

    def keep_stamps(self) -> None:
        """Of files that were too young, when the last build read them, to be known again without being read."""
        if self.folders != self.before.folders:
            with suppress(OSError):  # they are read again then
                ledger.save(msgspec.structs.replace(self.before, folders=self.folders), self.site)

    def judged(self, briefing: str) -> int:
        """Digest of what people decided about a briefing beside the names in it; 0 for nothing."""
        found = self.decided.not_figures_of(briefing)
        return stamps.digest("\n".join(sorted(found)).encode()) if found else 0


def look(site: Site, before: Ledger) -> Known:
    """What there is, and what is known of it without reading more than changed. Raises an ExceptionGroup of ContentErrors."""
    found = {**inputs.content(site), **inputs.rules(site)}
    folders = {name: stamps.taken(files, before.folders.get(name, {})) for name, files in found.items()}
    program, config = ledger.program(folders["site"]), _configuration(site)
    if (program, config) != (before.program, before.site):
        before = Ledger(program=program, site=config, live=before.live, twin=0)
    templates = Templates(before.templates if folders[TEMPLATES] == before.folders.get(TEMPLATES) else {}, site)
    known = Known(site, before, found, folders, templates)
    errors: list[ContentError] = []
    _read_records(known, errors)
    if errors:
        raise ExceptionGroup("content/ cannot be read", errors)
    dossiers.refuse_strangers(dossiers.settled(site, known.merged), known.authorities)
    return known


def _configuration(site: Site) -> int:
    """Everything of site.yaml and of the command line, and the font that is named there."""
    font = stamps.take(site.root / site.share_font).digest if site.share_font else 0
    return stamps.digest(repr((replace(site, root=Path()), font)).encode())


def _read_records(known: Known, errors: list[ContentError]) -> None:
    """Records and decisions; a record whose file is that of the last build is taken from there."""
    site, before = known.site, known.before
    for kind in site.kinds:
        now, then = known.folders[kind.folder], before.folders.get(kind.folder, {})
        for name in sorted(known.found[kind.folder], key=lambda name: name.removesuffix(".md")):
            if name == store.README:
                continue
            shown = f"content/{kind.folder}/{name}"
            if shown in before.records and then.get(name) == now[name]:
                known.records[shown] = before.records[shown]
                continue
            try:
                known.records[shown] = files.read_authority(store.read_text(known.found[kind.folder][name][0], shown), shown, kind)
            except ContentError as error:
                errors.append(error)
    try:
        known.decided = decisions.load(site.content)
    except ContentError as error:
        errors.append(error)
        return
    records = {record.id: record for record in known.records.values()}
    among = known.decided.among(records)
    known.merged = among.merged
    known.held = tuple(replace(one, official=among.canonical(one.official) if one.official else None) for one in among.held)
    known.authorities = store.standing(records, known.merged)
