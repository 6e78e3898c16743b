"""HTML of an e-mail against what mail programs keep: mail_clients.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

CLIENTS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "mail_clients.yaml").read_text(encoding="utf-8"))
_LENGTH = re.compile(r"-?[\d.]+([a-z%]+)")
_HEX = re.compile(r"#[0-9a-f]{6}")


def objections(html: str) -> list[str]:
    """Everything in the HTML that one of the mail programs would drop or change; empty for a mail that looks right."""
    tree = LexborHTMLParser(html)
    found = [*([] if "<!--" not in html else ["a comment"])]
    for node in tree.css("*"):
        found += _of_element(node)
    return found


def _of_element(node: LexborNode) -> Iterator[str]:
    if node.tag not in CLIENTS["elements"]:
        yield f"<{node.tag}>"
    for name, value in node.attributes.items():
        if name not in CLIENTS["attributes"]:
            yield f"<{node.tag} {name}>"
        elif name == "href" and urlsplit(value or "").scheme not in CLIENTS["link_schemes"]:
            yield f"a link to {value!r}"
        elif name == "style":
            yield from _of_style(node, declarations(node))
    if node.text(deep=False, strip=True) and node.tag not in ("title", "html") and contrast(*colours(node)) < CLIENTS["contrast"]:
        yield f"<{node.tag}> {colours(node)}: {node.text(deep=False)[:40]}"


def _of_style(node: LexborNode, found: dict[str, str]) -> Iterator[str]:
    for name, value in found.items():
        rule = CLIENTS["properties"].get(name)
        said = f"<{node.tag}> {name}: {value}"
        if rule is None:
            yield said
            continue
        if node.tag not in rule.get("on", [node.tag]):
            yield f"{said} on this element"
        if "values" in rule and value not in rule["values"]:
            yield said
        if "units" in rule and (value.startswith("-") or set(_LENGTH.findall(value)) - set(rule["units"])):
            yield said
        if name in ("color", "background-color") and not _HEX.fullmatch(value):
            yield said
        if name == "font-family" and {font.strip("'\" ") for font in value.split(",")} - set(CLIENTS["fonts"]):
            yield said
        if name == "padding" and node.tag not in ("td", "th") and value != "0":
            yield f"{said} on this element"


def declarations(node: LexborNode) -> dict[str, str]:
    """Property → value of a style attribute."""
    pairs = (pair.partition(":") for pair in (node.attributes.get("style") or "").split(";") if pair.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def colours(node: LexborNode) -> tuple[str, str]:
    """Of an element's text and of its ground: its own or the nearest above it; white on white where none is set."""
    found = {"color": "#ffffff", "background-color": "#ffffff"}
    for name in found:
        above: LexborNode | None = node
        while above is not None and name not in declarations(above):
            above = above.parent
        if above is None:
            return "#ffffff", "#ffffff"
        found[name] = declarations(above)[name]
    return found["color"], found["background-color"]


def contrast(text: str, ground: str) -> float:
    """As WCAG 2 computes it, 1 to 21."""
    lighter, darker = sorted(map(_luminance, (text, ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
