"""A source as the page prints it → the host it names, its address, and the rule site.yaml has for it."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from bindery.config import Site, SourceRule
from bindery.model import Briefing

ADDRESS_KEY = "url"
"""Front matter key for the address of the page a briefing was captured from."""
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def address(briefing: Briefing) -> str | None:
    """Where to read it: `url` of the front matter, else the host the source is named by; None where it has only a name."""
    return page_address(briefing) or outlet_address(briefing)


def page_address(briefing: Briefing) -> str | None:
    """Where the page itself stood on the web: `url` of the front matter; None where nobody wrote it down."""
    given = briefing.extra.get(ADDRESS_KEY)
    return given.strip() if isinstance(given, str) and _WEB_ADDRESS.fullmatch(given.strip()) else None


def outlet_address(briefing: Briefing) -> str | None:
    """The host the source is named by; None for a source that is a name."""
    named = host(briefing.source)
    return f"https://{named}/" if named else None


@lru_cache(maxsize=4096)
def host(source: str | None) -> str | None:
    """ "https://www.example.org/news" → "www.example.org"; None for a source that is a name."""
    words = (source or "").strip().casefold()
    try:
        found = urlsplit(words if "//" in words else f"//{words}").hostname or ""
    except ValueError:
        return None
    return found if _HOST.fullmatch(found) else None


def rule(briefing: Briefing, site: Site) -> SourceRule | None:
    """The rule that names its source, before one for its host, the narrower host first. None: the archive's default holds."""
    fitting = [rule for rule in site.sources if covers(rule, briefing)]
    return max(fitting, key=lambda rule: (_folded(rule.name) == _folded(briefing.source or ""), len(rule.name)), default=None)


def covers(rule: SourceRule, briefing: Briefing) -> bool:
    """Whether a rule names the source of a briefing, or a host that its source or its address stands on."""
    if briefing.source and _folded(rule.name) == _folded(briefing.source):
        return True
    ruled = host(rule.name)
    hosts = {host(briefing.source), host(address(briefing))} - {None}
    return ruled is not None and any(f".{one}".endswith(f".{ruled.removeprefix('www.')}") for one in hosts)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
