"""Every parser, for as many minutes as wanted: bytes bred by which lines of the program they reach.

    python -m tests.hostile.fuzz --minutes 20

With atheris, which there is for Linux and for Python up to 3.13, inputs are bred by coverage; elsewhere Hypothesis draws them. What
breaks a parser is left in .cache/fuzz/, and becomes a case of tests/hostile/.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOUND = ROOT / ".cache" / "fuzz"
SLOWEST = 20
"""Seconds for one input; the longest page that is allowed takes some."""
LONGEST = 4_000
"""Bytes of one input: long texts have tests of their own."""
WEIGHTS = {"seed": 4, "page": 4, "paragraphs": 4, "briefing": 2, "markdown": 2}
"""Shares of the time: whole stages stand behind these, and one input takes a thousand times that of a line of the lock."""


def main() -> int:
    """0 when nothing broke."""
    options = argparse.ArgumentParser(description="Give every parser bytes that nobody wrote.")
    options.add_argument("--minutes", type=float, default=20, help="for all parsers together (default: 20)")
    options.add_argument("--only", nargs="*", metavar="PARSER", help="these parsers alone")
    options.add_argument("--target", help=argparse.SUPPRESS)
    options.add_argument("--seconds", type=int, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.target:
        return breed(given.target, given.seconds)
    from tests.hostile.parsers import TARGETS  # noqa: PLC0415 - a child instruments what this imports before it does

    names = given.only or list(TARGETS)
    share = given.minutes * 60 / sum(WEIGHTS.get(name, 1) for name in names)
    broken = [name for name in names if not survives(name, max(1, int(share * WEIGHTS.get(name, 1))))]
    print(f"{len(names)} parsers, {given.minutes:g} minutes: " + (f"broken: {', '.join(broken)}" if broken else "nothing broke"))
    return 1 if broken else 0


def survives(name: str, seconds: int) -> bool:
    """Whether a parser lives through it, in a process of its own: nothing that hangs or eats memory takes the others along."""
    print(f"{name}: {seconds} seconds", flush=True)
    command = [sys.executable, "-m", "tests.hostile.fuzz", "--target", name, "--seconds", str(seconds)]
    run = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace")
    if run.returncode:
        print(run.stdout[-4000:], run.stderr[-8000:], sep="\n")
    else:
        print("  " + next((line for line in reversed(run.stderr.splitlines()) if line.startswith("Done")), "done"))
    return run.returncode == 0


def breed(name: str, seconds: int) -> int:
    if importlib.util.find_spec("atheris") is None:
        return draw(name, seconds)
    import atheris  # noqa: PLC0415 - not on every system

    with atheris.instrument_imports(include=["bindery"]):
        from tests.hostile import parsers  # noqa: PLC0415
    corpus, broken = FOUND / name / "corpus", FOUND / name / "broken"
    for folder in (corpus, broken):
        folder.mkdir(parents=True, exist_ok=True)
    for number, example in enumerate(parsers.EXAMPLES[name]):
        (corpus / f"example-{number}").write_text(example, encoding="utf-8")
    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", "-rss_limit_mb=4096"]
    for example in parsers.EXAMPLES[name]:
        parsers.TARGETS[name](example.encode())  # lists are read once, before the clock runs
    atheris.Setup([sys.argv[0], str(corpus), *limits, f"-artifact_prefix={broken}/"], parsers.TARGETS[name])
    atheris.Fuzz()
    return 0


def draw(name: str, seconds: int) -> int:
    """The same without coverage."""
    import time  # noqa: PLC0415

    from hypothesis import given, settings  # noqa: PLC0415
    from hypothesis import strategies as st  # noqa: PLC0415

    from tests.hostile import parsers  # noqa: PLC0415

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        settings(max_examples=500, deadline=None)(given(st.binary(max_size=LONGEST))(parsers.TARGETS[name]))()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
