"""Options of the suite."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # a law holds on a busy machine, too; pytest-timeout ends what hangs
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="attack in every field, kill at every moment: minutes instead of seconds")
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files of golden folders; the diff is the review")
