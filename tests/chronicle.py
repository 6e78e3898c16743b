"""Random histories of an archive: what people write and decide, what readers hold, and what must be true after every build."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bindery import config, pipeline
from bindery.config import Site
from bindery.content import front_matter, lock, markup
from bindery.errors import ArchiveError
from bindery.ingest.annotate import annotate
from bindery.ingest.annotate.known import Known
from bindery.ingest.draft import Annotation, Draft
from bindery.model import Finding
from tests.history import History, text

LOST = re.compile(r"^(\S+) was published and has no page any more|^(\S+) leads to \S+, which is not in the site")
REFRESH = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')
OWN = ("briefings", "cities", "officials", "companies")


class Chronicle(History):
    """An archive whose every build is held to the promises. `live` does one thing and builds."""

    def __init__(self, root: Path, seed: int) -> None:
        self.version = 0
        """Of the program that annotates; `upgrade` gives it another."""
        self.owned: dict[str, bytes] = {}
        """Path → what a person last wrote there."""
        self.said: set[str] = set()
        """Lines of the lock that a person completed."""
        self.pages: set[str] = set()
        """Every permalink ever published."""
        self.paragraphs: dict[tuple[str, str], str] = {}
        """Briefing id and key → the words that the key led to last."""
        self.decided: dict[str, list[Any]] = {}
        super().__init__(root, seed)
        self.choice = Random(seed)

    @property
    def site(self) -> Site:
        return config.load(self.root)

    def steps(self) -> dict[Callable[[], None], int]:
        return {
            **super().steps(),
            self.edit_anywhere: 6,
            self.write_briefing: 1,
            self.rename_briefing: 2,
            self.move_record: 1,
            self.write_note: 2,
            self.split_record: 1,
            self.swap_paragraphs: 2,
            self.twin_paragraph: 2,
            self.upgrade: 2,
        }

    # what people do

    def token(self) -> str:
        self.count += 1
        return f"hand-written {self.count}"

    def edit_anywhere(self) -> None:
        """A correction in any place of a briefing: front matter, a paragraph's beginning, middle or end, a mention, a line of its own."""
        path = self.some("briefings")
        if not path:
            return
        source, token = path.read_text("utf-8"), self.token()
        head, mention = source.find("\n---\n", 4) + 5, markup.MENTION.search(source)
        match self.choice.randrange(10):
            case 0:
                source = re.sub(r"(?m)^title: .*", f"title: {token}", source, count=1)
            case 1:
                source = source.replace("\n---\n", f"\ndesk: {token}\n---\n", 1)
            case 2 | 8 | 9:
                source = f"{source[:head]}\n{token.title()} {source[head:].lstrip()}"
            case 3:
                source = source.replace(" was ", f" was, {token}, ", 1)
            case 4:
                source = f"{source.rstrip()} {token}\n"
            case 5 if mention:
                source = source.replace(mention[0], f"{mention['before']}{mention['form']} ({token})", 1)
            case 6 if mention:
                source = source.replace(mention[0], f'{mention["before"]}[{mention["form"]}](../{mention["id"]}.md "{token}")', 1)
            case _:
                source = f"{source.rstrip()}\n\n> A note: {token}.\n"
        path.write_text(source, "utf-8")

    def swap_paragraphs(self) -> None:
        self._change_paragraphs(lambda blocks: blocks[::-1])

    def twin_paragraph(self) -> None:
        """One that differs from its neighbour in a word."""
        self._change_paragraphs(lambda blocks: [*blocks[:1], f"{blocks[0]} Again {self.token()}.", *blocks[1:]])

    def _change_paragraphs(self, change: Callable[[list[str]], list[str]]) -> None:
        if path := self.some("briefings"):
            head, _, body = path.read_text("utf-8").partition("\n---\n")
            path.write_text(f"{head}\n---\n\n" + "\n\n".join(change(body.strip().split("\n\n"))) + "\n", "utf-8")

    def write_briefing(self) -> None:
        self.count += 1
        body = text(self.count, self.choice).split("\n\n")[2]
        source = f"---\nid: aaaa{self.count:03}\ntitle: By hand {self.count}\ndate: 2019-05-05\n---\n\n{body}\n"
        (self.root / f"content/briefings/by-hand-{self.count}.md").write_text(source, "utf-8")

    def rename_briefing(self) -> None:
        self.count += 1
        if path := self.some("briefings"):
            path.rename(path.with_name(f"renamed-{self.count}.md"))

    def some_record(self) -> Path | None:
        return self.some(self.choice.choice(OWN[1:]))

    def move_record(self) -> None:
        """To another address, with all links to it."""
        self.count += 1
        if path := self.some_record():
            new = f"moved-{self.count}"
            for briefing in (self.root / "content/briefings").glob("*.md"):
                before = briefing.read_text("utf-8")
                after = before.replace(f"../{path.parent.name}/{path.stem}.md", f"../{path.parent.name}/{new}.md")
                if after != before:
                    briefing.write_text(after, "utf-8")
            path.rename(path.with_name(f"{new}.md"))

    def split_record(self) -> None:
        """Two people under one name: one briefing's links go to a record of their own."""
        path, briefing = self.some_record(), self.some("briefings")
        if path and briefing:
            new = path.with_name(f"{path.stem}-apart.md")
            new.write_text(f"---\nname: {self.token()}\nreason: split\n---\n", "utf-8")
            source = briefing.read_text("utf-8")
            briefing.write_text(source.replace(f"/{path.parent.name}/{path.stem}.md", f"/{path.parent.name}/{new.stem}.md"), "utf-8")

    def write_note(self) -> None:
        if path := self.some_record():
            path.write_text(f"{path.read_text('utf-8').rstrip()}\n\nOf whom {self.token()}.\n", "utf-8")

    def decide(self) -> None:
        """One decision more; of two that would contradict each other only the first."""
        names = [f"{path.parent.name}/{path.stem}" for folder in OWN[1:] for path in sorted((self.root / "content" / folder).glob("*.md"))]
        taken = {name for topic in ("same", "not-same") for pair in self.decided.get(topic, []) for name in pair}
        pairs = [
            [one, other]
            for one in names
            for other in names
            if one < other and one.partition("/")[0] == other.partition("/")[0] and not {one, other} & taken
        ]
        topic = self.choice.choice(("same", "not-same", "reject", "accept", "settled"))
        match topic:
            case "same" | "not-same" if pairs:
                entry: object = self.choice.choice(pairs)
            case "settled":
                entry = self.token()
            case _:
                topic = topic if topic in ("reject", "accept") else "reject"
                rulings = [
                    {"kind": "company", "form": "Zolmarin"},
                    {"kind": "city", "form": "Harbin"},
                    {"kind": "company", "form": "Aalto Foods"},
                ]
                known = [one for key in ("reject", "accept") for one in self.decided.get(key, [])]
                rulings = [one for one in rulings if one not in known]
                if not rulings:
                    return
                entry = self.choice.choice(rulings)
        self.decided.setdefault(topic, []).append(entry)
        (self.root / "content").mkdir(exist_ok=True)
        source = f"# {self.token()}\n" + yaml.safe_dump(self.decided, allow_unicode=True)
        (self.root / "content/decisions.yaml").write_text(source, "utf-8")

    def upgrade(self) -> None:
        """Another version of the program, which finds other names."""
        self.version += 1

    def annotated(self, draft: Draft, known: Known, kinds: Container[str]) -> Annotation:
        found = annotate(draft, known, kinds)
        if not self.version:
            return found
        kept = [entity for entity in found.entities if Random(f"{self.version} {entity.name}").random() < 0.7]
        return replace(found, entities=tuple(kept))

    # a step, its build, and what has to be true

    def live(self) -> str:
        """One step and its build. Its name, where something is wrong with what is wrong."""
        before = self._theirs()
        step = self.step() if self.pages else "begin"
        after = self._theirs()
        for path, data in after.items():
            is_moved = data in before.values() and data not in self.owned.values()
            if before.get(path) != data and not (path not in before and is_moved):
                self.owned[path] = data
        for path in before.keys() - after.keys():
            self.owned.pop(path, None)
        ingested = pipeline.ingest(self.site)
        assert not (again := pipeline.ingest(self.site)).written, (step, again.written)
        self._publish()
        problems = [*self._lost_words(), *self._forgotten(ingested.findings), *self._dead_addresses()]
        assert problems == [], (step, problems)
        return step

    def _theirs(self) -> dict[str, bytes]:
        """What is in content/ for people to write; only the files whose checksum does not fit are theirs."""
        paths = [*(path for folder in OWN for path in (self.root / "content" / folder).glob("*.md")), self.root / "content/decisions.yaml"]
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths if path.is_file()}

    def _publish(self) -> None:
        """A build that would lose addresses says which; a person completes their lines."""
        for _ in range(5):
            try:
                pipeline.publish(self.site, with_search=False)
            except ExceptionGroup as refused:
                self._complete([error for error in refused.exceptions if isinstance(error, ArchiveError)])
            else:
                return
        raise AssertionError("completing the lines of lost addresses does not help")

    def _complete(self, errors: list[ArchiveError]) -> None:
        """Each with a reason, or with another page."""
        path = self.root / lock.LOCK_FILE
        lines = path.read_text("utf-8").splitlines()
        page = next(iter(sorted((self.root / "content/briefings").glob("*.md"))), None)
        for error in errors:
            found = LOST.match(error.problem)
            assert found, str(error)
            at = next(number for number, line in enumerate(lines) if line.split(" ")[0] == (found[1] or found[2]))
            plain = re.sub(r"( ->| gone:).*", "", lines[at])
            self.said.discard(lines[at])
            lead = page is not None and self.choice.random() < 0.4
            lines[at] = f"{plain} -> briefings/{page.stem}.html" if lead and page else f"{plain} gone: {self.token()}"
            self.said.add(lines[at])
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def _lost_words(self) -> Iterator[str]:
        for path, data in self.owned.items():
            file = self.root / path
            if not file.is_file() or file.read_bytes() != data:
                yield f"{path} is not what a person wrote"
        lines = {*(self.root / lock.LOCK_FILE).read_text("utf-8").splitlines()}
        yield from (f"{line!r} is not in the lock any more" for line in self.said - lines)

    def _forgotten(self, findings: tuple[Finding, ...]) -> Iterator[str]:
        folders = {kind.name: kind.folder for kind in self.site.kinds}
        bodies = [(path, path.read_text("utf-8")) for path in sorted((self.root / "content/briefings").glob("*.md"))]
        pages = {hashlib.sha256(path.read_bytes()).hexdigest() for path in self.seeds()}
        for ruling in self.decided.get("reject", []):
            assert isinstance(ruling, dict)
            link = f"[{ruling['form']}](../{folders[ruling['kind']]}/"
            for path, body in bodies:
                made_of = re.search(r"(?m)^sha256: (.*)$", body)  # what was made of a page that is gone, or replaced, stands as it was
                if link in body and not front_matter.edited_by_hand(body) and made_of and made_of[1] in pages:
                    yield f"{path.name} links {ruling['form']}, which was rejected"
        for pair in self.decided.get("not-same", []):
            assert isinstance(pair, list)
            yield from (
                f"{pair} are asked about again"
                for one in findings
                if one.code == "same-name" and all(f"{n}]" in one.fix or f"{n}," in one.fix for n in pair)
            )

    def _dead_addresses(self) -> Iterator[str]:
        output = self.root / "site"
        archive = json.loads((output / "data/archive.json").read_text("utf-8"))
        now = {f"briefings/{briefing['slug']}.html": briefing for briefing in archive["briefings"]}
        folders = {kind.name: kind.folder for kind in self.site.kinds}
        records = {f"{folders[record['kind']]}/{record['slug']}.html" for record in archive["authorities"]}
        self.pages |= now.keys() | records | {f"b/{briefing['id']}/index.html" for briefing in archive["briefings"]}
        addresses = lock.read(self.root)
        said = {address.briefing: address.reason for address in addresses.values() if address.briefing and address.reason}
        for permalink in sorted(self.pages - now.keys() - records):
            address = addresses[permalink]
            yield from _unanswered(output, permalink, address.reason or said.get(address.briefing, "nobody said why"))
        for permalink, briefing in now.items():
            yield from self._lost_paragraphs(briefing, (output / permalink).read_text("utf-8"))

    def _lost_paragraphs(self, briefing: dict[str, list[dict[str, str]]], html: str) -> Iterator[str]:
        """A key leads to its words as long as they are there."""
        keys_by_text: dict[str, set[str]] = {}
        for paragraph in briefing["paragraphs"]:
            keys_by_text.setdefault(paragraph["text"], set()).update((paragraph["key"], *paragraph["aliases"]))
        identifier = str(briefing["id"])
        for (owner, key), words in self.paragraphs.items():
            if owner == identifier and words in keys_by_text and key not in keys_by_text[words]:
                yield f"{identifier} ?p={key} does not lead to {words[:40]!r} any more"
            if owner == identifier and f'id="p-{key}"' not in html and any(_is_most_of(words, now) for now in keys_by_text):
                yield f"{identifier} ?p={key} leads nowhere, and {words[:40]!r} is there"
        for words, keys in keys_by_text.items():
            for key in keys:
                self.paragraphs[identifier, key] = words
                if f'id="p-{key}"' not in html:
                    yield f"{identifier} has no place {key}"


def _is_most_of(words: str, text: str) -> bool:
    """Whether nearly all pairs of words are there: a paragraph that was corrected, not written anew."""
    before, now = words.split(), text.split()
    pairs = set(pairwise(before))
    return len(pairs) > 8 and len(pairs & set(pairwise(now))) > 0.8 * len(pairs)


def _unanswered(output: Path, permalink: str, reason: str) -> Iterator[str]:
    """What is wrong with a page that stands for another, or says that it is gone."""
    path = output / permalink
    if not path.is_file():
        yield f"{permalink} is dead"
        return
    html = path.read_text("utf-8")
    if target := REFRESH.search(html):
        page = (path.parent / target[1].partition("#")[0]).resolve()
        if not page.is_file():
            yield f"{permalink} leads to {target[1]}, which is not there"
    elif reason not in html:
        yield f"{permalink} says neither where to go nor why it is gone"
