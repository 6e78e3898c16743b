"""Builds of an archive, and the sites they leave, compared."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import build
from bindery import config, pipeline
from bindery.errors import ArchiveError


def door(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What build.py does with these arguments, in this process, which has loaded its tables and templates already."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        status = build.main(arguments)
    return subprocess.CompletedProcess(["build.py", *arguments], status, out.getvalue(), err.getvalue())


def files(root: Path) -> dict[str, bytes]:
    """Every file of the site, and of what a build records in content/."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("site", "content")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


def built(root: Path, *, with_search: bool) -> list[str]:
    """What went wrong, in words that are the same wherever the archive is."""
    try:
        pipeline.publish(config.load(root), with_search=with_search)
    except ArchiveError as error:
        place = "templates" if error.at.path.startswith("templates/") else str(error)  # another page may meet it first
        return [place.replace(str(root), "")]
    except ExceptionGroup as errors:
        return sorted(str(error).replace(str(root), "") for error in errors.exceptions)
    return []


def copied(root: Path, target: Path) -> None:
    """Everything that people and builds wrote, without the site and what is kept."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(
        root,
        target,
        ignore=lambda folder, names: (
            [name for name in names if name.startswith((".", "site")) and name != "site.yaml"] if folder == str(root) else []
        ),
        symlinks=True,
    )


def restored(root: Path, good: Path) -> None:
    """As before the edits that no build accepts."""
    for path in good.iterdir():
        if path.is_dir():
            shutil.rmtree(root / path.name, ignore_errors=True)
    for name in ("templates", "static"):
        shutil.rmtree(root / name, ignore_errors=True)
    shutil.copytree(good, root, dirs_exist_ok=True)


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> Iterator[str]:
    for name in sorted(one.keys() | other.keys()):
        if name not in other:
            yield f"+ {name}"
        elif name not in one:
            yield f"- {name}"
        elif one[name] != other[name]:
            yield (
                f"! {name}\n    {one[name][:100]!r}\n    {other[name][:100]!r}"
                if b"\n" not in one[name]
                else f"! {name}\n" + _lines(one[name], other[name])
            )


def _lines(one: bytes, other: bytes) -> str:
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    return "\n".join(f"    {a[:300]!r}\n    {b[:300]!r}" for a, b in [(a, b) for a, b in pairs if a != b][:2])
