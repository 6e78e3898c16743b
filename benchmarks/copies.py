"""Generated reports, some of them copies of others, as papers print a release: shortened, under another headline, with another lead and
credit line and small changes. Beside them stand reports that are no copies but look like it: reports of one series, made of the
same formulas.

`python -m benchmarks.copies 10000` says how many of them are put together rightly, and how long it takes.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations
from random import Random

from benchmarks.reports import LINK, MONTHS, NAMES, Newsroom, Report
from bindery.stories import wording
from bindery.stories.grouping import Settled, Story, grouped
from bindery.stories.likeness import Text

SEED = 11
SHARE = 0.2
"""Of all reports that are copies of another one."""
SERIES = 0.05
"""That are another report of a series."""
CREDITS = (
    "Source: {source}.",
    "({source}, edited by {name})",
    "This report was first published by {source}.",
    "Editor: {name}. Photo by {name}.",
)
LEADS = (
    "{source} has learned from the authorities that {words}.",
    "What does it mean for residents? {words}, as became known on {day}.",
    "The news came on {day}: {words}.",
)


class Wire(Newsroom):
    """A newsroom whose reports other papers print again."""

    def planted(self, count: int) -> Iterator[tuple[Report, int]]:
        """So many reports, each with the number of its story: that of the report it is a copy of, or its own."""
        chance = Random(SEED)
        originals: list[Report] = []
        for number in range(count):
            drawn = chance.random()
            if drawn < SHARE and originals:
                original = chance.choice(originals[-200:])
                yield self.copy(original, number, chance), original.number
            elif drawn < SHARE + SERIES and originals:
                yield self.another_of_series(chance.choice(originals), number, chance), number
            else:
                originals.append(self.report(number))
                yield originals[-1], number

    def copy(self, original: Report, number: int, chance: Random) -> Report:
        """As another paper prints it, some days later."""
        source = chance.choice([one for one in NAMES["sources"] if one != original.source])
        words = {"source": original.source, "name": self._person(chance), "words": self.words(9, 16), "day": chance.choice(MONTHS)}
        kept = list(original.blocks)
        if chance.random() < 0.6:  # shortened: from the end, as papers do, or here and there
            least = max(1, round(len(kept) * chance.uniform(0.35, 0.9)))
            kept = kept[:least] if chance.random() < 0.7 else [kept[at] for at in sorted(chance.sample(range(len(kept)), least))]
        kept = [self._edited(block, chance) for block in kept]
        if chance.random() < 0.5:
            lead = chance.choice(LEADS).format(**words)
            kept = [lead, *kept] if chance.random() < 0.5 or len(kept) < 3 else [lead, *kept[1:]]
        if chance.random() < 0.6:
            kept.append(chance.choice(CREDITS).format(**words))
        names = tuple(name for name in original.names if any(f"({name.folder}/{name.slug}" in block for block in kept))
        title = self.words(5, 9).capitalize() if chance.random() < 0.7 else original.title
        date = original.date + timedelta(days=chance.choice((0, 0, 0, 1, 1, 2, 5, 14)))
        return replace(
            original, number=number, title=title, date=date, source=source, byline=words["name"], names=names, blocks=tuple(kept)
        )

    def another_of_series(self, original: Report, number: int, chance: Random) -> Report:
        """The same series a month or a year later: half of its sentences are formulas in which figures change."""
        blocks = []
        for block in original.blocks:
            sentences = re.split(r"(?<=[.!?”]) ", block)
            told = (self._formula(one, chance) if chance.random() < 0.5 else self._other(one) for one in sentences)
            blocks.append(" ".join(told))
        date = original.date + timedelta(days=chance.choice((30, 365, 730)) + chance.randint(-3, 3))
        return replace(original, number=number, date=date, blocks=tuple(blocks))

    def _formula(self, sentence: str, chance: Random) -> str:
        return re.sub(r"\d[\d,]*", lambda _: f"{chance.randrange(12, 48_000):,}", sentence)

    def _other(self, sentence: str) -> str:
        """Another one that names the same."""
        return " ".join([self.sentence(None), *(found[0] for found in LINK.finditer(sentence))])

    def _edited(self, block: str, chance: Random) -> str:
        """A word in a hundred is another one or left out."""
        words = block.split(" ")
        rate = chance.choice((0, 0.01, 0.02))
        changed = (self.word() if chance.random() < 0.6 else "" for _ in words)
        kept = (new if chance.random() < rate and old.isalpha() else old for old, new in zip(words, changed, strict=True))
        return " ".join(filter(None, kept))

    def _person(self, chance: Random) -> str:
        return f"{chance.choice(NAMES['given'])} {chance.choice(NAMES['families'])}"


@dataclass(frozen=True, slots=True)
class Scored:
    """Of pairs: two reports of one story."""

    right: int
    found: int
    planted: int

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.planted


def texts(planted: Sequence[tuple[Report, int]]) -> tuple[list[Text], dict[str, bytes]]:
    """The reports as they are compared, and the shingles of each."""
    found: list[Text] = []
    packed: dict[str, bytes] = {}
    for report, _ in planted:
        key = f"b{report.number:06}"
        packed[key] = wording.shingles(LINK.sub(r"\1", "\n\n".join(report.blocks)))
        heading = (report.source, report.title)
        sample, size = wording.sample(packed[key]), wording.size(packed[key])
        found.append(Text(key, report.date.toordinal(), size, sample, heading=heading, capture=key))
    return found, packed


def score(planted: Sequence[tuple[Report, int]], stories: Iterable[Story]) -> Scored:
    members: dict[int, list[str]] = {}
    for report, story in planted:
        members.setdefault(story, []).append(f"b{report.number:06}")
    wanted = {pair for keys in members.values() for pair in combinations(sorted(keys), 2)}
    found = {pair for story in stories for pair in combinations(sorted(story.members), 2)}
    return Scored(len(wanted & found), len(found), len(wanted))


def main(count: int) -> None:
    planted = list(Wire(count).planted(count))
    begun = time.process_time()
    found, packed = texts(planted)
    read = time.process_time()
    stories = grouped(found, packed.__getitem__, Settled(), {}).stories
    done = time.process_time()
    scored = score(planted, stories)
    print(f"{count:,} reports, {scored.planted:,} pairs planted, {scored.found:,} found")
    print(f"precision {scored.precision:.4f}, recall {scored.recall:.4f}")
    print(f"shingles {read - begun:.2f} CPU s, stories {done - read:.2f} CPU s")


if __name__ == "__main__":
    main(int(sys.argv[1]))
