"""What may befall the site and what is kept, between two builds: by hand, by a full disk, by another program."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.edits import Archive


def site_file(archive: Archive) -> str | None:
    """Somebody changes the site by hand. Files that only their names are looked at of (standing.SPOT_CHECKED) are let alone."""
    found = [name for name in archive.names("site/**/*") if not name.startswith(("site/pagefind/", "site/packs/"))]
    if not found:
        return None
    name = archive.random.choice(found)
    path = archive.root / name
    match archive.random.randrange(6):
        case 0:
            path.unlink()
        case 1:
            path.write_bytes(b"changed in place")
        case 2:
            path.unlink()
            path.write_bytes(b"another file")
        case 3:
            archive.write(f"{name}.d/extra.txt", "extra")
        case 4:
            path.unlink()
            archive.write(f"{name}/inside.txt", "a folder now")
        case 5:
            os.utime(path, ns=(10**18, 10**18))
    return name


def twin_file(archive: Archive) -> str | None:
    """Somebody changes files of all folders, as `sed -i` does that is told to follow none and finds `.site-twin/` as well."""
    found = [name for name in archive.names(".site-twin/**/*") if not name.startswith((".site-twin/pagefind/", ".site-twin/packs/"))]
    if not found:
        return None
    name = archive.random.choice(found)
    path = archive.root / name
    data = path.read_bytes()
    path.unlink()
    match archive.random.randrange(4):
        case 0:
            path.write_bytes(data.replace(b"a", b"o"))
        case 1:
            archive.write(f"{name}/inside.txt", "a folder now")
        case 2:
            path.write_bytes(data)
            archive.write(f"{name}.txt", "another file")
    return name


def site_folder(archive: Archive) -> str | None:
    folders = sorted(path for path in archive.root.glob("site/*") if path.is_dir())
    if not folders:
        return None
    folder = archive.random.choice(folders)
    shutil.rmtree(folder)
    match archive.random.randrange(4):
        case 0:
            folder.write_bytes(b"a file now")
        case 1:
            (archive.root / "elsewhere").mkdir(exist_ok=True)
            folder.symlink_to(archive.root / "elsewhere")
        case 2:
            folder.mkdir()
    return folder.name


def whole_site(archive: Archive) -> str:
    name = archive.random.choice(("site", ".site-twin"))
    path = archive.root / name
    shutil.rmtree(path, ignore_errors=True)
    if archive.random.random() < 0.3:
        path.mkdir()
    return name


def cache(archive: Archive) -> str | None:
    """What is kept is deleted, cut short, damaged, or taken from elsewhere."""
    if archive.random.random() < 0.2:
        shutil.rmtree(archive.root / ".cache", ignore_errors=True)
        return "all"
    name = archive.pick(
        archive.random.choice((".cache/**/*", ".cache/publish/*", ".cache/pagefind/*.part", ".cache/templates/*", ".cache/pagefind/*"))
    )
    if not name:
        return None
    path = archive.root / name
    data = bytearray(path.read_bytes())
    in_place = ".cache/pagefind" in name and archive.random.random() < 0.5  # and with it the file of the site, which is the same
    if not in_place:
        path.unlink()
    match archive.random.randrange(4):
        case 0:
            path.unlink(missing_ok=True)
            return f"{name} deleted"
        case 1:
            data = data[: archive.random.randrange(len(data) + 1)]
        case 2 if data:
            data[archive.random.randrange(len(data))] ^= 1 << archive.random.randrange(8)
        case _:
            data = bytearray(archive.random.randbytes(64))
    path.write_bytes(data)
    if in_place:
        archive.note()  # a build that has nothing to do does not look at these
    return f"{name} damaged"
