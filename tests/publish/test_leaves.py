"""What a briefing gives to other pages is the same from the disk as it was made, field by field."""

from __future__ import annotations

from pathlib import Path

import msgspec

from bindery import config
from bindery.pipeline import bodies, publishable
from bindery.publish import entries
from bindery.publish.leaves import Stored

ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_stored_leaf_says_what_the_made_one_said() -> None:
    site = config.load(ROOT)
    library = publishable(site)
    blocks = bodies(library)
    for briefing in library.briefings:
        made = entries.leaf(briefing, blocks[briefing.id], library.authorities, site)
        stored = Stored(msgspec.msgpack.encode(made))
        for field in msgspec.structs.fields(made):
            assert getattr(stored, field.name) == getattr(made, field.name), field.name
