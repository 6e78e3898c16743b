"""content/ → site/: only what changed is read, made and written; what stands there then is what a build from nothing would make.

What changed is found by digests (inputs.py), what has to be made for it by keys (plan.py), and what the last build knew stands
in the ledger. A file of the site that somebody changed is made again; without a ledger, or with one of another program or
configuration, everything is.
"""

from __future__ import annotations

from bindery import refusals, team
from bindery.config import Site
from bindery.errors import SiteError
from bindery.progress import Progress
from bindery.publish import ledger, standing
from bindery.publish.known import look
from bindery.publish.standing import Printed

LOOKING_FOR_TWO = 5_000
"""Files of the site from which on a second process looks at them sooner than this one."""


def publish(site: Site, progress: Progress, *, with_search: bool) -> Printed:
    """Bring site/ up to date and swap it in. Without the search, that and the archive to take away stay as they are.

    Raises ContentError and SiteError, alone or in an ExceptionGroup; then the old site is untouched.
    """
    with refusals.told(site.root, SiteError, "the old site"):
        return _published(site, progress, with_search=with_search)


def _published(site: Site, progress: Progress, *, with_search: bool) -> Printed:
    before = ledger.load(site)
    size = team.size() if len(before.outputs) >= LOOKING_FOR_TWO else 1
    with team.meanwhile(lambda: standing.look(site.output, before), size) as seen:
        known = look(site, before)
        is_as_before = known.is_as_before
        if not is_as_before:
            from bindery.publish import closing, press  # noqa: PLC0415 - a third of a second, for a build that makes something
        found = seen()
    if known.before is not before:  # of another program or configuration: of the files that stand there nothing is known
        found = standing.look(site.output, known.before)
    there = standing.standing(found, known.before)
    if there.is_whole and is_as_before and (before.is_closed or not with_search):
        known.keep_stamps()
        return Printed.of(before, 0)
    from bindery.publish import closing, press  # noqa: PLC0415 - as above

    return press.print_(known, there, progress, closing.close if with_search else None)
