"""The YAML nearly all front matter consists of → its values; None for any other, which is for the YAML library.

`key: words`, `key: 'words'` and lists of one `- words` a line: to ask the library about these takes most of the time of reading
content/. Whatever is read here the library reads as the same; what it might read otherwise is left to it.
"""

from __future__ import annotations

import re

ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that YAML forbids, reads as line ends or, like a tab, as space in some places."""
_LINE = re.compile(
    r"""(?: (?P<key>[A-Za-z_][A-Za-z0-9_-]{0,99}+) : | (?P<indent>[ ]*+)- )
        (?: [ ]
            (?: (?P<plain> (?: [^\s\-?:,\[\]{}\#&*!|>'"%@`] | -[^\s\-:] ) (?: [^\s:]++ | :(?=\S) | [ ]++(?=[^\s\#]) )*+ )
              | '(?P<single> (?: [^'\n]++ | '' )*+ )'
              | "(?P<double> [^"\\\n]*+ )"
            )
        )?+ \n""",
    re.VERBOSE,
)
"""One line. Words without quotes end with it: it cannot be continued, since the next one begins with a key or a hyphen."""


def read(source: str) -> dict[str, str | list[str]] | None:
    """The values in their order, every one a text as typed. None where a line is anything else, and for nothing at all."""
    values: dict[str, str | list[str]] = {}
    key, end = "", 0
    entries: list[str] | None = None  # of the key above; None where it has a value
    indents: set[str] = set()
    for line in _LINE.finditer(source):
        if line.start() != end:
            return None
        end, kind = line.end(), line.lastgroup
        text = line[kind].replace("''", "'") if kind == "single" else line[kind or 0]
        if line["key"] is not None:
            key = line["key"]
            values[key], entries, indents = ("", [], set()) if kind == "key" else (text, None, indents)
            continue
        indents.add(line["indent"])
        if entries is None or kind == "indent" or len(indents) > 1:
            return None
        entries.append(text)
        values[key] = entries
    return values if values and end == len(source) and not ODD.search(source) else None
