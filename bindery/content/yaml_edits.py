"""A YAML text people keep → the same text with one entry or value more: comments, order and all else stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from typing import Any

import yaml

from bindery import reading
from bindery.content import front_matter
from bindery.errors import ContentError
from bindery.model import Place

Entry = str | list[str] | dict[str, str]
"""A key, a group of records, a ruling: an entry of a list of content/decisions.yaml, or a name under variants."""


def flow(entry: Entry) -> str:
    """An entry in one line, as people write it: [a, b], {kind: city, form: Essen}, '3fa2b1c0'."""
    if isinstance(entry, str):
        return front_matter.entry("k", entry).removeprefix("k: ").rstrip("\n") if not _is_hexadecimal(entry) else f"'{entry}'"
    return yaml.safe_dump(entry, allow_unicode=True, width=2**16, sort_keys=False, default_flow_style=True).rstrip("\n")


def added(source: str, key: str, entry: Entry, shown: str, *, below: str = "") -> str:
    """The text with the entry as the last of the list under `key`; a list that is not there begins after the value of `below`, or at
    the end. Raises ContentError where that cannot be done by adding a line."""
    values = _values(source, shown)
    at, words = _place_of_entry(source, _pairs(source), key, flow(entry), below)
    present = values.get(key) or []
    wanted = {**values, key: [*present, entry] if isinstance(present, list) else None}
    return _sure(source[:at] + words + source[at:], wanted, shown, f"write under {key}: - {flow(entry)}")


def replaced(source: str, key: str, value: str | Date, shown: str, *, below: str = "") -> str:
    """The text with another value of `key`; one that is not there gets its line after the value of `below`, or at the end.

    Raises ContentError where that cannot be done.
    """
    values, pairs = _values(source, shown), _pairs(source)
    line = front_matter.entry(key, value).rstrip("\n")
    if key in pairs:
        name, node = pairs[key]
        begin = name.end_mark.index
        changed = source[:begin] + line.removeprefix(key) + source[max(_end(source, node), source.index(":", begin) + 1) :]
    else:
        at, words = _place_of_line(source, pairs, line, below)
        changed = source[:at] + words + source[at:]
    return _sure(changed, {**values, key: str(value)}, shown, f"write {line}")


def _place_of_entry(source: str, pairs: Mapping[str, tuple[yaml.Node, yaml.Node]], key: str, text: str, below: str) -> tuple[int, str]:
    """Where to put which words."""
    line_end = _line_end(source)
    if key not in pairs:
        return _place_of_line(source, pairs, f"{key}:{line_end}  - {text}" if not below else f"{key}:{line_end}- {text}", below)
    node = pairs[key][1]
    if not isinstance(node, yaml.SequenceNode):
        return _end_of_line(source, node.end_mark.index), f"{line_end}  - {text}"
    if node.flow_style:
        return (_end(source, node.value[-1]), f", {text}") if node.value else (node.end_mark.index - 1, text)
    indent = " " * node.start_mark.column
    return _end_of_line(source, _end(source, node)), f"{line_end}{indent}- {text}"


def _place_of_line(source: str, pairs: Mapping[str, tuple[yaml.Node, yaml.Node]], line: str, below: str) -> tuple[int, str]:
    line_end = _line_end(source)
    if below in pairs:
        return _end_of_line(source, _end(source, pairs[below][1])), f"{line_end}{line}"
    return len(source), f"{'' if not source or source.endswith(line_end) else line_end}{line}{line_end}"


def _pairs(source: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """Key → where it and its value stand. Empty for a text of comments alone."""
    root = yaml.compose(source, Loader=yaml.SafeLoader)
    return {name.value: (name, node) for name, node in root.value} if isinstance(root, yaml.MappingNode) else {}


def _end(source: str, node: yaml.Node) -> int:
    """Behind the last character of a value; the library's own mark of a block is where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(source, last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    while end > node.start_mark.index and source[end - 1].isspace():
        end -= 1
    return end


def _end_of_line(source: str, at: int) -> int:
    end = source.find("\n", at)
    if end < 0:
        return len(source)
    return end - 1 if source[end - 1] == "\r" else end


def _line_end(source: str) -> str:
    return "\r\n" if "\r\n" in source else "\n"


def _values(source: str, shown: str) -> dict[str, Any]:
    values = reading.values(source, shown, ContentError) or {}
    if not isinstance(values, dict):
        raise ContentError("not a list of 'key: value' lines", at=Place(shown, 1), fix="restore the file from the git history")
    return values


def _sure(changed: str, wanted: Mapping[str, Any], shown: str, fix: str) -> str:
    """The changed text, which says what it said before and the one thing more."""
    try:
        said = _values(changed, shown)
    except ContentError:
        said = {}
    if said != wanted:
        raise ContentError("cannot be changed by a line, as it is written now", at=Place(shown), fix=fix)
    return changed


def _is_hexadecimal(text: str) -> bool:
    return len(text) == 8 and not set(text) - set("0123456789abcdef")
