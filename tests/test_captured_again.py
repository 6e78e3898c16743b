"""From seeds to pages: one release in two papers, and a page that was captured twice."""

from __future__ import annotations

import json
from pathlib import Path

from bindery import config, pipeline

RELEASE = """Ann Lee, chair of the port of Linden, met Mayor Karl Moen in Bremen on Thursday, and both sides spoke about ferries and rails.

The third basin opens in spring after eleven years of works, she said, and two hundred berths in it are let to owners from both towns.

Boats that find no place there may lie in the old dock until the ice goes, free of charge, if the owners ask before the end of May."""
PAGE = f"Linden and Bremen speak about ferries\n\n3 May 2019\n\nSource: Linden Gazette\n\n{RELEASE}\n"
AGAIN = PAGE.replace("two hundred berths", "three hundred berths")
COPY = f"Boats may lie in the old dock\n\n4 May 2019\n\nSource: Valley Courier\n\nThis paper was told of it on Friday.\n\n{RELEASE}\n"


def test_copies_and_captures_are_one_story_of_many_pages(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for name, text in {"page.txt": PAGE, "page-again.txt": AGAIN, "copy.txt": COPY}.items():
        (tmp_path / "seeds" / name).write_text(text, "utf-8")
    site = config.load(tmp_path)
    pipeline.ingest(site)
    pipeline.publish(site)
    told = json.loads((tmp_path / "site/data/archive.json").read_text("utf-8"))["briefings"]
    by_seed = {one["seed"]["file"]: one for one in told}
    listed = (tmp_path / "site/briefings/index.html").read_text("utf-8")
    later = (tmp_path / "site" / by_seed["page-again.txt"]["url"]).read_text("utf-8")

    assert len({one["story"] for one in told}) == 1
    assert len({one["url"] for one in told}) == 3
    assert listed.count('class="briefing-line"') == 1
    assert "Valley Courier" in listed
    assert ">three<" in later
    assert 'id="changes"' in later
    assert pipeline.check(site) == []
