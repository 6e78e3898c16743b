"""a draft and its links → the Markdown of a briefing, with the offsets of its mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bindery.content import markup
from bindery.content.shelf import Printed
from bindery.ingest.draft import Label, Paragraph, Span, Suspect
from bindery.model import FateName, Mention

FATE_BY_LABEL: Mapping[Label, FateName] = {
    "body": "kept",
    "title": "used",
    "date": "used",
    "byline": "used",
    "source": "used",
    "meta": "used",
}
"""What became of a line; any other label is dropped."""


def compose(paragraphs: Sequence[Paragraph], suspects: Sequence[Suspect], links: Mapping[Span, Mention]) -> tuple[str, tuple[Mention, ...]]:
    """The body in Markdown, and its mentions with their offsets in it."""
    pieces: list[str] = []
    mentions: list[Mention] = []
    length = 0
    spans_by_paragraph = defaultdict(list)
    for span in sorted(links):
        spans_by_paragraph[span.paragraph].append(span)
    for number, paragraph in enumerate(paragraphs):
        spans = spans_by_paragraph[number]
        escaped, places = markup.escape_with_spans(paragraph.text, [(span.start, span.end) for span in spans])
        lead = {"text": "", "heading": "## ", "item": "- "}[paragraph.form]
        if pieces:
            tight = paragraph.form == "item" and paragraphs[number - 1].form == "item" and not _notes(number - 1, paragraphs, suspects)
            lead = ("\n" if tight else "\n\n") + lead
        start = length + len(lead)
        mentions += [replace(links[span], start=start + a, end=start + b) for span, (a, b) in zip(spans, places, strict=True)]
        block = lead + escaped + "".join(_notes(number, paragraphs, suspects))
        pieces.append(block)
        length += len(block)
    return "".join(pieces), tuple(mentions)


def as_printed(paragraphs: Sequence[Paragraph], links: Mapping[Span, Mention]) -> tuple[Printed, ...]:
    """The mentions of a composed body as they are read back from its file, each once."""
    found: dict[Printed, None] = {}
    spans_by_paragraph = defaultdict(list)
    for span in sorted(links):
        spans_by_paragraph[span.paragraph].append(span)
    for number, spans in spans_by_paragraph.items():
        escaped, places = markup.escape_with_spans(paragraphs[number].text, [(span.start, span.end) for span in spans])
        for span, (start, end) in zip(spans, places, strict=True):
            role = links[span].role
            found[Printed(escaped[start:end], links[span].authority, role if role is None else " ".join(role.split()))] = None
    return tuple(found)


def _notes(number: int, paragraphs: Sequence[Paragraph], suspects: Sequence[Suspect]) -> list[str]:
    """The editorial note on each suspected run of a paragraph, as a GitHub alert below it."""
    paragraph = paragraphs[number]
    return [
        "\n\n> [!WARNING]\n> "
        f"Suspected injected text: “{markup.escape(paragraph.text[suspect.start : suspect.end])}” stands at this place in the page "
        f"as captured (line {paragraph.lines[0]}). It is shown as it stood; what it displaced is not known."
        for suspect in suspects
        if suspect.paragraph == number
    ]
