"""A small archive in which there is something to ask of every kind."""

from __future__ import annotations

from pathlib import Path

from bindery import config, pipeline

DECISIONS = """\
# What we settled. Ask Kim before changing "same".
reject:
  - {kind: company, form: Nobody}  # not a firm, see the minutes
# the end
"""

SEEDS = {
    "boots.txt": """\
Boots for the harbour

2019-05-03

The boots are made for Nike and Zollwerk. The factory in Kobe employs many people.

Consul General of Japan in Chongqing Masahiro Tomita visited the harbour on Friday, and Mayor of Kobe Akira Mori came with him.
""",
    "bridge.txt": """\
The bridge is open

2019-06-04

Tomita Masakiro, Consul-General of Japan in Chongqing, opened the bridge in Kobe. Many people had come to see it from both banks.

The mayor said that the bridge, which had been closed since the flood of last year, would soon be open at night.

Related articles

The committee told the paper that the harbour, which had been rebuilt after the flood, would open again in the coming week.

<img src="x" onerror="document.title = 'taken'"> <b>Read more</b>
""",
    "school.txt": """\
A school of the town

2019-07-05

Akira Mori, chairman of Hitachi, spoke at the school in Kobe. Some 140 pupils had many questions about the sea and the ships.

Springfield was far away, the teacher said, and nobody had ever been there.
""",
}


def ingested(root: Path) -> Path:
    """The archive that `make` writes, as ingest leaves it."""
    pipeline.ingest(config.load(make(root)))
    return root


def make(root: Path) -> Path:
    """seeds/, site.yaml and a decisions.yaml with comments; content/ is for ingest."""
    (root / "seeds").mkdir(parents=True)
    (root / "content").mkdir()
    (root / "site.yaml").write_text("title: The harbour papers\n", "utf-8")
    (root / "content" / "decisions.yaml").write_text(DECISIONS, "utf-8")
    for name, text in SEEDS.items():
        (root / "seeds" / name).write_text(text, "utf-8")
    return root
