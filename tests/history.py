"""A history of an archive: what people and machines do to it, one thing at a time, drawn by a seeded generator."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from bindery import config, pipeline

PEOPLE = (
    "Wang Rong, Party Secretary of Suzhou,",
    "Wang Rong, Mayor of Harbin,",
    "Ms. Wang Rong",
    "Mayor Karl Moen",
    "Karl Moen, chairman of the port of Bremen,",
    "Consul General Nobuyuki Watanabe",
)
FIRMS = ("Index Steel Co., Ltd.", "Pollenhof Group", "Zolmarin", "Zolmarin Holdings Ltd.", "Aalto Foods")
CITIES = ("Suzhou in China", "Harbin", "Springfield", "Bremen, Germany", "Linden", "Chongqing")


def text(number: int, choice: random.Random) -> str:
    sentences = [
        f"{choice.choice(PEOPLE)} met a delegation of {choice.choice(FIRMS)} in {choice.choice(CITIES)} on Tuesday to speak about ferries.",
        f"A contract with {choice.choice(FIRMS)} was signed in {choice.choice(CITIES)}, as {choice.choice(PEOPLE)} said that evening.",
        f"{choice.choice(CITIES)} is to have a new terminal, and {choice.choice(FIRMS)} will build its {choice.randrange(3, 90)} cranes.",
    ]
    choice.shuffle(sentences)
    body = "\n\n".join(sentences)
    return f"Talks about terminal {number} go on\n\nUpdated: May {choice.randrange(1, 29)}, 2019\n\n{body}\n\nShare | Print | Email\n"


class History:
    """What people and machines do to an archive, one thing at a time."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.choice = random.Random(seed)
        self.count = 0
        (root / "seeds").mkdir(parents=True)
        for _ in range(4):
            self.add()

    def step(self) -> str:
        """Do something; its name."""
        steps = self.steps()
        step = self.choice.choices(list(steps), list(steps.values()))[0]
        step()
        return step.__name__

    def steps(self) -> dict[Callable[[], None], int]:
        """What may happen, and how often beside the others."""
        return {
            self.add: 4,
            self.capture_again: 3,
            self.replace: 1,
            self.delete_seed: 1,
            self.rename_seed: 1,
            self.copy_seed: 1,
            self.break_seed: 1,
            self.edit_briefing: 3,
            self.delete_briefing: 1,
            self.confirm: 3,
            self.rename_record: 2,
            self.decide: 3,
            self.withdraw: 1,
            self.touch: 1,
            self.damage: 2,
        }

    def seeds(self) -> list[Path]:
        return sorted((self.root / "seeds").rglob("*.txt"))

    def some(self, folder: str) -> Path | None:
        found = sorted((self.root / "content" / folder).glob("*.md"))
        return self.choice.choice(found) if found else None

    def add(self) -> None:
        self.count += 1
        (self.root / f"seeds/{self.choice.randrange(100):02}-{self.count}.txt").write_text(text(self.count, self.choice), "utf-8")

    def capture_again(self) -> None:
        path = self.choice.choice(self.seeds())
        path.write_text(path.read_text("utf-8").replace("on Tuesday", "on Friday").replace("that evening", "at night"), "utf-8")

    def replace(self) -> None:
        self.count += 1
        self.choice.choice(self.seeds()).write_text(text(self.count, self.choice), "utf-8")

    def delete_seed(self) -> None:
        if len(self.seeds()) > 3:
            self.choice.choice(self.seeds()).unlink()

    def rename_seed(self) -> None:
        self.count += 1
        path = self.choice.choice(self.seeds())
        (self.root / "seeds/below").mkdir(exist_ok=True)
        path.rename(self.root / f"seeds/below/{self.count}.txt")

    def copy_seed(self) -> None:
        self.count += 1
        shutil.copy(self.choice.choice(self.seeds()), self.root / f"seeds/{self.count}.txt")

    def break_seed(self) -> None:
        self.choice.choice(self.seeds()).write_bytes(self.choice.choice((b"", b"\0\1\2\3" * 9, b" \n")))

    def edit_briefing(self) -> None:
        if path := self.some("briefings"):
            source = path.read_text("utf-8")
            path.write_text(source.replace("ferries", "boats") if "ferries" in source else f"{source}\nA late line.\n", "utf-8")

    def delete_briefing(self) -> None:
        if path := self.some("briefings"):
            path.unlink()

    def confirm(self) -> None:
        if path := self.some(self.choice.choice(("cities", "officials", "companies"))):
            path.write_text(path.read_text("utf-8").replace("status: proposed", "status: confirmed"), "utf-8")

    def rename_record(self) -> None:
        if path := self.some(self.choice.choice(("officials", "companies"))):
            path.write_text(path.read_text("utf-8").replace("name: ", "name: Old ", 1), "utf-8")

    def decide(self) -> None:
        officials = [f"officials/{path.stem}" for path in sorted((self.root / "content/officials").glob("*.md"))]
        pair = ", ".join(self.choice.sample(officials, 2)) if len(officials) > 1 else "officials/a, officials/b"
        form = self.choice.choice(("Zolmarin", "Harbin", "Pollenhof Group"))
        kind = "city" if form == "Harbin" else "company"
        topic, line = self.choice.choice(
            (
                ("same", f"[{pair}]"),
                ("not-same", f"[{pair}]"),
                ("reject", f"{{kind: {kind}, form: {form}}}"),
                ("accept", f"{{kind: {kind}, form: {form}}}"),
            )
        )
        (self.root / "content").mkdir(exist_ok=True)
        (self.root / "content/decisions.yaml").write_text(f"{topic}:\n  - {line}\n", "utf-8")

    def withdraw(self) -> None:
        if path := self.some("briefings"):
            pipeline.withdraw(config.load(self.root), path.stem, "asked to")

    def touch(self) -> None:
        self.choice.choice(self.seeds()).touch()

    def damage(self) -> None:
        """The cache is lost, or half of it."""
        files = sorted(path for path in (self.root / ".cache").rglob("*") if path.is_file())
        if files:
            path = self.choice.choice(files)
            path.write_bytes(path.read_bytes()[: self.choice.choice((0, path.stat().st_size // 2))])
