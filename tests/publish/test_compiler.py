"""Compiled templates say what Jinja's own would, whatever they are handed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest
from markupsafe import Markup

from bindery.languages import interface
from bindery.publish import compiler, render


class Elusive:
    """Its attributes are those of a mapping, as Jinja allows."""

    @property
    def broken(self) -> str:
        raise AttributeError("not the template's business")

    def __getitem__(self, key: str) -> str:
        return f"item {key}"


class Shown:
    def __html__(self) -> str:
        return "<i>shown</i>"


@jinja2.pass_context
def seen(context: jinja2.runtime.Context, name: str) -> object:
    return context.get(name, "nothing")


class Seen:
    """The same as an object."""

    @jinja2.pass_context
    def __call__(self, context: jinja2.runtime.Context, name: str) -> object:
        return context.get(name, "nothing")


TEMPLATES = {
    "text is escaped": "{{ text }}|{{ text | upper }}|{{ text ~ '<' }}",
    "markup is not": "{{ markup }}|{{ markup ~ text }}|{{ shown }}",
    "numbers and nothing": "{{ 3 }}|{{ number + 1 }}|{{ none }}|{{ true }}",
    "attributes, items and methods": ("{{ thing.name }}|{{ map.name }}|{{ map.items() | list }}|{{ 'a-b'.split('-') | join }}"),
    "a property that fails": "{{ elusive.broken }}|{{ elusive.other }}",
    "attributes of attributes": "{{ thing.deep.name }}|{{ map.deep.name }}|{{ (thing.deep or map).name }}",
    "tests of what is not there": "{{ thing.no is defined }}|{{ thing.no | default('<') }}|{{ nowhere is defined }}",
    "a macro's arguments": (
        "{% macro m(a, b='<', c=a) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }}|{{ m(1, 2) }}|{{ m(c=3, a=text) }}|{{ m(*[1, 2]) }}"
    ),
    "a macro's output is markup": (
        "{% macro m(a) %}<b>{{ a }}</b>{% endmacro %}{{ m(m(text)) }}|{{ m(text) | length }}|{{ m(text) ~ text }}"
    ),
    "other arguments": "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, x=3) }}",
    "arguments called as Python's own words": (
        "{% macro m(class, for='<') %}{{ class }}{{ for }}{% endmacro %}{{ m(class=1) }}{{ m(1, for=2) }}"
    ),
    "a caller": "{% macro m(a) %}[{{ a }}{{ caller(text) }}]{% endmacro %}{% call(x) m(1) %}{{ x }}<br>{% endcall %}",
    "calls in calls": ("{% macro m(a, b) %}<{{ a }}{{ b }}>{% endmacro %}{{ m(m(1, thing.name), map.get(thing.name, m(2, 3))) }}"),
    "what is set in a loop": (
        "{% for x in [1, 2] %}{% set y = x %}{{ seen('y') }}{{ callable_seen('x') }}{{ loop.index }}{{ loop.cycle('a', 'b') }}{% endfor %}"
    ),
    "what is set in a block": ("{% set z = 1 %}{% block b %}{% set y = 2 %}{{ seen('y') }}{{ seen('z') }}{% endblock %}{{ self.b() }}"),
    "many pieces of a block": "{% block b %}<p>{{ text }}</p>{{ markup }}{{ seen('text') }}{{ thing.name }}!{% endblock %}{{ self.b() }}",
    "no escaping": (
        "{% macro m(a) %}<{{ a }}{% endmacro %}{% autoescape false %}{{ text }}"
        "{{ m(text) }}{{ (m(text) ~ '<') | e }}{% endautoescape %}{{ text }}"
    ),
    "escaping where the page decides": (
        "{% autoescape thing.name == 'N' %}{{ text }}{{ markup }}{{ thing.name.lower() }}{% endautoescape %}"
    ),
    "the environment's own": (
        "{{ range(3) | list }}|{{ dict(a=1).a }}|{% set n = namespace(a=1) %}{% set n.a = 2 %}{{ n.a }}|{{ joiner('<')() }}"
    ),
    "attributes in filters": ("{{ [thing, thing] | map(attribute='name') | join('<') }}|{{ [map] | selectattr('name') | list | length }}"),
}
FAULTS = {
    "a name": "\n{{ nowhere }}",
    "an attribute": "\n\n{{ thing.nowhere }}",
    "an attribute of one": "{{ thing.nowhere.name }}",
    "one piece of many": "{% block b %}{{ text }}\n{{ text }}\n{{ thing.nowhere }}\n{{ text }}{% endblock %}",
    "a call": "\n{{ nowhere() }}",
    "a macro's argument": "{% macro m(a) %}\n{{ a }}{% endmacro %}{{ m() }}",
    "too many arguments": "{% macro m(a) %}{{ a }}{% endmacro %}\n{{ m(1, 2) }}",
    "another argument": "{% macro m(a) %}{{ a }}{% endmacro %}\n{{ m(1, b=2) }}",
    "no caller": "{% macro m() %}\n{{ caller() }}{% endmacro %}{{ m() }}",
}


def context() -> dict[str, object]:
    return {
        "text": "a < b & 'c'",
        "markup": Markup("<b>&amp;</b>"),
        "shown": Shown(),
        "number": 41,
        "thing": SimpleNamespace(name="N", deep=SimpleNamespace(name="deep <")),
        "map": {"name": "M <", "deep": {"name": "deeper <"}},
        "elusive": Elusive(),
        "seen": seen,
        "callable_seen": Seen(),
    }


def environments(folder: Path) -> tuple[render.Environment, jinja2.Environment]:
    """Ours, and the library's with the same settings."""
    options = {"autoescape": True, "undefined": jinja2.StrictUndefined, "loader": jinja2.FileSystemLoader(folder)}
    return render.Environment(interface("en"), **options), jinja2.Environment(**options)


