"""Page → HTML: the Jinja environment and nothing else of what a page says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from functools import cached_property, lru_cache, partial
from typing import Any, Protocol

import jinja2
from jinja2 import meta
from markupsafe import Markup, escape

from bindery.config import Site
from bindery.errors import SiteError
from bindery.languages import Interface
from bindery.model import Place
from bindery.publish import compiler, languages, wording
from bindery.publish.permalinks import DATA_PAGE, feed_addresses, relative

MARKED = frozenset({"index.html", "methodology.html", DATA_PAGE})
"""Pages that the frame around all pages marks as the present one, beside the index of each kind and of the briefings."""
DEEP = 2
"""Folders below which links are made anew for each page: there are few pages in each of them, and thousands of them."""


class Printed(Protocol):
    """A page while it is made."""

    @property
    def permalink(self) -> str: ...
    @property
    def template(self) -> str: ...


class Link:
    """From the page that is being made to another: a template's `link`. Ends in a file name, so it works from disk and in any folder."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}
        self.leave_for("")

    def leave_for(self, permalink: str) -> None:
        """From now on links are those of this page."""
        self.origin = permalink
        self.folder = permalink.rpartition("/")[0]
        self._here = self._known.setdefault(self.folder, {}) if self.folder.count("/") < DEEP - 1 else {}

    def __call__(self, target: str, fragment: str = "") -> str:
        if fragment and target == self.origin:
            return f"#{fragment}"
        path = self._here.get(target)
        if path is None:
            path = self._here[target] = relative(self.origin, target)
        return f"{path}#{fragment}" if fragment else path


class Once:
    """A part of the frame that is the same on all pages of a folder: a template's `once`, which renders it for the first of them."""

    def __init__(self, env: jinja2.Environment, link: Link, marked: frozenset[str]) -> None:
        self._env = env
        self._link = link
        self._marked = marked
        self._made: dict[object, Markup] = {}

    def __call__(self, template: str, **values: object) -> Markup:
        origin = self._link.origin
        key = (template, self._link.folder, origin if origin in self._marked else "", *values, *values.values())
        made = self._made.get(key)
        if made is None:
            text = self._env.get_template(template).render(page=Bare(origin), **values)
            made = self._made[key] = Markup(text)  # noqa: S704  # a rendered template
        return made


class Kept:
    """A macro's output for a thing that many pages name: a template's `kept`. The same for all pages from which links to the thing
    look the same: kept(macro, thing, count) is macro(thing, count)."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._made: dict[object, Markup] = {}
        self._things: list[object] = []  # alive as long as their numbers stand in keys

    def __call__(self, macro: Callable[..., Markup], thing: Linked, *values: object) -> Markup:
        folder = self._link.folder
        place = folder if thing.permalink.startswith(f"{folder}/") else folder.count("/") + bool(folder)
        key = (id(macro), id(thing), place, *values)
        made = self._made.get(key)
        if made is None:
            self._things.append((macro, thing))
            made = self._made[key] = macro(thing, *values)
        return made


class Linked(Protocol):
    """What pages link to."""

    @property
    def permalink(self) -> str: ...


class Template(jinja2.Template):
    """Rendered the straight way; where that fails, and from then on, with the care that Jinja takes, which also says what is wrong."""

    environment: Environment

    def render(self, *args: Any, **kwargs: Any) -> str:
        """As Jinja's."""
        if not self.environment.is_straight:
            return super().render(*args, **kwargs)
        if self not in self.environment.crooked:
            try:
                return "".join(self.root_render_func(self.new_context(dict(*args, **kwargs))))
            except Exception:  # noqa: BLE001 - raised again, or it was none
                self.environment.crooked.add(self)
        return self.environment.careful.get_template(self.name or "").render(*args, **kwargs)


class Environment(jinja2.Environment):
    """One set of names for all templates: a chain of sets for each is looked through for every import of every page. A template that
    was loaded is that template, however often a page imports it."""

    code_generator_class = compiler.Straight
    template_class = Template
    is_straight = True

    def __init__(self, interface: Interface, **options: Any) -> None:
        super().__init__(**options)
        self.interface = interface
        self.crooked: set[jinja2.Template] = set()
        """Templates that want something that is not there."""
        self._loaded: dict[str | jinja2.Template, jinja2.Template] = {}
        self._parsed: dict[tuple[str | None, str], jinja2.nodes.Template] = {}
        self._made_of: dict[str, tuple[str, list[str | None]]] = {}

    @cached_property
    def careful(self) -> Environment:
        """The same templates, for those."""
        other = self.overlay(bytecode_cache=None)
        vars(other).update(is_straight=False, code_generator_class=compiler.CodeGenerator, _loaded={}, _parsed={})
        return other

    def made_of(self, name: str) -> tuple[str, list[str | None]]:
        """Source of a template, and the names of those it extends, includes or imports; None for one that is only known while it
        renders. Raises what Jinja says of one that cannot be read."""
        found = self._made_of.get(name)
        if found is None:
            assert self.loader
            source, filename, _ = self.loader.get_source(self, name)
            parsed = self.parse(source, name, filename)
            found = self._made_of[name] = source, [*meta.find_referenced_templates(parsed), *_once(parsed)]
            self._parsed[name, source] = parsed
        return found

    def _parse(self, source: str, name: str | None, filename: str | None) -> jinja2.nodes.Template:
        """In the language of the site. What was parsed to see what it is made of is not parsed again to be compiled."""
        known = self._parsed.pop((name, source), None)
        return known or wording.translated(super()._parse(source, name, filename), self.interface, name)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's
    ) -> jinja2.Template:
        found = self._loaded.get(name) if globals is None else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if globals is None:
                self._loaded[name] = found
        return found


