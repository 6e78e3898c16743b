"""static/ → site/static/: the archive's own files over the program's."""

from __future__ import annotations

import shutil
from pathlib import Path

from bindery.config import Site
from bindery.publish import stylesheets


def copy(site: Site, folder: Path) -> list[Path]:
    """Copy contents, not times or modes, so that the same files make the same site; style sheets squeezed. Dot-files stay behind."""
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
        if source.suffix == ".css":
            target.write_text(stylesheets.squeeze(source.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
        else:
            shutil.copyfile(source, target)
        targets.append(target)
    return targets
