"""A role as printed → the kind of office it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from bindery.ingest.annotate.names_lexicon import folded, terms

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
CLASS_WORDS = "office_classes.txt"


@cache
def _words(section: str) -> frozenset[str]:
    return terms(CLASS_WORDS, section)


def office_class(role: str, classes: frozenset[str], is_place: Callable[[str], bool]) -> str:
    """ "diplomatic", "government", "corporate" or "other", by the head of the office and the body it belongs to."""
    words = {folded(word) for word in WORD.findall(role)}
    if "diplomatic" in classes or words & _words("diplomatic"):
        return "diplomatic"
    if "government" in classes:
        return "government"
    if words & _words("company"):
        return "corporate"
    if words & _words("association"):
        return "other"
    if words & _words("government"):
        return "government"
    if "corporate" in classes:
        return "corporate"
    if "other" in classes:
        return "other"
    rest = [word for word in WORD.findall(role) if folded(word) not in _words("bare")]
    of_state = not rest or is_place(" ".join(rest)) or all(is_place(word) for word in rest)
    return "government" if words & _words("state heads") and of_state else "corporate"


NATIVE = {
    "diplomatic": re.compile(r"领事|領事|大使|公使|参赞|參贊|参事官|대사|영사|참사관"),
    "corporate": re.compile(
        r"公司|集团|集團|株式会社|銀行|银行|电子|電機|商事|物産|グループ|ホールディングス|董事|总裁|總裁|总经理|總經理|社長|頭取|取締役|"
        r"执行官|執行官|CEO|行长|전자|그룹|은행|사장|대표이사|전무|상무"
    ),
    "other": re.compile(
        r"协会|協會|協会|商会|商會|大学|大學|学院|基金会|联合会|連盟|联盟|学长|学長|校长|校長|学会|"
        r"협회|대학|재단|연맹|총장"
    ),
    "government": re.compile(
        r"市|省|县|県|区|國|国|党|委|政府|部|局|厅|廳|庁|府|议|議|书记|書記|主席|主任|总统|總統|大統領|总理|總理|首相|知事|"
        r"시|도|장관|대통령|총리|의원|의장"
    ),
}


def native_class(role: str, head: str) -> str:
    """The same for a role in Chinese, Japanese or Korean; the head alone decides only for diplomats."""
    if NATIVE["diplomatic"].search(head):
        return "diplomatic"
    return next((kind for kind, pattern in NATIVE.items() if kind != "diplomatic" and pattern.search(role)), "corporate")
