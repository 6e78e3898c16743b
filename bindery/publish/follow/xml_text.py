"""Text → XML."""

from __future__ import annotations

import re
from html import escape

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""https://www.w3.org/TR/xml/#charsets"""


def element(text: str) -> str:
    """As it may stand in an element; a character that XML cannot hold at all is left out."""
    return escape(_NOT_XML.sub("", text), quote=False)


def attribute(text: str) -> str:
    """As it may stand in an attribute."""
    return escape(_NOT_XML.sub("", text))
