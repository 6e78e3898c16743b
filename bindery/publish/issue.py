"""content/ → site/: only what changed is read, made and written; what stands there then is what a build from nothing would make.

What changed is found by digests (inputs.py), what has to be made for it by keys (plan.py), and what the last build knew stands
in the ledger. A file of the site that somebody changed is made again; without a ledger, or with one of another program or
configuration, everything is.
"""

from __future__ import annotations

from bindery import refusals
from bindery.config import Site
from bindery.errors import SiteError
from bindery.progress import Progress
from bindery.publish import ledger
from bindery.publish.known import look
from bindery.publish.standing import Printed, standing


def publish(site: Site, progress: Progress, *, with_search: bool) -> Printed:
    """Bring site/ up to date and swap it in. Without the search, that and the archive to take away stay as they are.

    Raises ContentError and SiteError, alone or in an ExceptionGroup; then the old site is untouched.
    """
    with refusals.told(site.root, SiteError, "the old site"):
        return _published(site, progress, with_search=with_search)


def _published(site: Site, progress: Progress, *, with_search: bool) -> Printed:
    known = look(site, ledger.load(site))
    before, there = known.before, standing(site.output, known.before)
    if there.is_whole and known.folders == before.folders and (before.is_closed or not with_search):
        return Printed.of(before, 0)
    from bindery.publish import closing, press  # noqa: PLC0415 - a third of a second, for a build that makes something

    return press.print_(known, there, progress, closing.close if with_search else None)
