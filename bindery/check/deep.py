"""content/ and its git history → findings: words that people wrote, decisions and addresses that stood there once and do not now.

The last word is what stands in content/, committed or not. What was taken out on purpose is said so once, under settled: in
content/decisions.yaml.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bindery.config import Site
from bindery.content import decisions, front_matter, lock, store, versions
from bindery.content.decisions import Decisions, Ruling
from bindery.content.lock import Address
from bindery.content.versions import Version
from bindery.errors import ContentError
from bindery.model import Finding, Place

_ID = re.compile(r"^id: *['\"]?(?P<id>[a-z0-9]+)", re.MULTILINE)
_ADDRESS = re.compile(r"^(?P<permalink>[a-z0-9][\w/.-]*\.[a-z]+)(?: |$)", re.MULTILINE | re.ASCII)
_KEY = re.compile(r"^(?P<key>[a-z0-9-]+)\t", re.MULTILINE)
_ANCHORS = f"content/{store.ANCHORS}/"


@dataclass(frozen=True, slots=True)
class Examined:
    """What was looked at, and what is wrong."""

    commit_count: int
    version_count: int
    edit_count: int
    """Versions of files that a person owned."""
    decision_count: int
    address_count: int
    """Of pages and paragraphs."""
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        counts = f"{self.edit_count} edits, {self.decision_count} decisions and {self.address_count} addresses"
        return f"{counts} in {self.version_count} versions of files, {self.commit_count} commits"


@dataclass(slots=True)
class _History:
    """What ever stood in content/, each with the commit where it stood last."""

    edits: dict[str, Version]
    """Briefing id, or path of a record → the last version that a person owned."""
    edit_count: int
    decided: dict[str, tuple[str, Decisions]]
    """A decision in words → the commit, and it alone."""
    pages: dict[str, str]
    paragraphs: dict[tuple[str, str], str]
    """Briefing id and key."""


def examine(site: Site) -> Examined:
    """Raises ContentError and SiteError."""
    every = versions.of(site.root)
    history = _read(every, site)
    present = decisions.load(site.content)
    addresses = lock.read(site.root)
    found = [
        *_lost_edits(history, present, addresses, site),
        *_lost_decisions(history, present),
        *_lost_pages(history, addresses),
        *_lost_paragraphs(history, addresses, site),
    ]
    count = len(history.pages) + len(history.paragraphs)
    return Examined(len({one.commit for one in every}), len(every), history.edit_count, len(history.decided), count, tuple(found))


def _read(every: Iterable[Version], site: Site) -> _History:
    folders = tuple(f"content/{folder}/" for folder in (store.BRIEFINGS, *(kind.folder for kind in site.kinds)))
    by_blob: defaultdict[str, list[Version]] = defaultdict(list)
    order: dict[Version, int] = {}
    for number, version in enumerate(every):
        if version.blob and (version.path.startswith((*folders, _ANCHORS)) or version.path in (lock.LOCK_FILE, decisions.DECISIONS_FILE)):
            by_blob[version.blob].append(version)
            order[version] = number
    history = _History({}, 0, {}, {}, {})
    edits: list[tuple[int, str, Version]] = []
    decided: list[tuple[int, str, Version]] = []
    for blob, text in versions.texts(site.root, by_blob):
        for version in by_blob[blob]:
            if version.path == lock.LOCK_FILE:
                history.pages.update((one["permalink"], version.commit) for one in _ADDRESS.finditer(text))
            elif version.path == decisions.DECISIONS_FILE:
                decided.append((order[version], text, version))
            elif version.path.startswith(_ANCHORS):
                identifier = Path(version.path).stem
                history.paragraphs.update(((identifier, one["key"]), version.commit) for one in _KEY.finditer(text))
            elif version.path.endswith(".md") and Path(version.path).name != store.README and front_matter.edited_by_hand(text):
                edits.append((order[version], _name(version.path, text), version))
    history.edit_count = len(edits)
    history.edits = {name: version for _, name, version in sorted(edits, key=lambda edit: edit[0])}
    for _, text, version in sorted(decided, key=lambda one: one[0]):
        history.decided.update((words, (version.commit, alone)) for words, alone in _decisions(text))
    return history


def _name(path: str, text: str) -> str:
    """By which a file is known again after it was renamed."""
    found = _ID.search(text) if path.startswith(f"content/{store.BRIEFINGS}/") else None
    return found["id"] if found else path


def _lost_edits(history: _History, present: Decisions, addresses: Mapping[str, Address], site: Site) -> Iterator[Finding]:
    """A file that was a person's is theirs for good: the program writes it again only when somebody deleted it."""
    briefings = dict(_briefings(site))
    for name, version in history.edits.items():
        path, source = (briefings.get(name) or (version.path, None)) if "/" not in name else (name, _source(site.root / name))
        if source is not None and front_matter.edited_by_hand(source):
            continue
        if source is None and _is_explained(name, version, present, addresses):
            continue
        what = "is gone, and nothing says why" if source is None else "has been written by the program since"
        yield from _unless_settled(
            Finding(
                "lost-edit",
                Place(path),
                f"it was edited by hand ({version.commit}), and {what}",
                f"git show {version.commit}:./{version.path} has what was written; put back what is missing",
            ),
            f"{version.commit} {name}",
            present,
        )


