"""Every cleaning and annotation rule, in words: what the provenance panel and the methodology page print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import yaml

RuleStage = Literal["clean", "metadata", "annotate", "link"]

_switched_off: ContextVar[frozenset[str]] = ContextVar("switched_off", default=frozenset())


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    """Stable; stands in provenance files: "breadcrumb"."""
    stage: RuleStage
    sentence: str
    """What it does, for a reader of the archive: "A line of menu steps such as ‘Home > News’"."""


@cache
def rules() -> dict[str, Rule]:
    """Rule by code, in the order of rules.yaml."""
    source = resources.files("bindery").joinpath("rules.yaml").read_text(encoding="utf-8")
    return {
        code: Rule(code, stage, sentence) for stage, sentences in yaml.safe_load(source).items() for code, sentence in sentences.items()
    }


def sentence(code: str) -> str:
    """The rule in words; the code itself when a newer program wrote it."""
    rule = rules().get(code)
    return rule.sentence if rule else code


def switched_off() -> frozenset[str]:
    """Codes that give no evidence and no verdict at present; none but while somebody measures what they are worth."""
    return _switched_off.get()


def active(code: str) -> bool:
    """Whether a rule speaks: asked where its code is given to a name or a line, and nowhere else."""
    return code not in _switched_off.get()


@contextmanager
def without(*codes: str) -> Iterator[None]:
    """Ingest as if some rules were not there: their lines and names are judged by the others."""
    token = _switched_off.set(_switched_off.get().union(codes))
    try:
        yield
    finally:
        _switched_off.reset(token)
