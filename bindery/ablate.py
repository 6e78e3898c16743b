"""A gold set → what each rule is worth: the figures with the rule switched off, beside those with all rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bindery import evaluate, rules
from bindery.ingest import read
from bindery.ingest.annotate import Known, annotate
from bindery.ingest.clean.page import draft
from bindery.ingest.draft import Annotation, Draft
from bindery.model import Seed
from bindery.progress import Progress, quiet
from bindery.score import METADATA, Gold, Scores, score

STAGES = ("clean", "metadata", "annotate")

COLUMNS = {
    "cities": "cities", "officials": "offic.", "companies": "comp.", "roles": "roles", "title": "title", "date": "date",
    "source": "source", "byline": "byline", "body kept": "kept", "junk gone": "gone",
}  # fmt: skip
"""Figure → head of its column."""

Pages = Sequence[tuple[Draft, Annotation]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens without one rule."""

    rule: str
    fired: int
    """Lines, fields and names it spoke for with all rules on."""
    changes: Mapping[str, float]
    """Change of each of COLUMNS: below zero where the rule helps, above where it harms. F1 for names, shares for the others."""

    @property
    def total(self) -> float:
        return sum(self.changes.values())


@dataclass(frozen=True, slots=True)
class Ablation:
    scores: Scores
    """With all rules."""
    effects: tuple[Effect, ...]
    """Of every rule that fires, the most valuable first, one that harms last."""
    silent: tuple[str, ...]
    """Rules that never fire on this set, in the order of rules.yaml."""


def ablate(gold: Path, progress: Progress = quiet) -> Ablation:
    """Measure a folder once with all rules and once without each that fires. Raises what `evaluate` raises."""
    records = list(evaluate.read_gold(gold))
    seeds = [read.read(path, gold) for path in read.seed_paths(gold)]
    pages = _annotated(seeds)
    scores = measured(records, pages)
    fired = firings(pages)
    codes = [code for code, rule in rules.rules().items() if rule.stage in STAGES and code != "body"]
    loud = [code for code in codes if fired[code]]
    without = {code: _without(code, seeds, pages, records) for code in progress(loud, "ablate", len(loud))}
    effects = [Effect(code, fired[code], _changes(scores, without[code] or scores)) for code in loud]
    ordered = sorted(effects, key=lambda effect: (round(effect.total, 6), -effect.fired, effect.rule))
    return Ablation(scores, tuple(ordered), tuple(code for code in codes if not fired[code]))


def firings(pages: Pages) -> Counter[str]:
    """How often each rule spoke: verdicts of lines, suspects, fields, mentions' owners and candidates."""
    fired: Counter[str] = Counter()
    for page, annotation in pages:
        fired.update(verdict.rule for verdict in page.verdicts)
        fired.update(suspect.rule for suspect in page.suspects)
        fired.update(field for field in page.metadata.lines if field in METADATA)
        fired.update(code for entity in annotation.entities for code in entity.evidence)
        fired.update(code for candidate in annotation.candidates for code in candidate.evidence)
    return fired


def table(ablation: Ablation) -> Iterator[str]:
    """The lines that `build.py evaluate --ablate` prints; changes in thousandths."""
    yield "Change of each figure, in thousandths, without one rule: below zero where the rule helps."
    yield ""
    yield f"{'':26} {'fired':>5}  " + " ".join(f"{head:>6}" for head in COLUMNS.values()) + "   total"
    for effect in ablation.effects:
        cells = " ".join(f"{_thousandths(effect.changes[figure]):>6}" for figure in COLUMNS)
        yield f"{effect.rule:26} {effect.fired:5}  {cells}  {_thousandths(effect.total):>6}"
    figures = _figures(ablation.scores)
    yield f"{'with all rules':26} {'':5}  " + " ".join(f"{'n/a' if value is None else f'{value:.3f}':>6}" for value in figures.values())
    yield ""
    yield f"Never fired here: {', '.join(ablation.silent) or 'none'}."


def _thousandths(change: float) -> str:
    return f"{1000 * change:+.1f}" if round(change, 6) else "·"


def _annotated(seeds: Iterable[Seed]) -> Pages:
    return [(page, annotate(page, Known())) for page in map(draft, seeds)]


def _without(code: str, seeds: Sequence[Seed], pages: Pages, records: Sequence[Gold]) -> Scores | None:
    """The figures without a rule; None where no page comes out otherwise. What annotate finds does not change the cleaning."""
    with rules.without(code):
        if rules.rules()[code].stage == "annotate":
            anew: Pages = [(page, annotate(page, Known())) for page, _ in pages]
        else:
            cleaned = [draft(seed) for seed in seeds]
            anew = [old if page == old[0] else (page, annotate(page, Known())) for page, old in zip(cleaned, pages, strict=True)]
    return measured(records, anew) if anew != pages else None


def measured(records: Sequence[Gold], pages: Pages) -> Scores:
    """The figures of annotated pages, by the way that `evaluate` takes from there."""
    return score(records, evaluate.records(evaluate.linked(pages)))


def _figures(scores: Scores) -> dict[str, float | None]:
    """By COLUMNS; None where there was nothing to get right."""
    return {
        **{kind: matches.f1 for kind, matches in scores.kinds.items()},
        "roles": scores.roles.value,
        **{key: share.value for key, share in scores.metadata.items()},
        "body kept": scores.body_kept.value,
        "junk gone": scores.junk_gone.value,
    }


def _changes(scores: Scores, without: Scores) -> dict[str, float]:
    """A figure that cannot be told any more, such as roles without officials, has fallen to nothing."""
    before, after = _figures(scores), _figures(without)
    return {figure: (after[figure] or 0.0) - (before[figure] or 0.0) for figure in COLUMNS}
