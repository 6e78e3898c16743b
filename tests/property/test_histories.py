"""Law: whatever happens to an archive, no byte that a person wrote is lost, no decision is forgotten, and no address dies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bindery import stamps
from bindery.ingest import pages
from tests.chronicle import Chronicle

HISTORIES = int(os.environ.get("BINDERY_HISTORIES", "12"))
"""`make test-deep` asks for more."""
SEED = int(os.environ.get("BINDERY_SEED", "1"))
STEPS = 8
SHARES = 4
"""Tests they are divided among, for as many processes."""


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.timeout(7200)
def test_words_decisions_and_addresses_outlive_a_random_history(share: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stamps.program
    for number in range(share, HISTORIES, SHARES):
        chronicle = Chronicle(tmp_path / f"archive-{number}", SEED + number)
        monkeypatch.setattr(pages, "annotate", chronicle.annotated)
        monkeypatch.setattr(stamps, "program", lambda files, libraries, one=chronicle: f"{program(files, libraries)} {one.version}")
        lived: list[str] = []
        for _ in range(STEPS):
            try:
                lived.append(chronicle.live())
            except Exception as error:
                error.add_note(f"history {SEED + number}, after {lived}")
                raise
        assert chronicle.pages
