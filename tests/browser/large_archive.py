"""An archive with more of everything than five seeds give: pages of results, long facets, other scripts, hostile words."""

from __future__ import annotations

from pathlib import Path

BRIEFING_COUNT = 26
OFFICIAL_COUNT = 13
PER_PAGE = 10
"""As in static/js/search-page.js."""
HOSTILE = "<script>document.title = 'gone'</script> & <b>bold</b>"

BRIEFING = """---
id: test{number:04}
title: {title}
{date}source: Gazette {source}
language: en
---

The delegation of [{city}](../cities/{slug}.md) met
[{official}](../officials/official-{officer}.md "Consul General") for talk number {number}.

Both sides spoke of the harbour, of ferries and of the harbour again. {extra}
"""
CITIES = {"osaka": "Ōsaka", "chongqing": "Chongqing", "tel-aviv": "Tel Aviv"}
QUOTATION = 'Both sides spoke of the harbour, of ferries and of the harbour again. The mayor said: "It is open."'
"""A paragraph whose end Pagefind would give a full stop of its own."""
EXTRA = {
    2: 'The mayor said: "It is open."',
    3: "Words in Hebrew, שלום, stand here.",
    4: "A page may hold " + HOSTILE.replace("<", r"\<").replace("&", "&amp;"),
    5: "重庆两江新区今天开放。",
    6: "两江在江区之北，新しい町。ガーデン。",
    7: "A Consul-General came.",
    8: "A consul general left.",
    9: "The general met a consul.",
    10: "There were 140 Japanese companies.",
    11: "Of 140 firms some were Japanese companies.",
}
VARIANTS = {"chongqing": ["重庆", "重慶"], "official-1": ["TAKADA Masumi", "高田真澄"]}


def write(root: Path, briefing_count: int = BRIEFING_COUNT) -> None:
    """content/ of the archive, and its site.yaml."""
    files = {"site.yaml": "title: A large archive\n"}
    for slug, name in CITIES.items():
        files[f"content/cities/{slug}.md"] = record(name, slug)
    for number in range(min(OFFICIAL_COUNT, briefing_count)):
        files[f"content/officials/official-{number}.md"] = record(f"Official {number:02}", f"official-{number}")
    for number in range(briefing_count):
        files[f"content/briefings/talk-{number:02}.md"] = briefing(number)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def record(name: str, slug: str) -> str:
    variants = "".join(f"- {variant}\n" for variant in VARIANTS.get(slug, ()))
    return f"---\nname: {name}\n{'variants:' + chr(10) + variants if variants else ''}status: confirmed\n---\n"


def briefing(number: int) -> str:
    """Every seventh has no date."""
    slug = list(CITIES)[number % len(CITIES)]
    return BRIEFING.format(
        number=number,
        title=f"Talks in {CITIES[slug]}, part {number}",
        date="" if number % 7 == 0 else f"date: 20{10 + number % 12}-0{1 + number % 9}-11\n",
        source=number % 4,
        city=CITIES[slug],
        slug=slug,
        official=f"Official {number % OFFICIAL_COUNT:02}",
        officer=number % OFFICIAL_COUNT,
        extra=EXTRA.get(number, ""),
    )
