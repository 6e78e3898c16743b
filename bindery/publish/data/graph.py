"""Who is named with whom → GraphML (http://graphml.graphdrawing.org/), for Gephi, Cytoscape, igraph and networkx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bindery.publish.data.holdings import Holdings
from bindery.publish.follow.xml_text import attribute, element

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
NODE_KEYS = {
    "label": "string",
    "kind": "string",
    "briefings": "int",
    "first": "string",
    "last": "string",
    "latitude": "double",
    "longitude": "double",
    "url": "string",
}
"""What is said of a record; `label` is what programs write beside a node."""
WEIGHT = "weight"
"""Of an edge: sentences that name both."""


def graphml(holdings: Holdings) -> str:
    return "".join(_lines(holdings))


def _lines(holdings: Holdings) -> Iterator[str]:
    yield HEAD
    for name, kind in NODE_KEYS.items():
        yield f'<key id="{name}" for="node" attr.name="{name}" attr.type="{kind}"/>\n'
    yield f'<key id="{WEIGHT}" for="edge" attr.name="{WEIGHT}" attr.type="int"/>\n<graph id="together" edgedefault="undirected">\n'
    for identifier, record in holdings.catalogue.authorities.items():
        if identifier in holdings.catalogue.briefings:
            count, first, last = holdings.extent(identifier)
            degrees = (record.facts.get("latitude"), record.facts.get("longitude"))
            said = (record.name, record.kind, count, first, last, *degrees, holdings.address(identifier))
            yield f'<node id="{attribute(identifier)}">{"".join(_data(NODE_KEYS, said))}</node>\n'
    for (one, other), count in holdings.together:
        weight = "".join(_data((WEIGHT,), (count,)))
        yield f'<edge source="{attribute(one)}" target="{attribute(other)}">{weight}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(names: Iterable[str], values: Iterable[object]) -> Iterator[str]:
    for name, value in zip(names, values, strict=True):
        if value is not None:
            yield f'<data key="{name}">{element(str(value))}</data>'