STRAIGHT = ("text is escaped", "markup is not", "a macro's output is markup", "calls in calls", "what is set in a loop", "no escaping")
"""Templates that ask for nothing but what is there."""


@pytest.mark.parametrize("source", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_a_template_says_the_same(source: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(source, encoding="utf-8")
    ours, theirs = environments(tmp_path)
    said = theirs.get_template("page.html").render(context())
    assert ours.get_template("page.html").render(context()) == said
    assert ours.get_template("page.html").render(context()) == said  # as it is made once it is known what it asks for
    assert ours.careful.get_template("page.html").render(context()) == said


@pytest.mark.parametrize("name", STRAIGHT)
def test_a_template_that_finds_all_it_asks_for_is_made_straight(name: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(TEMPLATES[name], encoding="utf-8")
    env, _ = environments(tmp_path)
    env.get_template("page.html").render(context())
    assert not env.crooked


def test_one_that_does_not_is_made_with_care_from_then_on(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ tried() }}{{ map.name }}", encoding="utf-8")
    env, _ = environments(tmp_path)
    tries: list[None] = []
    for times in (2, 3):
        assert env.get_template("page.html").render(context() | {"tried": lambda: tries.append(None) or ""}) == "M &lt;"
        assert len(tries) == times
    assert env.crooked == {env.get_template("page.html")}


@pytest.mark.parametrize("source", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_the_same_words_and_line(source: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(source, encoding="utf-8")
    ours, theirs = (_fault(env) for env in environments(tmp_path))
    assert ours == theirs


def _fault(env: jinja2.Environment) -> tuple[type[BaseException], str, int]:
    """What is raised, its words, and the innermost line of the template."""
    with pytest.raises((jinja2.UndefinedError, TypeError)) as raised:
        env.get_template("page.html").render(context())
    lines = [entry.lineno + 1 for entry in raised.traceback if str(entry.path).endswith("page.html")]
    return raised.type, str(raised.value), lines[-1]


def test_a_macro_that_is_imported_is_loaded_once(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{% from 'part.html' import m %}{{ m(text) }}", encoding="utf-8")
    (tmp_path / "part.html").write_text("{% macro m(a) %}<p>{{ a }}{% endmacro %}", encoding="utf-8")
    env, _ = environments(tmp_path)
    assert env.get_template("page.html").render(text="<") == "<p>&lt;"
    assert env.get_template("part.html") is env.get_template("part.html", "page.html")


def test_templates_compiled_otherwise_are_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = compiler.BytecodeCache(tmp_path, interface("en"))
    before = cache.get_source_checksum("{{ text }}")
    assert before == cache.get_source_checksum("{{ text }}")
    monkeypatch.setattr(compiler, "_generator", lambda: "another")
    assert cache.get_source_checksum("{{ text }}") != before
