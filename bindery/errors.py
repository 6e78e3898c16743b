"""One family: every message has a place, a problem and a remedy."""

from __future__ import annotations

from bindery.model import Place


class ArchiveError(Exception):
    """A file cannot be used at all. What can be used with a doubt is a `Finding` instead."""

    def __init__(self, problem: str, *, at: Place, fix: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = at
        self.fix = fix

    def __reduce__(self) -> tuple[object, ...]:
        """So that it can be raised in another process than the one that met it."""
        return _again, (type(self), self.problem, self.at, self.fix)

    def __str__(self) -> str:
        return f"{self.at}: {self.problem}\n    fix: {self.fix}"


def _again(kind: type[ArchiveError], problem: str, at: Place, fix: str) -> ArchiveError:
    return kind(problem, at=at, fix=fix)


class SeedError(ArchiveError):
    """A file in seeds/ cannot be read as a page."""


class ContentError(ArchiveError):
    """A file in content/ cannot be read or must not be written."""


class SiteError(ArchiveError):
    """The site cannot be configured, rendered, indexed or swapped in."""
