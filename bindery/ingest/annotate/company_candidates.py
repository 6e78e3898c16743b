"""Names of firms with too little evidence → candidates."""

from __future__ import annotations

from collections.abc import Iterator

from bindery.ingest.annotate.companies import Companies
from bindery.ingest.annotate.company_strangers import ACTS, FORM, LIST, TOWN, TRADE, VISITED
from bindery.ingest.annotate.words import TITLE
from bindery.ingest.draft import Candidate

SCORE = {"company-head-noun": 0.7, "company-listed": 0.6, LIST: 0.5, ACTS: 0.4, VISITED: 0.35, TOWN: 0.35, TRADE: 0.3, FORM: 0.3}
CALLED = "a legal form, or a word that calls it a company: "
LACKS = {
    "company-head-noun": "a legal form, or a proper name before its noun",
    "company-listed": "a sign that it is the firm and not the word: a legal form, ‘the carmaker’ before it, its plant or its chairman",
    LIST: f"{CALLED}it only stands beside one",
    ACTS: f"{CALLED}it only acts like one",
    TRADE: f"{CALLED}a trade is only part of its name",
    VISITED: f"{CALLED}somebody only visits it",
    TOWN: f"{CALLED}only its town is told",
    FORM: f"{CALLED}it only looks like a made-up name",
}


def find(firms: Companies) -> Iterator[Candidate]:
    """Candidates in every text but the title."""
    for name in firms.unsure:
        if name.span.paragraph != TITLE and name.form.count("(") == name.form.count(")") and not name.form.isupper() | (len(name.form) < 3):
            code = name.evidence[0]
            yield Candidate("company", name.form, name.span, SCORE[code], LACKS[code], name.evidence)
