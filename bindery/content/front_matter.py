"""A Markdown file ⇄ (front matter, body), and the checksum that tells whose file it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date as Date
from datetime import datetime
from typing import Any

import yaml

from bindery import reading
from bindery.content import plain_yaml
from bindery.errors import ContentError
from bindery.model import Place

FENCE = "---"
WRITTEN = "written"
_OPEN = f"{FENCE}\n"
_CLOSE = f"\n{FENCE}\n"
_SIGNED = f"{WRITTEN}: "
_WRITTEN_LINE = re.compile(rf"^{_SIGNED}(?P<checksum>[0-9a-f]+)\n", re.MULTILINE)


def split(source: str, path: str) -> tuple[str, str]:
    """Cut a file into the text of its front matter and its body.

    Raises ContentError when the two `---` lines are missing.
    """
    if source.startswith(_OPEN) and source.startswith(_CLOSE, end := source.find(_CLOSE[:-1], len(_OPEN) - 1)):
        head = source[len(_OPEN) : end + 1]
        if not plain_yaml.ODD.search(head):  # each of its lines ends as it seems to
            return head, source[end + len(_CLOSE) :].lstrip("\n")
    lines = source.removeprefix("\ufeff").splitlines(keepends=True)
    if not lines or lines[0].rstrip() != FENCE:
        raise ContentError(
            "no front matter", at=Place(path, 1), fix="begin the file with a line '---', then 'key: value' lines, then '---'"
        )
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == FENCE:
            return "".join(lines[1 : number - 1]), "".join(lines[number:]).lstrip("\n")
    raise ContentError("the front matter does not end", at=Place(path, 1), fix="close it with a line '---' before the text")


def head_span(source: str, path: str) -> tuple[int, int]:
    """Where the text of the front matter begins and ends in a file as it stands, whatever its line ends. Raises ContentError."""
    lines = source.splitlines(keepends=True)
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None or lines[0].removeprefix("\ufeff").rstrip() != FENCE:
        raise ContentError("no front matter", at=Place(path, 1), fix="begin the file with '---', 'key: value' lines and '---'")
    return len(lines[0]), sum(map(len, lines[:end]))


def parse(source: str, path: str) -> tuple[dict[str, Any], str]:
    """Front matter as key → text, list or table of texts, and the body. Raises ContentError, with the line."""
    head, body = split(source, path)
    if (plain := plain_yaml.read(head)) is not None:
        return dict(plain), body
    values = reading.values(head, path, ContentError, first_line=2)
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise ContentError("front matter is not a list of 'key: value' lines", at=Place(path, 2), fix="write one 'key: value' a line")
    return values, body


def compose(values: Mapping[str, object], body: str) -> str:
    """The file for these values, with its `written:` checksum as the last line of front matter."""
    head = "".join(entry(key, value) for key, value in values.items() if value is not None)
    unsigned = f"{FENCE}\n{head}{FENCE}\n\n{body}"
    return f"{FENCE}\n{head}{WRITTEN}: {_checksum(unsigned)}\n{FENCE}\n\n{body}"


def unsigned(source: str) -> str:
    """The file without its checksum: a person's from the first."""
    return _WRITTEN_LINE.sub("", source, count=1)


def edited_by_hand(source: str) -> bool:
    """Whether a person owns this file: its checksum is gone or no longer fits. Blind to the line ends of a Windows checkout."""
    source = source.replace("\r\n", "\n")
    begin = 0 if source.startswith(_SIGNED) else source.find(f"\n{_SIGNED}")
    signed = _WRITTEN_LINE.search(source, begin) if begin >= 0 else None
    if signed is None:
        return True
    return _checksum(source[: signed.start()] + source[signed.end() :]) != signed["checksum"]


def line_of(source: str, key: str) -> int | None:
    """The line on which a key of the front matter stands; None if it does not."""
    return next((number for number, line in enumerate(source.splitlines(), 1) if line.startswith(f"{key}:")), None)


_PLAIN = re.compile(r"[A-Za-z](?:[\w.,()/'&+-]| (?! |#|$))*|\d[\w.-]*", re.ASCII)
_OTHERWISE = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})
"""Words that YAML, or some reader of it, takes for something else than text."""
_OF_FIGURES = [pattern for _, pattern in yaml.SafeDumper.yaml_implicit_resolvers["0"]]
"""What YAML takes for a number or a day: '1_000', '0x1f', '2019-11-05', and not '39b2932'."""


def entry(key: str, value: object) -> str:
    """One value as YAML. Most are words that need no quotes: to ask the YAML library about each is a tenth of all time of ingest."""
    if isinstance(value, Date) and not isinstance(value, datetime):
        return f"{key}: {value.isoformat()}\n"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and not _is_otherwise(value):
        return f"{key}: {value}\n"
    return yaml.safe_dump({key: value}, allow_unicode=True, width=2**16, sort_keys=False, default_flow_style=False)


def _is_otherwise(plain: str) -> bool:
    if plain[0].isdigit():
        return any(pattern.match(plain) for pattern in _OF_FIGURES)
    return plain.lower() in _OTHERWISE


def _checksum(text: str) -> str:
    """Eight hexadecimal digits of the SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
