"""attacks/*.yaml → files in seeds/: every attack there is, found by listing, each under a name of its own.

`payloads` stand in the `fields` of a page, one of them each, or all; `names` become paths; `bytes` and `sizes` are recipes;
`files` are names and kinds of files; `oddities` are whole pages.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "attacks"
PLACE = "@"
FIELDS_EACH = 1
NAMES_PAGE = (
    "@ visits Kobe\n\nMay 3, 2019\n\nJohn @, mayor of Kobe, met Consul General @ on Monday. @ Co., Ltd. and @ Corporation signed.\n\n"
    "The mayor of @ and @, governor of the city of @, came as well.\n"
)
PLAIN = "Port of Kobe opens\n\nMay 3, 2019\n\nThe port was opened on Monday by the mayor, who thanked all for coming to {}.\n"


@dataclass(frozen=True, slots=True)
class Attack:
    """One file below seeds/."""

    family: str
    case: str
    name: str
    """Path of the file below seeds/<family>/."""
    data: bytes = b""
    made: Mapping[str, Any] | None = None
    """What is made instead of a file with these bytes: `make`, `to`, `hole` of its recipe."""
    unreadable: str | None = None
    """A part of the problem that its finding tells; None for a page that becomes a briefing."""
    passed_over: bool = False
    """It is no seed at all, and nothing is said of it."""

    @property
    def seed(self) -> str:
        """Its path as findings tell it, where it can be told."""
        return f"seeds/{self.family}/{self.name}"

    def lay(self, seeds: Path) -> None:
        """Make the file below the folder `seeds`."""
        lay(seeds / self.family / self.name, self.data, self.made or {})


def lay(path: Path, data: bytes, made: Mapping[str, Any]) -> None:
    """Make a file, or what a recipe says instead."""
    path.parent.mkdir(parents=True, exist_ok=True)
    match made.get("make"):
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "socket":
            _socket(path)
        case "link":
            path.symlink_to(made["to"])
        case _:
            path.write_bytes(data)
    if made.get("make") == "locked":
        path.chmod(0)
    if hole := made.get("hole"):
        os.truncate(path, hole)


def _socket(path: Path) -> None:
    """Bound by its bare name: the path of a socket may not be longer than 108 bytes."""
    home = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(path.name)
    finally:
        os.chdir(home)


def attacks(fields_each: int = FIELDS_EACH) -> list[Attack]:
    """All of them. A payload stands in `fields_each` of the fields, each time in others."""
    return [*_payloads(fields_each), *_names(), *_recipes("bytes"), *_recipes("sizes"), *_files(), *_oddities()]


@cache
def read(family: str) -> Mapping[str, Any]:
    return yaml.safe_load((FOLDER / f"{family}.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def payload_pages(fields_each: int) -> Iterator[tuple[str, str]]:
    """Name and text of every page that has a payload in a field."""
    fields = list(read("fields").items())
    for number, (name, payload) in enumerate(read("payloads").items()):
        for step in range(fields_each):
            field, page = fields[(number * fields_each + step) % len(fields)]
            yield f"{name}-in-{field}", page.replace(PLACE, payload)


def _payloads(fields_each: int) -> Iterator[Attack]:
    for name, page in payload_pages(fields_each):
        yield Attack("payloads", name, f"{name}.txt", page.encode())


def _names() -> Iterator[Attack]:
    for case, name in read("names").items():
        yield Attack("names", case, f"{case}.txt", NAMES_PAGE.replace(PLACE, name).encode())


def _oddities() -> Iterator[Attack]:
    for case, page in read("oddities").items():
        text = page if isinstance(page, str) else page["text"] * page["times"]
        yield Attack("oddities", case, f"{case}.txt", text.encode())


def _recipes(family: str) -> Iterator[Attack]:
    for case, recipe in read(family).items():
        yield Attack(family, case, f"{case}.txt", data_of(recipe), recipe, recipe.get("unreadable"))


def data_of(recipe: Mapping[str, Any]) -> bytes:
    """The bytes of a recipe."""
    encoding, times = recipe.get("encoding", "utf-8"), recipe.get("times", 1)
    one = bytes.fromhex(recipe["hex"]) if "hex" in recipe else recipe.get("text", "").encode(encoding)
    return recipe.get("head", "").encode() + one * times + recipe.get("then", "").encode() + bytes.fromhex(recipe.get("tail", ""))  # type: ignore[no-any-return]


def _files() -> Iterator[Attack]:
    for case, recipe in read("files").items():
        data = PLAIN.format(case).encode()
        yield Attack("files", case, recipe["name"], data, recipe, recipe.get("unreadable"), recipe.get("passed-over", False))
