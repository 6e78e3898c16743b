"""A small archive and what may happen to it between two builds: each edit is one change, drawn by a seeded generator."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests import harm
from tests.material import (
    BLOCKS,
    DOSSIERS,
    FATES,
    KINDS,
    NAMES,
    OVERRIDES,
    RECORDS,
    RELEASE,
    ROLES,
    SENTENCES,
    SOURCES,
    STATICS,
    TOPICS,
    YEARS,
    compose,
    parse,
)


class Archive:
    """An archive on the disk. `edit` changes it by one of EDITS, and says how."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = Random(seed)
        self.next_id = 0
        root.mkdir()
        self.configuration()
        for folder, slugs in RECORDS.items():
            for slug in slugs:
                self.put_record(folder, slug)
        for number in range(14):
            self.put_briefing(f"{YEARS[number % 4]}-01-19-talks{f'-{number}' if number else ''}")
        self.printed_again()
        self.write("content/decisions.yaml", "same:\n  - [officials/li-wei, officials/zhou]\n")

    def edit(self) -> str:
        change = self.random.choice(EDITS)
        return f"{change.__name__}: {change(self)}"

    # what the edits are made of

    def write(self, name: str, source: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")

    def names(self, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.glob(pattern) if path.is_file())

    def pick(self, *patterns: str) -> str | None:
        found = [name for pattern in patterns for name in self.names(pattern)]
        return self.random.choice(found) if found else None

    def briefing(self) -> str | None:
        return self.pick("content/briefings/*.md")

    def record(self) -> str | None:
        return self.pick(*(f"content/{folder}/*.md" for folder in RECORDS))

    def mention(self) -> str:
        folder = self.random.choice([*RECORDS, "officials", "cities"])
        slug = self.random.choice([*RECORDS[folder], "nobody"] if self.random.random() < 0.2 else RECORDS[folder])
        name = NAMES.get(slug, (slug.replace("-", " ").title(), []))[0]
        return f"[{name}](../{folder}/{slug}.md{self.random.choice(ROLES)})"

    def paragraph(self) -> str:
        if self.random.random() < 0.3:
            return self.random.choice(BLOCKS)
        words = [self.random.choice(SENTENCES) for _ in range(self.random.randint(1, 3))]
        words.insert(self.random.randint(0, len(words)), f"{self.mention()} met {self.mention()}.")
        if self.random.random() < 0.4:
            words.append(f"{self.mention()} counts {self.random.choice(('140 tea companies', 'over $12 billion', '48.5 percent of all'))}.")
        return " ".join(words)

    def front_matter(self, identifier: str) -> dict[str, str]:
        pick = self.random.choice
        year, month = pick(YEARS), self.random.randint(1, 12)
        return {
            "id": identifier,
            "title": pick((f"Talks & ferries {self.random.randint(1, 99)}", "重慶の会談", '"Quoted: title"', "神戸 and <Kobe>")),
            "date": pick((f"{year}-{month:02}-19", f"{year}-03-04", "")),
            "source": pick(SOURCES),
            "byline": pick(("", "Wang Yifei", "王一飞")),
            "language": pick(("en", "en", "ja", "zh-Hans", "")),
            "seed": pick(("", f"{identifier}.txt")),
            "url": pick(("", "https://paper.example/story", "javascript:alert(1)")),
        }

    def put_briefing(self, slug: str) -> str:
        self.next_id += 1
        identifier = f"b{self.next_id:04}"
        body = "\n\n".join(self.paragraph() for _ in range(self.random.randint(1, 5)))
        self.write(f"content/briefings/{slug}.md", compose(self.front_matter(identifier), body))
        if self.random.random() < 0.7:
            self.put_provenance(identifier)
        return slug

    def put_provenance(self, identifier: str) -> None:
        fates = [f"{number}\t{self.random.choice(FATES)}\tline {number}" for number in range(1, 6)]
        head = f"seed\t{identifier}.txt\nsha256\t{self.random.getrandbits(256):064x}\nsize\t4081\nencoding\tutf-8\n\n"
        self.write(f"content/provenance/{identifier}.tsv", head + "\n".join(fates) + "\n")

    def put_record(self, folder: str, slug: str) -> None:
        name, variants = NAMES.get(slug, (slug.replace("-", " ").title(), []))
        pick = self.random.choice
        lines = [f"name: {name}", f"status: {pick(('proposed', 'confirmed'))}"]
        lines += ["variants:", *(f"- {variant}" for variant in variants)] if variants else []
        lines += (
            [f"country: {pick(('China', 'Japan', 'Finland'))}"] if folder in ("cities", "companies") and self.random.random() < 0.7 else []
        )
        lines += ["latitude: '29.5'", "longitude: '106.5'"] if folder == "cities" and self.random.random() < 0.5 else []
        note = f"A note on {self.mention()}. And [one](../briefings/2016-01-19-talks.md).\n" if self.random.random() < 0.4 else ""
        self.write(f"content/{folder}/{slug}.md", "---\n" + "\n".join(lines) + f"\n---\n\n{note}")

    # the edits

    def configuration(self) -> str:
        pick = self.random.choice
        topics = TOPICS if self.random.random() < 0.8 else ""
        kinds = KINDS.replace("PERSON", pick(("Official", "Person"))) + topics
        lines = {
            "title": pick(("Ferries", "Ferries & 港", "The archive of all ferries there ever were")),
            "tagline": pick(("", "Printed, kept")),
            "description": pick(('""', '"Of [Wuxi](cities/wuxi.md) and [Mori](content/officials/mori.md)."')),
            "base_url": pick(('""', "https://ferries.example", "https://ferries.example", "https://a.example/b")),
            "publisher": pick(('""', "The town")),
            "rights": pick(("full", "full", "excerpt")),
            "share_image": pick(("archive", "archive", "briefing")),
            "sources": pick(('""', "{News Agency: metadata-only}", "{chinadaily.example: {rights: excerpt, noindex: true}}")),
        }
        self.write("site.yaml", "".join(f"{key}: {value}\n" for key, value in lines.items()) + kinds + pick(DOSSIERS))
        return " ".join(f"{key}={value}" for key, value in lines.items()) + f" topics={bool(topics)}"

    def new_briefing(self) -> str:
        return self.put_briefing(f"{self.random.choice(YEARS)}-05-05-new-{self.next_id}")

    def printed_again(self) -> str | None:
        """By another paper, which shortens it, or captured once more from the same page."""
        name = self.briefing()
        if not name:
            return None
        values, body = parse((self.root / name).read_text(encoding="utf-8"))
        if RELEASE not in body:
            body = f"{body.strip()}\n\n{RELEASE}"
            self.write(name, compose(values, body))
        self.next_id += 1
        again = {**values, "id": f"d{self.next_id:04}", "seed": f"again-{self.next_id}.txt"}
        if is_copy := self.random.random() < 0.6:
            again |= {"source": "Valley Courier", "title": f"Told again {self.next_id}", "url": ""}
            body = f"{self.mention()} told this paper more.\n\n{RELEASE}\n\nValley Courier"
        self.write(f"content/briefings/{values['date'] or 'undated'}-again-{self.next_id}.md", compose(again, f"{body} Once more."))
        return f"{name} {'copied' if is_copy else 'captured'}"

    def about_briefings(self) -> str:
        """People settle what is one release, and what is one event."""
        ids = sorted(parse((self.root / name).read_text(encoding="utf-8"))[0]["id"] for name in self.names("content/briefings/*.md"))
        groups = [f"  - [{', '.join(self.random.sample(ids, 2))}, gone1]\n" for _ in range(3)]
        keys = self.random.sample(("story", "not-story", "event", "not-event"), 3)
        source = "".join(f"{key}:\n{group}" for key, group in zip(keys, groups, strict=True))
        self.write("content/decisions.yaml", source)
        return source

    def renamed_briefing(self) -> str | None:
        if name := self.briefing():
            (self.root / name).rename(self.root / f"content/briefings/2017-02-02-renamed-{self.random.randint(1, 999)}.md")
        return name

    def swapped_briefings(self) -> str | None:
        """Two files take each other's texts, not their ids."""
        one, other = self.briefing(), self.briefing()
        if not one or not other:
            return None
        (values, body), (values_2, body_2) = (parse((self.root / name).read_text(encoding="utf-8")) for name in (one, other))
        values["id"], values_2["id"] = values_2["id"], values["id"]
        self.write(one, compose(values_2, body_2))
        self.write(other, compose(values, body))
        return f"{one} {other}"

    def deleted_briefing(self) -> str | None:
        name = self.briefing()
        if name and len(self.names("content/briefings/*.md")) > 8:
            identifier = parse((self.root / name).read_text(encoding="utf-8"))[0]["id"]
            (self.root / name).unlink()
            page = name.removeprefix("content/").replace(".md", ".html")
            target = self.random.choice((" gone: taken back", " -> methodology.html", f" -> {self.a_page()}", ""))
            self.complete_lock([page, f"b/{identifier}/index.html"], target)
            return f"{name}{target}"
        return None

    def a_page(self) -> str:
        page = self.pick("site/cities/*.html", "site/briefings/by-year/*.html", "site/officials/*/*.html", "site/briefings/*.html")
        return page.removeprefix("site/") if page else "index.html"

    def complete_lock(self, pages: list[str], words: str) -> None:
        path = self.root / "content/permalinks.lock"
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            self.write("content/permalinks.lock", "".join(f"{line}{words if line.split(' ')[0] in pages else ''}\n" for line in lines))

    def lock(self) -> str | None:
        """A line said otherwise, taken away, or the whole file."""
        path = self.root / "content/permalinks.lock"
        if not path.exists():
            return None
        lines = path.read_text(encoding="utf-8").splitlines()
        number = self.random.randrange(len(lines))
        match self.random.randrange(4):
            case 0:
                lines[number] = re.sub(r"( ->| gone:).*", f" -> {self.a_page()}", lines[number])
            case 1:
                lines[number] = re.sub(r"( ->| gone:).*", " gone: for other reasons", lines[number])
            case 2:
                del lines[number]
            case 3 if self.random.random() < 0.3:
                path.unlink()
                return "deleted"
        self.write("content/permalinks.lock", "\n".join(lines) + "\n")
        return lines[number] if number < len(lines) else "last line"

    def body(self) -> str | None:
        name = self.briefing()
        if not name:
            return None
        values, body = parse((self.root / name).read_text(encoding="utf-8"))
        blocks = body.strip().split("\n\n")
        number = self.random.randrange(len(blocks))
        match self.random.randrange(4):
            case 0:
                blocks[number] = self.paragraph()
            case 1:
                blocks.insert(number, self.paragraph())
            case 2:
                del blocks[number]
            case 3:
                blocks[number] += " One word more."
        self.write(name, compose(values, "\n\n".join(blocks)))
        return f"{name} block {number}"

    def field(self) -> str | None:
        name = self.briefing()
        if not name:
            return None
        values, body = parse((self.root / name).read_text(encoding="utf-8"))
        key = self.random.choice([key for key in values if key != "id"])
        values[key] = self.front_matter(values["id"])[key]
        self.write(name, compose(values, body))
        return f"{name} {key}={values[key]}"

    def other_id(self) -> str | None:
        name = self.briefing()
        if name:
            self.next_id += 1
            source = (self.root / name).read_text(encoding="utf-8")
            self.write(name, re.sub(r"(?m)^id: .*", f"id: c{self.next_id:04}", source, count=1))
        return name

    def touched(self) -> str | None:
        name = self.pick("content/**/*", "templates/**/*", "static/**/*")
        if name:
            moment = self.random.choice((0, 10**18, 4 * 10**18))
            os.utime(self.root / name, ns=(moment, moment))
        return name

    def same_size(self) -> str | None:
        """Another letter, and the time of the file as it was."""
        name = self.briefing()
        if name:
            path = self.root / name
            stat = path.stat()
            path.write_text(path.read_text(encoding="utf-8").replace("the", "tha", 1), encoding="utf-8")
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        return name

    def record_anew(self) -> str | None:
        if name := self.record():
            self.put_record(*name.removeprefix("content/").removesuffix(".md").split("/"))
        return name

    def record_line(self) -> str | None:
        name = self.record()
        if not name:
            return None
        line, anew = self.random.choice(
            (
                (r"name: .*", f"name: {self.random.choice(('Li Wei', 'Aaa', 'Ōsaka', '重庆', 'Zed & <Co>'))}"),
                (r"status: .*", "status: confirmed"),
                (r"status: .*", "status: proposed"),
                (r"country: .*", f"country: {self.random.choice(('Japan', 'China', 'Peru'))}"),
                (r"status:", f"wikidata: Q{self.random.randint(1, 999)}\nstatus:"),
                (r"- .*", f"- {self.random.choice(('Kō', 'Variant', '李偉'))}"),
            )
        )
        source = re.sub(r"(?m)^wikidata: .*\n", "", (self.root / name).read_text(encoding="utf-8"))
        self.write(name, re.sub(f"(?m)^{line}", anew, source, count=1))
        return f"{name} {anew}"

    def note(self) -> str | None:
        if name := self.record():
            head = (self.root / name).read_text(encoding="utf-8").split("\n---\n")[0]
            note = self.random.choice(("", f"Other words on {self.mention()}.\n", f"{self.paragraph()}\n"))
            self.write(name, f"{head}\n---\n\n{note}")
        return name

    def deleted_record(self) -> str | None:
        name = self.record()
        if name:
            (self.root / name).unlink()
            target = self.random.choice((" gone: nobody's", f" -> {self.a_page()}"))
            self.complete_lock([name.removeprefix("content/").replace(".md", ".html")], target)
            return f"{name}{target}"
        return None

    def new_record(self) -> str:
        folder = self.random.choice(list(RECORDS))
        slug = self.random.choice(RECORDS[folder])
        self.put_record(folder, slug)
        return f"{folder}/{slug}"

    def decisions(self) -> str:
        source = self.random.choice(
            (
                "",
                "same:\n  - [officials/li-wei, officials/zhou]\n",
                "same:\n  - [officials/li-wei, officials/li-wei-2]\n",
                "same:\n  - [officials/zhou, officials/li-wei]\n  - [officials/li-wei, officials/mori]\n",
                "same:\n  - [cities/wuxi, cities/oulu]\nnot-same:\n  - [officials/li-wei, officials/li-wei-2]\n",
                "not-same:\n  - [officials/li-wei, officials/li-wei-2]\nreject:\n  - {kind: company, form: Tea}\n",
                "office:\n  - {role: mayor, office: Mayor of Wuxi}\n  - {role: 重慶市長, official: officials/mori, office: none}\n",
                "not-figures:\n  - {figure: 140 tea companies}\n",
            )
        )
        self.write("content/decisions.yaml", source)
        return source

    def provenance(self) -> str | None:
        name = self.pick("content/provenance/*.tsv")
        if name and self.random.random() < 0.3:
            (self.root / name).unlink()
        elif briefing := self.briefing():
            name = briefing
            self.put_provenance(parse((self.root / briefing).read_text(encoding="utf-8"))[0]["id"])
        return name

    def anchors(self) -> str | None:
        name = self.pick("content/anchors/*.tsv")
        if not name:
            return None
        if self.random.random() < 0.1:
            shutil.rmtree(self.root / "content/anchors")
            return "all"
        lines = (self.root / name).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = lines[: self.random.randrange(len(lines) + 1)]
        if self.random.random() < 0.5:
            (self.root / name).unlink()
        else:
            self.write(name, "".join(kept))
        return name

    def template(self) -> str:
        own = self.pick("templates/**/*")
        if own and self.random.random() < 0.4:
            (self.root / own).unlink()
            return f"{own} deleted"
        name = self.random.choice(list(OVERRIDES))
        source = OVERRIDES[name]
        if source is None:
            source = (Path(__file__).parents[1] / "templates" / name).read_text(encoding="utf-8")
        comment = "" if name.endswith((".txt", ".js")) else f"{{# {self.random.randint(1, 9)} #}}"
        visible = f"<!-- {self.random.randint(1, 9)} -->\n" if name.startswith("components/") and "macro" not in source else ""
        self.write(f"templates/{name}", comment + source.replace("class=", f'data-x="{self.random.randint(1, 9)}" class=', 1) + visible)
        return name

    def static(self) -> str:
        own = self.pick("static/**/*")
        if own and self.random.random() < 0.4:
            (self.root / own).unlink()
            return f"{own} deleted"
        name = self.random.choice(STATICS)
        path = self.root / "static" / name
        if path.is_dir():
            shutil.rmtree(path)
        elif (self.root / "static/deep").is_file():
            (self.root / "static/deep").unlink()
        self.write(f"static/{name}", f":root {{ --accent: #{self.random.randint(0, 0xFFFFFF):06x}; }}\n")
        return name


EDITS: tuple[Callable[[Archive], str | None], ...] = (
    *(Archive.body, Archive.field, Archive.record_line) * 4,
    *(Archive.new_briefing, Archive.renamed_briefing, Archive.deleted_briefing, Archive.record_anew, Archive.note) * 2,
    *(Archive.deleted_record, Archive.new_record, Archive.decisions, Archive.template, Archive.static, Archive.lock) * 2,
    *(harm.site_file, harm.cache, Archive.touched) * 2,
    *(Archive.printed_again, Archive.about_briefings) * 2,
    harm.twin_file,
    *(Archive.configuration, Archive.swapped_briefings, Archive.other_id, Archive.same_size, Archive.provenance),
    *(Archive.anchors, harm.site_folder, harm.whole_site),
)
