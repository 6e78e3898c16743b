"""A life of an archive in thirteen builds, and every address it ever printed with what that has to lead to.

The script renames, retitles, corrects, inserts, splits, joins, deletes, merges, captures again and withdraws. Each paragraph has
a label, a word that stands in no other one of its briefing and survives every correction: by it an address is held to its words.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bindery import config, pipeline
from bindery.config import Site
from bindery.content import lock

REASON = "withdrawn at the publisher’s request"
MERGED_AWAY = "decided by the editors: see the other report"

TALKS = {
    "consul": "The mayor of Linden met the consul general on Tuesday, and both sides spoke about ferries and about the new terminal.",
    "cranes": "A delegation of eleven firms from Bremen visited the free port in the afternoon and saw its cranes at work.",
    "dinner": "In the evening the chamber of commerce gave a dinner at the old exchange, where the guests were shown its hall.",
    "winter": "[Ms. Aalto](../officials/aalto.md) thanked the visitors and asked them to come again before the winter.",
    "songs": "A choir of pupils from three schools of the town sang songs of both coasts at the end of the day.",
}
SCHOOLS = {
    "teachers": "Forty teachers from both towns began a course on Monday that will take them through three museums and a library.",
    "aalto": "[Maria Aalto](../officials/maria-aalto.md) opened it with a few words on what the aalto foundation has done.",
    "bridge": "The course ends in June with a walk over the bridge, if the works on it are finished by then.",
    "貨物": "両市の市長は月曜日に会談し、貨物の輸送と新しい埠頭の建設について意見を交わした。",
}
MARKET = {
    "onions": "The market hall opened again on Saturday after two years, and the first load of onions was sold before noon.",
    "roof": "Its roof was made anew in glass by [Index](../companies/index-2.md), a firm of the region, and lets in twice as much light.",
    "anthem": "A band played the anthem twice, since the mayor came late, and nobody in the hall minded much.",
}
REPORT = {
    "onions": "The market hall opened again on Saturday after two years, and the first load of onions was sold before noon.",
    "visitors": "Some nine thousand visitors came on the first day, more than the town has people, as its office said.",
}
PAGE = """Tram line reaches the harbour

Updated: May 6, 2019

The tram line to the harbour was opened on Monday after four years of works, and the first coaches were full.

Mayor Karl Moen cut a ribbon at the last stop in Linden and rode back to the town hall in the second coach.

The line has eleven stops and two bridges, and its coaches run every nine minutes until midnight, as the operator said.
"""
PAGE_LABELS = ("works", "ribbon", "midnight")
AGAIN = PAGE.replace(
    "\n\nThe line has",
    "\n\nTickets are sold in all shops along the way, and pupils ride for nothing during the first month of service.\n\nIt has",
).replace("The tram line to the harbour was opened", "On Monday morning the tram line to the harbour was opened")
SAME_TITLE = PAGE.replace("four years of works", "some delay because of works").replace("until midnight", "until one")


@dataclass(frozen=True)
class Printed:
    """An address as it stood in somebody's e-mail, and what it was for."""

    address: str
    """Below the site's root: "b/aaaa001/?p=the-mayor-of-1a2"."""
    briefing: str | None
    """Id; None for the page of a record."""
    labels: frozenset[str] = frozenset()
    """Of the paragraph; empty for a whole page."""
    name: str = ""
    """Of the record."""


