"""A folder of seeds with gold records → how well ingest finds what an archivist would record."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bindery import config, pipeline
from bindery.config import Site
from bindery.content import shelf, store
from bindery.content.decisions import Decisions
from bindery.errors import ContentError, SiteError
from bindery.ingest import link
from bindery.ingest.draft import Annotation, Draft
from bindery.ingest.pages import Pages
from bindery.model import Library, Place
from bindery.publish import exports
from bindery.score import KINDS, METADATA, Gold, Named, Record, Scores, Share, folded, score

KIND_FOLDERS = {"city": "cities", "official": "officials", "company": "companies"}
"""Kind in archive.json → key in a gold record."""


def evaluate(gold: Path) -> Scores:
    """Ingest the folder's seeds into an archive of their own and compare it with the records beside them.

    Raises SiteError for a folder without records, ContentError for a record that cannot be read.
    """
    golds = list(read_gold(gold))
    return score(golds, records(ingested(gold)))


def records(archive: Mapping[str, Any]) -> dict[str, Record]:
    """archive.json as predictions, by the name of their seed."""
    return {prediction["file"]: as_record(prediction, date_key="date") for prediction in predictions(archive)}


def predictions(archive: Mapping[str, Any]) -> list[dict[str, Any]]:
    """archive.json as the gold set's score.py wants it: one object a briefing, entities in the order of their first mention.

    The role of an official is the fullest that one of its mentions prints.
    """
    names = {(authority["kind"], authority["slug"]): authority["name"] for authority in archive["authorities"]}
    return [
        {
            "file": briefing["seed"]["file"],
            **{key: briefing[key] for key in METADATA},
            "body": "\n".join(paragraph["text"] for paragraph in briefing["paragraphs"]),
            **{folder: _entities(briefing, kind, names) for kind, folder in KIND_FOLDERS.items()},
        }
        for briefing in archive["briefings"]
        if briefing["seed"]
    ]


def ingested(gold: Path) -> dict[str, Any]:
    """The folder's *.txt as archive.json would have them, by way of a temporary archive."""
    with _temporary() as site:
        for path in gold.glob("*.txt"):
            shutil.copy(path, site.seeds)
        pipeline.ingest(site)
        return _exported(store.load(site), site)


def linked(pages: Iterable[tuple[Draft, Annotation]]) -> dict[str, Any]:
    """What `ingested` makes of pages that are annotated already; nothing is written."""
    with _temporary() as site:
        found = link.link(Pages.of(pages), shelf.open_shelf(site), Decisions(), site)
        return _exported(store.gathered(found.briefings, {one.id: one for one in found.authorities}, Decisions(), site), site)


@contextmanager
def _temporary() -> Iterator[Site]:
    with TemporaryDirectory(prefix="bindery-") as name:
        (Path(name) / "seeds").mkdir()
        yield config.load(Path(name))


def _exported(library: Library, site: Site) -> dict[str, Any]:
    return exports.archive(library, pipeline.bodies(library), site)


def read_gold(folder: Path) -> Iterator[Gold]:
    """Every record of a folder with its text, sorted by name."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise SiteError("no gold records here", at=Place(str(folder)), fix="name a folder that holds NAME.txt beside NAME.json")
    return (_gold(path) for path in paths)


def as_record(values: Mapping[str, Any], *, date_key: str) -> Record:
    """A prediction (date) or a gold record (published) as plain data → Record."""
    return Record(
        file=values["file"],
        metadata={key: values.get(date_key if key == "date" else key) for key in METADATA},
        named={
            kind: tuple(Named(entity["name"], tuple(entity.get("forms") or ()), entity.get("role")) for entity in values.get(kind) or ())
            for kind in KINDS
        },
        body=values.get("body") or "",
    )


def report(scores: Scores, *, errors: bool = False) -> str:
    """The figures as a table; before it, when asked for, every mistake with its line."""
    return "\n".join([*(map(str, scores.mistakes) if errors else ()), *(("",) if errors and scores.mistakes else ()), *_table(scores)])


def _gold(path: Path) -> Gold:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8", errors="replace")
        lines = tuple(text.split("\n"))
        labels = {int(number): str(label) for number, label in values["lines"].items()}
        record = as_record({**values, "file": f"{path.stem}.txt"}, date_key="published")
        optional = {kind: frozenset(map(folded, values.get("optional", {}).get(kind, ()))) for kind in KINDS}
    except FileNotFoundError as error:
        raise ContentError("no text for this record", at=Place(str(path)), fix=f"put {path.stem}.txt beside it") from error
    except json.JSONDecodeError as error:
        raise ContentError(f"not JSON: {error.msg}", at=Place(str(path), error.lineno), fix="correct the line") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        fix = "compare it with tests/golden/evaluate/, where every key of a record is used"
        raise ContentError(f"not a gold record: {type(error).__name__}: {error}", at=Place(str(path)), fix=fix) from error
    if beyond := [number for number in labels if not 1 <= number <= len(lines)]:
        raise ContentError(f"line {beyond[0]} is labelled, and the text has {len(lines)}", at=Place(str(path)), fix="number lines from 1")
    return Gold(record, lines, labels, optional)


def _entities(briefing: Mapping[str, Any], kind: str, names: Mapping[tuple[str, str], str]) -> list[dict[str, Any]]:
    mentions = [mention for mention in briefing["mentions"] if mention["kind"] == kind]
    return [
        {
            "name": names[kind, slug],
            "forms": list(dict.fromkeys(mention["form"] for mention in mentions if mention["slug"] == slug)),
            "role": max((mention["role"] for mention in mentions if mention["slug"] == slug and mention["role"]), key=len, default=None),
        }
        for slug in dict.fromkeys(mention["slug"] for mention in mentions)
    ]


def _table(scores: Scores) -> Iterator[str]:
    yield f"documents   {scores.document_count}"
    yield ""
    yield "            precision  recall     F1   hits  wrong  missed"
    for kind, matches in scores.kinds.items():
        figures = f"{matches.precision:9.3f}  {matches.recall:6.3f}  {matches.f1:5.3f}"
        yield f"{kind:10}  {figures}  {matches.hits:5}  {matches.wrong:5}  {matches.missed:6}"
    yield f"macro F1                       {scores.macro_f1:5.3f}"
    yield ""
    yield from _shares(
        [("roles", scores.roles), *scores.metadata.items(), ("body kept", scores.body_kept), ("junk gone", scores.junk_gone)]
    )


def _shares(shares: Iterable[tuple[str, Share]]) -> Iterator[str]:
    for name, share in shares:
        value = "  n/a" if share.value is None else f"{share.value:.3f}"
        yield f"{name:10}  {value}  {share.right}/{share.total}"
