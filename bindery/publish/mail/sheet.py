"""Templates in templates/mail/ → HTML that mail programs keep, and its plain twin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from urllib.parse import urljoin

import css_inline
import jinja2
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bindery.config import Site
from bindery.publish import render
from bindery.publish.mail.plain import width, wrapped

STYLE = "mail/mail.css"
KEPT_ELEMENTS = frozenset(
    [
        *("html", "head", "meta", "title", "body", "table", "thead", "tbody", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("p", "blockquote", "pre", "ul", "ol", "li", "hr", "br", "a", "span", "strong", "em", "b", "i", "code"),
    ]
)
"""What Gmail, Outlook and Apple Mail all keep (tests/publish/mail_clients.yaml); of any other only its content is sent."""
KEPT_ATTRIBUTES = frozenset(
    [
        *("align", "bgcolor", "cellpadding", "cellspacing", "charset", "colspan", "content", "dir", "href", "lang", "name"),
        *("role", "rowspan", "start", "style", "valign", "width"),
    ]
)


def environment(site: Site) -> jinja2.Environment:
    """The site's templates with what lines of text need."""
    env = render.environment(site)
    env.filters["wrapped"] = wrapped
    env.filters["columns"] = width
    return env


def html(template: str, context: Mapping[str, object], env: jinja2.Environment, permalink: str = "index.html") -> str:
    """A whole document: every style on its element, no class, no style sheet, nothing that loads.

    Relative links are taken as standing on the page with this permalink.
    """
    assert env.loader
    style, _, _ = env.loader.get_source(env, STYLE)
    inliner = css_inline.CSSInliner(extra_css=style, load_remote_stylesheets=False)
    site = cast("Site", env.globals["site"])
    return _kept(inliner.inline(env.get_template(template).render(context)), f"{site.base_url}/{permalink}")


def text(template: str, context: Mapping[str, object], env: jinja2.Environment) -> str:
    return env.get_template(template).render(context).strip() + "\n"


def plain(html: Markup) -> str:
    """Text of a piece of HTML."""
    return " ".join(html.striptags().split())


def _kept(document: str, address: str) -> str:
    tree = LexborHTMLParser(document)
    for node in list(tree.css("*")):
        if node.tag == "img":
            node.replace_with(node.attributes.get("alt") or "")
        elif node.tag not in KEPT_ELEMENTS:
            node.unwrap()
        else:
            _strip(node, address)
    return f"<!DOCTYPE html>\n{tree.root.html if tree.root else ''}\n"


def _strip(node: LexborNode, address: str) -> None:
    attributes = node.attrs
    for name in set(node.attributes) - KEPT_ATTRIBUTES:
        del attributes[name]
    if link := node.attributes.get("href"):
        attributes["href"] = urljoin(address, link)
