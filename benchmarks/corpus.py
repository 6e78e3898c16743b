"""A number → the content/ of an archive with that many briefings, the same for every run.

    python -m benchmarks.corpus 2000 FOLDER

Words are drawn as in newspapers (the n-th word is said 1/n as often as the first), so that the index has the shape of a real
one; briefings name cities, officials and companies, which have records. reports.py writes with the same press what the speed is
measured on.
"""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

WORDS_A_BRIEFING = 350
PARAGRAPHS = 7
VOCABULARY = 12_000
FRAMES = (
    "{official} met the mayor of {city} and said that {words}.",
    "A delegation of {company} came to {city}, where {words}.",
    "The consul general told {company} in {city} that {words}.",
    "{words}, and {words}, as {official} noted.",
)
CJK = "重庆两江新区与日本企业举行经济合作座谈会市长会见总领事代表团访问投资促进智能制造"
SYLLABLE = (("b", "br", "ch", "d", "gr", "h", "l", "m", "p", "pr", "r", "st", "t", "tr", "v"), ("a", "e", "i", "o", "u", "ea", "ou"))
ENDS = ("n", "r", "s", "t", "l", "m", "nd", "st", "ck", "rt")
COMMON = ("the", "of", "and", "to", "in", "a", "for", "city", "with", "economic", "cooperation", "trade", "harbour", "company", "visit")
SHAPES = {"cities": "{0}", "officials": "{0} {1}", "companies": "{0} {1} Industries"}
"""Folder → how a name is made of two words."""


class Press:
    """The words that made-up papers write with, common ones first."""

    def __init__(self, briefing_count: int, word_count: int = VOCABULARY) -> None:
        self.random = random.Random(briefing_count)
        made = dict.fromkeys(COMMON)
        while len(made) < word_count:
            made[self.word()] = None
        self.vocabulary = tuple(made)
        self.weights = tuple(itertools.accumulate(1 / rank for rank in range(1, len(made) + 1)))

    def word(self) -> str:
        syllables = ("".join(map(self.random.choice, SYLLABLE)) for _ in range(self.random.randint(1, 3)))
        return "".join(syllables) + self.random.choice(ENDS)

    def words(self, least: int, most: int) -> str:
        return " ".join(self.random.choices(self.vocabulary, cum_weights=self.weights, k=self.random.randint(least, most)))


class Talks(Press):
    """A press that reports on talks, for the measure of the search: the names of the records, and briefings that link them."""

    def __init__(self, briefing_count: int) -> None:
        super().__init__(briefing_count)
        counts = {"cities": 60 + briefing_count // 100, "officials": 100 + briefing_count // 10, "companies": 100 + briefing_count // 20}
        self.names = {folder: [self.name(folder, number) for number in range(count)] for folder, count in counts.items()}
        """Folder → slug and name of each record; there are more of them in a larger archive, but they grow slower than it."""

    def name(self, folder: str, number: int) -> tuple[str, str]:
        first, second = self.word(), self.word()
        return f"{first}-{number}", SHAPES[folder].format(first.capitalize(), second.capitalize())

    def linked(self, folder: str) -> str:
        slug, name = self.random.choice(self.names[folder])
        return f"[{name}](../{folder}/{slug}.md)"

    def paragraph(self) -> str:
        names = {"official": self.linked("officials"), "city": self.linked("cities"), "company": self.linked("companies")}
        each = WORDS_A_BRIEFING // PARAGRAPHS
        return f"{self.random.choice(FRAMES).format(**names, words=self.words(6, 9))} {self.words(each - 20, each - 10).capitalize()}."

    def briefing(self, number: int) -> str:
        paragraphs = [self.paragraph() for _ in range(PARAGRAPHS)]
        if number % 5 == 0:
            start = self.random.randrange(len(CJK) - 12)
            paragraphs.append(f"{CJK[start : start + 12]}。")
        date = f"{2000 + number % 25}-{1 + number % 12:02}-{1 + number % 28:02}"
        title = self.words(9, 9).capitalize()
        front = f"---\nid: b{number:06}\ntitle: {title}\ndate: {date}\nsource: Gazette {number % 40}\nlanguage: en\n---\n"
        return front + "".join(f"\n{paragraph}\n" for paragraph in paragraphs)


def write(root: Path, briefing_count: int) -> None:
    """content/ and site.yaml of an archive."""
    press = Talks(briefing_count)
    files = {"site.yaml": f"title: An archive of {briefing_count:,} briefings\n"}
    for folder, names in press.names.items():
        files |= {f"content/{folder}/{slug}.md": f"---\nname: {name}\nstatus: confirmed\n---\n" for slug, name in names}
    files |= {f"content/briefings/talks-{number:05}.md": press.briefing(number) for number in range(briefing_count)}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
