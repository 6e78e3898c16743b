"""Page → HTML file: the Jinja environment and nothing else of what a page says."""

from __future__ import annotations

from datetime import date as Date
from functools import partial
from pathlib import Path

import jinja2

from bindery.config import Site
from bindery.errors import SiteError
from bindery.model import Page, Place
from bindery.publish.permalinks import feed_addresses, relative

NO_BREAK_SPACE = "\u00a0"
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def environment(site: Site) -> jinja2.Environment:
    """Templates of the archive before those of the program, file by file."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(site.template_folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # else each of twenty templates is looked up on the disk for each page; a build makes its own environment
    )
    env.filters["long_date"] = long_date
    env.globals["site"] = site
    env.globals["feeds"] = feed_addresses(None, site)
    return env


def write(page: Page, env: jinja2.Environment, folder: Path) -> Path:
    """Render a page into `folder`. Raises SiteError naming the template and its line."""
    link = partial(relative, page.permalink)
    try:
        text = env.get_template(page.template).render(
            {**page.context, "page": page, "link": link, "asset": lambda name: link(f"static/{name}")}
        )
    except jinja2.TemplateSyntaxError as error:
        raise _broken(page, Place(f"templates/{error.name or page.template}", error.lineno), str(error.message)) from error
    except jinja2.TemplateNotFound as error:
        raise _broken(page, _template_place(error, page), f"template not found: {error.name}") from error
    except Exception as error:  # a template can do whatever an expression can
        raise _broken(page, _template_place(error, page), str(error) or type(error).__name__) from error
    path = folder / page.permalink
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def long_date(value: Date) -> str:
    """19 January 2016, held together by no-break spaces."""
    return NO_BREAK_SPACE.join((str(value.day), MONTHS[value.month - 1], str(value.year)))


def _broken(page: Page, at: Place, problem: str) -> SiteError:
    fix = "correct the template, or delete it to fall back on the program's own"
    return SiteError(f"{problem} (while making {page.permalink})", at=at, fix=fix)


def _template_place(error: BaseException, page: Page) -> Place:
    """The innermost template and its line, from the traceback that Jinja rewrote to show them; the page's own where there is none."""
    place = Place(f"templates/{page.template}")
    frame = error.__traceback__
    while frame is not None:
        _, found, name = frame.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/templates/")
        if found:
            place = Place(f"templates/{name}", frame.tb_lineno)
        frame = frame.tb_next
    return place
