"""data/archive.json: readable as text, a briefing a line."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bindery import config
from bindery.model import Authority, Briefing
from bindery.publish import body, exports
from tests.property.strategies import briefings

SITE = config.load(Path(__file__).parents[2])


@given(briefings(), st.text(min_size=1).filter(str.strip))
def test_a_briefing_is_one_line_with_its_letters_as_they_are(briefing: Briefing, name: str) -> None:
    records = {mention.authority: Authority("city", name, name) for mention in briefing.mentions}
    line = exports.line(briefing, body.blocks(briefing, lambda _: None), (), records, SITE)

    assert "\n" not in line
    assert line == json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":"))
