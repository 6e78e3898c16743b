"""Every text that a page may say: what the tables of languages have to have."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, nodes

from bindery import config, rules
from bindery.config import PROGRAM
from bindery.languages import Interface, interface
from bindery.publish import llms, markdown_copy, wording
from bindery.publish.data import files, tables
from bindery.publish.mail import letter
from bindery.publish.render import Environment
from bindery.publish.views import authority, data_page, methodology, review

FOLDERS = ("components", "feeds", "mail", "pages")
"""Of templates/; what a build tells and the review desk speak English to whoever runs them."""
STATIC = PROGRAM / "static"
COUNTING = ("count", "counted", "mentions", "timeline", "unit")
"""What takes a noun for one and a noun for many, last."""
_LETTER = re.compile(r"[A-Za-z]")
_HEADING = re.compile(r"[A-Z][a-z]")
_CODE = re.compile(r"[\w./#:-]*|[\s\w-]*(?:__|--)[\w\s-]*|image/.*| data-[\w-]+")
"""Names of files, classes and variables."""
NO_TEXTS = frozenset(
    [
        *("&nbsp;", "DC.type", "key", "GeoNames", "Natural Earth", "Python", "SHA-256", "datasette archive.sqlite"),
        *("SELECT first, last, name, role FROM roles_over_time", "WHERE role LIKE '%Consul%' ORDER BY first;", "import pandas"),
        *('named = pandas.read_csv("named.csv")', 'named.groupby("authority")', '["count"].sum()', ".nlargest(10)"),
    ]
)
"""Names and code, the same in every language."""
_LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_SCRIPT_TEXT = re.compile(r".*\{\w+\}.*|[A-Z][a-z]+(?:[ .:].*|$)|A [a-z].*")
_PLACE_ALONE = re.compile(r"^\{\w+\}$|\$\{|\\u|\\p")
_KEYS = frozenset({"ArrowDown", "ArrowUp", "Enter", "Escape", "Blob", "DamagedCopy", "None", "Worker"})


class Listening(Interface):
    """Remembers what it is asked to say, and says it as it stands."""

    def __init__(self) -> None:
        super().__init__({"language": "x-listening", "cldr": dict(interface("en").facts)})
        self.heard: list[str] = []
        self.texts = _Heard(self.heard)  # type: ignore[assignment]  # as much of a mapping as is asked of it


class _Heard(dict[str, str]):
    def __init__(self, heard: list[str]) -> None:
        super().__init__()
        self._heard = heard

    def get(self, text: str, default: object = None) -> str | None:  # type: ignore[override]  # of its three forms, the one that is asked
        self._heard.append(text)
        return default  # type: ignore[return-value]  # the text itself, by whoever asks


def environment(said: Interface) -> Environment:
    return Environment(
        said, loader=FileSystemLoader(PROGRAM / "templates"), extensions=[wording.Trans], trim_blocks=True, lstrip_blocks=True
    )


@cache
def template_names() -> list[str]:
    env = environment(interface("en"))
    return [name for name in env.list_templates() if name.partition("/")[0] in (*FOLDERS, "base.html")]


def of_template(name: str) -> Iterator[str]:
    """What a template says, each text as a table has to have it."""
    said = Listening()
    environment(said).made_of(name)
    yield from filter(is_text, said.heard)
    yield from (word for word in _in_markup(name) if word.isalpha() and len(word) > 1 and word not in NO_TEXTS)


def _in_markup(name: str) -> list[str]:
    """Texts between tags and statements: there a single word is one as well."""
    env = environment(interface("en"))
    heard: list[str] = []
    is_in_tag = False
    for piece in env.parse(env.made_of(name)[0]).find_all(nodes.TemplateData) if name.endswith(".html") else ():
        wording.in_markup(piece.data, heard.append, is_in_tag=is_in_tag)
        is_in_tag = wording.is_left_in_tag(piece.data, is_in_tag=is_in_tag)
    return heard


def is_text(text: str) -> bool:
    """Whether a string is for readers."""
    if text in NO_TEXTS or not (_LETTER.search(text) or text in (", ", " and ", ": ", ".")):
        return False
    return bool("{" in text or _HEADING.match(text) or not _CODE.fullmatch(text)) and not text.startswith(
        ("default-src", "width=", "0; url")
    )


@cache
def of_templates() -> set[str]:
    found = {text for name in template_names() for text in of_template(name)}
    return found - {noun for pair in nouns() for noun in pair}


@cache
def of_scripts() -> set[str]:
    """Literals of scripts and style sheets that readers see."""
    paths = [*STATIC.glob("js/*.js"), PROGRAM / "templates/pocket/pocket.js"]
    found = {text for path in paths for text in of_script(path)}
    sheets = (*STATIC.glob("css/*.css"), *PROGRAM.glob("templates/pocket/*.css"))
    return found | {
        text
        for path in sheets
        for text in re.findall(r'content: *(?:var\([\w-]+, *)?"([^"]*[A-Za-z][^"]*)"', path.read_text(encoding="utf-8"))
    }


def of_script(path: Path) -> Iterator[str]:
    source = re.sub(r"/\*.*?\*/|(?<=\s)//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    source = re.sub(r"new Error\([^\n]*|super\([^\n]*", "", source)
    for text in _LITERAL.findall(source):
        if _SCRIPT_TEXT.fullmatch(text) and text not in _KEYS and not _PLACE_ALONE.search(text):
            yield text


@cache
def of_program() -> set[str]:
    """What the program says itself, the rules, and what describes the data."""
    found = {text for path in (PROGRAM / "bindery").rglob("*.py") for text in _said(path)}
    found |= {rule.sentence for rule in rules.rules().values() if rule.code != "body"}
    found |= {*methodology.STAGES.values(), *review.TOPICS.values(), *letter.NOTICES.values(), *markdown_copy.WITHHELD.values(), llms.ABOUT}
    return (found | set(_of_data()) | set(_of_kinds())) - {""}


def _of_data() -> Iterator[str]:
    yield from (data_page.ARCHIVE_TITLE, data_page.ARCHIVE_ABOUT, data_page.PACKAGE_ABOUT, data_page.SCHEMA_ABOUT)
    yield from ("Description of the files", "Description of the JSON")
    for file in files.WHOLE:
        yield from (file.title, file.description)
    for table in tables.tables(config.load(PROGRAM)):
        yield from (
            table.title,
            table.description,
            *(column.description for column in table.columns if "(kinds: " not in column.description),
        )


def _of_kinds() -> Iterator[str]:
    yield from ("Family first", "Given first", "Corporate", "Diplomatic", "Government")  # values that ingest writes
    for kind in config.load(PROGRAM).kinds:
        yield from (kind.label, kind.plural, *(authority.label(fact) for fact in kind.facts if fact not in tables.DEGREES))


@cache
def nouns() -> set[tuple[str, str]]:
    """What is counted: one and many."""
    found = {noun for path in (PROGRAM / "bindery").rglob("*.py") for noun in _counted(path)}
    env = environment(interface("en"))
    for name in template_names():
        source, _ = env.made_of(name)
        parsed = env.parse(source)
        for call in parsed.find_all(nodes.Call):
            match call.args[-2:]:
                case [nodes.Const(value=str(one)), nodes.Const(value=str(many))] if _callee(call) in COUNTING:
                    found.add((one, many))
        for macro in parsed.find_all(nodes.Macro):
            for one, many in zip(macro.defaults, macro.defaults[1:], strict=False):
                if isinstance(one, nodes.Const) and isinstance(many, nodes.Const) and many.value == f"{one.value}s":
                    found.add((one.value, many.value))
    return found


def _callee(call: nodes.Call) -> str:
    return str(getattr(call.node, "name", getattr(call.node, "attr", "")))


def _calls(path: Path, name: str) -> Iterator[ast.Call]:
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)) if f".{name}(" in source else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
            yield node


def _said(path: Path) -> Iterator[str]:
    for call in _calls(path, "say"):
        yield from _strings(call.args[0])


def _counted(path: Path) -> Iterator[tuple[str, str]]:
    for call in _calls(path, "count"):
        if len(call.args) == 3:
            yield from zip(_strings(call.args[1]), _strings(call.args[2]), strict=True)


def _strings(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)
