"""static/ → site/static/: the archive's own files over the program's."""

from __future__ import annotations

import shutil
from pathlib import Path

from bindery.config import Site


def copy(site: Site, folder: Path) -> list[Path]:
    """Copy contents, not times or modes, so that the same files make the same site. Dot-files stay behind."""
    source_by_name = {
        path.relative_to(static).as_posix(): path
        for static in reversed(site.static_folders)
        for path in sorted(static.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(static).parts)
    }
    targets = []
    for name, source in sorted(source_by_name.items()):
        target = folder / "static" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        targets.append(target)
    return targets
