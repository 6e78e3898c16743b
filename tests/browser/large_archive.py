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
}


def write(root: Path) -> None:
    """content/ of the archive, and its site.yaml."""
    files = {"site.yaml": "title: A large archive\n"}
    for slug, name in CITIES.items():
        files[f"content/cities/{slug}.md"] = f"---\nname: {name}\nstatus: confirmed\n---\n"
    for number in range(OFFICIAL_COUNT):
        files[f"content/officials/official-{number}.md"] = f"---\nname: Official {number:02}\nstatus: confirmed\n---\n"
    for number in range(BRIEFING_COUNT):
        files[f"content/briefings/talk-{number:02}.md"] = briefing(number)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


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
