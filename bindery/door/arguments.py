"""Words on the command line → the arguments of a command."""

from __future__ import annotations

import argparse
import calendar
from datetime import date as Date
from pathlib import Path

from bindery.door import commands

COMMANDS = (
    *("build", "ingest", "publish", "check", "verify", "serve", "review", "explain", "withdraw", "query", "pocket", "digest", "eml"),
    *("new", "evaluate"),
)
HERE = Path(__file__).resolve().parents[2]


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
        ("build", commands.build, "ingest, publish and check: the default"),
        ("ingest", commands.ingest, "seeds/ → content/; files that people edited are left alone"),
        ("publish", commands.publish, "content/ → site/"),
        ("check", commands.check, "look for broken links, missing records and lost addresses in site/"),
        ("serve", commands.serve, "show the site on this machine and rebuild it on every change"),
    ):
        verb = verbs.add_parser(name, parents=[common], help=text, description=text)
        verb.set_defaults(run=run, command=name)
        if name == "serve":
            verb.add_argument("--port", type=int, default=8000, help="(default: 8000)")
            verb.add_argument("--review", action="store_true", help="open the review desk in the browser, to answer what review asks")
            verb.add_argument("--no-browser", action="store_true", help="with --review: print its address and open nothing")
        else:
            _add_account(verb)
        if name == "check":
            verb.add_argument("--deep", action="store_true", help="hold content/ against its git history, too")
        if name == "build":
            verb.add_argument("--strict", action="store_true", help="for CI: a file of content/ that this build had to write is a finding")
        if name == "publish":
            verb.add_argument("--no-search", action="store_true", help="leave the search and archive.zip as the last build made them")
    ask = verbs.add_parser("review", parents=[common], help="list what wants a human eye, most valuable first")
    ask.add_argument("--json", action="store_true", help="for other programs")
    ask.add_argument("--limit", type=int, default=20, metavar="N", help="questions to show, 0 for all (default: 20)")
    ask.set_defaults(run=commands.review)
    part = verbs.add_parser("pocket", parents=[common], help="put chosen briefings into one HTML file, with a search, to send or to keep")
    for kind in commands.KINDS:
        part.add_argument(f"--{kind}", metavar="NAME", help=f"only briefings that name this {kind}: its name, a variant or its slug")
    part.add_argument("--kind", action="append", default=[], metavar="KIND/NAME", help="the same of any kind: organisation/NDRC")
    part.add_argument("--since", type=day, metavar="DATE", help="only briefings of this day or later: 2023-01-14, 2023-01 or 2023")
    part.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the file to write")
    part.set_defaults(run=commands.pocket)
    _add_query(verbs, common)
    _add_mail(verbs, common)
    _add_one_briefing(verbs, common)
    _add_whole_archive(verbs, common)
    return root


