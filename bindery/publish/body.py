"""A briefing's Markdown → blocks: paragraphs with their anchors, mentions and notes, ready to be placed."""

from __future__ import annotations

from markupsafe import Markup

from bindery.content import markup
from bindery.model import Briefing
from bindery.publish import plain_body
from bindery.publish.anchors import keys
from bindery.publish.block import Block, BlockMention, MentionTarget, Note, Target, Unkeyed
from bindery.publish.plain_body import Links

__all__ = ["Block", "BlockMention", "Links", "MentionTarget", "Note", "Target", "blocks", "note_html"]


def blocks(briefing: Briefing, target: MentionTarget) -> tuple[Block, ...]:
    """The body as blocks, in order."""
    found = _unkeyed(briefing, target)
    anchors = keys([block.text for block in found], briefing.anchors)
    return tuple(
        Block(keyed.key, block.tag, str(block.html), block.text, block.mentions, block.notes, keyed.aliases)
        for block, keyed in zip(found, anchors, strict=True)
    )


def note_html(source: str, target: MentionTarget) -> Markup:
    """Free Markdown (an authority record's note, the archive's description) as HTML."""
    text, mentions = markup.standoff(source)
    found = plain_body.read(text, mentions, target)
    if found is not None and not any(mention.role for mention in mentions) and not any(block.notes for block in found):
        return Markup("\n").join(Markup("<{0}>{1}</{0}>").format(block.tag, block.html) for block in found)
    from bindery.publish import markdown_body  # noqa: PLC0415 - as below

    return markdown_body.html(source, target)


def _unkeyed(briefing: Briefing, target: MentionTarget) -> list[Unkeyed]:
    found = plain_body.read(briefing.text, briefing.mentions, target)
    if found is not None:
        return found
    from bindery.publish import markdown_body  # noqa: PLC0415 - to import Python-Markdown takes longer than a small build

    return markdown_body.read(markup.inline(briefing.text, briefing.mentions), target)
