"""A plugin for Pelican: YAML front matter, read by PyYAML's C loader, and three taxonomies."""

import html
import re
from collections import defaultdict
from pathlib import Path

import yaml
from markdown import Markdown
from pelican import signals
from pelican.generators import Generator
from pelican.readers import BaseReader

KINDS = (("cities", "city", "Cities"), ("officials", "official", "Officials"), ("companies", "company", "Companies"))
SNIPPET = 200


def slugify(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def snippet(article):
    """How the text begins; kept with the article, which stands in many lists."""
    if not hasattr(article, "beginning"):
        text = " ".join(html.unescape(re.sub(r"<[^>]*>?", "", article.content[:1200])).split())
        article.beginning = text if len(text) <= SNIPPET else text[: text.rfind(" ", 0, SNIPPET)] + " …"
    return article.beginning


class Reader(BaseReader):
    enabled = True
    file_extensions = ("md",)
    markdown = Markdown()

    def read(self, source_path):
        _, head, body = Path(source_path).read_text(encoding="utf-8").split("---\n", 2)
        values = yaml.load(head, Loader=yaml.CSafeLoader)
        values["date"] = self.process_metadata("date", values["date"].isoformat())
        return self.markdown.reset().convert(body), values


class Taxonomies(Generator):
    def generate_output(self, writer):
        term, index = self.get_template("term"), self.get_template("taxonomy")
        for folder, _, heading in KINDS:
            articles_by_name = defaultdict(list)
            for article in self.context["articles"]:
                for name in getattr(article, folder):
                    articles_by_name[name].append(article)
            terms = sorted(articles_by_name.items())
            writer.write_file(f"{folder}/index.html", index, self.context, folder=folder, heading=heading, terms=terms)
            for name, articles in terms:
                writer.write_file(f"{folder}/{slugify(name)}/index.html", term, self.context, term=name, articles_named=articles)


def _add_reader(readers):
    readers.reader_classes["md"] = Reader


def _add_functions(generator):
    generator.env.globals.update(slugify=slugify, snippet=snippet, KINDS=KINDS)


def _generators(_):
    return Taxonomies


def register():
    signals.readers_init.connect(_add_reader)
    signals.generator_init.connect(_add_functions)
    signals.get_generators.connect(_generators)
