"""the archive → its questions, asked again after every change, and what was done about them, to be undone."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bindery import pipeline
from bindery.config import Site
from bindery.content import changes, turn
from bindery.content.changes import Change, StaleError
from bindery.desk import sight
from bindery.desk.acts import Asked, Done, RefusedError, act
from bindery.errors import ArchiveError
from bindery.ingest.questions import Question
from bindery.model import Library

PATIENCE = 300.0
"""Seconds in which whoever has the turn will be done: the first build of ten thousand briefings takes some minutes."""
MOST_SHOWN = 500
"""Questions in the list; the others follow as these are answered."""
HEARTBEAT_SECONDS = 15.0
QUIET_SECONDS = 1.5
"""After the last deed, before the archive is brought up to date: whoever answers one question after another is not to wait for it."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done at the desk that can be undone."""

    said: str
    changes: tuple[Change, ...]
    key: str
    """Of the question it settled; empty where it settled none."""


class Desk:
    """What every open page of the desk shows. Its methods may be called from any thread. `load` reads site.yaml."""

    def __init__(self, load: Callable[[], Site], quiet_seconds: float = QUIET_SECONDS) -> None:
        self.load = load
        self._quiet_seconds = quiet_seconds
        self._quiet_from = 0.0
        self._changed = threading.Condition()
        self._site = load()
        self._questions: dict[str, Question] = {}
        self._library = Library((), {}, {}, {})
        self._answered: dict[str, int] = {}
        """Question → how many deeds there were when it was answered; it is left out until the questions are newer than that."""
        self._deeds: list[Deed] = []
        self._deed_count = 0
        self._generation = 0
        self._is_wanted = True
        self._is_at_work = False
        self._is_closed = False
        self._error = ""

    def wake(self) -> None:
        """Something in the archive has changed: ask again."""
        with self._changed:
            self._is_wanted = True
            self._tell()

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    @property
    def is_closed(self) -> bool:
        return self._is_closed

    def work(self) -> None:
        """Bring content/ up to date and ask again, whenever that is wanted, until the desk is closed."""
        while self._wanted():
            error, found = "", None
            with self._changed:
                count = self._deed_count
            try:
                site = self.load()
                with turn.taken(site, PATIENCE):
                    pipeline.ingest(site)
                with turn.taken(site, PATIENCE):  # taken anew: somebody may wait to write an answer
                    found = pipeline.reviewed(site)
            except ArchiveError as problem:
                error = str(problem)
            except ExceptionGroup as problems:
                error = "\n".join([str(problems.message), *map(str, problems.exceptions)])
            except Exception as fault:  # noqa: BLE001 - a fault of the program: said in full, and the desk outlives it
                error = "".join(traceback.format_exception(fault))
            with self._changed:
                self._is_at_work, self._error = False, error
                if found is not None:
                    self._site, self._library = site, found[1]
                    self._questions = {question.key: question for question in found[0]}
                    self._answered = {key: at for key, at in self._answered.items() if at > count}
                self._tell()

    def rest(self) -> None:
        """Until nothing has been done for a while."""
        with self._changed:
            while not self._is_closed and (left := self._quiet_from - time.monotonic()) > 0:
                self._changed.wait(left)

    def _wanted(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._is_wanted or self._is_closed)
        self.rest()
        with self._changed:
            self._is_wanted, self._is_at_work = False, True
            self._tell()
            return not self._is_closed

    def _tell(self) -> None:
        self._generation += 1
        self._changed.notify_all()

    def wait(self, seen: int) -> int:
        """Until there is something newer to show than `seen`, or a heartbeat is due. Gives the newest."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._generation != seen, HEARTBEAT_SECONDS)
            return self._generation

    def state(self) -> dict[str, Any]:
        """The list of questions, and what there is to say about it."""
        with self._changed:
            open_ones = [question for key, question in self._questions.items() if key not in self._answered]
            return {
                "generation": self._generation,
                "at_work": self._is_at_work or self._is_wanted,
                "error": self._error,
                "count": len(open_ones),
                "questions": [sight.row(question) for question in open_ones[:MOST_SHOWN]],
                "undo": self._deeds[-1].said if self._deeds else "",
            }

    def question(self, key: str) -> dict[str, Any] | None:
        """All of one question; None if it is not asked (any more)."""
        with self._changed:
            question, library, site = self._questions.get(key), self._library, self._site
            if question is None or key in self._answered:
                return None
        return sight.whole(question, library, site)

    def records(self, words: str) -> list[dict[str, Any]]:
        with self._changed:
            library = self._library
        return sight.records_like(words, library)

    def act(self, values: Mapping[str, Any]) -> str:
        """Do what a page asks for. Gives what was done, in words. Raises RefusedError, or an ArchiveError."""
        with turn.taken(self._site, PATIENCE):
            question, library, key = self._at(values.get("key"))
            done = act(Asked(values, question, library, self._site))
            changes.make(done.changes, self._site)
            self._remember(done, key)
        return done.said

    def _at(self, key: object) -> tuple[Question | None, Library, str]:
        with self._changed:
            if key is None:
                return None, self._library, ""
            question = self._questions.get(key) if isinstance(key, str) and key not in self._answered else None
            if question is None:
                raise RefusedError("this question is not asked any more")
            return question, self._library, question.key

    def _remember(self, done: Done, key: str) -> None:
        with self._changed:
            self._deeds.append(Deed(done.said, done.changes, key if done.settles else ""))
            self._count()
            if done.settles:
                self._answered[key] = self._deed_count

    def _count(self) -> None:
        """One deed more, by which what was asked before it is old."""
        self._deed_count += 1
        self._quiet_from = time.monotonic() + self._quiet_seconds
        self._is_wanted = True
        self._tell()

    def undo(self) -> str:
        """Take the last deed back, if its files are still as it left them. Raises RefusedError, or StaleError."""
        with turn.taken(self._site, PATIENCE):
            with self._changed:
                if not self._deeds:
                    raise RefusedError("there is nothing to undo")
                deed = self._deeds[-1]
            try:
                changes.make([change.undone for change in reversed(deed.changes)], self._site)
            except StaleError as stale:
                fix = "take it back by hand, or with git: your later edit was left as it is"
                raise StaleError("has been changed since, so that this cannot be undone", at=stale.at, fix=fix) from stale
            with self._changed:
                self._deeds.pop()
                self._answered.pop(deed.key, None)
                self._count()
        return deed.said
