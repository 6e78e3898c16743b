"""A number → that many press reports, and the three shapes they are written in: for Bindery, for its peers, as captured pages.

    python -m benchmarks.reports 1000 FOLDER

All three say the same. At 10,000 reports there are 370 words in each, about 200 cities, 1,860 officials and 1,230 companies that are
named somewhere, and 67,000 pairs of a report and a name: the entries of the lists. Cities are real ones, so that ingest has
something to find.
"""

from __future__ import annotations

import calendar
import itertools
import json
import math
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

import yaml

from benchmarks.corpus import COMMON, Press

WORD_COUNT = 9_300
"""Different words of the texts, names and figures not counted."""
FIRST_DAY = Date(2010, 1, 1)
DAYS = 6_150
KINDS = ("cities", "officials", "companies")
"""Folders of the records, and the peers' taxonomies."""
NAMED = {"cities": (1, 1, 2, 2, 3, 4), "officials": (1, 1, 2, 2, 3, 4), "companies": (0, 1, 1, 2, 2, 3, 4, 6)}
"""How many of a kind a report names; each of the figures is as likely as the next."""

NAMES = yaml.safe_load((Path(__file__).resolve().parent / "names.yaml").read_text(encoding="utf-8"))
MONTHS = calendar.month_name[1:]
SENTENCES = {
    "cities": (
        "Residents of {name} were told that {words}.",
        "In {name}, {words} after {figure} households had been asked.",
        "The council of {name} wrote in {month} that {words}.",
        "{name} is to have {words} before {year}.",
    ),
    "officials": (
        "According to {role} {name}, {words}.",
        "{role} {name} said that {words}.",
        "“We shall see that {words},” said {role} {name}.",
        "A letter to {role} {name} asks why {words}.",
    ),
    "companies": (
        "A contract with {name} means that {words}.",
        "Under the agreement {name} pays for {words}.",
        "{name} is to build {words} by {month} {year}.",
        "The offer of {name} was {figure} dollars for {words}.",
    ),
    "": (
        "The report says that {words}.",
        "By {month} {year}, {words}, and {figure} of them {more}.",
        "Critics asked why {words}.",
        "It was decided to {words}, though {more}.",
        "Of {figure} letters most said that {words}.",
    ),
}
"""Frames of sentences about one name of a kind, or about none. A link is put around the name alone."""
TITLES = ("{city} and the {words}", "The {words} of {city}", "{city}: {words}", "{figure} {words} in {city}")
LINK = re.compile(r'\[([^\]]+)\]\(([a-z]+)/([a-z0-9-]+)( "[^"]*")?\)')
"""A mention as it stands in a report: [Clara Bell](officials/clara-bell "Mayor")."""


@dataclass(frozen=True, slots=True)
class Name:
    folder: str
    slug: str
    text: str
    role: str = ""
    """Of an official."""

    @property
    def link(self) -> str:
        role = f' "{self.role}"' if self.role else ""
        return f"[{self.text}]({self.folder}/{self.slug}{role})"


@dataclass(frozen=True, slots=True)
class Report:
    number: int
    title: str
    date: Date
    source: str
    byline: str
    names: tuple[Name, ...]
    """Whom it names, each once."""
    blocks: tuple[str, ...]
    """Markdown: paragraphs, perhaps a heading, a quotation, a list. Mentions are links as LINK has them."""

    @property
    def slug(self) -> str:
        return f"{self.number:06}-{slugify(self.title)[:60].rstrip('-')}"


