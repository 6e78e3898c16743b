"""What a random archive is written of: names, words, front matter, templates of its own."""

from __future__ import annotations

YEARS = (2012, 2016, 2017, 2021)
RECORDS = {
    "cities": ("chongqing", "linden", "wuxi", "kobe", "oulu"),
    "officials": ("tang-zongwei", "mori", "aalto", "li-wei", "li-wei-2", "zhou"),
    "companies": ("nec", "index-2", "toyo"),
    "topics": ("ports", "tea"),
}
NAMES = {
    "chongqing": ("Chongqing", ["Chungking", "重庆", "重慶"]),
    "kobe": ("神戸", ["Kobe"]),
    "mori": ("Yoichiro Mori", ["森洋一郎"]),
    "li-wei": ("Li Wei", []),
    "li-wei-2": ("Li Wei", ["李伟"]),
    "zhou": ("Zhou Ōta", ["Zhou Ota"]),
}
SOURCES = ("Linden Gazette", "chinadaily.example", "News Agency", "")
SENTENCES = (
    "The ferries were late & the terminal was not <b>ready</b>.",
    "Eleven firms saw the cranes; both sides spoke about trade.",
    "会談は月曜日に行われた。両市は埠頭について話した。",
    "Nobody minded `much`, as the *office* said.",
    "See [the paper](https://paper.example/a?b=1&c=2) for more.",
)
RELEASE = (
    "The port of Linden opens its third basin in the spring, its director said on Monday, after eleven years of works that cost more than "
    "four hundred million crowns. Ferries from [Kobe](../cities/kobe.md) and cranes of [NEC](../companies/nec.md) will use it first, and "
    "[Yoichiro Mori](../officials/mori.md) is to cut the ribbon. Some two hundred berths are let already; the rest, the office wrote, go "
    "to whoever asks before the end of the month, small boats before large ones."
)
"""What papers print again: long enough to be known for a copy."""
BLOCKS = (
    "#### What was said",
    "- one\n- two [Tang](../officials/tang-zongwei.md)\n- three",
    "> [!WARNING]\n> Suspected injected text: 网站.",
    "> [!NOTE]\n> Seen at [Wuxi](../cities/wuxi.md) too.",
    "| a | b |\n| - | - |\n| 1 | [NEC](../companies/nec.md) |",
    "A note.[^1]\n\n[^1]: As [Mori](../officials/mori.md) told.",
    "See [another page](2016-01-19-talks.md) and [a file](../../site.yaml).",
)
ROLES = (
    *("", ' "mayor"', ' "Consul General of \\"Japan\\""', ' "市長"', ' "deputy director"'),
    *(' "Mayor of Chongqing"', ' "重慶市長"', ' "mayor of Wuxi"'),
)
FATES = ("kept\tbody", "used\ttitle", "used\tdate", "dropped\tphoto-credit")
OVERRIDES = {
    "components/take_away.html": '<p class="offline"><a href="{{ link("archive.zip") }}">Take it</a> {{ page.permalink != "" }}</p>\n',
    "components/site_footer.html": '<footer>{{ site.title }} {{ once("components/extra.html") }}</footer>\n',
    "components/extra.html": "<i>extra {{ site.kinds | length }}</i>\n",
    "components/words.html": None,
    "components/mentions.html": None,
    "pages/topic.html": '{% extends "pages/authority.html" %}{% block title %}Topic{% endblock %}\n',
    "pages/official.html": None,
    "pages/briefings.html": (
        '{% extends "base.html" %}{% block main %}{% for year in view.years %}{% for entry in year.entries %}'
        "<p>{{ entry.id }} {{ entry.named | length }} {{ entry.roles | length }} {{ entry.has_picture }} {{ entry.path }}"
        " {{ entry.short_permalink }}</p>{% endfor %}{% endfor %}{% endblock %}\n"
    ),
    "pages/kind.html": (
        '{% extends "base.html" %}{% block main %}{% include "components/" ~ "extra" ~ ".html" ignore missing %}{% endblock %}\n'
    ),
    "pages/short_address.html": '<meta http-equiv="refresh" content="0; url={{ link(target) }}">{{ title }} {{ page.permalink }}\n',
    "pages/broken.html": "{% broken",
    "feeds/robots.txt": "User-agent: *\n# {{ site.title }}\n",
    "offline/sw.js": "// worker {{ build }}\n",
}
STATICS = ("css/tokens.css", "css/print.css", "js/own.js", "notes.txt", "deep/er/file.bin", "js/theme.js", "deep")
KINDS = """\
kinds:
  city: {folder: cities, label: City, plural: Cities, facts: [country, latitude, longitude, wikidata]}
  official: {folder: officials, label: PERSON, plural: PERSONS, facts: [office, name_order, wikidata]}
  company: {folder: companies, label: Company, plural: Companies, facts: [country, wikidata]}
"""
DOSSIERS = tuple(
    f"dossiers:\n- title: {title}\n  slug: first\n  between: [cities/chongqing, cities/wuxi]\n  and: [office: {office}, cities/kobe]\n"
    for title, office in (("Ports & offices", "mayor"), ("港", "市長"), ("Ports & offices", "Consul Japan"))
)
"""Of one address, so that no edit takes it away."""
TOPICS = "  topic: {folder: topics, label: Topic, plural: Topics, facts: []}\n"


def compose(values: dict[str, str], body: str) -> str:
    head = "".join(f"{key}: {value}\n" for key, value in values.items() if value)
    return f"---\n{head}---\n\n{body}\n"


def parse(source: str) -> tuple[dict[str, str], str]:
    _, head, body = source.split("---\n", 2)
    values = dict(line.split(": ", 1) for line in head.splitlines())
    keys = ("id", "title", "date", "source", "byline", "language", "seed", "url")
    return {key: values.get(key, "") for key in keys}, body
