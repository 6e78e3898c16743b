"""Work in several processes: each is a copy of this one, and they exchange no more than shares of work and results.

Where the system cannot copy a process, or there is little to do, all is done here.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, NoReturn, Protocol, Self, TypeVar

from bindery.progress import Progress

Result = TypeVar("Result")
ENDED = "a process of this build was ended from outside"
MOST = 8
"""Processes; more wait for the disk."""
STEP = 50
"""Pieces of work between two words about how far it is."""
_PR_SET_PDEATHSIG = 1


class Worker(Protocol):
    """What is copied. A stage is a method that takes a share and yields once for each piece it has done; `result` is what it made."""

    result: Any


class Team:
    """This process and its copies. Use as a context manager; `call` gives each a share."""

    def __init__(self, worker: Worker, size: int) -> None:
        self.worker = worker
        self._members: list[tuple[multiprocessing.process.BaseProcess, Any]] = []
        """Each with the end of its pipe that is here."""
        context = multiprocessing.get_context("fork") if size > 1 else None
        for _ in range(size - 1):
            assert context
            here, there = context.Pipe()
            mine = [here, *(connection for _, connection in self._members)]
            process = context.Process(target=_serve, args=(worker, there, mine, os.getpid()), daemon=True)
            process.start()
            there.close()
            self._members.append((process, here))

    @property
    def size(self) -> int:
        return 1 + len(self._members)

    def call(self, stage: str, shares: Sequence[Sequence[Any]], progress: Progress, words: str) -> list[Any]:
        """The results of a stage, in the order of the shares; the first is done here. Raises what a member raises."""
        total = sum(map(len, shares))
        for (_, connection), share in zip(self._members, shares[1:], strict=True):
            connection.send((stage, share))
        for _ in progress(self._steps(stage, shares[0]), words, total):
            pass
        return [self.worker.result, *self._results]

    @contextmanager
    def told(self, stage: str, *values: object) -> Iterator[None]:
        """The others do a stage, without a result, while the block does what it is here."""
        for _, connection in self._members:
            connection.send((stage, values))
        yield
        for _, connection in self._members:
            while isinstance(message := connection.recv(), int):
                pass
            _answer(message)

    def _steps(self, stage: str, share: Sequence[Any]) -> Iterator[None]:
        waiting = {number: connection for number, (_, connection) in enumerate(self._members)}
        found: dict[int, Any] = {}
        for done, step in enumerate(getattr(self.worker, stage)(share), 1):
            yield step
            if done % STEP == 0:
                yield from self._heard(waiting, found, wait=False)
        while waiting:
            yield from self._heard(waiting, found, wait=True)
        self._results = [found[number] for number in sorted(found)]

    def _heard(self, waiting: dict[int, Any], found: dict[int, Any], *, wait: bool) -> Iterator[None]:
        for number, connection in list(waiting.items()):
            while number in waiting and (wait or connection.poll()):
                try:
                    message = connection.recv()
                except EOFError:
                    raise RuntimeError(ENDED) from None
                if isinstance(message, int):
                    yield from [None] * message
                else:
                    found[number] = _answer(message)
                    del waiting[number]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for process, connection in self._members:
            connection.close()
            if kind is not None:
                process.terminate()
        for process, _ in self._members:
            process.join()


@contextmanager
def meanwhile(work: Callable[[], Result], size: int) -> Iterator[Callable[[], Result]]:
    """Some work that a copy of this process does while the block does something else; what is given waits for its result, and raises
    what it raised. With a size of 1 it is done when it is asked for."""
    if size < 2:
        yield work
        return
    here, there = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(here)  # so that it ends when nobody is there to hear it
        _answer_with(work, there, parent)
    os.close(there)
    with os.fdopen(here, "rb") as answer:
        try:
            yield lambda: _answer(_told(answer))
        finally:
            answer.close()
            os.waitpid(child, 0)


def _told(answer: BinaryIO) -> Any:
    try:
        return pickle.load(answer)  # noqa: S301 - from our own copy
    except EOFError:
        raise RuntimeError(ENDED) from None


def _answer_with(work: Callable[[], object], pipe: int, parent: int) -> NoReturn:
    """The life of a copy."""
    try:
        _end_with(parent)
        try:
            told: tuple[bool, object] = True, work()
        except Exception as problem:  # noqa: BLE001 - raised again where it is waited for
            told = False, problem
        with os.fdopen(pipe, "wb") as answer:
            pickle.dump(told, answer)
    finally:
        os._exit(0)


def size() -> int:
    """How many processes are worth their while here."""
    if sys.platform != "linux":  # macOS ends copies of processes that have used its libraries; Windows has none
        return 1
    return max(1, min(MOST, len(os.sched_getaffinity(0))))


def _serve(worker: Worker, connection: Any, copied: Sequence[Any], parent: int) -> None:
    """A member's life: it ends when the other end of the pipe does, of which it must hold no copy."""
    _end_with(parent)
    try:
        for end in copied:
            end.close()
        while True:
            try:
                stage, share = connection.recv()
            except EOFError:
                break
            try:
                done = 0
                for done, _ in enumerate(getattr(worker, stage)(share), 1):
                    if done % STEP == 0:
                        connection.send(STEP)
                if done % STEP:
                    connection.send(done % STEP)
                connection.send((True, worker.result))
            except Exception as problem:  # noqa: BLE001 - raised again where the work was given out
                connection.send((False, problem))
    except (BrokenPipeError, KeyboardInterrupt):
        pass
    finally:
        os._exit(0)  # nothing of the copied process is to be cleaned up here


def _end_with(parent: int) -> None:
    """Have the system end this process as soon as that one ends, even if it is killed: it must not go on writing beside the next
    build."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _answer(message: Any) -> Any:
    is_done, value = message
    if not is_done:
        raise value
    return value
