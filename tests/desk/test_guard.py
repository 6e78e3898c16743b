"""The desk writes files, so it answers nobody but its own page: every other way of asking is refused, and changes nothing."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bindery.desk.desk import Desk
from bindery.desk.server import DeskServer, opened
from tests.desk.archive import DECISIONS
from tests.desk.conftest import LONG, settled, working

Answer = tuple[int, http.client.HTTPMessage, bytes]


@pytest.fixture
def server(desk: Desk) -> Iterator[DeskServer]:
    with opened(desk, "http://127.0.0.1:8000/") as server:
        yield server


@pytest.fixture(scope="module")
def standing(ingested: Path) -> Iterator[DeskServer]:
    """One for all who get nothing of it."""
    with working(ingested) as desk, opened(desk, "http://127.0.0.1:8000/") as server:
        yield server


def ask(server: DeskServer, method: str, address: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=LONG)
    try:
        connection.putrequest(method, address, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def own(server: DeskServer) -> dict[str, str]:
    """The headers of a page of the desk."""
    return {
        "Cookie": f"{server.guard.cookie_name}={server.guard.token}",
        "Origin": f"http://127.0.0.1:{server.server_port}",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
        "X-Desk": server.guard.proof,
    }


def rejection(server: DeskServer) -> bytes:
    """An answer that the desk would write."""
    key = next(row["key"] for row in server.desk.state()["questions"] if row["topic"] == "unsure")
    return json.dumps({"act": "reject", "key": key}).encode()


def test_the_address_opens_the_desk_and_leaves_the_token_in_a_cookie_no_script_reads(standing: DeskServer) -> None:
    status, headers, _ = ask(standing, "GET", standing.address.removeprefix(f"http://127.0.0.1:{standing.server_port}"), {})

    assert (status, headers["Location"]) == (303, "/")
    assert headers["Set-Cookie"] == f"desk-{standing.server_port}={standing.guard.token}; HttpOnly; SameSite=Strict; Path=/"
    status, headers, page = ask(standing, "GET", "/", {"Cookie": headers["Set-Cookie"].partition(";")[0]})
    assert (status, standing.guard.token.encode() in page) == (200, False)
    assert standing.guard.proof.encode() in page
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert (headers["Cache-Control"], headers["X-Frame-Options"], headers["Referrer-Policy"]) == ("no-store", "DENY", "no-referrer")
    assert headers["Access-Control-Allow-Origin"] is None


def test_only_this_machine_can_ask(standing: DeskServer) -> None:
    assert standing.server_address[0] == "127.0.0.1"


def test_its_own_page_may_write(server: DeskServer, root: Path) -> None:
    status, _, answer = ask(server, "POST", "/act", own(server), rejection(server))

    assert (status, json.loads(answer)) == (200, {"done": "Zollwerk is not a company"})
    assert "form: Zollwerk" in (root / "content/decisions.yaml").read_text("utf-8")
    status, _, answer = ask(server, "POST", "/undo", own(server), b"{}")
    assert (status, json.loads(answer)) == (200, {"done": "undone: Zollwerk is not a company"})
    assert (root / "content/decisions.yaml").read_text("utf-8") == DECISIONS


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LOCAL = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        pytest.param({"Cookie": None}, "no token", id="no token"),
        pytest.param({"Cookie": "desk-1=x"}, "no token", id="the token of another desk"),
        pytest.param({"Cookie": 'desk="\x01'}, "no token", id="a cookie that is none"),
        pytest.param({"X-Desk": None}, "no proof", id="no proof"),
        pytest.param({"X-Desk": "guess"}, "no proof", id="a guessed proof"),
        pytest.param({"Host": "harbour.example"}, "another host", id="a name made to lead here"),
        pytest.param({"Host": "localhost"}, "another host", id="localhost"),
        pytest.param({"Origin": "https://evil.example"}, "another origin", id="another origin"),
        pytest.param({"Origin": LOCAL}, "another origin", id="another port of this machine"),
        pytest.param({"Origin": "null"}, "another origin", id="a sandboxed frame"),
        pytest.param({"Origin": None}, "no origin", id="no origin"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, "another site", id="another site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, "another site", id="another port, as browsers say"),
        pytest.param(FORM, "not JSON", id="a form"),
        pytest.param({"Content-Type": "text/plain"}, "not JSON", id="a form that sends text"),
        pytest.param({"Content-Type": None}, "not JSON", id="no type"),
    ],
)
def test_whoever_else_asks_is_refused(standing: DeskServer, ingested: Path, changed: dict[str, str | None], why: str) -> None:
    headers = {name: value for name, value in {**own(standing), **changed}.items() if value is not None}
    status, answered, answer = ask(standing, "POST", "/act", headers, rejection(standing))

    assert (status, why in answer.decode()) == (403, True)
    assert "Set-Cookie" not in answered
    assert (ingested / "content/decisions.yaml").read_text("utf-8") == DECISIONS


@pytest.mark.parametrize(
    "address", ["/", "/questions", "/question?key=1", "/records?words=a", "/events", "/desk.js", "/?token=", "/?token=a"]
)
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="without the token"),
        pytest.param({"Host": "harbour.example:80"}, id="by another name"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="from another site"),
        pytest.param({"Sec-Fetch-Site": "same-site", "Cookie": "own"}, id="from another port with the cookie"),
    ],
)
def test_nothing_is_told_to_strangers(standing: DeskServer, address: str, headers: dict[str, str]) -> None:
    given = {**headers, "Cookie": own(standing)["Cookie"]} if "Cookie" in headers else headers
    status, answered, answer = ask(standing, "GET", address, given)

    assert (status, answered["Content-Type"]) == (403, "text/plain; charset=utf-8")
    assert standing.guard.proof not in answer.decode()


def test_the_token_opens_nothing_for_another_site(standing: DeskServer) -> None:
    address = f"/?token={standing.guard.token}"

    assert ask(standing, "GET", address, {"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert ask(standing, "GET", address, {"Host": "harbour.example"})[0] == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"])
def test_there_are_no_other_methods(standing: DeskServer, method: str) -> None:
    assert ask(standing, method, "/act", own(standing), b"{}")[0] == 501


@pytest.mark.parametrize(
    "path", ["/../site.yaml", "/desk/page.html", "/css/../js/theme.js", "/etc/passwd", "/page.html", "/content/decisions.yaml"]
)
def test_no_file_but_its_own_is_sent(standing: DeskServer, path: str) -> None:
    assert ask(standing, "GET", path, own(standing))[0] == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"act": 1}', b"[" * 100_000])
def test_what_makes_no_sense_is_said_and_the_desk_goes_on(standing: DeskServer, body: bytes) -> None:
    status, _, answer = ask(standing, "POST", "/act", own(standing), body)

    assert (status, "problem" in json.loads(answer)) == (422, True)
    assert ask(standing, "GET", "/questions", own(standing))[0] == 200


def test_too_much_is_not_read(standing: DeskServer) -> None:
    assert ask(standing, "POST", "/act", {**own(standing), "Content-Length": "999999999"})[0] == 422


def test_an_edit_meanwhile_is_a_conflict(server: DeskServer, root: Path) -> None:
    body = rejection(server)
    (root / "content/decisions.yaml").write_text("reject:\n  - {kind: company, form: Zollwerk}\n", "utf-8")
    status, _, answer = ask(server, "POST", "/act", own(server), body)

    assert (status, json.loads(answer)["stale"]) == (409, True)
    settled(server.desk)
    assert "unsure" not in [row["topic"] for row in server.desk.state()["questions"]]
