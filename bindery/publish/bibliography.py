"""Citation → plain text, BibTeX, RIS, CSL-JSON.

None of them says when it was looked up: that is the reader's day, which static/js/cite-panel.js adds, and the same archive
gives the same bytes on every day.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from bindery.languages import Interface
from bindery.publish.citations import Citation

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""As every style of BibTeX knows them."""
Text = Callable[[str], str]
"""What a text is made of before it stands in a citation."""
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # not \{: BibTeX counts braces, a backslash before them or not
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_LIGATURE = re.compile(r"(?<=([-'`,<>]))(?=\1)|(?<=[?!])(?=`)")
"""Between two signs that TeX would print as one: '' as a quotation mark, -- as a dash."""
_SIGNS = re.compile(r"[-'`,<>?!][-'`,<>]")
"""Where one may be: quickly told."""
_VERBATIM = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})
"""An address stands in BibTeX as it is, apart from what would end its field."""
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
"""A line break in a title would begin another field of a RIS file."""


def plain(citation: Citation, interface: Interface, printed: Text = str, said: Text = str) -> str:
    """For a footnote: ends with the archive's address, so that nothing sticks to it. `printed` marks what the page prints, `said`
    all else."""
    day = interface.day(citation.date) if citation.date else None
    title = printed(_line(citation.title))
    if not citation.title.startswith("["):
        title = interface.say("“{title}”", title=title)
    authors, outlet = (printed(_line(text)) if text else "" for text in (", ".join(citation.authors), citation.outlet))
    original = said(_line(citation.original)) if citation.original else ""
    return interface.say(
        "{parts}. Archived in: {archive}, {where}" if citation.is_article else "{parts}. In: {archive}, {where}",
        parts=interface.listed(part for part in (authors, title, outlet, day, original) if part),
        archive=said(_line(citation.archive)),
        where=said(_where(citation.address, citation, interface)),
    )


def bibtex(citation: Citation, interface: Interface) -> str:
    """UTF-8, for biblatex and for BibTeX's older styles. Names stand in braces: no program is to turn them round."""
    date = citation.date
    where = _where(citation.address if citation.original else None, citation, interface)
    archived = interface.say("Archived in {archive}, {where}", archive=citation.archive, where=where)
    fields = {
        "author": " and ".join(f"{{{_latex(name)}}}" for name in citation.authors),
        "title": f"{{{_latex(citation.title)}}}",
        "journal" if citation.is_article else "howpublished": _latex(citation.outlet or "" if citation.is_article else citation.archive),
        "entrysubtype": "newspaper" if citation.outlet else "",
        "year": f"{date.year:04}" if date else "",
        "month": MONTHS[date.month - 1] if date else "",  # a name BibTeX knows; its styles print it in their language
        "day": str(date.day) if date else "",
        "publisher": "" if citation.is_article else _latex(citation.keeper or ""),
        "url": (citation.url or "").translate(_VERBATIM),
        "note": _latex(archived if citation.is_article else ""),
        "language": _latex(citation.language or ""),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items() if value]
    return f"@{'article' if citation.outlet else 'misc'}{{{citation.key},\n" + ",\n".join(lines) + "\n}\n"


def ris(citation: Citation) -> str:
    """The reference manager's format: two letters, two spaces, a hyphen; lines end as on Windows."""
    date = citation.date
    fields = [
        ("TY", "NEWS" if citation.is_article else "ELEC"),
        *(("AU", name) for name in citation.authors),
        ("TI", citation.title),
        ("T2", citation.outlet if citation.is_article else citation.archive),
        ("PY", f"{date.year:04}" if date else None),
        ("DA", date.isoformat().replace("-", "/") if date else None),
        ("LA", citation.language),
        ("PB", None if citation.is_article else citation.keeper),
        ("UR", citation.url),
        ("DB", citation.archive if citation.is_article else None),
        ("DP", citation.keeper if citation.is_article else None),
        ("AN", citation.number),
        ("AV", citation.address if citation.is_article else None),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in fields if value is not None)


def csl_json(citation: Citation) -> str:
    """A list of one item, as reference managers exchange it."""
    return _ENCODE([csl_item(citation)]) + "\n"


def csl_item(citation: Citation) -> dict[str, object]:
    """https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables; only what is known."""
    date = citation.date
    item: dict[str, object | None] = {
        "id": citation.key,
        "type": "article-newspaper" if citation.is_article else "entry",
        "title": citation.title,
        "author": [{"literal": name} for name in citation.authors] or None,
        "container-title": citation.outlet if citation.is_article else citation.archive,
        "issued": {"date-parts": [[date.year, date.month, date.day]]} if date else None,
        "language": citation.language,
        "publisher": None if citation.is_article else citation.keeper,
        "URL": citation.url,
        "archive": citation.archive if citation.is_article else None,
        "archive_location": (citation.address or citation.number) if citation.is_article else None,
    }
    return {name: value for name, value in item.items() if value is not None}


def _where(address: str | None, citation: Citation, interface: Interface) -> str:
    return address or interface.say("no. {number}", number=citation.number)


def _latex(text: str) -> str:
    if text.replace(" ", "").isalnum():  # as most texts are
        return text.strip()
    text = _line(text).translate(_LATEX)
    return _LIGATURE.sub("{}", text) if _SIGNS.search(text) else text


def _line(text: str) -> str:
    return text.strip() if text.isprintable() else _CONTROL.sub(" ", text).strip()
