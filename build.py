#!/usr/bin/env python3
"""The door: arguments in, exit status out. `python build.py --help` says what there is."""

from __future__ import annotations

import argparse
import gc
import io
import json
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bindery.config import Site
    from bindery.desk.desk import Desk
    from bindery.progress import Progress

COMMANDS = (
    *("build", "ingest", "publish", "check", "verify", "serve", "review", "explain", "withdraw", "pocket", "digest", "eml"),
    *("new", "evaluate"),
)
CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2
HERE = Path(__file__).resolve().parent
POCKET_KINDS = ("city", "official", "company")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0: clean, 1: there are findings, 2: could not run."""
    gc.set_threshold(100_000, 20, 20)  # pages and names live to the end: to look through them every 700 objects is 5% of ingest
    options = parser().parse_args(_with_command(sys.argv[1:] if arguments is None else list(arguments)))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name no code page of the terminal has is still a name
    try:
        return int(options.run(options))
    except ModuleNotFoundError as missing:
        return _not_installed(missing)
    except KeyboardInterrupt:
        print("stopped; the old site still stands", file=sys.stderr)
    except Exception as problem:  # noqa: BLE001 - told in full below, and the exit status says that it could not run
        _explain(problem)
    return COULD_NOT_RUN


def _explain(problem: Exception) -> None:
    """Place, problem and remedy of what the program expects to go wrong; a traceback of what it does not."""
    from bindery.errors import ArchiveError

    known, unknown = ExceptionGroup("", [problem]).split(ArchiveError)
    for error in _single(known) if known else ():
        print(error, file=sys.stderr)
    if unknown:
        traceback.print_exception(problem)
        print("build.py: this is a fault of the program, not of the archive; nothing was half-written", file=sys.stderr)


def _single(group: ExceptionGroup[Exception]) -> Iterator[Exception]:
    for error in group.exceptions:
        yield from _single(error) if isinstance(error, ExceptionGroup) else (error,)


def _with_command(arguments: list[str]) -> list[str]:
    """The arguments with the command first: `build` where none is named, so that options alone are enough."""
    values = {at + 1 for at, argument in enumerate(arguments) if argument in ("--root", "--base-url", "--reason")}  # "build" may be one
    at = next((at for at, argument in enumerate(arguments) if argument in COMMANDS and at not in values), None)
    if at is not None:
        return [arguments[at], *arguments[:at], *arguments[at + 1 :]]
    bare = not arguments or (arguments[0].startswith("-") and not {"-h", "--help"} & set(arguments))
    return ["build", *arguments] if bare else arguments


def _not_installed(missing: ModuleNotFoundError) -> int:
    if (missing.name or "").partition(".")[0] == "bindery":
        raise missing
    print(f"build.py: {missing.name} is not installed\n    fix: make site, or: pip install -r requirements.txt", file=sys.stderr)
    return COULD_NOT_RUN


def parser() -> argparse.ArgumentParser:
    """argparse: it is there before anything is installed, starts in a hundredth of a second, and a dozen verbs need no more."""
    root = argparse.ArgumentParser(
        prog="build.py", description="Turn captured press pages into a searchable briefing archive.", epilog="Without a command: build."
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--root", type=Path, default=HERE, metavar="DIR", help="the archive: a folder with seeds/, content/, site.yaml (default: this one)"
    )
    common.add_argument("--quiet", action="store_true", help="say nothing but findings and errors")
    common.add_argument("--base-url", metavar="URL", help="the address the site will have, instead of site.yaml's base_url")
    verbs = root.add_subparsers(metavar="COMMAND")
    for name, run, text in (
        ("build", build, "ingest, publish and check: the default"),
        ("ingest", ingest, "seeds/ → content/; files that people edited are left alone"),
        ("publish", publish, "content/ → site/"),
        ("check", check, "look for broken links, missing records and lost addresses in site/"),
        ("serve", serve, "show the site on this machine and rebuild it on every change"),
    ):
        verb = verbs.add_parser(name, parents=[common], help=text, description=text)
        verb.set_defaults(run=run)
        if name == "serve":
            verb.add_argument("--port", type=int, default=8000, help="(default: 8000)")
            verb.add_argument("--review", action="store_true", help="open the review desk in the browser, to answer what review asks")
            verb.add_argument("--no-browser", action="store_true", help="with --review: print its address and open nothing")
        if name == "publish":
            verb.add_argument("--no-search", action="store_true", help="leave the search and archive.zip as the last build made them")
    new = verbs.add_parser(
        "new", parents=[common], help="make a fresh archive in an empty folder", description="Make a fresh archive in an empty folder."
    )
    new.add_argument("folder", type=Path, metavar="DIR")
    new.set_defaults(run=create)
    ask = verbs.add_parser("review", parents=[common], help="list what wants a human eye, most valuable first")
    ask.add_argument("--json", action="store_true", help="for other programs")
    ask.add_argument("--limit", type=int, default=20, metavar="N", help="questions to show, 0 for all (default: 20)")
    ask.set_defaults(run=review)
    part = verbs.add_parser("pocket", parents=[common], help="put chosen briefings into one HTML file, with a search, to send or to keep")
    for kind in POCKET_KINDS:
        part.add_argument(f"--{kind}", metavar="NAME", help=f"only briefings that name this {kind}: its name, a variant or its slug")
    part.add_argument("--since", type=day, metavar="DATE", help="only briefings of this day or later: 2023-01-14, 2023-01 or 2023")
    part.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the file to write")
    part.set_defaults(run=pocket)
    _add_mail(verbs, common)
    why = verbs.add_parser("explain", parents=[common], help="say why each mention of a briefing is there")
    why.add_argument("briefing", metavar="BRIEFING", help="its id, slug, file or seed")
    why.set_defaults(run=explain)
    back = verbs.add_parser("withdraw", parents=[common], help="take a briefing back for good; its addresses will say why")
    back.add_argument("briefing", metavar="BRIEFING", help="its id, slug, file or seed")
    back.add_argument("--reason", required=True, metavar="TEXT", help="what readers of its addresses will see")
    back.set_defaults(run=withdraw)
    same = verbs.add_parser("verify", parents=[common], help="hold a copy of a published archive against its manifest.json")
    same.add_argument("copy", type=Path, nargs="?", metavar="DIR|ZIP", help="a site, an archive or archive.zip (default: this archive)")
    same.add_argument("--manifest", type=Path, metavar="FILE", help="a manifest.json from a place you trust, instead of the copy's own")
    same.add_argument("--seeds", type=Path, metavar="DIR", help="the seeds, where they do not lie beside the site")
    same.add_argument("--partial", action="store_true", help="the copy holds only some files: what is not there is not missed")
    same.set_defaults(run=verify)
    score = verbs.add_parser("evaluate", parents=[common], help="measure ingest against a folder of seeds with gold records")
    score.add_argument("gold", type=Path, metavar="GOLD_DIR")
    score.add_argument("--errors", action="store_true", help="list each error with its line")
    score.add_argument("--ablate", action="store_true", help="say what each rule is worth: the figures without it")
    score.set_defaults(run=evaluate)
    return root


def _add_mail(verbs: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """`digest` and `eml`: both write a message."""
    envelope = argparse.ArgumentParser(add_help=False)
    envelope.add_argument(
        "--from", dest="sender", default="", metavar="ADDRESS", help="who sends it (default: no-reply at the archive's host)"
    )
    envelope.add_argument("--to", default="", metavar="ADDRESS", help="who gets it; without one it is a draft")
    news = verbs.add_parser("digest", parents=[common, envelope], help="one e-mail about the briefings since a day, by city")
    news.add_argument(
        "--since", type=day, required=True, metavar="DATE", help="briefings of this day or later: 2023-01-14, 2023-01 or 2023"
    )
    news.add_argument(
        "--for",
        dest="names",
        nargs="+",
        action="extend",
        default=[],
        metavar="KIND/NAME",
        help="only briefings that name one of these: city/chongqing company/Hitachi",
    )
    form = news.add_mutually_exclusive_group()
    form.add_argument("--to-eml", metavar="FILE", help="write a message for a mail program or sendmail; - for standard output")
    form.add_argument("--html", metavar="FILE", help="write its HTML alone")
    form.add_argument(
        "-o", "--output", metavar="FILE", help="write what the ending says: .eml, .html or .txt (default: the text, to standard output)"
    )
    news.set_defaults(run=digest)
    one = verbs.add_parser("eml", parents=[common, envelope], help="one briefing as an e-mail")
    one.add_argument("briefing", metavar="BRIEFING", help="its id, slug, file or seed")
    one.add_argument("-o", "--output", default="-", metavar="FILE", help="the file to write (default: standard output)")
    one.set_defaults(run=eml)


def build(options: argparse.Namespace) -> int:
    from bindery import pipeline
    from bindery.content import turn

    started = time.monotonic()
    site, progress = _site(options), _progress(options)
    with turn.taken(site):
        ingested = pipeline.ingest(site, progress)
        _print(ingested.findings)  # before publishing, which may stop
        published = pipeline.publish(site, progress)
        checked = pipeline.check(site)
    _print(checked)
    findings = [*ingested.findings, *checked]
    if not options.quiet:
        print(
            f"{ingested.seed_count} seeds, {published.briefing_count} briefings, "
            + ", ".join(f"{published.count_by_kind.get(kind.name, 0)} {kind.plural.lower()}" for kind in site.kinds)
            + f", {len(findings)} findings, {time.monotonic() - started:.1f} seconds"
        )
        print(f"Open {published.index}")
    return FINDINGS if findings else CLEAN


def ingest(options: argparse.Namespace) -> int:
    from bindery import pipeline
    from bindery.content import turn

    site = _site(options)
    with turn.taken(site):
        ingested = pipeline.ingest(site, _progress(options))
    if not options.quiet:
        for path in ingested.written:
            print(f"written  {path}")
        for path in ingested.kept:
            print(f"kept     {path}")
        for path in ingested.removed:
            print(f"removed  {path}: no briefing names it any more")
    _print(ingested.findings)
    return FINDINGS if ingested.findings else CLEAN


def publish(options: argparse.Namespace) -> int:
    from bindery import pipeline
    from bindery.content import turn

    site = _site(options)
    with turn.taken(site):
        published = pipeline.publish(site, _progress(options), with_search=not options.no_search)
    if not options.quiet:
        print(f"{published.page_count} pages, {published.made_count or 'no'} files made anew. Open {published.index}")
    return CLEAN


def check(options: argparse.Namespace) -> int:
    from bindery import pipeline

    findings = pipeline.check(_site(options))
    _print(findings)
    return FINDINGS if findings else CLEAN


def verify(options: argparse.Namespace) -> int:
    from bindery import pipeline

    copy = options.copy or options.root
    found = pipeline.verify(copy, manifest=options.manifest, seeds=options.seeds, is_partial=options.partial)
    _print(found.findings)
    if not options.quiet:
        seeds = f" and {found.seed_count} seeds" if found.seed_count else ""
        print(f"{found.file_count} files{seeds}, {len(found.findings) or 'no'} differences; manifest.json has SHA-256 {found.sha256}")
    return FINDINGS if found.findings else CLEAN


def serve(options: argparse.Namespace) -> int:
    import signal

    from bindery import pipeline
    from bindery.content import turn
    from bindery.serve import serve as run

    patience = turn.PATIENCE
    desk: Desk | None = None
    beside: Callable[[str], AbstractContextManager[object]] = nullcontext
    if options.review:
        from bindery.desk import desk as at_desk
        from bindery.desk import server

        desk, patience = at_desk.Desk(lambda: _site(options)), at_desk.PATIENCE
        beside = server.beside(desk, opens_browser=not options.no_browser)

    def rebuild() -> None:
        if desk:
            desk.rest()
        site = _site(options)
        with turn.taken(site, patience):
            _print(pipeline.ingest(site).findings)
            if desk:
                desk.wake()
            pipeline.publish(site, with_search=False)

    def complete() -> None:
        site = _site(options)
        with turn.taken(site, patience):
            pipeline.publish(site)
            _print(pipeline.check(site))

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it, it ends as by Ctrl-C
    run(_site(options).root, options.port, rebuild, complete, beside=beside)
    return CLEAN


def review(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from bindery import pipeline

    questions = pipeline.review(_site(options))
    shown = questions[: options.limit or None]
    if options.json:
        print(json.dumps([asdict(question) for question in questions], ensure_ascii=False, indent=1))
        return CLEAN
    for question in shown:
        print(f"{question.at}: {question.question}  [{question.topic} {question.key}]")
        if question.sentence:
            print(f"    {question.sentence}")
        for line in question.settle:
            print(f"    - {line}")
    if not options.quiet:
        rest = len(questions) - len(shown)
        print(f"{len(questions)} questions" + (f", {rest} more with --limit 0" if rest else ""))
    return CLEAN


def explain(options: argparse.Namespace) -> int:
    from bindery import pipeline

    print(*pipeline.explain(_site(options), options.briefing), sep="\n")
    return CLEAN


def withdraw(options: argparse.Namespace) -> int:
    from bindery import pipeline
    from bindery.content import turn

    site = _site(options)
    with turn.taken(site):
        done = pipeline.withdraw(site, options.briefing, options.reason)
    if not options.quiet:
        print(*done.report(), sep="\n")
    return CLEAN


def pocket(options: argparse.Namespace) -> int:
    from bindery import outlet, pipeline
    from bindery.publish.pocket import Choice

    names = {kind: getattr(options, kind) for kind in POCKET_KINDS if getattr(options, kind)}
    text = pipeline.pocket_file(_site(options), Choice(names, options.since))
    outlet.write(options.output, text.encode())
    if not options.quiet:
        print(f"{options.output}: {len(text.encode()) / 1000:,.0f} KB")
    return CLEAN


def digest(options: argparse.Namespace) -> int:
    """Ends with 1 when there is nothing to tell: then nothing is written, and `&& sendmail` sends nothing."""
    from bindery import outlet, pipeline
    from bindery.publish.mail.digest import Choice
    from bindery.publish.mail.message import Envelope

    made = pipeline.digest(_site(options), Choice(options.since, tuple(options.names)), Envelope(options.sender, options.to))
    if made.letter is None:
        print(f"nothing since {options.since}: no message was written", file=sys.stderr)
        return FINDINGS
    target = options.to_eml or options.html or options.output or "-"
    form = "eml" if options.to_eml else "html" if options.html else Path(target).suffix.removeprefix(".").lower()
    data = {"eml": made.data, "html": made.letter.html.encode(), "htm": made.letter.html.encode()}.get(form, made.letter.text.encode())
    outlet.write_message(target, data)
    if not options.quiet and target != "-":
        rest = f", {made.left_out} older ones left out" if made.left_out else ""
        print(f"{target}: {made.count} {'briefing' if made.count == 1 else 'briefings'}{rest}, {len(data) / 1000:,.0f} KB")
    return CLEAN


def eml(options: argparse.Namespace) -> int:
    from bindery import outlet, pipeline
    from bindery.publish.mail.message import Envelope

    _, data = pipeline.letter(_site(options), options.briefing, Envelope(options.sender, options.to))
    outlet.write_message(options.output, data)
    return CLEAN


def day(value: str) -> Date:
    """The first day of a date that may lack its day or its month."""
    parts = [int(part) for part in value.split("-")]
    return Date(*(*parts, 1, 1)[:3])


def create(options: argparse.Namespace) -> int:
    from bindery.new import create as make

    for path in make(options.folder):
        print(f"written  {path}")
    print(f"Put captured pages into {options.folder / 'seeds'} as .txt files, then: python build.py build --root {options.folder}")
    return CLEAN


def evaluate(options: argparse.Namespace) -> int:
    from bindery.evaluate import evaluate as measure
    from bindery.evaluate import report

    if options.ablate:
        from bindery import ablate, progress

        print(*ablate.table(ablate.ablate(options.gold, progress.for_stream())), sep="\n")
        return CLEAN
    print(report(measure(options.gold), errors=options.errors))
    return CLEAN


def _site(options: argparse.Namespace) -> Site:
    from bindery import config

    return config.load(options.root, base_url=options.base_url)


def _progress(options: argparse.Namespace) -> Progress:
    from bindery import progress

    return progress.for_stream(silent=options.quiet)


def _print(findings: Iterable[object]) -> None:
    for finding in findings:
        print(finding)


if __name__ == "__main__":
    from bindery.outlet import outlet

    sys.stdout, sys.stderr = outlet(sys.stdout), outlet(sys.stderr)
    raise SystemExit(main())
