"""pytickersymbols → bindery/ingest/data/companies/listed.tsv: members of large stock indices, by name and country.

Not part of the program: run by hand when the list is to be renewed, in an environment of its own,

    pip install pytickersymbols
    python tools/build_firms.py

pytickersymbols is under the MIT licence; it has the names from Wikipedia's lists of index members. Firms with native
names, short forms or no listing are kept by hand in firms.tsv beside it.
"""

from __future__ import annotations

import re
from pathlib import Path

from pytickersymbols import PyTickerSymbols

OUTPUT = Path(__file__).resolve().parent.parent / "bindery/ingest/data/companies/listed.tsv"
INDICES = {
    "AEX": "NL", "BEL 20": "BE", "CAC_40": "FR", "CAC Mid 60": "FR", "DAX": "DE", "MDAX": "DE", "TecDAX": "DE", "EURO STOXX 50": "",
    "FTSE 100": "GB", "IBEX 35": "ES", "NIKKEI 225": "JP", "OMX Helsinki 25": "FI", "OMX Stockholm 30": "SE", "Switzerland 20": "CH",
    "DOW JONES": "US", "NASDAQ 100": "US", "S&P 100": "US", "S&P 500": "US",
}  # fmt: skip
"""Index → where most of its members are at home."""
CODES = {
    "Austria": "AT", "Australia": "AU", "Belgium": "BE", "Bermuda": "BM", "Brazil": "BR", "Canada": "CA", "China": "CN", "Denmark": "DK",
    "Finland": "FI", "France": "FR", "Germany": "DE", "Hong Kong": "HK", "India": "IN", "Ireland": "IE", "Israel": "IL", "Italy": "IT",
    "Japan": "JP", "Luxembourg": "LU", "Mexico": "MX", "Netherlands": "NL", "Norway": "NO", "Portugal": "PT", "Singapore": "SG",
    "Spain": "ES", "Sweden": "SE", "Switzerland": "CH", "Taiwan": "TW", "United Kingdom": "GB", "United States": "US",
    "Vereinigtes Königreich": "GB", "Vereinigte Staaten": "US", "Deutschland": "DE", "Frankreich": "FR", "Schweiz": "CH",
}  # fmt: skip
TAIL = re.compile(
    r"\s*\([^)]*\)"
    r"|,? (?:Holdings?|Corporation & plc|Corporation|Corp\.?|Company|Co\.?|plc|SE|AG|S\.?A\.?F?\.?|N\.?V\.?|Inc\.?|Ltd\.?|Limited|AB)$"
)


def bare(name: str) -> str:
    """Without brackets and legal form, "The" kept out."""
    name = name.removeprefix("The ")
    while (shorter := TAIL.sub("", name).strip()) != name:
        name = shorter
    return name


def rows() -> dict[str, str]:
    stocks = PyTickerSymbols()
    found = {}
    for index, home in INDICES.items():
        for stock in stocks.get_stocks_by_index(index):
            name = bare(stock["name"])
            if len(name) > 1 and not name.isdigit():
                found.setdefault(name, CODES.get(stock.get("country") or "", home))
    return found


if __name__ == "__main__":
    lines = [f"{country}\t{name}" for name, country in sorted(rows().items())]
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
