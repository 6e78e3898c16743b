"""The archive as tables: the one description that the CSV files, the SQLite database and the data package follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

import msgspec

from bindery.config import Site
from bindery.content.files import DEGREES
from bindery.publish.data.holdings import Briefing, Holdings

ColumnType = Literal["string", "integer", "number", "date", "array"]
"""As https://specs.frictionlessdata.io/table-schema/ calls it; an array is written as JSON."""
Value = str | int | float | None
Row = tuple[Value, ...]


class Column(NamedTuple):
    name: str
    type: ColumnType
    description: str
    is_required: bool = False


class Reference(NamedTuple):
    """Columns that name a row of another table."""

    columns: tuple[str, ...]
    table: str
    keys: tuple[str, ...]


class OfEach(NamedTuple):
    """Rows that follow from one briefing each."""

    of: Callable[[Briefing, Holdings], Iterable[Row]]

    def __call__(self, holdings: Holdings) -> Iterator[Row]:
        """Of all, newest first."""
        return (row for one in holdings.briefings for row in self.of(one, holdings))


class Table(NamedTuple):
    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Columns that no two rows share."""
    references: tuple[Reference, ...]
    rows: OfEach | Callable[[Holdings], Iterable[Row]]
    """Each with a value for every column, in a fixed order."""


BRIEFING = Column("briefing", "string", "Id of the briefing", is_required=True)
AUTHORITY = Column("authority", "string", "Id of the record", is_required=True)
TO_BRIEFING = Reference(("briefing",), "briefings", ("id",))
TO_AUTHORITY = Reference(("authority",), "authorities", ("id",))
OWN = (
    Column("id", "string", "Folder and slug, as in the address of its page", is_required=True),
    Column("kind", "string", "city, official, company, or another kind of this archive", is_required=True),
    Column("slug", "string", "The last part of its id; unlike every other of its kind", is_required=True),
    Column("name", "string", "The name it is listed under", is_required=True),
    Column("variants", "array", "Other forms of the name, in any script and order: a JSON array"),
    Column("status", "string", "confirmed by a person, or proposed by the program", is_required=True),
    Column("url", "string", "Of its page", is_required=True),
    Column("briefings", "integer", "How many briefings name it, copies of one release counted once", is_required=True),
    Column("first", "date", "Day of the first dated briefing that names it"),
    Column("last", "date", "Day of the last one"),
)
NOTE = Column("note", "string", "What people wrote about it, as Markdown")


def tables(site: Site) -> tuple[Table, ...]:
    """Those that are referred to come before those that refer to them."""
    return (BRIEFINGS, PARAGRAPHS, _authorities(site), NAMED, MENTIONS, TOGETHER, OFFICES, FIGURES, FIGURES_OF)


def fact_columns(site: Site) -> dict[str, str]:
    """Fact of any kind → its column: its own name, where no other column has that."""
    taken, found = {column.name for column in (*OWN, NOTE)}, dict[str, str]()
    for fact in dict.fromkeys(fact for kind in site.kinds for fact in kind.facts):
        name = fact
        while name in taken:
            name = f"fact_{name}"
        taken.add(name)
        found[fact] = name
    return found


def _authorities(site: Site) -> Table:
    facts = fact_columns(site)
    columns = (Column(name, "number" if fact in DEGREES else "string", _about(fact, site)) for fact, name in facts.items())
    return Table(
        "authorities",
        "Records",
        "Every city, official, company and whatever else this archive annotates: one row for each, whether a briefing names it or not.",
        (*OWN, *columns, NOTE),
        ("id",),
        (),
        _authority_rows,
    )


def _about(fact: str, site: Site) -> str:
    kinds = [kind.label.lower() for kind in site.kinds if fact in kind.facts]
    return f"{fact.replace('_', ' ').capitalize()}, as the record has it (kinds: {', '.join(kinds)})"


def _authority_rows(holdings: Holdings) -> Iterator[Row]:
    facts = fact_columns(holdings.site)
    for record in holdings.catalogue.authorities.values():
        values = (_fact(fact, record.facts.get(fact)) for fact in facts)
        variants = msgspec.json.encode(record.variants).decode() if record.variants else None
        head = (record.id, record.kind, record.slug, record.name, variants, record.status, holdings.address(record.id))
        yield (*head, *holdings.extent(record.id), *values, record.note or None)


def _fact(fact: str, value: str | None) -> Value:
    return float(value) if value is not None and fact in DEGREES else value


def _briefing_row(one: Briefing, _: Holdings) -> Iterator[Row]:
    seed = (one.seed.file, one.seed.sha256) if one.seed else (None, None)
    yield (one.id, one.slug, one.url, one.title, one.date, one.source, one.byline, one.language, one.rights, *seed, one.story)


def _paragraph_rows(one: Briefing, _: Holdings) -> Iterator[Row]:
    for number, paragraph in enumerate(one.paragraphs, 1):
        yield one.id, number, paragraph.key, paragraph.text


def _named_rows(one: Briefing, holdings: Holdings) -> Iterator[Row]:
    for said in one.named:
        yield one.id, holdings.authority(said), said.count


def _mention_rows(one: Briefing, holdings: Holdings) -> Iterator[Row]:
    for number, said in enumerate(one.mentions, 1):
        yield one.id, number, holdings.authority(said), said.form, said.role, said.paragraph


def _figure_rows(one: Briefing, _: Holdings) -> Iterator[Row]:
    for number, said in enumerate(one.figures, 1):
        quantity = (said.printed, said.measure, said.value, said.most, said.bound, said.unit, said.subject)
        yield one.id, number, *quantity, said.sentence, said.paragraph


def _figures_of_rows(one: Briefing, holdings: Holdings) -> Iterator[Row]:
    for number, said in enumerate(one.figures, 1):
        for name in said.named:
            yield one.id, number, holdings.authority(name)


def _together_rows(holdings: Holdings) -> Iterator[Row]:
    for (one, other), count in holdings.together:
        yield one, other, count


def _office_rows(holdings: Holdings) -> Iterator[Row]:
    offices = holdings.catalogue.offices
    for key in sorted(offices.holders):
        for who, seen in sorted(offices.holders[key].items()):
            days = [one.entry.date.isoformat() for one in seen if one.entry.date]
            yield key, who, offices.by_key[key].name, min(days, default=None), max(days, default=None), len(seen)


BRIEFINGS = Table(
    "briefings",
    "Briefings",
    "One row for each captured page, newest first; a page that prints no date stands at the end.",
    (
        Column("id", "string", "Made once, never reused; b/<id>/ is its short address", is_required=True),
        Column("slug", "string", "Its page is briefings/<slug>.html", is_required=True),
        Column("url", "string", "Of its page; relative to the archive where that has no address", is_required=True),
        Column("title", "string", "As printed; empty where the page prints none"),
        Column("date", "date", "Of publication or update, as printed; empty where the page prints none"),
        Column("source", "string", "Who published the page"),
        Column("byline", "string", "Its author, as printed"),
        Column("language", "string", "BCP 47"),
        Column("rights", "string", "How much is published: full, excerpt or metadata-only", is_required=True),
        Column("seed", "string", "File name of the captured page"),
        Column("sha256", "string", "Of that file"),
        Column(
            "story",
            "string",
            "Id of the briefing that leads its story: copies of one release share it, others have their own",
            is_required=True,
        ),
    ),
    ("id",),
    (),
    OfEach(_briefing_row),
)
PARAGRAPHS = Table(
    "paragraphs",
    "Paragraphs",
    "The text of the briefings as far as it may be shown, paragraph by paragraph, in order.",
    (
        BRIEFING,
        Column("number", "integer", "Counted from 1 in its briefing; moves when one is inserted before it", is_required=True),
        Column("key", "string", "For good: #p-<key> on the briefing's page leads to it", is_required=True),
        Column("text", "string", "As printed, without mark-up"),
    ),
    ("briefing", "key"),
    (TO_BRIEFING,),
    OfEach(_paragraph_rows),
)
NAMED = Table(
    "named",
    "Who is named where",
    "Whom the whole text of a briefing mentions and how often, also where the text itself is not shown.",
    (BRIEFING, AUTHORITY, Column("count", "integer", "Mentions in the whole text", is_required=True)),
    ("briefing", "authority"),
    (TO_BRIEFING, TO_AUTHORITY),
    OfEach(_named_rows),
)
MENTIONS = Table(
    "mentions",
    "Mentions",
    "Every place in a text that may be shown where somebody is named, with the role printed there.",
    (
        BRIEFING,
        Column("number", "integer", "Counted from 1 in its briefing", is_required=True),
        AUTHORITY,
        Column("form", "string", "The name as printed", is_required=True),
        Column("role", "string", "As printed beside this mention; empty where this place prints none"),
        Column("paragraph", "string", "Key of its paragraph", is_required=True),
    ),
    ("briefing", "number"),
    (TO_BRIEFING, TO_AUTHORITY, Reference(("briefing", "paragraph"), "paragraphs", ("briefing", "key"))),
    OfEach(_mention_rows),
)
TOGETHER = Table(
    "together",
    "Who is named with whom",
    "Two records that one sentence names, and how many sentences do, copies of one release counted once; one with more than 20 names "
    "is a list and counts for nothing. It says nothing of whether they met, or agree.",
    (
        Column("one", "string", "Id of the record that comes first in the alphabet", is_required=True),
        Column("other", "string", "Id of the other", is_required=True),
        Column("sentences", "integer", "Sentences that name both", is_required=True),
    ),
    ("one", "other"),
    (Reference(("one",), "authorities", ("id",)), Reference(("other",), "authorities", ("id",))),
    _together_rows,
)
OFFICES = Table(
    "offices",
    "Who was seen in which office",
    "An office and somebody whom a briefing prints as holding it, as far as the printed words prove which office it is. "
    "The days are those of briefings, not of appointment.",
    (
        Column("office", "string", "Key of the office; offices/<office>.html is its page, if several were seen in it", is_required=True),
        Column("authority", "string", "Id of the holder's record", is_required=True),
        Column("name", "string", "The office in words, as the archive writes it", is_required=True),
        Column("first", "date", "Day of the first dated briefing that prints the holder so"),
        Column("last", "date", "Day of the last one"),
        Column("briefings", "integer", "How many do", is_required=True),
    ),
    ("office", "authority"),
    (TO_AUTHORITY,),
    _office_rows,
)
FIGURES = Table(
    "figures",
    "Figures",
    "Every quantity found in a text that may be shown: money, shares, areas, things and people counted, with the sentence that prints it. "
    "Found by rules that leave out what they are not sure of; nothing is converted.",
    (
        BRIEFING,
        Column("number", "integer", "Counted from 1 in its briefing", is_required=True),
        Column("printed", "string", "As printed, with its unit or what it counts", is_required=True),
        Column("measure", "string", "count, money, share, area, length, mass, volume, power, energy or speed", is_required=True),
        Column("value", "number", "As a number, its scale applied; the lower one of a range", is_required=True),
        Column("most", "number", "The upper one of a range"),
        Column("bound", "string", "exactly, over, under (nearly, up to) or about, by the words before it", is_required=True),
        Column("unit", "string", "Currency code (ISO 4217), %, km², … or the noun that is counted", is_required=True),
        Column("subject", "string", "What it is of, as printed; empty where the words beside it do not say"),
        Column("sentence", "string", "As printed; a very long one cut around its figures", is_required=True),
        Column("paragraph", "string", "Key of its paragraph", is_required=True),
    ),
    ("briefing", "number"),
    (TO_BRIEFING, Reference(("briefing", "paragraph"), "paragraphs", ("briefing", "key"))),
    OfEach(_figure_rows),
)
FIGURES_OF = Table(
    "figures_of",
    "Who is named with a figure",
    "Whom the sentence of a figure names. It says nothing of whose figure it is.",
    (BRIEFING, Column("number", "integer", "Of the figure in its briefing", is_required=True), AUTHORITY),
    ("briefing", "number", "authority"),
    (Reference(("briefing", "number"), "figures", ("briefing", "number")), TO_AUTHORITY),
    OfEach(_figures_of_rows),
)
