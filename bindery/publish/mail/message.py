"""HTML and text → a message as RFC 5322 has it: the same words give the same bytes."""

from __future__ import annotations

import hashlib
import re
from base64 import encodebytes
from dataclasses import dataclass
from datetime import UTC, datetime, time
from datetime import date as Date
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from quopri import encodestring
from urllib.parse import urlsplit

from bindery.config import Site
from bindery.errors import SiteError
from bindery.model import Place

BOUNDARY = "=_bindery_alternative"
"""Fixed, and in no part: neither quoted-printable nor base64 can hold "=_" (RFC 2045 6.7)."""
EARLIEST = Date(1970, 1, 1)
"""Day of a message about an archive without dates."""
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message before it has an envelope."""

    subject: str
    html: str
    text: str
    date: Date | None
    """Of the newest briefing in it."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom. Without `to` it is a draft."""

    sender: str = ""
    """Address; empty: one at the archive's host that nobody reads."""
    to: str = ""


def base_url(site: Site) -> str:
    """Where the archive is. Raises SiteError if it does not say, since a link in an e-mail has to lead there."""
    if not site.base_url:
        fix = 'write its address into site.yaml, base_url: "https://…", or add --base-url https://…'
        raise SiteError("an e-mail needs links that lead to the archive, and base_url is empty", at=Place("site.yaml"), fix=fix)
    return site.base_url


def message(letter: Letter, envelope: Envelope, site: Site) -> bytes:
    """The file of a message, lines ending in CRLF. Date and Message-ID come from what it says. Raises SiteError for a wrong address."""
    made = EmailMessage(policy=SMTP)
    made["Subject"] = " ".join(letter.subject.split())
    made["From"] = _address("--from", envelope.sender or f"no-reply@{host(site)}", site.title)
    if envelope.to:
        made["To"] = _address("--to", envelope.to)
    else:
        made["X-Unsent"] = "1"  # Outlook then opens it as a draft to be addressed
    made["Date"] = datetime.combine(letter.date or EARLIEST, time(), UTC)
    made["Message-ID"] = f"<{_digest(letter, envelope)}@{host(site)}>"
    made.set_content(letter.text, cte=_shortest(letter.text))
    made.add_alternative(letter.html, subtype="html", cte=_shortest(letter.html))
    made.set_boundary(BOUNDARY)
    return made.as_bytes()


def host(site: Site) -> str:
    """The archive's host as the right side of an address; for one without a domain name a word that is nobody's (RFC 2606)."""
    name = urlsplit(site.base_url).hostname or ""
    return name if _DOMAIN.fullmatch(name) else "archive.invalid"


def _address(option: str, value: str, name: str = "") -> Address:
    try:
        return Address(display_name=" ".join(name.split()), addr_spec=value.strip())
    except (ValueError, IndexError, MessageError) as error:
        problem = f"not an e-mail address: {value!r}"
        raise SiteError(problem, at=Place(option), fix=f"write it like {option} desk@example.org") from error


def _digest(letter: Letter, envelope: Envelope) -> str:
    words = "\0".join((letter.subject, str(letter.date), letter.html, letter.text, envelope.sender, envelope.to))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _shortest(text: str) -> str:
    """The encoding that needs fewer bytes: base64 for a text that is mostly Chinese."""
    data = text.encode()
    return "base64" if len(encodebytes(data)) < len(encodestring(data)) else "quoted-printable"
