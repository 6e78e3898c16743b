"""`build.py serve --review`: the site and the desk beside it, from one command, until it is stopped."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desk.archive import DECISIONS
from tests.desk.conftest import LONG, until

BUILD = Path(__file__).resolve().parents[2] / "build.py"


@pytest.fixture
def running(root: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(BUILD), "serve", "--review", "--no-browser", "--port", "0", "--root", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


class Reader:
    """A browser that opened the address."""

    def __init__(self, address: str) -> None:
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/\?token=\S+)", address)
        assert found
        self.port = int(found[1])
        status, headers, _ = self.get(found[2], {})
        assert status == 303
        self.cookie = headers["Set-Cookie"].partition(";")[0]

    def get(self, path: str, headers: dict[str, str]) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        with response:
            answer = response.status, response.headers, response.read()
        connection.close()
        return answer

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.get("/questions", {"Cookie": self.cookie})[2])
        return state


def test_one_command_serves_site_and_desk_and_the_desk_follows_an_editor(running: subprocess.Popen[str], root: Path) -> None:
    assert running.stdout is not None
    reader = Reader(next(line for line in running.stdout if line.startswith("Review desk ")).split()[-1])
    assert any(line.startswith("Serving http://127.0.0.1:") for line in running.stdout)
    until(lambda: not reader.state()["at_work"])
    assert reader.state()["count"] == 4

    (root / "content/decisions.yaml").write_text(DECISIONS + "accept:\n  - {kind: company, form: Zollwerk}\n", "utf-8")
    until(lambda: [row["topic"] for row in reader.state()["questions"]] == ["ambiguous", "merge", "dropped"])
    until((root / "site/companies/zollwerk.html").is_file)

    published = [path for path in (root / "site").rglob("*") if path.is_file()]
    assert [path.name for path in published if path.name.startswith("desk") or path.name == "review.html"] == []
    assert [path.name for path in published if b"X-Desk" in path.read_bytes()] == []
    running.send_signal(signal.SIGTERM)
    assert "Stopped." in running.communicate(timeout=LONG)[0]
