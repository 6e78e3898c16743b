"""catalogue → everything the archive says, as plain records: read once for all the files that are made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import msgspec

from bindery.config import Site
from bindery.model import AuthorityId, Rights
from bindery.publish import exports
from bindery.publish.permalinks import Pair, authority_permalink
from bindery.publish.views.catalogue import Catalogue


class Seed(msgspec.Struct, frozen=True):
    file: str
    sha256: str | None


class Paragraph(msgspec.Struct, frozen=True):
    key: str
    text: str


class Count(msgspec.Struct, frozen=True):
    """Whom a briefing names, and how often."""

    kind: str
    slug: str
    count: int


class Mentioned(msgspec.Struct, frozen=True):
    kind: str
    slug: str
    form: str
    role: str | None
    paragraph: str


class Name(msgspec.Struct, frozen=True):
    """Who stands in the sentence of a figure."""

    kind: str
    slug: str


class Figured(msgspec.Struct, frozen=True):
    printed: str
    measure: str
    value: int | float
    most: int | float | None
    bound: str
    unit: str
    subject: str | None
    sentence: str
    paragraph: str
    named: list[Name]


class Briefing(msgspec.Struct, frozen=True):
    """A line of archive.json; archive.schema.json says what each field is."""

    id: str
    slug: str
    url: str
    title: str | None
    date: str | None
    source: str | None
    byline: str | None
    language: str | None
    rights: Rights
    seed: Seed | None
    paragraphs: list[Paragraph]
    named: list[Count]
    mentions: list[Mentioned]
    figures: list[Figured]
    story: str


class Holdings:
    """What may be published of all briefings and records; what is withheld is not in a catalogue."""

    def __init__(self, catalogue: Catalogue, said: Mapping[str, int]) -> None:
        """`said` has a digest of everything that is said of a briefing, in the order of the catalogue: newest first."""
        self.catalogue = catalogue
        self.said = said
        self._decoder = msgspec.json.Decoder(Briefing)
        self._briefings: dict[str, Briefing] = {}
        self._folders = {kind.name: kind.folder for kind in catalogue.site.kinds}

    @property
    def site(self) -> Site:
        return self.catalogue.site

    def line(self, identifier: str) -> str:
        """A briefing as archive.json has it."""
        return exports.line_in(self.catalogue, identifier)

    def briefing(self, identifier: str) -> Briefing:
        found = self._briefings.get(identifier)
        if found is None:
            found = self._briefings[identifier] = self._decoder.decode(self.line(identifier))
        return found

    @property
    def briefings(self) -> Iterator[Briefing]:
        """Newest first, undated ones last."""
        return map(self.briefing, self.catalogue.entries)

    @cached_property
    def together(self) -> list[tuple[Pair, int]]:
        """In how many sentences of the archive each two are named together, in order of their ids."""
        return sorted((pair, len(told)) for pair, told in self.catalogue.together.sentences.items())

    def authority(self, said: Count | Mentioned | Name) -> AuthorityId:
        return f"{self._folders[said.kind]}/{said.slug}"

    def address(self, authority: AuthorityId) -> str:
        """Of a record's page: absolute where the archive has an address, else from its root."""
        permalink = authority_permalink(self.catalogue.authorities[authority])
        return f"{self.site.base_url}/{permalink}" if self.site.base_url else permalink

    def extent(self, authority: AuthorityId) -> tuple[int, str | None, str | None]:
        """How many briefings name it, and the days of the first and the last that have one."""
        days = self.catalogue.extents.get(authority)
        first, last = (day.isoformat() for day in days) if days else (None, None)
        return len(self.catalogue.briefings.get(authority, ())), first, last
