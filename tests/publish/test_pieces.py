"""Files with a piece for each briefing: what is as it was is taken from the file that stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bindery.config import Site
from bindery.publish.ledger import Made
from bindery.publish.pieces import Pieced, Pieces
from tests.publish import archive

FILE = "data/some.json"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return archive.site(tmp_path)


def joined(site: Site, standing: dict[str, Made], texts: dict[str, str], key: int = 2) -> tuple[bytes, list[str]]:
    """The file, and whose pieces were made for it."""
    made: list[str] = []

    def piece(identifier: str) -> bytes:
        made.append(identifier)
        return texts[identifier].encode()

    file = Pieced(b"[", {identifier: hash(text) for identifier, text in texts.items()}, piece, b", ", b"]")
    return Pieces(site, standing).content(FILE, key, file), made


def stands(site: Site, data: bytes, key: int) -> dict[str, Made]:
    path = site.output / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return {FILE: Made(key, len(data), 0, b"")}


TEXTS = {"a": "first", "b": "", "c": "thïrd"}


@pytest.mark.parametrize(
    ("texts", "made"),
    [
        pytest.param(TEXTS, [], id="nothing changed"),
        pytest.param(TEXTS | {"b": "second"}, ["b"], id="one has more to say"),
        pytest.param({"c": "thïrd", "a": "first"}, [], id="one is gone, another moved"),
        pytest.param({"z": "new", **TEXTS}, ["z"], id="one is new"),
        pytest.param({}, [], id="none is left"),
    ],
)
def test_only_pieces_of_briefings_that_changed_are_made(site: Site, texts: dict[str, str], made: list[str]) -> None:
    before, all_made = joined(site, {}, TEXTS, key=1)
    assert all_made == [*TEXTS]
    assert joined(site, stands(site, before, 1), texts) == (f"[{', '.join(texts.values())}]".encode(), made)


@pytest.mark.parametrize("what", ["another file stands there", "it is cut short", "it is gone", "nobody knows how it was cut"])
def test_every_piece_is_made_where_the_file_is_not_the_known_one(site: Site, what: str) -> None:
    before, _ = joined(site, {}, TEXTS, key=1)
    standing = stands(site, before, 1)
    match what:
        case "another file stands there":
            standing = stands(site, before, 3)
        case "it is cut short":
            (site.output / FILE).write_bytes(before[:-1])
        case "it is gone":
            (site.output / FILE).unlink()
        case _:
            for path in site.cache.rglob("pieces-*"):
                path.write_bytes(path.read_bytes()[:-1])
    assert joined(site, standing, TEXTS) == (before, [*TEXTS])
