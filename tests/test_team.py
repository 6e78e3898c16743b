"""Work that a copy of this process does meanwhile."""

from __future__ import annotations

import os
import signal

import pytest

from bindery import team
from bindery.errors import SiteError
from bindery.model import Place


@pytest.mark.parametrize("size", [1, pytest.param(2, marks=pytest.mark.skipif(team.size() < 2, reason="one processor"))])
def test_what_was_done_meanwhile_is_there_when_it_is_asked_for(size: int) -> None:
    with team.meanwhile(lambda: (os.getpid(), "done"), size) as result:
        pid, told = result()
    assert (told, pid == os.getpid()) == ("done", size == 1)


@pytest.mark.parametrize("size", [1, pytest.param(2, marks=pytest.mark.skipif(team.size() < 2, reason="one processor"))])
def test_what_went_wrong_meanwhile_is_raised_where_it_is_asked_for(size: int) -> None:
    def fails() -> None:
        raise SiteError("no room", at=Place("site"), fix="make some")

    with pytest.raises(SiteError, match="no room"), team.meanwhile(fails, size) as result:
        result()


@pytest.mark.skipif(team.size() < 2, reason="one processor")
def test_a_copy_that_nobody_asks_or_that_was_killed_is_no_harm() -> None:
    with team.meanwhile(lambda: "x" * 1_000_000, 2):
        pass
    with pytest.raises(RuntimeError, match="ended from outside"), team.meanwhile(lambda: os.kill(os.getpid(), signal.SIGKILL), 2) as result:
        result()