def slugify(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


class Newsroom(Press):
    """A press with names to write about: the first of a kind stand in most reports."""

    def __init__(self, report_count: int) -> None:
        super().__init__(report_count, WORD_COUNT)
        self.vocabulary = (*COMMON, *sorted(self.vocabulary[len(COMMON) :], key=len))  # what is said often is short
        city_count = round(100 + 25 * math.log10(max(report_count, 10)))
        official_count, company_count = max(12, min(4_000, report_count // 5)), max(12, min(3_000, report_count // 8))
        people = [f"{given} {family}" for given, family in itertools.product(NAMES["given"], NAMES["families"])]
        self.names = {
            "cities": [
                Name("cities", slugify(name), name) for name in self.random.sample(NAMES["cities"], min(city_count, len(NAMES["cities"])))
            ],
            "officials": [
                Name("officials", slugify(name), name, self.random.choice(NAMES["roles"]))
                for name in self.random.sample(people, official_count)
            ],
            "companies": [Name("companies", slugify(name), name) for name in self._companies(company_count)],
        }
        self.name_weights = {
            folder: list(itertools.accumulate(1 / rank for rank in range(2, len(names) + 2))) for folder, names in self.names.items()
        }

    def _companies(self, count: int) -> list[str]:
        made: dict[str, None] = {}
        while len(made) < count:
            made[f"{self.word().capitalize()} {self.word().capitalize()} {self.random.choice(NAMES['forms'])}"] = None
        return list(made)

    def some(self, folder: str) -> list[Name]:
        """Different names of a kind, as many as NAMED allows."""
        count, found = self.random.choice(NAMED[folder]), dict[str, Name]()
        while len(found) < min(count, len(self.names[folder])):
            (name,) = self.random.choices(self.names[folder], cum_weights=self.name_weights[folder])
            found[name.slug] = name
        return list(found.values())

    def sentence(self, name: Name | None) -> str:
        values = {
            "name": name.link if name else "",
            "role": name.role if name else "",
            "figure": f"{self.random.randrange(12, 48_000):,}",
            "month": self.random.choice(MONTHS),
            "year": str(self.random.randrange(2004, 2031)),
            "words": self.words(9, 16),
            "more": self.words(9, 16),
        }
        return self.random.choice(SENTENCES[name.folder if name else ""]).format(**values)

    def report(self, number: int) -> Report:
        by_folder = {folder: self.some(folder) for folder in KINDS}
        names = [name for found in by_folder.values() for name in found]
        again = self.random.choices([found[0] for found in by_folder.values() if found], k=self.random.randrange(1, 5))
        city, figure = by_folder["cities"][0].text, f"{self.random.randrange(12, 990)}"
        title = self.random.choice(TITLES).format(city=city, words=self.words(4, 7), figure=figure)
        return Report(
            number=number,
            title=title,
            date=FIRST_DAY + timedelta(days=self.random.randrange(DAYS)),
            source=self.random.choice(NAMES["sources"]),
            byline=f"{self.random.choice(NAMES['given'])} {self.random.choice(NAMES['families'])}",
            names=tuple(names),
            blocks=tuple(self._blocks([*names, *again])),
        )

    def _blocks(self, to_name: list[Name]) -> list[str]:
        self.random.shuffle(to_name)
        most, sentences, count = self.random.randrange(255, 380), list[str](), 0
        while count < most or to_name:
            name = to_name.pop() if to_name and (count >= most or self.random.random() < 0.55) else None
            sentences.append(self.sentence(name))
            count += len(sentences[-1].split())
        each = math.ceil(len(sentences) / self.random.randrange(5, 10))
        blocks = [" ".join(sentences[start : start + each]) for start in range(0, len(sentences), each)]
        if self.random.random() < 0.5:
            blocks[0] += f" **{self.words(2, 3)}** {self.words(3, 5)}."
        if self.random.random() < 0.4:
            blocks[-1] += f" *{self.words(2, 3)}* {self.words(3, 5)}."
        if self.random.random() < 0.25:
            at = self.random.randrange(len(blocks))
            blocks[at] = f"> {blocks[at]}"
        if self.random.random() < 0.3:
            points = [f"- {self.words(3, 4)}: {self.random.randrange(12, 900)}" for _ in range(self.random.randrange(3, 6))]
            blocks.insert(self.random.randrange(1, len(blocks) + 1), "\n".join(points))
        if self.random.random() < 0.15:
            blocks.insert(self.random.randrange(1, len(blocks)), f"## {self.words(3, 4).capitalize()}")
        return blocks


def for_bindery(report: Report) -> str:
    """A file of content/briefings/: mentions are links to records, roles their titles."""
    front = {"id": f"b{report.number:06}", "title": report.title, "date": report.date.isoformat(), "source": report.source}
    front |= {"byline": report.byline, "language": "en"}
    return _markdown(front, report, r"[\1](../\2/\3.md\4)")


def for_peers(report: Report) -> str:
    """The same for a generator with taxonomies: mentions are links to the pages of its terms, which the front matter repeats."""
    front: dict[str, object] = {"title": report.title, "date": report.date.isoformat(), "source": report.source, "byline": report.byline}
    front |= {folder: [name.text for name in report.names if name.folder == folder] for folder in KINDS}
    return _markdown(front, report, r"[\1](/\2/\3/\4)")


def _markdown(front: Mapping[str, object], report: Report, link: str) -> str:
    head = "".join(f"{key}: {value if key == 'date' else json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
    return f"---\n{head}---\n\n" + LINK.sub(link, "\n\n".join(report.blocks)) + "\n"


def as_captured(report: Report) -> str:
    """A page as a reader copies it: menu, title, who and when, the bare text, footer."""
    date = report.date
    text = re.sub(r"^(> |## |- )|\*+", "", LINK.sub(r"\1", "\n\n".join(report.blocks)), flags=re.MULTILINE)
    return (
        f"Home | News | Departments | Services | Contact | Search\n\n{report.title}\n\nBy {report.byline}\n"
        f"Updated: {MONTHS[date.month - 1]} {date.day}, {date.year}\n{report.source}\n\n{text}\n\n"
        f"Share this page | Print | Email\n© {date.year} {report.source}. All rights reserved. Privacy policy | Terms of use\n"
    )


def write(folder: Path, report_count: int) -> None:
    """folder/content/ for Bindery, folder/peers/ for its peers, folder/seeds/ for ingest."""
    newsroom = Newsroom(report_count)
    named: dict[Name, None] = {}
    for below in (*(f"content/{name}" for name in ("briefings", *KINDS)), "peers", "seeds"):
        (folder / below).mkdir(parents=True, exist_ok=True)
    for number in range(report_count):
        report = newsroom.report(number)
        named |= dict.fromkeys(report.names)
        (folder / "content/briefings" / f"{report.slug}.md").write_text(for_bindery(report), encoding="utf-8")
        (folder / "peers" / f"{report.slug}.md").write_text(for_peers(report), encoding="utf-8")
        (folder / "seeds" / f"{report.slug}.txt").write_text(as_captured(report), encoding="utf-8")
    for name in named:  # a record that nobody names would have a page here and none with the peers
        record = f"---\nname: {name.text}\nstatus: confirmed\n---\n"
        (folder / "content" / name.folder / f"{name.slug}.md").write_text(record, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
