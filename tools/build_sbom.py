"""requirements.txt → sbom.cdx.json: the software bill of materials, in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).

    make sbom

What the program needs at run time, each package with its version, its licence as the installed package says it, and what needs it.
The lock itself stands in it with its SHA-256: it has the digest of every file that may be installed. The same lock and packages
give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"
DIRECT = "-r requirements.in"
"""Who needs a package that requirements.in names."""
LONGEST = 60
"""Characters of a licence's name; some packages put its whole text there."""
_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")
_VIA = re.compile(r"^    # (?:via |  )(?P<by>\S.*)$")


@dataclass(frozen=True, slots=True)
class Pinned:
    """A package of the lock."""

    name: str
    version: str
    needed_by: tuple[str, ...]
    """Names of packages, or `DIRECT`."""

    @property
    def purl(self) -> str:
        """https://github.com/package-url/purl-spec"""
        return f"pkg:pypi/{self.name.lower().replace('_', '-')}@{self.version}"


def pinned(lock: str) -> Iterator[Pinned]:
    """Every package of a lock as uv writes it: `name==version`, its digests, `# via` whom."""
    for block in re.split(r"\n(?=\S)", lock.strip()):
        found = _PINNED.match(block)
        if found is None:
            raise SystemExit(f"{LOCK.name}: no package in {block[:60]!r}\n    fix: write it anew with make lock")
        by = [via["by"] for line in block.splitlines() if (via := _VIA.match(line))]
        yield Pinned(found["name"], found["version"], tuple(by))


def licences(package: Pinned) -> list[dict[str, object]]:
    """As the installed package says them; none where it is not installed, or in another version."""
    try:
        said = metadata.metadata(package.name)
    except metadata.PackageNotFoundError:
        return []
    if said["Version"] != package.version:
        return []
    if expression := said.get("License-Expression"):
        return [{"expression": expression}]
    named = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License :: ")]
    named = named or [line for line in (said.get("License", "").strip(),) if 0 < len(line) <= LONGEST and "\n" not in line]
    return [{"license": {"name": name}} for name in named]


def bill(lock: str) -> dict[str, object]:
    """The document."""
    packages = list(pinned(lock))
    own = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reference = f"{own['name']}@{own['version']}"
    needs: dict[str, list[str]] = {reference: [], **{package.purl: [] for package in packages}}
    by_name = {package.name: package.purl for package in packages}
    for package in packages:
        for by in package.needed_by:
            needs[reference if by == DIRECT else by_name[by]].append(package.purl)
    digest = hashlib.sha256(lock.encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "build"}],
            "component": {
                "type": "application",
                "bom-ref": reference,
                "name": own["name"],
                "version": own["version"],
                "description": own["description"],
                "licenses": [{"expression": own["license"]}],
            },
        },
        "components": [
            {"type": "file", "bom-ref": LOCK.name, "name": LOCK.name, "hashes": [{"alg": "SHA-256", "content": digest}]},
            *map(_component, packages),
        ],
        "dependencies": [{"ref": ref, "dependsOn": sorted(set(on))} for ref, on in needs.items()],
    }


def _component(package: Pinned) -> dict[str, object]:
    component: dict[str, object] = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
    }
    found = licences(package)
    return {**component, "licenses": found} if found else component


def main() -> None:
    """Write it to the file that is named, or to standard output."""
    document = json.dumps(bill(LOCK.read_text(encoding="utf-8")), ensure_ascii=False, indent=1) + "\n"
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(document, encoding="utf-8")
    else:
        print(document, end="")


if __name__ == "__main__":
    main()
