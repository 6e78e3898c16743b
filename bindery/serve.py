"""The archive → its site, built again and shown at http://127.0.0.1 after every change.

It knows nothing of how a site is made: it is given what to call.
"""

from __future__ import annotations

import queue
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

from bindery import config
from bindery.config import CONFIG_FILE, Site
from bindery.errors import ArchiveError
from bindery.site_server import Status, listen
from bindery.watch import POLL_SECONDS, Watch

Foresee = Callable[[Iterable[Path]], Mapping[str, bytes]]
"""Files that changed → permalink → page as it will be; nothing for what has to wait for the build."""


def serve(  # noqa: PLR0913 - what is run, and around what
    root: Path,
    port: int,
    rebuild: Callable[[], None],
    complete: Callable[[], None] = lambda: None,
    *,
    prepare: Callable[[], Foresee | None] = lambda: None,
    say: Callable[[str], None] = print,
    beside: Callable[[str], AbstractContextManager[object]] = nullcontext,
) -> None:
    """Build, serve the site of the archive at `root`, and build again after every change, until Ctrl-C.

    A page that `prepare` can foresee is shown at once. After `rebuild` open pages that changed are loaded anew; `complete` then
    makes what no reader waits for, unless there is another change by then. An error of either is said here and shown on every open
    page; the site stays as it was. Port 0 takes a free one. What runs `beside` it is told its address. Raises SiteError when the
    port cannot be had.
    """
    site = config.load(root)
    status = Status()
    server = listen(site.output, port, status)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with Watch(inputs(site)) as watch, beside(server.address):
            if build(rebuild, status, say):
                build(complete, status, say)
            changes = Changes(watch, (site.content, site.seeds), status)
            changes.foresee = prepare()
            threading.Thread(target=changes.follow, daemon=True).start()
            say(f"Serving {server.address}  (Ctrl-C to stop)")
            while True:
                paths = changes.next()
                say(f"\nChanged: {_names(paths)}")
                if build(rebuild, status, say) and not changes.has_more and build(complete, status, say, is_seen=False):
                    changes.foresee = prepare()
    except KeyboardInterrupt:
        say("\nStopped.")
    finally:
        status.close()
        server.shutdown()
        server.server_close()


def inputs(site: Site) -> tuple[Path, ...]:
    """What a site is made from; site/ and .cache/ are not among it. A folder that is not there yet counts too."""
    own = (site.root / name for name in (CONFIG_FILE, "templates", "static"))
    return (site.seeds, site.content, *dict.fromkeys((*own, *site.template_folders, *site.static_folders)))


class Changes:
    """The batches of a watch, heard of while a build runs; what of them can be foreseen is shown before it is built."""

    def __init__(self, watch: Iterable[frozenset[Path]], texts: tuple[Path, ...], status: Status) -> None:
        self.foresee: Foresee | None = None
        self._watch, self._texts, self._status = watch, texts, status
        self._batches: queue.SimpleQueue[frozenset[Path]] = queue.SimpleQueue()

    def follow(self) -> None:
        """Until the watch is left."""
        for paths in self._watch:
            if not all(any(path.is_relative_to(folder) for folder in self._texts) for path in paths):
                self.foresee = None  # another template or configuration than it knows
                self._status.look += 1
            if self.foresee:
                self._show(self.foresee, paths)
            self._batches.put(paths)

    def _show(self, foresee: Foresee, paths: frozenset[Path]) -> None:
        try:
            pages = foresee(paths)
        except Exception:  # noqa: BLE001 -- a fault of the program: said, and the build that follows shows the page
            traceback.print_exc()
        else:
            if pages:
                self._status.preview(pages)

    @property
    def has_more(self) -> bool:
        return not self._batches.empty()

    def next(self) -> frozenset[Path]:
        """All that changed since the last time; waits for it, and wakes now and then so that Ctrl-C is heard on Windows too."""
        paths: frozenset[Path] = frozenset()
        while not paths or self.has_more:
            with suppress(queue.Empty):
                paths |= self._batches.get(timeout=POLL_SECONDS)
        return paths


def build(run: Callable[[], None], status: Status, say: Callable[[str], None], *, is_seen: bool = True) -> bool:
    """One run; whatever it raises becomes the status, and the server goes on. True if it raised nothing.

    Of a run that is not to be seen open pages hear only if it failed.
    """
    error: str | None = None
    status.begin()
    try:
        run()
    except ArchiveError as problem:
        error = str(problem)
    except ExceptionGroup as problems:
        error = "\n".join([str(problems.message), *map(str, problems.exceptions)])
    except Exception as fault:  # noqa: BLE001 -- a fault of the program: said in full, and the server outlives it
        error = "".join(traceback.format_exception(fault))
    finally:
        status.end(error, is_seen=is_seen or error is not None)
    if error:
        say(f"\n{error}\nThe site is as it was before; waiting for the next change.")
    return error is None


def _names(paths: frozenset[Path]) -> str:
    """ "a.md, b.md and 40 more"."""
    names = sorted(path.name for path in paths)
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"
