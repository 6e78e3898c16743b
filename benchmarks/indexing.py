"""A generated archive → what its search index costs: from nothing, after one edit, after one more briefing, and when nothing changed.

    python -m benchmarks.indexing 2000

Beside it stands Pagefind over all documents at once, in the same folder and at the same load. CPU is user and system of this
program and of Pagefind, wall time hangs on what else the machine does; memory is the peak of the larger of the two.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks import corpus
from bindery import config, pipeline
from bindery.publish import plan, search
from bindery.publish.search import parts
from bindery.publish.search.documents import Document
from bindery.publish.search.kept import Kept
from bindery.publish.views import documents
from bindery.publish.views.catalogue import catalogue


def main() -> None:
    options = argparse.ArgumentParser(description="Measure the making of the search index.")
    options.add_argument("briefings", type=int)
    options.add_argument("--workers", type=int, default=os.cpu_count())
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        found = _documents(root, chosen.briefings)
        middle = len(found) * 2 // 3
        edited = [*found[:middle], _edited(found[middle]), *found[middle + 1 :]]
        more = [*edited, replace(found[-1], permalink="briefings/one-more.html", digest="one more")]
        _measure("all at once", partial(_whole, found, root / "whole"))
        for name, given in (("from nothing", found), ("one edited", edited), ("nothing changed", edited), ("one more", more)):
            _measure(name, partial(_indexed, given, root / "cache", chosen.workers))


def _indexed(documents: list[Document], folder: Path, workers: int) -> None:
    kept = Kept(folder)
    search.index(documents, "en", kept, workers)
    kept.drop_unused()


def _documents(root: Path, briefing_count: int) -> list[Document]:
    corpus.write(root, briefing_count)
    site = config.load(root)
    library = pipeline.publishable(site)
    bodies, by_id = pipeline.bodies(library), {one.id: one for one in library.briefings}
    read = catalogue(library, bodies, site)
    return list(documents.all_documents(read, plan.keys(read), lambda identifier: (by_id[identifier], bodies[identifier])))


def _edited(document: Document) -> Document:
    return replace(document, digest="edited", html=lambda: document.html().replace("\n</p>", " One sentence more.\n</p>", 1))


def _whole(found: Sequence[Document], folder: Path) -> None:
    folder.mkdir()
    parts.write_documents(found, folder)
    parts.run_pagefind(folder, "en")


def _measure(name: str, act: Callable[[], object]) -> None:
    start, before = time.perf_counter(), os.times()
    act()
    after = os.times()
    ours, pagefinds = (after.user + after.system - before.user - before.system), _children(after) - _children(before)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    wall, load = time.perf_counter() - start, os.getloadavg()[0]
    print(f"{name:>16}: {wall:6.2f} s, CPU {ours:6.2f} s and Pagefind's {pagefinds:6.2f} s, peak {peak} MB, load {load:.1f}", flush=True)


def _children(times: os.times_result) -> float:
    return times.children_user + times.children_system


if __name__ == "__main__":
    main()
