#!/usr/bin/env python3
"""The door: arguments in, exit status out. `python build.py --help` says what there is."""

from __future__ import annotations

import argparse
import gc
import io
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr

from bindery.door import arguments as door
from bindery.door.commands import CLEAN, COULD_NOT_RUN, FINDINGS, site_of

__all__ = ["CLEAN", "COULD_NOT_RUN", "FINDINGS", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0: clean, 1: there are findings, 2: could not run."""
    gc.set_threshold(100_000, 20, 20)  # pages and names live to the end: to look through them every 700 objects is 5% of ingest
    options = door.parser().parse_args(door.with_command(sys.argv[1:] if arguments is None else list(arguments)))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name no code page of the terminal has is still a name
    is_noted = getattr(options, "log_json", None) or getattr(options, "report", None)
    return _ended(lambda: _noted(options) if is_noted else int(options.run(options)))


def _ended(run: Callable[[], int]) -> int:
    """The exit status, whatever happens."""
    try:
        return run()
    except ModuleNotFoundError as missing:
        return _not_installed(missing)
    except KeyboardInterrupt:
        print("stopped; the old site still stands", file=sys.stderr)
    except Exception as problem:  # noqa: BLE001 - told in full below, and the exit status says that it could not run
        _explain(problem)
    return COULD_NOT_RUN


def _noted(options: argparse.Namespace) -> int:
    """Run with a journal: its events go to the log one by one, and all together into the report."""
    from contextlib import ExitStack

    from bindery import journal, outlet, report

    if options.report:
        site = site_of(options)
        report.check_place(options.report, site.root, site.output)
    with ExitStack() as opened:
        to_stderr = options.log_json == outlet.STANDARD_OUTPUT
        stream = sys.stderr if to_stderr else opened.enter_context(outlet.text_file(options.log_json)) if options.log_json else None
        kept = opened.enter_context(journal.kept(journal.Journal(stream)))
        kept.note("begin", version=journal.VERSION, command=options.command)
        if to_stderr:  # all that stands there is JSON
            opened.enter_context(redirect_stderr(io.StringIO()))
        status = _ended(lambda: int(options.run(options)))
        kept.note("end", status=status)
        if options.report:
            report.write(options.report, kept, site, status)
    return status


def _explain(problem: Exception) -> None:
    """Place, problem and remedy of what the program expects to go wrong; a traceback of what it does not."""
    from bindery import journal
    from bindery.errors import ArchiveError

    known, unknown = ExceptionGroup("", [problem]).split(ArchiveError)
    for error in _single(known) if known else ():
        print(error, file=sys.stderr)
        if isinstance(error, ArchiveError):
            journal.note("error", path=str(error.at.path), line=error.at.line, message=error.problem, fix=error.fix)
    if unknown:
        said = "this is a fault of the program, not of the archive; nothing was half-written"
        traceback.print_exception(problem)
        print(f"build.py: {said}", file=sys.stderr)
        journal.note("error", path="build.py", line=None, message=said, fix="", traceback="".join(traceback.format_exception(problem)))


def _single(group: ExceptionGroup[Exception]) -> Iterator[Exception]:
    for error in group.exceptions:
        yield from _single(error) if isinstance(error, ExceptionGroup) else (error,)


def _not_installed(missing: ModuleNotFoundError) -> int:
    if (missing.name or "").partition(".")[0] == "bindery":
        raise missing
    print(f"build.py: {missing.name} is not installed\n    fix: make site, or: pip install -r requirements.txt", file=sys.stderr)
    return COULD_NOT_RUN


if __name__ == "__main__":
    from bindery.outlet import outlet

    sys.stdout, sys.stderr = outlet(sys.stdout), outlet(sys.stderr)
    raise SystemExit(main())
