"""What a template says, in the language of the site."""

from __future__ import annotations

import jinja2
import pytest

from bindery.languages import Interface, interface
from bindery.publish import render, wording

TABLE = {
    "Ways in": "Zugänge",
    "Name": "Name & mehr",
    "All {plural}": "{plural}: alle",
    "{briefings}, newest first.": "Neueste zuerst: {briefings}.",
    "from {first} to {last}": "bis {last}, ab {first}",
    "Put pages into <code>seeds/</code>.": "<code>seeds/</code> ist für Seiten.",
    "Undated": "Ohne Datum",
    ", ": "; ",
}


COUNTS = {"briefings": {"one": "{n} Meldung", "other": "{n} Meldungen"}}


def said(source: str, *, name: str = "page.html", **values: object) -> str:
    spoken = Interface(
        {
            "language": "de",
            "texts": TABLE,
            "counts": COUNTS,
            "cldr": interface("de").facts,
        }
    )
    return rendered(spoken, source, name, **values)


def rendered(spoken: Interface, source: str, name: str = "page.html", **values: object) -> str:
    env = render.Environment(
        spoken, loader=jinja2.DictLoader({name: source}), extensions=[wording.Trans], autoescape=True, undefined=jinja2.StrictUndefined
    )
    env.globals["counted"] = spoken.count
    return env.get_template(name).render(values)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("<h2>Ways in</h2>", "<h2>Zugänge</h2>", id="between tags"),
        pytest.param("<h2>\n  Ways\n  in </h2>", "<h2>\n  Zugänge </h2>", id="white space stays"),
        pytest.param('<a href="{{ x }}">Ways in</a>', '<a href="1">Zugänge</a>', id="behind a tag with a value"),
        pytest.param('<i{% if x %} class="Ways in"{% endif %}>Ways in</i>', '<i class="Ways in">Zugänge</i>', id="not in other attributes"),
        pytest.param('<i aria-label="Ways in">', '<i aria-label="Zugänge">', id="attribute"),
        pytest.param("{% if x %}Undated{% endif %}", "Ohne Datum", id="between statements"),
        pytest.param("<title>Ways in · {{ x }}</title>", "<title>Zugänge · 1</title>", id="before the point of a title"),
        pytest.param('{{ none or "Undated" }}{{ ["a", "b"] | join(", ") }}', "Ohne Datuma; b", id="strings"),
        pytest.param('{{ "Name" }}', "Name &amp; mehr", id="strings are escaped"),
        pytest.param('{{ "same" if "Undated" == other }}', "same", id="what is compared stays"),
        pytest.param('{{ _("All {plural}", plural="<" ~ x) }}', "&lt;1: alle", id="values in an expression"),
        pytest.param(
            "{% trans %}Put pages into <code>seeds/</code>.{% endtrans %}", "<code>seeds/</code> ist für Seiten.", id="markup in a text"
        ),
        pytest.param(
            '{% trans %}{{ counted(2, "briefing", "briefings") }}, newest first.{% endtrans %}', "Neueste zuerst: 2 Meldungen.", id="counts"
        ),
        pytest.param("{% trans %}from {{ pair[0] }} to {{ pair[1] }}{% endtrans %}", "bis b&lt;, ab a", id="values change places"),
        pytest.param("{% trans plural=x + 1 %}All {{ plural }}{% endtrans %}", "2: alle", id="values with names"),
        pytest.param("<p>Nobody knows this</p>", "<p>Nobody knows this</p>", id="a text of a site's own"),
    ],
)
def test_a_text_is_said_in_the_language_of_the_site(source: str, expected: str) -> None:
    assert said(source, x=1, pair=("a", "b<"), other="Undated") == expected


def test_what_is_no_html_has_texts_in_its_expressions_alone() -> None:
    assert said('a => Ways in < {{ _("Undated") }}', name="mail.txt") == "a => Ways in < Ohne Datum"


def test_english_is_what_stands_there() -> None:
    source = '<p>Ways in</p>{% trans %}from {{ pair[0] }} to {{ pair[1] }}{% endtrans %} {{ _("All {plural}", plural="x") }}'
    assert rendered(interface("en"), source, pair=(1, 2)) == "<p>Ways in</p>from 1 to 2 All x"


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("{% trans %}a {% if x %}b{% endif %}{% endtrans %}", "has places and no choices"),
        ("{% trans %}a {{ x + 1 }}{% endtrans %}", "has no name"),
        ("{% trans %}{{ a.name }} and {{ b.name }}{% endtrans %}", "two values in {% trans %} are called name"),
        ("{{ _(x) }}", "_ wants a text in quotes"),
    ],
)
def test_what_cannot_be_translated_is_told(source: str, problem: str) -> None:
    with pytest.raises(jinja2.TemplateSyntaxError, match=problem.replace("{", r"\{")):
        said(source)


def test_a_script_says_whole_literals_and_nothing_else() -> None:
    spoken = Interface({"language": "de", "scripts": {"Copy": "Kopieren „so“", "{n} names": "{n} Namen"}, "cldr": interface("de").facts})
    source = 'made("Copy", "Copy link", `Copy`); count("{n} names")'
    assert spoken.in_script(source) == 'made("Kopieren „so“", "Copy link", `Copy`); count("{n} Namen")'
