"""A sentence about the text itself → where it stood first: 'Published in Dawn, March 12th, 2021', '(With inputs from PTI)'."""

from __future__ import annotations

import re
from datetime import date as Date

from bindery.ingest.clean import dates
from bindery.ingest.clean.credit import Meta, is_outlet, outlet
from bindery.ingest.clean.lexicon import agency_names, any_agency, folded, menu

LONGEST = 200
"""Characters of such a sentence."""

_SIGNS = (
    *("publi", "appeared", "posted in", "printed", "erschien", "paru ", "via ", "original", "with ", "based on ", "edited", "generated"),
    *("syndicated", "载", "載", "刊", "摘自", "选自", "转", "引用", "抜粋"),
)
"""What every such sentence has one of: a quick look that saves the patterns."""
_STOOD = re.compile(
    r"^[(\[*\s]{0,3}(?:(?:(?:this|the) (?:article|story|report|piece|post|column|text|news)\s(?:was|has been|is|had)?\s?"
    r"(?:first|originally|initially)?\s?(?:published|appeared|posted|released|carried)"
    r"|(?:first|originally)\s(?:published|appeared|posted)|published|republished|reprinted)\s(?:in|on|by|from|with permission from)"
    r"|(?:cet article (?:a été|est)\s(?:initialement |d'abord )?)?(?:publié|paru)\s(?:initialement |d'abord )?(?:dans|sur|par)"
    r"|dieser (?:artikel|beitrag|text)\s(?:erschien|ist)\s(?:zuerst\s)?(?:in|im|auf|bei)(?:\sder|\sdem)?|(?:zuerst\s)?erschienen\s(?:in|im)"
    r"|(?:este artículo (?:fue|se)\s)?publicado (?:originalmente )?en|via|original(?:ly)? (?:from|via))\s"
    r"(?P<outlet>(?-i:[A-ZÀ-Þ0-9])[^,;()|]{1,40}?|the [^,;()|]{2,40}?)"
    r"(?:'s)?(?P<rest>(?:\s(?:print edition|newspaper|website|magazine|erschienen))?"
    r"(?:,?\s(?:dated|on|le|am|el)\s[\w ,.º/-]{4,30}|,\s[\w ,./-]{2,40}|)?)[.)\]*\s]{0,3}$",
    re.IGNORECASE,
)
_INPUTS = re.compile(
    rf"^[(\[*\s]{{0,3}}(?:with|based on)\s(?:additional\s)?(?:inputs?|reports?|reporting|information|contributions?|files?)\s(?:from|by)\s"
    rf"(?:the\s)?(?P<outlet>{any_agency()}|agencies|wires?|wire services)[.)\]*\s]{{0,3}}$",
    re.IGNORECASE,
)
_FEED = re.compile(
    rf"\b(?:not been edited|auto-?generated|syndicated|published from|published unedited)\b.{{0,100}}?(?P<outlet>{any_agency()})\b"
)
_EAST = re.compile(
    r"^[（(【\s]{0,2}(?:本文)?(?:原载|原載|原刊|原文刊载|原文載|刊载|摘自|选自|轉載|转载)[于於自]?\s?[:：]?\s?[《「『]?"
    r"(?P<outlet>[^《》「」『』（）()，,。\d]{2,16})[》」』]?\s?(?P<rest>[\d年月日./ -]{0,14}).{0,12}[）)】\s]{0,2}$"
    r"|^[（(]?(?P<journal>[^（）()「」『』\d、。]{2,16})(?P<day>[\d年月日./ -]{0,14})(?:より|から)(?:転載|引用|抜粋)[）)]?$"
)


def read(text: str, *, month_first: bool) -> Meta | None:
    """The outlet and perhaps the day; None where a line says neither."""
    low = folded(text)
    if len(text) > LONGEST or not any(sign in low for sign in _SIGNS):
        return None
    if inputs := _INPUTS.match(text):
        named = inputs["outlet"] in agency_names()
        return Meta(source=outlet(inputs["outlet"]) if named else None, labels=frozenset({"source"} if named else {"other"}))
    if feed := _FEED.search(text):
        return Meta(source=outlet(feed["outlet"]), labels=frozenset({"source"}))
    if not text.isascii() and (match := _EAST.match(text)):
        return _meta(match["outlet"] or match["journal"], match["rest"] or match["day"] or "", month_first)
    match = _STOOD.match(text)
    if match and folded(match["outlet"]) not in menu() and is_outlet(match["outlet"].strip()):
        return _meta(match["outlet"], match["rest"], month_first)
    return None


def _meta(named: str, rest: str, month_first: bool) -> Meta:
    found = dates.find(rest, month_first=month_first)
    day: Date | None = found[0].date if found else None
    return Meta(dated=day, source=outlet(named), labels=frozenset({"source"}))
