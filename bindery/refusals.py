"""What the disk refuses, wherever a run meets it → an error with its place and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bindery.errors import ArchiveError
from bindery.model import Place

CACHE = ".cache"


@contextmanager
def told(root: Path, error: type[ArchiveError], untouched: str) -> Iterator[None]:
    """Raises `error` for an OSError in the block. `untouched` says what stands as it was: "the old site"."""
    try:
        yield
    except OSError as problem:
        path = Path(problem.filename) if isinstance(problem.filename, str) else root / CACHE
        place = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        fix = f"check the free space and that you may write here; {untouched} is untouched"
        raise error(f"cannot be written: {problem.strerror or problem}", at=Place(place), fix=fix) from problem
