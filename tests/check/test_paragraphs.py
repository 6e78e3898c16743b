"""An archive's own template that leaves out a paragraph's address is told so."""

from __future__ import annotations

from pathlib import Path

from bindery import config, pipeline

BRIEFING = "---\nid: 6898abf\ntitle: A page\n---\n\n{}\n\nThe second paragraph stays as it is.\n"
TEXT = "The mayor of the town opened the new terminal on Friday with a few words and a ribbon."


def published(root: Path, text: str) -> list[str]:
    path = root / "content/briefings/a.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BRIEFING.format(text), encoding="utf-8")
    site = config.load(root)
    pipeline.publish(site)
    return [str(finding).partition("\n")[0] for finding in pipeline.check(site)]


def test_the_programs_own_template_leaves_out_none(tmp_path: Path) -> None:
    assert published(tmp_path, TEXT) == []
    assert published(tmp_path, f"Last week t{TEXT[1:]}") == []
    assert "para__alias" in (tmp_path / "site/briefings/a.html").read_text("utf-8")


def test_a_template_without_aliases_loses_an_address(tmp_path: Path) -> None:
    own = tmp_path / "templates/components/paragraph.html"
    own.parent.mkdir(parents=True)
    source = (config.PROGRAM / "templates/components/paragraph.html").read_text("utf-8")
    own.write_text(source.replace("in paragraph.aliases", "in []"), encoding="utf-8")

    assert published(tmp_path, TEXT) == []
    (problem,) = published(tmp_path, f"Last week t{TEXT[1:]}")
    assert problem.startswith("site/briefings/a.html: #p-the-mayor-of-")
    assert problem.endswith("was published and is not in the page  [lost-address]")
