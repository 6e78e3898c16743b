"""A site that changes its language is the site that would have been made in it."""

from __future__ import annotations

from pathlib import Path

from tests import builds
from tests.edits import Archive


def test_a_site_that_changes_its_language_is_made_anew_in_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", seed=7)
    site = archive.root / "site.yaml"
    own = site.read_text(encoding="utf-8")
    for tag in ("en", "de"):
        site.write_text(f"{own}language: {tag}\n", encoding="utf-8")
        assert builds.built(archive.root, with_search=False) == []
        builds.copied(archive.root, tmp_path / tag)
        assert builds.built(tmp_path / tag, with_search=False) == []
        differences = list(builds.differences(builds.files(archive.root), builds.files(tmp_path / tag)))
        assert differences == [], "\n".join(differences)
        home = (archive.root / "site/index.html").read_text(encoding="utf-8")
        assert f'<html lang="{tag}">' in home