def _briefings(site: Site) -> Iterator[tuple[str, tuple[str, str]]]:
    for path in store.markdown_files(site, store.BRIEFINGS):
        shown = f"content/{store.BRIEFINGS}/{path.name}"
        source = store.read_text(path, shown)
        yield _name(shown, source), (shown, source)


def _source(path: Path) -> str | None:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None


def _is_explained(name: str, version: Version, present: Decisions, addresses: Mapping[str, Address]) -> bool:
    """Whether somebody said what became of a file that is gone."""
    if "/" not in name:
        own = [address for address in addresses.values() if address.briefing == name]
        return not own or any(not address.is_plain for address in own)
    record = version.path.removeprefix("content/").removesuffix(".md")
    address = addresses.get(f"{record}.html")
    return record in present.merged or address is None or not address.is_plain


def _decisions(text: str) -> Iterator[tuple[str, Decisions]]:
    """Each decision of a file, in words and alone. A version that cannot be read decided nothing."""
    try:
        found = decisions.parse(text)
    except ContentError:
        return
    for away, stays in found.merged.items():
        yield f"same: [{stays}, {away}]", Decisions(merged={away: stays})
    for pair in found.apart:
        yield f"not-same: [{', '.join(sorted(pair))}]", Decisions(apart=frozenset([pair]))
    for ruling in found.accepted:
        yield f"accept: {_words(ruling)}", Decisions(accepted=(ruling,))
    for ruling in found.rejected:
        yield f"reject: {_words(ruling)}", Decisions(rejected=(ruling,))
    yield from _about_briefings(found)
    for key in found.settled:
        yield f"settled: {key}", Decisions(settled=frozenset([key]))
    for held in found.held:
        whose = f", official: {held.official}" if held.official else ""
        yield f"office: {{role: {held.role}{whose}, office: {held.office}}}", Decisions(held=(held,))
    for briefing, printed in ((briefing, one) for briefing, figures in found.not_figures.items() for one in sorted(figures)):
        more = f", briefing: {briefing}" if briefing else ""
        yield f"not-figures: {{figure: {printed}{more}}}", Decisions(not_figures={briefing: frozenset([printed])})


def _about_briefings(found: Decisions) -> Iterator[tuple[str, Decisions]]:
    for group in found.stories:
        yield f"story: [{', '.join(group)}]", Decisions(stories=(group,))
    for group in found.events:
        yield f"event: [{', '.join(group)}]", Decisions(events=(group,))
    for pair in found.no_copies:
        yield f"not-story: [{', '.join(sorted(pair))}]", Decisions(no_copies=frozenset([pair]))
    for pair in found.other_events:
        yield f"not-event: [{', '.join(sorted(pair))}]", Decisions(other_events=frozenset([pair]))


