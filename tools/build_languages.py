"""Unicode CLDR, by Babel → the last part of every table in bindery/languages/: names of months, countries and languages, how a day
and a number are written.

    .venv/bin/python tools/build_languages.py [--check]

A new language: copy en.yaml's head to a file named for its tag, run this, and translate what tests/languages/ asks for.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "bindery" / "languages"
MARK = "# From here on written by tools/build_languages.py: what Unicode's CLDR says (https://cldr.unicode.org/).\n"
WRITTEN_AS = {"en": "en_GB"}
"""Dates and numbers of a language that is written in several ways."""
LANGUAGES = (
    "ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "mn", "ms", "nl", "no", "pl", "pt",
    "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip
"""Whose names tables have."""
SHORT = {"HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar", "TR": "Turkey", "CZ": "Czech Republic"}
"""Further English names of countries, as records have them."""
_FIELDS = {"d": "{day}", "M": "{number}", "MMMM": "{month}", "y": "{year}"}


def facts(tag: str) -> dict[str, Any]:
    """What CLDR says of a language."""
    from babel import Locale  # noqa: PLC0415 - only who makes tables has it
    from babel.core import get_global  # noqa: PLC0415 - as above

    locale, written = Locale.parse(tag), Locale.parse(WRITTEN_AS.get(tag, tag))
    return {
        "locale": "{0}_{2}".format(*get_global("likely_subtags")[tag].split("_")),
        "months": [written.months["format"]["wide"][number] for number in range(1, 13)],
        "months_short": [locale.months["stand-alone"]["abbreviated"][number] for number in range(1, 13)],
        "month": _pattern(written.datetime_skeletons["yMMMM"].pattern),
        "day": _pattern(written.date_formats["long"].pattern),
        "numbers": {name: written.number_symbols["latn"][name] for name in ("decimal", "group")},
        "plurals": sorted({written.plural_form(number) for number in range(1000)}),
        "languages": {one: locale.languages[one] for one in LANGUAGES},
        "countries": {} if tag == "en" else dict(sorted(_countries(locale, Locale.parse("en").territories))),
    }


def _pattern(pattern: str) -> str:
    """ "d. MMMM y" → "{day}. {month} {year}"."""
    return re.sub(r"d+|M+|y+", lambda field: _FIELDS[field[0]], pattern)


def _countries(locale: Any, english: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for code, name in locale.territories.items():
        if re.fullmatch("[A-Z]{2}", code) and code in english and code not in ("ZZ", "EU", "UN", "EZ"):
            yield english[code], name
            if code in SHORT:
                yield SHORT[code], name


def with_facts(source: str, found: Mapping[str, Any]) -> str:
    """A table whose last part says so; what people wrote in it stays as it is."""
    own = source.partition(MARK)[0].rstrip("\n")
    return f"{own}\n\n{MARK}{yaml.safe_dump({'cldr': dict(found)}, allow_unicode=True, sort_keys=False, width=1000)}"


def main(arguments: list[str]) -> int:
    stale = 0
    for path in sorted(TABLES.glob("*.yaml")):
        source = path.read_text(encoding="utf-8")
        made = with_facts(source, facts(path.stem))
        if made != source:
            stale += 1
            print(path.relative_to(ROOT))
            if "--check" not in arguments:
                path.write_text(made, encoding="utf-8")
    return int("--check" in arguments and stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
