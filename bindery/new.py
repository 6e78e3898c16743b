"""A folder's name → a fresh archive in it: a commented site.yaml, seeds/, content/ with a note."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from bindery.errors import SiteError
from bindery.model import Place

FILES = {
    "site.yaml": "site.yaml",
    "README.md": "README.md",
    "content/README.md": "content.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
}
"""Path in the archive → file in bindery/fresh/ that it begins as."""

FOLDERS = ("seeds", "content")


def create(folder: Path) -> list[Path]:
    """Make an archive in `folder`, which is new or empty. Returns the files written; raises SiteError."""
    fix = "name a new or an empty folder: build.py new DIR"
    if folder.exists() and not folder.is_dir():
        raise SiteError("a file of this name is there", at=Place(str(folder)), fix=fix)
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise SiteError("the folder is not empty", at=Place(str(folder)), fix=fix)
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        return [_write(folder / path, source) for path, source in FILES.items()]
    except OSError as error:
        raise SiteError(
            f"cannot be made: {error.strerror}", at=Place(str(folder)), fix="choose a folder that you may write into"
        ) from error


def _write(path: Path, source: str) -> Path:
    path.write_bytes(resources.files("bindery").joinpath("fresh", source).read_bytes())
    return path