def _words(ruling: Ruling) -> str:
    more = f", briefing: {ruling.briefing}" if ruling.briefing else ""
    return f"{{kind: {ruling.kind}, form: {ruling.form}{more}}}"


def _lost_decisions(history: _History, present: Decisions) -> Iterator[Finding]:
    for words, (commit, alone) in history.decided.items():
        if not _stands(alone, present):
            message = f"'{words}' was decided ({commit}) and is not decided any more"
            fix = "put the line back"
            yield from _unless_settled(Finding("lost-decision", Place(decisions.DECISIONS_FILE), message, fix), words, present)


def _stands(alone: Decisions, present: Decisions) -> bool:
    """Whether a decision still holds, in whatever words."""
    return (
        all(present.canonical(away) == present.canonical(stays) for away, stays in alone.merged.items())
        and alone.apart <= present.apart
        and all(_covers(ruling, present.accepted) for ruling in alone.accepted)
        and all(_covers(ruling, present.rejected) for ruling in alone.rejected)
        and all(_are_together(group, present.stories) for group in alone.stories)
        and all(_are_together(group, present.events) for group in alone.events)
        and alone.no_copies <= present.no_copies
        and alone.other_events <= present.other_events
        and alone.settled <= present.settled
        and {*alone.held} <= {*present.held}
        and all(figures <= present.not_figures_of(briefing) for briefing, figures in alone.not_figures.items())
    )


def _are_together(group: Iterable[str], now: Iterable[Iterable[str]]) -> bool:
    return any({*group} <= {*one} for one in now)


def _covers(ruling: Ruling, now: Iterable[Ruling]) -> bool:
    return any(one in (ruling, replace(ruling, briefing=None)) for one in now)


def _lost_pages(history: _History, addresses: Mapping[str, Address]) -> Iterator[Finding]:
    for permalink in sorted(history.pages.keys() - addresses.keys()):
        commit = history.pages[permalink]
        fix = f"put its line back: git show {commit}:./{lock.LOCK_FILE} has it; then run build.py publish"
        yield Finding("lost-address", lock.AT, f"{permalink} was recorded ({commit}) and is not in the lock any more", fix)


def _lost_paragraphs(history: _History, addresses: Mapping[str, Address], site: Site) -> Iterator[Finding]:
    """Briefings that people took back, or that another stands for, answer for their paragraphs as a whole."""
    taken_back = {address.briefing for address in addresses.values() if address.briefing and not address.is_plain}
    lost: defaultdict[str, list[str]] = defaultdict(list)
    now: dict[str, frozenset[str]] = {}
    for identifier, key in history.paragraphs:
        if identifier not in now:
            source = _source(store.anchors_path(identifier, site)) or ""
            now[identifier] = frozenset(one["key"] for one in _KEY.finditer(source))
        if identifier not in taken_back and key not in now[identifier]:
            lost[identifier].append(key)
    for identifier, keys in sorted(lost.items()):
        path, commit = f"{_ANCHORS}{identifier}.tsv", history.paragraphs[identifier, keys[0]]
        message = f"{', '.join(f'#p-{key}' for key in sorted(keys))} was recorded ({commit}) and is not remembered any more"
        fix = f"put its line back: git show {commit}:./{path} has it; then run build.py publish"
        yield Finding("lost-address", Place(path), message, fix)


def _unless_settled(finding: Finding, about: str, present: Decisions) -> Iterator[Finding]:
    """What was meant is said once."""
    key = hashlib.sha256(f"{finding.code} {about}".encode()).hexdigest()[:8]
    if key not in present.settled:
        meant = f"if it was meant, add to {decisions.DECISIONS_FILE} under settled: - '{key}'"
        yield replace(finding, fix=f"{finding.fix}; {meant}")
