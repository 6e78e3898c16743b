"""The program → every pattern it compiles, where it stands and how it is asked; run as a module, it prints them as JSON.

Patterns are compiled when a module is imported, when a list is first wanted (a cached function without arguments), and while a page
is read: all three happen here, in a process of their own, with `re.compile` watched.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType, ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent
WATCHED = ("compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer")
SEARCHING = frozenset({"search", "sub", "subn", "split", "findall", "finditer"})
"""Ways to ask that try every place of a text, where `match` and `fullmatch` try one."""
PAGES = sorted((ROOT / "tests" / "golden" / "pages").rglob("*.txt"))[::9]


@dataclass(frozen=True)
class Found:
    """One pattern."""

    source: str
    flags: int
    place: str
    """File and line that first compiled it: "bindery/ingest/read.py:46"."""
    asked: tuple[str, ...]
    """Names of the methods by which it is asked, as far as the sources say; all that the same variable name is asked by anywhere."""

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.source, self.flags)

    @property
    def searches(self) -> bool:
        return not self.asked or bool(SEARCHING & set(self.asked))


def modules() -> Iterator[ModuleType]:
    """Every module of the program."""
    import bindery  # noqa: PLC0415 - `re` has to be watched before

    for module in pkgutil.walk_packages(bindery.__path__, "bindery."):
        yield importlib.import_module(module.name)


def watched() -> dict[tuple[str, int], set[str]]:
    """Pattern and flags → the places that compiled it and the functions of `re` it was given to; fills while the program runs."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    compile_ = re.compile

    def note(source: str | re.Pattern[str], flags: int, name: str, caller: FrameType) -> None:
        path = Path(caller.f_code.co_filename)
        if path.is_relative_to(ROOT / "bindery"):
            compiled = source if isinstance(source, re.Pattern) else compile_(source, flags)
            if isinstance(compiled.pattern, str):
                found[compiled.pattern, compiled.flags].add(f"{path.relative_to(ROOT).as_posix()}:{caller.f_lineno} {name}")

    def spy(name: str) -> None:
        real = getattr(re, name)

        @functools.wraps(real)
        def asked(pattern, *arguments, **named):  # type: ignore[no-untyped-def]
            flags = named.get("flags", arguments[0] if name == "compile" and arguments else 0)
            note(pattern, int(flags), name, sys._getframe(1))
            return real(pattern, *arguments, **named)

        setattr(re, name, asked)

    for name in WATCHED:
        spy(name)
    return found


def lists(module: ModuleType) -> None:
    """Ask for every list that a module makes once."""
    for value in list(vars(module).values()):
        if hasattr(value, "cache_info") and not inspect.signature(value).parameters:
            value()


def methods() -> dict[tuple[str, str], set[str]]:
    """File and variable → the methods its pattern is asked by there; of one that is not private, anywhere ("", name)."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    asked = re.compile(r"\b(\w+)(?:\(\))?\.(match|fullmatch|search|subn?|split|findall|finditer)\b")
    for path in sorted((ROOT / "bindery").rglob("*.py")):
        for name, method in asked.findall(path.read_text("utf-8")):
            found[path.relative_to(ROOT).as_posix() if name.startswith("_") else "", name].add(method)
    return found


def assigned(place: str) -> str:
    """The name that a line, or the function or table it stands in, gives to a pattern; empty if none."""
    file, _, number = place.partition(":")
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    for line in reversed(lines[: int(number)]):
        if match := re.match(r"(?:def )?(\w+)(?:\(| = |: )", line):
            return match[1]
    return ""


def collect() -> list[Found]:
    """All patterns, in the order of their places."""
    seen = watched()
    for module in list(modules()):
        lists(module)
    read_pages()
    asked_by_name = methods()
    patterns = []
    for (source, flags), places in seen.items():
        place = min(places).split(" ")[0]
        direct = {one.split(" ")[1] for one in places} - {"compile"}
        names = {assigned(one.split(" ")[0]) for one in places if one.endswith(" compile")}
        file = place.partition(":")[0]
        asked = direct.union(*(asked_by_name.get((file if name.startswith("_") else "", name), set()) for name in names))
        patterns.append(Found(source, flags, place, tuple(sorted(asked))))
    return sorted(patterns, key=lambda found: (found.place, found.source))


def read_pages() -> None:
    """Pages in several scripts through all of ingest, so that what is compiled on the way is compiled."""
    from bindery.ingest.annotate import annotate  # noqa: PLC0415 - as above
    from bindery.ingest.annotate.known import Known  # noqa: PLC0415
    from bindery.ingest.clean.page import draft  # noqa: PLC0415
    from bindery.ingest.read import read  # noqa: PLC0415

    known = Known.from_authorities(())
    for path in PAGES:
        annotate(draft(read(path, ROOT)), known)


if __name__ == "__main__":
    print(json.dumps([asdict(found) for found in collect()]))
