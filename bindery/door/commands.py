"""What each command of build.py does: from its arguments to its exit status. The program is loaded as far as a command needs it."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bindery.config import Site
    from bindery.desk.desk import Desk
    from bindery.ingest.intake import Ingested
    from bindery.model import Finding
    from bindery.progress import Progress
    from bindery.serve import Foresee

CLEAN, FINDINGS, COULD_NOT_RUN = 0, 1, 2
KINDS = ("city", "official", "company")
"""Those with an option of their own."""


def build(options: argparse.Namespace) -> int:
    from bindery import pipeline
    from bindery.check import recorded
    from bindery.content import turn

    started = time.monotonic()
    site, progress = site_of(options), _progress(options)
    with turn.taken(site):
        before = recorded.look(site) if options.strict else None
        ingested = pipeline.ingest(site, progress)
        _keep_questions(site)
        _note(ingested)
        _print(ingested.findings)  # before publishing, which may stop
        published = pipeline.publish(site, progress)
        checked = pipeline.check(site)
        if before is not None:
            checked += recorded.findings(site, before)
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

    site = site_of(options)
    with turn.taken(site):
        ingested = pipeline.ingest(site, _progress(options))
        _keep_questions(site)
    _note(ingested)
    if not options.quiet:
        for path in ingested.written:
            print(f"written  {path}")
        for path in ingested.kept:
            print(f"kept     {path}")
        for path in ingested.removed:
            print(f"removed  {path}: no briefing names it any more")
    _print(ingested.findings)
    return FINDINGS if ingested.findings else CLEAN


def _keep_questions(site: Site) -> None:
    from bindery.content.questions import QUESTIONS_FILE

    if site.review or (site.root / QUESTIONS_FILE).exists():
        from bindery.desk import queue

        queue.keep(site)


def publish(options: argparse.Namespace) -> int:
    from bindery import pipeline
    from bindery.content import turn

    site = site_of(options)
    with turn.taken(site):
        published = pipeline.publish(site, _progress(options), with_search=not options.no_search)
    if not options.quiet:
        print(f"{published.page_count} pages, {published.made_count or 'no'} files made anew. Open {published.index}")
    return CLEAN


def check(options: argparse.Namespace) -> int:
    from bindery import pipeline

    site = site_of(options)
    is_history_alone = options.deep and not site.output.is_dir()  # as in a fresh clone
    findings = [] if is_history_alone else pipeline.check(site)
    if options.deep:
        examined = pipeline.examine(site)
        findings += examined.findings
        if not options.quiet:
            print(examined)
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
    from bindery.errors import ArchiveError
    from bindery.serve import serve as run

    patience = turn.PATIENCE
    desk: Desk | None = None
    beside: Callable[[str], AbstractContextManager[object]] = nullcontext
    if options.review:
        from bindery.desk import desk as at_desk
        from bindery.desk import server

        desk, patience = at_desk.Desk(lambda: site_of(options)), at_desk.PATIENCE
        beside = server.beside(desk, opens_browser=not options.no_browser)

    def rebuild() -> None:
        if desk:
            desk.rest()
        site = site_of(options)
        with turn.taken(site, patience):
            _print(pipeline.ingest(site).findings)
            _keep_questions(site)
            if desk:
                desk.wake()
            pipeline.publish(site, with_search=False)

    def complete() -> None:
        site = site_of(options)
        with turn.taken(site, patience):
            pipeline.publish(site)
            _print(pipeline.check(site))

    def prepare() -> Foresee | None:
        with suppress(ArchiveError, ExceptionGroup):
            return pipeline.preview(site_of(options))
        return None  # the next build says what is wrong

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it, it ends as by Ctrl-C
    run(site_of(options).root, options.port, rebuild, complete, prepare=prepare, beside=beside)
    return CLEAN


def review(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from bindery import pipeline

    questions = pipeline.review(site_of(options))
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

    print(*pipeline.explain(site_of(options), options.briefing), sep="\n")
    return CLEAN


def withdraw(options: argparse.Namespace) -> int:
    from bindery import pipeline
    from bindery.content import turn

    site = site_of(options)
    with turn.taken(site):
        done = pipeline.withdraw(site, options.briefing, options.reason)
    if not options.quiet:
        print(*done.report(), sep="\n")
    return CLEAN


def pocket(options: argparse.Namespace) -> int:
    from bindery import outlet, pipeline
    from bindery.publish.pocket import Choice

    names = {kind: getattr(options, kind) for kind in KINDS if getattr(options, kind)}
    names |= dict(kind.partition("/")[::2] for kind in options.kind)
    text = pipeline.pocket_file(site_of(options), Choice(names, options.since))
    outlet.write(options.output, text.encode())
    if not options.quiet:
        print(f"{options.output}: {len(text.encode()) / 1000:,.0f} KB")
    return CLEAN


def query(options: argparse.Namespace) -> int:
    """Ends with 1 when nothing is found, like grep."""
    from bindery import pipeline
    from bindery import query as asking

    kinds = [tuple(kind.partition("/")[::2]) for kind in options.kind]
    names = [(kind, name) for kind in KINDS for name in getattr(options, kind)] + [(kind, name) for kind, name in kinds if name]
    question = asking.Question(
        words=" ".join(options.words),
        names=tuple(names),
        kinds=tuple(kind for kind, name in kinds if not name),
        source=options.source,
        since=options.since,
        until=options.until,
    )
    found = pipeline.query(site_of(options), question)
    if options.json:
        print(asking.as_json(found[: options.limit or None]))
    elif options.csv:
        print(asking.as_csv(found[: options.limit or None]).replace("\r\n", "\n"), end="")
    elif found:
        print(*asking.as_text(found, 20 if options.limit is None else options.limit), sep="\n")
    if not found:
        print("nothing was found", file=sys.stderr)
    return CLEAN if found else FINDINGS


def digest(options: argparse.Namespace) -> int:
    """Ends with 1 when there is nothing to tell: then nothing is written, and `&& sendmail` sends nothing."""
    from bindery import outlet, pipeline
    from bindery.publish.mail.digest import Choice
    from bindery.publish.mail.message import Envelope

    made = pipeline.digest(site_of(options), Choice(options.since, tuple(options.names)), Envelope(options.sender, options.to))
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

    _, data = pipeline.letter(site_of(options), options.briefing, Envelope(options.sender, options.to))
    outlet.write_message(options.output, data)
    return CLEAN


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


def site_of(options: argparse.Namespace) -> Site:
    from bindery import config

    return config.load(options.root, base_url=options.base_url)


def _progress(options: argparse.Namespace) -> Progress:
    from bindery import progress

    return progress.for_stream(silent=options.quiet or options.log_json == "-")


def _note(ingested: Ingested) -> None:
    from bindery import journal

    for event, paths in (("written", ingested.written), ("kept", ingested.kept), ("removed", ingested.removed)):
        for path in paths:
            journal.note(event, path=path)


def _print(findings: Iterable[Finding]) -> None:
    from bindery import journal

    for finding in findings:
        print(finding)
        journal.finding(finding)
