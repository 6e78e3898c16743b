"""a request → whether it comes from a page of the desk, and from no other in the same browser.

The desk writes files for whoever may ask it, and every page that is open in the browser can send requests to this machine. So one
is answered only if it knows the token of this run, calls the server by its number (a name can be made to lead here by the site
that owns it), and, as browsers say of each request, comes from the desk itself. Ports share cookies and count as one site: the
origin has to be the same to the port.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every answer."""
PROOF = "X-Desk"
"""Header of what a page of the desk sends to be written: a form of another page cannot have it."""
LARGEST = 256 * 1024
"""Bytes of what is sent: some tens of thousands of ids."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The secrets of one run."""

    port: int
    token: str
    """In the address that opens the desk, then in a cookie."""
    proof: str
    """In the desk's page, for its own scripts."""

    @classmethod
    def at(cls, port: int) -> Guard:
        return cls(port, token_urlsafe(32), token_urlsafe(32))

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def cookie_name(self) -> str:
        return f"desk-{self.port}"

    @property
    def cookie(self) -> str:
        return f"{self.cookie_name}={self.token}; HttpOnly; SameSite=Strict; Path=/"

    def opens(self, token: str) -> bool:
        return _is(token, self.token)

    def strange(self, headers: Message) -> str:
        """Why a request is none of the desk's, whatever it asks for; "" if it may be."""
        if headers.get_all("Host") != [self.host]:
            return "another host"
        if headers.get("Origin", f"http://{self.host}") != f"http://{self.host}":
            return "another origin"
        if headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return "another site"
        return ""

    def unknown(self, headers: Message) -> str:
        """Why a request is not of somebody who opened the desk."""
        try:
            cookie = SimpleCookie(headers.get("Cookie", "")).get(self.cookie_name)
        except CookieError:
            cookie = None
        return "" if cookie is not None and self.opens(cookie.value) else "no token"

    def unwritten(self, headers: Message) -> str:
        """Why nothing is written for a request: what changes files has to name its origin, and to be no form."""
        if headers.get("Origin") is None:
            return "no origin"
        if headers.get_content_type() != "application/json" or "Content-Type" not in headers:
            return "not JSON"
        if not _is(headers.get(PROOF, ""), self.proof):
            return "no proof"
        return ""


def _is(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), wanted.encode())
