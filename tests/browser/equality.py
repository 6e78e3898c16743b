"""What Pagefind answers, whole: to lay beside what it answers elsewhere. Over http its module as it is, from disk ours of it.

The order by date is not among it: Pagefind is asked for words, search-find.js puts what was found in order.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.browser.readers import SEARCHED, Reader

READ = 12
"""Results of each query that are read to the last excerpt."""
ASK = """async (queries) => {
  const module = () => import(new URL("pagefind/pagefind.js", window.searchIndex.root));
  const engine = window.searchDisk ? await window.searchDisk.pagefind() : await module();
  if (!window.searchDisk) await engine.options({ noWorker: true });
  const answers = [];
  for (const { words, filters } of queries) {
    const { results, filters: counts, totalFilters, unfilteredResultCount } = await engine.search(words, { filters });
    const pages = [];
    for (const result of results.slice(0, READ)) pages.push(JSON.parse(JSON.stringify(await result.data())));
    const order = results.map(({ id, score, words, matchedMetaFields }) => ({ id, score, words, matchedMetaFields }));
    answers.push({ order, counts, totalFilters, unfilteredResultCount, pages });
  }
  return { filters: await engine.filters(), answers };
}""".replace("READ", str(READ))
SHOWN = """[...document.querySelectorAll("[data-part=found] *")].map((element) => [
  element.localName, element.textContent, element.href ? element.href.replace(window.searchIndex.root.href, "") : ""])"""


@dataclass(frozen=True, slots=True)
class Query:
    """One question to the index; words None: everything."""

    words: str | None
    filters: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.words or "everything", self.filters or "") if part)


def answers(reader: Reader, address: str, queries: Sequence[Query]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Every filter with its counts, and for each query: results in order with score and places, counts, pages with excerpts.

    `address` is the site's root, with a slash at its end.
    """
    reader.goto(f"{address}search.html")
    reader.wait_for(SEARCHED)
    asked = [{"words": query.words, "filters": query.filters} for query in queries]
    found = reader.evaluate(f"({ASK})({json.dumps(asked)})")
    return found["filters"], found["answers"]


def shown(reader: Reader, address: str, query: str) -> list[list[str]]:
    """What the search page draws for the query of an address ("?q=consul&year=2016"): elements, their text, their addresses."""
    reader.goto(f"{address}search.html{query}")
    reader.wait_for(SEARCHED)
    drawn: list[list[str]] = reader.evaluate(SHOWN)
    return drawn
