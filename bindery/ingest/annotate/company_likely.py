"""Runs of capitals that no rule has decided → those that are most likely companies, by learnt weights."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from math import exp

from msgspec.structs import replace

from bindery.ingest.annotate.company_names import Name
from bindery.ingest.annotate.company_signs import Others, Undecided, undecided
from bindery.ingest.annotate.words import Text
from bindery.rules import active

CODE = "company-likely"
LANGUAGE = "en"
LIKELY = 0.9
"""Share of true companies from which a run is linked. The pages it was learnt from name more firms than most: elsewhere it is less."""


def likely(texts: Sequence[Text], sure: Sequence[Name], unsure: Sequence[Name], others: Others) -> list[Name]:
    """Names to take for companies beside the `sure` ones: in English, whose words the signs are."""
    if not active(CODE) or others.language != LANGUAGE:
        return []
    runs = undecided(texts, sure, unsure, others)
    return [_made_sure(name) for run in runs if probability(run) >= LIKELY for name in run.names]


def probability(run: Undecided) -> float:
    """0.0–1.0, as learnt from pages whose companies are known."""
    known = weights()
    return 1 / (1 + exp(-(known[""] + sum(known.get(sign, 0.0) for sign in run.signs))))


def _made_sure(name: Name) -> Name:
    evidence = name.evidence if CODE in name.evidence else (*name.evidence, CODE)
    return replace(name, sure=True, evidence=evidence)


@cache
def weights() -> dict[str, float]:
    """data/companies/weights.tsv: weight by sign; that of "" is added for every run."""
    source = resources.files("bindery.ingest").joinpath("data", "companies", "weights.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in source.splitlines() if not line.startswith("#"))
    return {sign: float(weight) for sign, weight in rows}