@dataclass
class Life:
    """The archive between two builds."""

    root: Path
    printed: dict[str, Printed] = field(default_factory=dict)
    withdrawn: dict[str, str] = field(default_factory=dict)
    """Briefing id → the reason its addresses give."""
    gone: set[str] = field(default_factory=set)
    """Labels of paragraphs that were deleted, or are not shown."""
    became: dict[str, str] = field(default_factory=dict)
    """Name of a record → the name of the one that stands for it."""
    moved: dict[str, str] = field(default_factory=dict)
    """Briefing id → the id of the one that stands for it."""
    builds: int = 0

    @property
    def site(self) -> Site:
        return config.load(self.root)

    def build(self) -> None:
        pipeline.ingest(self.site)
        pipeline.publish(self.site)
        self.builds += 1
        for one in self._prints():
            self.printed.setdefault(one.address, one)

    def archive(self) -> dict[str, list[dict[str, object]]]:
        loaded: dict[str, list[dict[str, object]]] = json.loads((self.root / "site/data/archive.json").read_text("utf-8"))
        return loaded

    def page_of(self, briefing: str) -> str | None:
        """Where a briefing stands now; None for a withdrawn one."""
        found = [one["slug"] for one in self.archive()["briefings"] if one["id"] == self.moved.get(briefing, briefing)]
        return f"briefings/{found[0]}.html" if found else None

    def _prints(self) -> Iterator[Printed]:
        """Every address that a reader may have copied from the site as it is now."""
        archive = self.archive()
        for briefing in archive["briefings"]:
            identifier, page = str(briefing["id"]), f"briefings/{briefing['slug']}.html"
            yield Printed(page, identifier)
            yield Printed(f"b/{identifier}/", identifier)
            for paragraph in _list(briefing["paragraphs"]):
                labels = frozenset(label for label in LABELS if label in paragraph["text"])
                for address in (f"{page}#p-{{}}", f"{page}?p={{}}", f"b/{identifier}/?p={{}}", f"b/{identifier}/#p-{{}}"):
                    yield Printed(address.format(paragraph["key"]), identifier, labels)
        folders = {kind.name: kind.folder for kind in self.site.kinds}
        for record in archive["authorities"]:
            yield Printed(f"{folders[str(record['kind'])]}/{record['slug']}.html", None, name=str(record["name"]))

    def briefing(self, name: str) -> Path:
        return self.root / "content/briefings" / f"{name}.md"

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")

    def change(self, path: Path, *changes: tuple[str, str]) -> None:
        """What a person does in an editor."""
        text = path.read_text("utf-8")
        for before, after in changes:
            assert text.count(before) == 1, (path, before)
            text = text.replace(before, after)
        path.write_text(text, encoding="utf-8", newline="\n")

    def complete(self, permalink: str, words: str) -> None:
        """Complete the line of an address in the lock."""
        path = self.root / lock.LOCK_FILE
        (line,) = (line for line in path.read_text("utf-8").splitlines() if re.match(rf"{re.escape(permalink)}(?: =|$)", line))
        self.change(path, (f"\n{line}\n", f"\n{line} {words}\n"))


def _list(value: object) -> list[dict[str, str]]:
    assert isinstance(value, list)
    return value


LABELS = [*TALKS, *SCHOOLS, *MARKET, *REPORT, *PAGE_LABELS, "Tickets"]


def _file(identifier: str, title: str, date: str, paragraphs: dict[str, str], source: str = "Linden Gazette") -> str:
    body = "\n\n".join(paragraphs.values())
    return f"---\nid: {identifier}\ntitle: {title}\ndate: {date}\nsource: {source}\nlanguage: en\n---\n\n{body}\n"


def begin(life: Life) -> None:
    life.write("site.yaml", "title: Linden\nbase_url: https://archive.example\n")
    life.write("seeds/tram.txt", PAGE)
    taken = hashlib.sha256(SAME_TITLE.encode()).hexdigest()[:7]
    life.write("content/briefings/by-hand.md", _file(taken, "Written by hand", "2019-05-05", {"": "Its id is that of a later seed."}))
    life.write("content/briefings/2019-05-02-talks.md", _file("aaaa001", "Talks at the harbour", "2019-05-02", TALKS))
    life.write("content/briefings/2019-05-03-schools.md", _file("aaaa002", "A course for teachers", "2019-05-03", SCHOOLS, "Board"))
    life.write("content/briefings/2019-05-04-market.md", _file("aaaa003", "The market opens", "2019-05-04", MARKET))
    life.write("content/briefings/2019-05-04-report.md", _file("aaaa004", "The market opens again", "2019-05-04", REPORT))
    life.write("content/officials/aalto.md", "---\nname: Ms. Aalto\n---\n")
    life.write("content/officials/maria-aalto.md", "---\nname: Maria Aalto\n---\n")
    life.write("content/companies/index-2.md", "---\nname: Index\n---\n")


def rename_a_file(life: Life) -> None:
    life.briefing("2019-05-02-talks").rename(life.briefing("talks-about-ferries"))


