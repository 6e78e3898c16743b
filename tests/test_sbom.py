"""The software bill of materials: what the lock has, who needs it, and nothing of where it came from."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tools import build_sbom

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    return build_sbom.bill(LOCK)


def test_it_has_every_package_of_the_lock_in_its_version(bill: dict[str, Any]) -> None:
    locked = re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, flags=re.MULTILINE)
    found = [(one["name"], one["version"]) for one in bill["components"] if one["type"] == "library"]

    assert len(locked) > 15
    assert found == locked


def test_what_requirements_in_names_is_what_the_program_needs_itself(bill: dict[str, Any]) -> None:
    named = re.findall(r"^([a-z0-9-]+)", (ROOT / "requirements.in").read_text("utf-8"), flags=re.MULTILINE)
    (direct,) = (one["dependsOn"] for one in bill["dependencies"] if one["ref"] == bill["metadata"]["component"]["bom-ref"])

    assert [re.sub(r"pkg:pypi/(.*)@.*", r"\1", purl) for purl in direct] == sorted(named)


def test_nothing_is_in_it_that_nothing_needs(bill: dict[str, Any]) -> None:
    needed = {purl for one in bill["dependencies"] for purl in one["dependsOn"]}
    assert needed == {one["purl"] for one in bill["components"] if one["type"] == "library"}


def test_it_names_the_lock_by_its_digest_and_no_host(bill: dict[str, Any]) -> None:
    (lock,) = (one for one in bill["components"] if one["type"] == "file")
    assert lock["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(LOCK.encode()).hexdigest()}]
    assert "http" not in json.dumps(bill)


def test_the_same_lock_gives_the_same_bill_and_another_another(bill: dict[str, Any]) -> None:
    assert build_sbom.bill(LOCK) == bill
    assert build_sbom.bill(LOCK + "\n")["serialNumber"] != bill["serialNumber"]


def test_packages_that_are_installed_say_their_licence(bill: dict[str, Any]) -> None:
    (found,) = (one["licenses"] for one in bill["components"] if one["name"] == "jinja2")
    assert found == [{"license": {"name": "BSD License"}}]


def test_a_lock_that_is_none_is_told() -> None:
    with pytest.raises(SystemExit, match="make lock"):
        build_sbom.bill("jinja2>=3\n")


def test_it_fits_the_schema_of_cyclonedx(bill: dict[str, Any]) -> None:
    json_schema = pytest.importorskip("cyclonedx.validation.json", reason="make test installs the schema")
    schema = pytest.importorskip("cyclonedx.schema")
    problem = json_schema.JsonStrictValidator(schema.SchemaVersion.V1_6).validate_str(json.dumps(bill))
    assert problem is None, problem
