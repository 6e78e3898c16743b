"""Labelled pages → bindery/ingest/data/companies/weights.tsv: what each sign of a capitalised name says of its being a company.

    python tools/train_companies.py tests/golden/pages/open [FOLDER …]

A folder holds pages and records in the form of the gold sets (tests/golden/pages/README.md). Prints what the weights do on
pages they have not seen (five folds, divided by page), then learns from all and writes the file. The same pages give the same
file. Logistic regression with a quadratic penalty, by gradient descent with a step of its own for each weight (AdaGrad).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bindery.ingest import read
from bindery.ingest.annotate import cities, companies, officials, others
from bindery.ingest.annotate.cities import Places
from bindery.ingest.annotate.company_likely import LANGUAGE
from bindery.ingest.annotate.company_signs import runs
from bindery.ingest.annotate.known import Known
from bindery.ingest.annotate.words import words
from bindery.ingest.clean.page import draft

OUTPUT = Path(__file__).resolve().parent.parent / "bindery/ingest/data/companies/weights.tsv"
FEWEST_PAGES = 5
"""Pages that must have a sign before it gets a weight."""
PENALTY = 0.05
STEPS = 150
RATE = 0.3
FOLDS = 5
SMALLEST = 0.05
"""A weight nearer to nothing is left out."""


@dataclass(frozen=True, slots=True)
class Sample:
    page: str
    key: str
    signs: frozenset[str]
    company: bool
    ruled: bool
    """A rule knows it for a company: it teaches what stands around companies, and is no question."""


def samples(folder: Path) -> Iterator[Sample]:
    """Every undecided run of the folder's pages; those a record calls doubtful, or names in part only, teach nothing."""
    for record in sorted(folder.glob("*.json")):
        yield from _of_page(record, json.loads(record.read_text(encoding="utf-8")))


def _of_page(record: Path, gold: dict[str, Any]) -> Iterator[Sample]:
    page = draft(read.read(record.with_suffix(".txt"), record.parent))
    places = Places.of(page, Known())
    beside = others(officials.examine(page, places), cities.find(places)[0], places, page.metadata.language)
    if beside.language != LANGUAGE:
        return
    firms = companies.by_rule(places.texts, beside, Known())
    true = {_key(form) for company in gold["companies"] for form in company["forms"]}
    doubtful = {_key(form) for forms in gold.get("optional", {}).values() for form in forms}
    sure = {name.key for name in firms.sure}
    for run in runs(places.texts, firms.sure, firms.unsure, beside, beside.officials):
        partly = any(f" {form} " in f" {run.key} " or f" {run.key} " in f" {form} " for form in true if form)
        if run.key in true or not (partly or run.key in doubtful):
            yield Sample(record.stem, run.key, run.signs, run.key in true, run.key in sure)


def _key(form: str) -> str:
    return " ".join(word.folded for word in words(form))


def learnt(train: Sequence[Sample]) -> dict[str, float]:
    """Weight by sign."""
    pages: dict[str, set[str]] = {}
    for sample in train:
        for sign in sample.signs:
            pages.setdefault(sign, set()).add(sample.page)
    known = {sign for sign, where in pages.items() if len(where) >= FEWEST_PAGES}
    rows = [([*sorted(sample.signs & known), ""], float(sample.company)) for sample in train]
    weights = dict.fromkeys([*sorted(known), ""], 0.0)
    squares = dict.fromkeys(weights, 1e-8)
    for _ in range(STEPS):
        slopes = {sign: PENALTY * len(rows) / 100 * weight for sign, weight in weights.items()}
        for signs, company in rows:
            error = 1 / (1 + exp(-sum(weights[sign] for sign in signs))) - company
            for sign in signs:
                slopes[sign] += error
        for sign, slope in slopes.items():
            squares[sign] += slope * slope
            weights[sign] -= RATE * slope / sqrt(squares[sign])
    return weights


def share(sample: Sample, weights: dict[str, float]) -> float:
    return 1 / (1 + exp(-(weights[""] + sum(weights.get(sign, 0.0) for sign in sample.signs))))


def folded(found: Sequence[Sample]) -> list[tuple[Sample, float]]:
    """Every sample with what weights that never saw its page make of it."""
    pages = sorted({sample.page for sample in found})
    fold_of = {page: number % FOLDS for number, page in enumerate(pages)}
    judged = []
    for fold in range(FOLDS):
        weights = learnt([sample for sample in found if fold_of[sample.page] != fold])
        judged += [(sample, share(sample, weights)) for sample in found if fold_of[sample.page] == fold]
    return judged


def table(judged: Iterable[tuple[Sample, float]]) -> Iterator[str]:
    pairs = [(sample, value) for sample, value in judged if not sample.ruled]
    total = sum(sample.company for sample, _ in pairs)
    yield f"{len(pairs):,} runs, {total:,} of them companies"
    yield "from    right  wrong  precision  recall"
    for least in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
        taken = [sample.company for sample, value in pairs if value >= least]
        right = sum(taken)
        yield f"{least:.2f} {right:8} {len(taken) - right:6} {right / max(1, len(taken)):10.3f} {right / max(1, total):7.3f}"


def main(folders: Sequence[str], output: Path = OUTPUT) -> None:
    found = [sample for folder in folders for sample in samples(Path(folder))]
    judged = folded(found)
    print("\n".join(table(judged)))
    weights = learnt(found)
    kept = {sign: weight for sign, weight in weights.items() if abs(weight) >= SMALLEST or not sign}
    note = "# Written by tools/train_companies.py: what a sign of a capitalised name says for (+) or against (-) its being a company."
    output.write_text("\n".join([note, *(f"{sign}\t{weight:.2f}" for sign, weight in sorted(kept.items()))]) + "\n", encoding="utf-8")
    print(f"{len(kept)} weights from {len({sample.page for sample in found})} pages; most told by:", Counter(kept).most_common(12))


if __name__ == "__main__":
    main(sys.argv[1:])