def change_a_title_and_its_file(life: Life) -> None:
    life.change(life.briefing("2019-05-03-schools"), ("title: A course for teachers", "title: Teachers of two towns"))
    life.briefing("2019-05-03-schools").rename(life.briefing("2019-05-03-teachers-of-two-towns"))


def correct_paragraphs(life: Life) -> None:
    """The first words of one, the last of another, a letter of a third."""
    path = life.briefing("talks-about-ferries")
    life.change(path, ("The mayor of Linden met", "On 2 May the mayor of Linden met"), ("cranes at work.", "cranes standing idle."))
    life.change(life.briefing("2019-05-03-teachers-of-two-towns"), ("両市の市長は", "五月、両市の市長は"))


def insert_paragraphs(life: Life) -> None:
    """One at the head, and one that begins like the paragraph after it."""
    twin = "A delegation of eleven firms from Bremen visited the free port in the morning and was told to come back later."
    path = life.briefing("talks-about-ferries")
    life.change(path, ("On 2 May", "What follows was printed on the front page.\n\nOn 2 May"), ("A delegation", f"{twin}\n\nA delegation"))


def merge_two_officials(life: Life) -> None:
    life.write("content/decisions.yaml", "same:\n  - [officials/maria-aalto, officials/aalto]\n")
    life.became["Ms. Aalto"] = "Maria Aalto"


def split_an_official(life: Life) -> None:
    """Two people under one name: the second gets a record of her own, the address stays the first one's."""
    life.write("content/officials/maria-aalto-2.md", "---\nname: Maria Aalto (Linden)\n---\n")
    life.change(life.briefing("talks-about-ferries"), ("../officials/aalto.md", "../officials/maria-aalto-2.md"))


def capture_again(life: Life) -> None:
    """A later capture of the page under the same name: a paragraph more, two corrected."""
    life.write("seeds/tram.txt", AGAIN)


def delete_split_and_join(life: Life) -> None:
    path = life.briefing("talks-about-ferries")
    life.change(
        path,
        (f"\n\n{TALKS['songs']}", ""),
        (", and both sides spoke about ferries and about", ".\n\nBoth sides spoke of boats and of ferries, and about"),
        (f"{TALKS['dinner']}\n\n", f"{TALKS['dinner']} "),
    )
    life.gone.add("songs")


def rename_a_record(life: Life) -> None:
    """Its links are moved with it; the old address wants a line, which the refused build names."""
    (life.root / "content/companies/index-2.md").rename(life.root / "content/companies/index-two.md")
    life.change(life.briefing("2019-05-04-market"), ("../companies/index-2.md", "../companies/index-two.md"))


def capture_a_page_of_the_same_title(life: Life) -> None:
    """Neither its slug nor its id is free."""
    life.write("seeds/tram-2.txt", SAME_TITLE)


def withdraw_a_briefing(life: Life) -> None:
    pipeline.withdraw(life.site, "2019-05-03-teachers-of-two-towns", REASON)
    life.withdrawn["aaaa002"] = REASON


def delete_one_of_two_reports(life: Life) -> None:
    """The other one stands for it: what was said of one address holds for all, and the paragraph they share is found there."""
    life.briefing("2019-05-04-report").unlink()
    life.moved["aaaa004"] = "aaaa003"
    life.gone.add("visitors")


@dataclass(frozen=True)
class Step:
    """What happens before a build; `remedy` is what the refused build wants: an address, and how its line is completed."""

    happens: Callable[[Life], None]
    remedy: tuple[str, str] | None = None


STEPS = (
    Step(begin),
    Step(rename_a_file),
    Step(change_a_title_and_its_file),
    Step(correct_paragraphs),
    Step(insert_paragraphs),
    Step(merge_two_officials),
    Step(split_an_official),
    Step(capture_again),
    Step(delete_split_and_join),
    Step(rename_a_record, ("companies/index-2.html", "-> companies/index-two.html")),
    Step(capture_a_page_of_the_same_title),
    Step(withdraw_a_briefing),
    Step(delete_one_of_two_reports, ("briefings/2019-05-04-report.html", "-> briefings/2019-05-04-market.html")),
)
