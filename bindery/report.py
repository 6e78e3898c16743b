"""journal and content/provenance/ → one HTML file about a build: for who keeps the archive, not for its readers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import jinja2

from bindery import languages, outlet, rules
from bindery.config import Site
from bindery.content import provenance, store
from bindery.errors import ContentError, SiteError
from bindery.journal import Journal
from bindery.model import Place
from bindery.publish import render
from bindery.publish.inline import Inline

TEMPLATE, STYLE = "report/report.html", "report/report.css"
STYLES = ("tokens", "ground", "frame", "print")
"""Of static/css/."""
CHANGES = ("written", "kept", "removed")
KEPT_APART = ("seeds", "content", "templates", "static")


@dataclass(frozen=True, slots=True)
class DroppedLine:
    text: str
    places: tuple[str, ...]
    """Seed and line: "2016/page.txt:12"."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and everything that it dropped."""

    code: str
    sentence: str
    lines: tuple[DroppedLine, ...]

    @property
    def count(self) -> int:
        return sum(len(line.places) for line in self.lines)


def check_place(path: Path, root: Path, output: Path) -> None:
    """Raises SiteError where a report would be published, or taken for what people wrote."""
    inside = [output, *(root / name for name in KEPT_APART)]
    if any(path.resolve().is_relative_to(folder.resolve()) for folder in inside):
        fix = "name a file elsewhere, such as .cache/report.html: a report quotes what readers are not to see"
        raise SiteError("no place for a report", at=Place(str(path)), fix=fix)


def write(path: Path, journal: Journal, site: Site, status: int) -> None:
    """Raises SiteError."""
    outlet.write(path, text(journal, site, status).encode())


def text(journal: Journal, site: Site, status: int) -> str:
    """The file's text; it asks for nothing else and has no script."""
    (begun, *_) = journal.of("begin")
    dropped = sorted(dropped_lines(site), key=lambda rule: (-rule.count, rule.code))
    env = render.environment(replace(site, language=languages.SOURCE))  # as everything a build says to who runs it
    return env.get_template(TEMPLATE).render(
        title=site.title,
        page={"permalink": ""},
        command=begun["command"],
        begun=begun["time"],
        status=status,
        findings=journal.of("finding"),
        errors=journal.of("error"),
        stages=_in_order(journal.of("stage")),
        slow=[
            (heading, [one for one in journal.of("slow") if one["what"] == what])
            for what, heading in (("seed", "Slowest seeds"), ("page", "Slowest files of the site"))
        ],
        changed=[one for one in journal.events if one["event"] in CHANGES],
        dropped=dropped,
        dropped_count=sum(rule.count for rule in dropped),
        styles=_styles(site, env),
    )


def dropped_lines(site: Site) -> Iterator[Rule]:
    """By rule. What cannot be read is left out: the build has said so."""
    places: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted((site.content / store.PROVENANCE).glob("*.tsv")):
        shown = f"content/{store.PROVENANCE}/{path.name}"
        try:
            known = provenance.load(store.read_text(path, shown), shown)
        except ContentError:
            continue
        for fate in known.fates:
            if fate.fate == "dropped":
                places[fate.rule][fate.text].append(f"{known.seed}:{fate.number}")
    for code, lines in places.items():
        in_order = sorted(lines.items(), key=lambda line: (-len(line[1]), line[0]))
        yield Rule(code, rules.sentence(code), tuple(DroppedLine(text, tuple(found)) for text, found in in_order))


def _in_order(stages: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """A stage is noted when it ends: here it stands before its parts."""
    waiting: list[Mapping[str, object]] = []
    ordered: list[Mapping[str, object]] = []
    for one in stages:
        if "/" in str(one["stage"]):
            waiting.append(one)
        else:
            ordered += [one, *waiting]
            waiting = []
    return ordered + waiting


def _styles(site: Site, env: jinja2.Environment) -> Inline:
    assert env.loader
    sheets = (
        next(folder / f"css/{name}.css" for folder in site.static_folders if (folder / f"css/{name}.css").is_file()) for name in STYLES
    )
    own = env.loader.get_source(env, STYLE)[0]
    return Inline.of("\n".join([*(sheet.read_text(encoding="utf-8") for sheet in sheets), own]))