class Bare:
    """All that the frame knows of a page."""

    __slots__ = ("permalink",)

    def __init__(self, permalink: str) -> None:
        self.permalink = permalink


compiler.WITHOUT_CONTEXT.update((Link, Once, Kept))


def environment(site: Site, cache: jinja2.BytecodeCache | None = None) -> Environment:
    """Templates of the archive before those of the program, file by file. `cache` keeps them compiled."""
    interface = site.interface
    env = Environment(
        interface,
        extensions=[wording.Trans],
        loader=jinja2.FileSystemLoader(site.template_folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # else each of twenty templates is looked up on the disk for each page; a build makes its own environment
        bytecode_cache=cache,
    )
    link = Link()
    env.filters["long_date"] = lru_cache(maxsize=4096)(interface.long_date)
    env.filters["long_month"] = interface.long_month
    env.filters["short_month"] = interface.short_month
    env.filters["in_sentence"] = interface.in_sentence
    env.filters["say"] = interface.say
    env.filters["english"] = partial(languages.printed, language="en", around=site.language)
    env.globals["interface"] = interface
    env.globals["counted_in_words"] = lru_cache(maxsize=16_384)(partial(_counted, interface))
    env.globals["site"] = site
    env.globals["feeds"] = feed_addresses(None, site)
    env.globals["link"] = link
    env.globals["asset"] = lambda name: link(f"static/{name}")
    env.globals["kept"] = Kept(link)
    indexes = {f"{folder}/index.html" for folder in ("briefings", *(kind.folder for kind in site.kinds))}
    env.globals["once"] = Once(env, link, MARKED | indexes)
    return env


def text(page: Printed, context: Mapping[str, object], env: jinja2.Environment) -> str:
    """The page as HTML. Raises SiteError naming the template and its line."""
    link = env.globals["link"]
    assert isinstance(link, Link)
    link.leave_for(page.permalink)
    try:
        return env.get_template(page.template).render({**context, "page": page})
    except jinja2.TemplateSyntaxError as error:
        raise _broken(page, Place(f"templates/{error.name or page.template}", error.lineno), str(error.message)) from error
    except jinja2.TemplateNotFound as error:
        raise _broken(page, _template_place(error, page), f"template not found: {error.name}") from error
    except Exception as error:  # a template can do whatever an expression can
        raise _broken(page, _template_place(error, page), str(error) or type(error).__name__) from error


def sources(template: str, env: Environment) -> Mapping[str, str]:
    """A template with everything it extends, includes or imports: name → source. One whose names are only known while it
    renders counts with all templates there are. One that does not exist has no source."""
    found: dict[str, str] = {}
    waiting = [template]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            source, names = env.made_of(name)
        except (jinja2.TemplateNotFound, jinja2.TemplateSyntaxError, UnicodeDecodeError):
            found[name] = ""  # told when a page is made of it
            continue
        found[name] = source
        waiting += [name for name in names if name] if all(names) else env.list_templates()
    return found


def _once(parsed: jinja2.nodes.Template) -> list[str | None]:
    """What is rendered by `once`; None where that is not written out."""
    called = [call for call in parsed.find_all(jinja2.nodes.Call) if isinstance(call.node, jinja2.nodes.Name) and call.node.name == "once"]
    found = [call.args[0] if call.args else None for call in called]
    other = sum(name.name == "once" for name in parsed.find_all(jinja2.nodes.Name)) - len(called)
    return [*(str(argument.value) if isinstance(argument, jinja2.nodes.Const) else None for argument in found), *[None] * other]


def _counted(interface: Interface, number: int, one: str, many: str) -> Markup:
    """12 briefings, the number held to its noun."""
    said, shown = str(escape(interface.count(number, one, many))), interface.number(number)
    return Markup(said.replace(f"{shown} ", f"{shown}&nbsp;").replace(f" {shown}", f"&nbsp;{shown}"))  # noqa: S704  # escaped above


def _broken(page: Printed, at: Place, problem: str) -> SiteError:
    fix = "correct the template, or delete it to fall back on the program's own"
    return SiteError(f"{problem} (while making {page.permalink})", at=at, fix=fix)


def _template_place(error: BaseException, page: Printed) -> Place:
    """The innermost template and its line, from the traceback that Jinja rewrote to show them; the page's own where there is none."""
    place = Place(f"templates/{page.template}")
    frame = error.__traceback__
    while frame is not None:
        _, found, name = frame.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/templates/")
        if found:
            place = Place(f"templates/{name}", frame.tb_lineno)
        frame = frame.tb_next
    return place
