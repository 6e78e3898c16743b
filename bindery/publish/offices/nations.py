"""nations.tsv → countries by every name and adjective that offices print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("nations.tsv")
_STYLE = re.compile(r"(?:kingdom|(?:(?:federal|socialist|oriental|islamic|people's|democratic socialist) )?republic) of ")
"""How a state calls itself before its name: 'Republic of Belarus', 'Kingdom of the Netherlands'."""
_TOLD_APART = frozenset({"china", "congo", "ireland", "korea"})
"""Where the style says which of two is meant; what it is said to be then stands in the file."""
_WITH_ARTICLE = re.compile(r"Bahamas|Gambia|Maldives|Netherlands|Philippines|United .+|(?:.* )?Republic(?: of .+)?")


@cache
def _nations() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Folded name → country, folded adjective → country."""
    names: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, own, others = line.split("\t")
            names |= {folded(form): name for form in (name, *others.split("|")) if form}
            adjectives |= {folded(form): name for form in own.split("|") if form}
    return names, adjectives


def folded(words: str) -> str:
    return " ".join(words.replace("’", "'").casefold().split()).removeprefix("the ")


def nation(words: str) -> str | None:
    """The country of that name, however it is styled: 'the Republic of Belarus' → 'Belarus'."""
    names, _ = _nations()
    name = folded(words)
    if name in names:
        return names[name]
    plain = folded(_STYLE.sub("", name, count=1))
    return names.get(plain) if plain not in _TOLD_APART else None


def of_adjective(word: str) -> str | None:
    """'Japanese' → 'Japan'."""
    return _nations()[1].get(folded(word))


def with_article(nation: str) -> str:
    """As it stands behind 'of' and 'to': 'the Netherlands'."""
    return f"the {nation}" if _WITH_ARTICLE.fullmatch(nation) else nation