def _add_one_briefing(verbs: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """`explain` and `withdraw`."""
    why = verbs.add_parser("explain", parents=[common], help="say why each mention of a briefing is there")
    why.add_argument("briefing", metavar="BRIEFING", help="its id, slug, file or seed")
    why.set_defaults(run=commands.explain)
    back = verbs.add_parser("withdraw", parents=[common], help="take a briefing back for good; its addresses will say why")
    back.add_argument("briefing", metavar="BRIEFING", help="its id, slug, file or seed")
    back.add_argument("--reason", required=True, metavar="TEXT", help="what readers of its addresses will see")
    back.set_defaults(run=commands.withdraw)


def _add_whole_archive(verbs: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """`new`, `verify` and `evaluate`."""
    new = verbs.add_parser(
        "new", parents=[common], help="make a fresh archive in an empty folder", description="Make a fresh archive in an empty folder."
    )
    new.add_argument("folder", type=Path, metavar="DIR")
    new.set_defaults(run=commands.create)
    same = verbs.add_parser("verify", parents=[common], help="hold a copy of a published archive against its manifest.json")
    same.add_argument("copy", type=Path, nargs="?", metavar="DIR|ZIP", help="a site, an archive or archive.zip (default: this archive)")
    same.add_argument("--manifest", type=Path, metavar="FILE", help="a manifest.json from a place you trust, instead of the copy's own")
    same.add_argument("--seeds", type=Path, metavar="DIR", help="the seeds, where they do not lie beside the site")
    same.add_argument("--partial", action="store_true", help="the copy holds only some files: what is not there is not missed")
    same.set_defaults(run=commands.verify)
    score = verbs.add_parser("evaluate", parents=[common], help="measure ingest against a folder of seeds with gold records")
    score.add_argument("gold", type=Path, metavar="GOLD_DIR")
    score.add_argument("--errors", action="store_true", help="list each error with its line")
    score.add_argument("--ablate", action="store_true", help="say what each rule is worth: the figures without it")
    score.set_defaults(run=commands.evaluate)


def _add_account(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--log-json", nargs="?", const="-", metavar="FILE", help="say what happens as one JSON object a line (default: to standard error)"
    )
    verb.add_argument("--report", type=Path, metavar="FILE", help="write an HTML page: findings, dropped lines, times, what was slow")


def _add_query(verbs: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    ask = verbs.add_parser(
        "query", parents=[common], help="look for words, names and days in the data of the published site; ends with 1 if nothing is found"
    )
    ask.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help="all of them in a briefing; '\"in quotation marks\"' next to each other; invest* begins so",
    )
    for kind in commands.KINDS:
        ask.add_argument(
            f"--{kind}",
            action="append",
            default=[],
            metavar="NAME",
            help=f"only briefings that name this {kind}: its name, a variant or its slug",
        )
    ask.add_argument(
        "--kind", action="append", default=[], metavar="KIND[/NAME]", help="only briefings that name one of this kind, or this one"
    )
    ask.add_argument("--source", metavar="NAME", help="only briefings of this source: its name or its host")
    ask.add_argument("--since", type=day, metavar="DATE", help="only briefings of this day or later: 2023-01-14, 2023-01 or 2023")
    ask.add_argument("--until", type=last_day, metavar="DATE", help="only briefings of this day, month or year, or earlier")
    ask.add_argument("--limit", type=int, metavar="N", help="briefings to show, 0 for all (default: 20 as text, else all)")
    form = ask.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for other programs")
    form.add_argument("--csv", action="store_true", help="for a spreadsheet: a row for each paragraph")
    ask.set_defaults(run=commands.query)


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
    news.set_defaults(run=commands.digest)
    one = verbs.add_parser("eml", parents=[common, envelope], help="one briefing as an e-mail")
    one.add_argument("briefing", metavar="BRIEFING", help="its id, slug, file or seed")
    one.add_argument("-o", "--output", default="-", metavar="FILE", help="the file to write (default: standard output)")
    one.set_defaults(run=commands.eml)


def with_command(arguments: list[str]) -> list[str]:
    """The arguments with the command first: `build` where none is named, so that options alone are enough."""
    values = {at + 1 for at, argument in enumerate(arguments) if argument in ("--root", "--base-url", "--reason")}  # "build" may be one
    at = next((at for at, argument in enumerate(arguments) if argument in COMMANDS and at not in values), None)
    if at is not None:
        return [arguments[at], *arguments[:at], *arguments[at + 1 :]]
    bare = not arguments or (arguments[0].startswith("-") and not {"-h", "--help"} & set(arguments))
    return ["build", *arguments] if bare else arguments


def day(value: str) -> Date:
    """The first day of a date that may lack its day or its month."""
    parts = [int(part) for part in value.split("-")]
    return Date(*(*parts, 1, 1)[:3])


def last_day(value: str) -> Date:
    """The last day of a date that may lack its day or its month."""
    first = day(value)
    match value.count("-"):
        case 0:
            return first.replace(month=12, day=31)
        case 1:
            return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first
