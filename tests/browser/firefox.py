"""The system's Firefox, driven over WebDriver BiDi: a browser nobody patched, without a driver program.

Playwright drives only a Firefox build of its own. Firefox itself speaks BiDi (https://w3c.github.io/webdriver-bidi/): JSON
messages on a web socket that it opens for `--remote-debugging-port`. This client knows the few commands the tests need.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

START = 60.0
"""Seconds Firefox may take to open its socket: a first start makes a profile, on a machine that other tests share."""
WAIT = 15.0
"""Seconds a page may take to become what a test waits for."""
TURN = 20.0
"""Seconds without any event after which a navigation counts as lost: Firefox drops one now and then that meets a return in the history."""
LISTENING = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
QUIET = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.prefetch-next": False,
    "remote.prefs.recommended": False,  # what Firefox sets for tests otherwise: among it, that a page may read files beside it
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
"""Preferences that keep Firefox from calling home. The policy for file: addresses stays as people have it."""


class FirefoxError(Exception):
    """Firefox did not start, or refused a command."""


class Firefox:
    """One window with one tab. Offsets, elements and handles stay in the page: ask it with JavaScript."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.problems: list[str] = []
        """Console errors, uncaught errors and failed requests since the last `goto`."""
        self.requests: list[str] = []
        """Addresses asked for since the last `goto`."""
        self._last = 0
        self._left: set[str] = set()
        self._preloaded: list[str] = []
        self.command("session.new", capabilities={})
        self.command(
            "session.subscribe", events=["log.entryAdded", "network.beforeRequestSent", "network.fetchError", "network.responseCompleted"]
        )
        self.tab: str = self.command("browsingContext.getTree")["contexts"][0]["context"]

    def goto(self, address: str) -> None:
        """Load an address and wait until the page has loaded. What the page before says of being left is not this page's problem."""
        self._left.update(realm["realm"] for realm in self.command("script.getRealms", context=self.tab)["realms"])
        for silence in (TURN, START):
            self.problems.clear()
            self.requests.clear()
            try:
                self.command("browsingContext.navigate", silence, context=self.tab, url=address, wait="complete")
            except TimeoutError:
                continue
            return
        raise FirefoxError(f"{address} did not load, asked for twice; requests: {self.requests}")

    def evaluate(self, expression: str) -> Any:
        """Value of a JavaScript expression, awaited, as JSON carries it."""
        function = f"async () => JSON.stringify(await ({expression}))"
        answer = self.command("script.callFunction", functionDeclaration=function, awaitPromise=True, target={"context": self.tab})
        if answer["type"] == "exception":
            raise FirefoxError(answer["exceptionDetails"]["text"])
        value = answer["result"].get("value")
        return None if value is None else json.loads(value)

    def wait_for(self, expression: str) -> Any:
        """The expression's value, once it is true."""
        end = time.monotonic() + WAIT
        while not (value := self.evaluate(expression)):
            if time.monotonic() > end:
                raise FirefoxError(f"not true within {WAIT:.0f} s: {expression}")
            time.sleep(0.05)
        return value

    def type(self, text: str) -> None:
        """Press the keys of a text, one after the other, wherever the focus is."""
        presses = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.command("input.performActions", context=self.tab, actions=[{"type": "key", "id": "keyboard", "actions": presses}])

    def click(self, element: str) -> None:
        """Press the mouse where an element is, as a person does: what a page may do only then (copy), it may do now."""
        middle = "(box => [box.x + box.width / 2, box.y + box.height / 2])"
        x, y = self.evaluate(f"(({element}).scrollIntoView({{block: 'center'}}), {middle}(({element}).getBoundingClientRect()))")
        presses = [
            {"type": "pointerMove", "x": int(x), "y": int(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self.command("input.performActions", context=self.tab, actions=[{"type": "pointer", "id": "mouse", "actions": presses}])

    def preload(self, source: str) -> None:
        """Run a script on every page from now on, before anything of the page runs; until `forget`."""
        added = self.command("script.addPreloadScript", functionDeclaration=f"() => {{ {source} }}", contexts=[self.tab])
        self._preloaded.append(added["script"])

    def forget(self) -> None:
        """Run nothing on pages any more."""
        while self._preloaded:
            self.command("script.removePreloadScript", script=self._preloaded.pop())

    def resize(self, width: int, height: int) -> None:
        self.command("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": height})

    def command(self, method: str, silence: float = START, /, **params: object) -> dict[str, Any]:
        """Send one command and wait for its answer; events that arrive before it are kept.

        Raises TimeoutError when neither the answer nor any event has come for `silence` seconds.
        """
        self._last += 1
        self.socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(timeout=silence))
            if message.get("id") == self._last:
                break
            self._hear(message)
        if message["type"] == "error":
            raise FirefoxError(f"{method}: {message['error']}: {message['message']}")
        result: dict[str, Any] = message["result"]
        return result

    def _hear(self, event: dict[str, Any]) -> None:
        method, params = event.get("method"), event.get("params", {})
        if method == "log.entryAdded" and params["level"] in ("error", "warn") and params["source"]["realm"] not in self._left:
            self.problems.append(f"{params['level']}: {params['text']}")
        elif method == "network.beforeRequestSent":
            self.requests.append(params["request"]["url"])
        elif method == "network.fetchError" and params["errorText"] != "NS_BINDING_ABORTED":  # a page left while it loads
            self.problems.append(f"{params['errorText']}: {params['request']['url']}")
        elif method == "network.responseCompleted" and params["response"]["status"] >= 400:
            self.problems.append(f"{params['response']['status']}: {params['request']['url']}")


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Start the system's Firefox without a window and with a fresh profile; close it at the end."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        raise FirefoxError("no Firefox on this machine; install it: apt install firefox-esr")
    with tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as profile:
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in QUIET.items()]
        Path(profile, "user.js").write_text("\n".join(lines), encoding="utf-8")
        log = Path(profile, "stderr.log")
        with log.open("wb") as errors:
            command = [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank"]
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        try:
            # No pings: the thread that sends them draws random numbers, which Hypothesis takes for a test's own.
            with connect(f"{_listening(log, process)}/session", max_size=None, ping_interval=None) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()
            process.wait(timeout=START)


def _listening(log: Path, process: subprocess.Popen[bytes]) -> str:
    """The web socket's address, which Firefox prints once it is ready."""
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        if found := LISTENING.search(log.read_bytes()):
            return found[1].decode()
        time.sleep(0.05)
    raise FirefoxError(f"Firefox did not open its remote port: {log.read_text(errors='replace')[-500:]}")
