"""Template → the same template in the language of the site, before it is compiled: what is translated costs no page anything.

A text between two tags, the whole of an attribute that people read and a whole string of an expression are looked up as they stand
(so does Genshi's Translator); an author marks nothing. What is put together from text and values is one text with places, inside
`{% trans %}`, whose places are named for what stands in them:

    {% trans %}{{ counted(view.total, "briefing", "briefings") }}, newest first.{% endtrans %}    "{briefings}, newest first."
    {% trans %}from {{ view.extent[0] | long_date }}{% endtrans %}                                "from {first}"
    {% trans words=view.around.here.words %}Briefings of {{ words }}{% endtrans %}                "Briefings of {words}"
    {{ parts(_("All {plural}", plural=kind.plural | in_sentence), view.parts) }}                  "All {plural}"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.ext import Extension

from bindery.languages import PLACE, Interface

if TYPE_CHECKING:
    from jinja2.parser import Parser

READ_OUT = ("alt", "aria-label", "data-empty", "data-label", "placeholder", "title")
"""Attributes whose values are texts."""
ENDS = {0: "first", 1: "last", -1: "last"}
"""Names of the two values of a pair."""
_TAG = re.compile(r"(<[^<>]*>?)")
_ATTRIBUTE = re.compile(rf'(?<=\s)({"|".join(READ_OUT)})="([^"<>]+)"')
_AROUND = re.compile(r"([\s·]*)(.*?)([\s·]*)", re.DOTALL)
"""White space and the point between two titles."""
_APART = (nodes.Compare, nodes.MarkSafe, nodes.Test, nodes.Import, nodes.FromImport, nodes.Extends, nodes.Include)
"""Whose strings nobody reads."""


class Trans(Extension):
    """{% trans %}: a text with places."""

    tags = {"trans"}  # noqa: RUF012 - as Jinja declares it

    def parse(self, parser: Parser) -> list[nodes.Node]:
        line = next(parser.stream).lineno
        given: dict[str, nodes.Expr] = {}
        while parser.stream.current.type != "block_end":
            if given:
                parser.stream.expect("comma")
            name = parser.stream.expect("name").value
            parser.stream.expect("assign")
            given[name] = parser.parse_expression()
        body = parser.parse_statements(("name:endtrans",), drop_needle=True)
        interface: Interface = self.environment.interface  # type: ignore[attr-defined]  # render.Environment
        if any(not isinstance(node, nodes.Output) for node in body):
            raise TemplateSyntaxError("a text in {% trans %} has places and no choices: write a text for each choice", line)
        pieces = [piece for node in body if isinstance(node, nodes.Output) for piece in node.nodes]
        return [nodes.Output(list(_said(pieces, given, interface, line)), lineno=line)]


def translated(template: nodes.Template, interface: Interface, name: str | None) -> nodes.Template:
    """The template with its texts said in another language. Changes and returns what it is given."""
    if (name or "").endswith(".html") and not interface.is_source:
        is_in_tag = False
        for piece in template.find_all(nodes.TemplateData):
            data = piece.data
            piece.data = in_markup(data, interface.texts.get, is_in_tag=is_in_tag)
            is_in_tag = is_left_in_tag(data, is_in_tag=is_in_tag)
    _visit(template, interface)
    return template


def in_markup(data: str, said: Callable[[str], str | None], *, is_in_tag: bool) -> str:
    """A stretch of HTML, its texts replaced by what is said for them; None leaves one as it is. It may begin inside a tag."""

    def attribute(found: re.Match[str]) -> str:
        other = said(found[2])
        return found[0] if other is None else f'{found[1]}="{other}"'

    tag, closed, rest = data.partition(">") if is_in_tag else ("", "", data)
    pieces = (_ATTRIBUTE.sub(attribute, piece) if number % 2 else in_space(piece, said) for number, piece in enumerate(_TAG.split(rest)))
    return _ATTRIBUTE.sub(attribute, tag + closed) + "".join(pieces)


def is_left_in_tag(data: str, *, is_in_tag: bool) -> bool:
    """Whether what comes after a stretch of HTML stands inside a tag."""
    opened, closed = data.rfind("<"), data.rfind(">")
    return opened > closed if opened != closed else is_in_tag


def in_space(text: str, said: Callable[[str], str | None]) -> str:
    """A text in what stands around it, which stays."""
    found = _AROUND.fullmatch(text)
    assert found
    before, words, after = found.groups()
    other = said(" ".join(words.split(" ") if "\n" not in words else words.split())) if words else None
    return text if other is None else f"{before}{other}{after}"


def _visit(node: nodes.Node, interface: Interface) -> None:
    """Strings of expressions, and `_`, everywhere in a template."""
    for field, value in node.iter_fields():
        if isinstance(value, nodes.Node):
            setattr(node, field, _expressed(value, interface))
        elif isinstance(value, list):
            value[:] = [_expressed(one, interface) if isinstance(one, nodes.Node) else one for one in value]


def _expressed(node: nodes.Node, interface: Interface) -> nodes.Node:
    if isinstance(node, _APART):
        return node
    if isinstance(node, nodes.Const):
        said = interface.texts.get(node.value) if isinstance(node.value, str) else None
        return node if said is None or interface.is_source else nodes.Const(said, lineno=node.lineno)
    _visit(node, interface)
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_":
        return _spoken(node, interface)
    return node


def _spoken(call: nodes.Call, interface: Interface) -> nodes.Expr:
    """_("All {plural}", plural=…)."""
    if len(call.args) != 1 or not isinstance(call.args[0], nodes.Const) or call.dyn_args or call.dyn_kwargs:
        raise TemplateSyntaxError("_ wants a text in quotes, and values by name", call.lineno)
    text, values = call.args[0].value, {one.key: one.value for one in call.kwargs}
    said = interface.texts.get(text, text)
    pieces = [_place(piece, values, call.lineno) if number % 2 else nodes.Const(piece) for number, piece in enumerate(PLACE.split(said))]
    return nodes.Concat([piece for piece in pieces if not (isinstance(piece, nodes.Const) and piece.value == "")], lineno=call.lineno)


def _said(pieces: list[nodes.Expr], given: Mapping[str, nodes.Expr], interface: Interface, line: int) -> Iterator[nodes.Expr]:
    """The pieces of a {% trans %} as they stand in the other language."""
    values = dict(given)
    text = "".join(_named(pieces, values, line))
    said = None
    if not interface.is_source:
        said = in_space(text, interface.texts.get)
    if said is None or said == text:
        for piece in pieces:
            if isinstance(piece, nodes.TemplateData):
                yield _markup(piece.data)
            else:
                yield given.get(piece.name, piece) if isinstance(piece, nodes.Name) else piece
        return
    for number, words in enumerate(PLACE.split(said)):
        if number % 2:
            yield _place(words, values, line)
        elif words:
            yield _markup(words)


def _markup(text: str) -> nodes.Expr:
    """As it stands in a template, and not to be looked up once more."""
    return nodes.MarkSafe(nodes.Const(text))


def _named(pieces: Iterable[nodes.Expr], values: dict[str, nodes.Expr], line: int) -> Iterator[str]:
    """The text, each value replaced by its place; the values go into `values`."""
    for piece in pieces:
        if isinstance(piece, nodes.TemplateData):
            yield piece.data
            continue
        name = _name(piece)
        if name is None:
            raise TemplateSyntaxError("a value in {% trans %} has no name: write {% trans name=value %} and {{ name }}", line)
        if name in values and values[name] != piece and not (isinstance(piece, nodes.Name) and piece.name == name):
            raise TemplateSyntaxError(f"two values in {{% trans %}} are called {name}: write {{% trans other={name} %}} for one", line)
        values.setdefault(name, piece)
        yield f"{{{name}}}"


def _name(value: nodes.Expr) -> str | None:
    """What a value is called in the table: {{ view.total | number }} is {total}, counted(…, "name", "names") is {names}."""
    match value:
        case nodes.Name(name=name) | nodes.Getattr(attr=name):
            return str(name)
        case nodes.Getitem(node=node, arg=nodes.Const(value=int(index))):
            return ENDS.get(index) or _name(node)
        case nodes.Filter(node=nodes.Expr() as node):
            return _name(node)
        case nodes.Call(node=nodes.Name(name="counted"), args=[_, _, nodes.Const(value=str(noun))]):
            return noun.replace(" ", "_")
        case nodes.Call(args=[first, *_]):
            return _name(first)
        case _:
            return None


def _place(name: str, values: Mapping[str, nodes.Expr], line: int) -> nodes.Expr:
    if name not in values:
        raise TemplateSyntaxError(f"the translation has a place {{{name}}}, and the text has none", line)
    return values[name]
