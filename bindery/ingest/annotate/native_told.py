"""Text in East Asian scripts → names that what stands right beside them says are firms': quotes, seats, lists of firms' names.

スタートアップ「ソラミツ」, タチバナ製作所（本社・刈谷市）, 考察了海润光伏和凯翔生物, 日系企業のアオイ電子、ニチリンを訪問.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bindery.ingest.annotate.names_native import terms_of
from bindery.ingest.annotate.native_lists import JOINTS, fits

Found = tuple[int, int, str]
"""Start, end and the rule that told it."""
TRADE_ENDS = tuple(
    sorted(terms_of("firm trades") | terms_of("firm weak trades") | terms_of("firm suffixes") | terms_of("firm legal forms"), key=len)
)
QUOTED = re.compile(
    r"(?:企业|企業|厂商|廠商|品牌商|スタートアップ|メーカー|会社|ベンチャー|大手|商社|チェーン|기업|업체|회사|스타트업) ?"
    r"[「『“‘](?P<name>[^「『“‘」』”’、，。]{2,18})[」』”’]"
)
SEATED = re.compile(r"(?P<name>[㐀-鿿々ァ-ヺーA-Za-z0-9&・]{2,20})(?=[（(](?:本社|本店)[・＝=：:、])")
HIRAGANA_BANK = re.compile(r"(?:^|(?<=[、。「（・\s])|(?<=[㐀-鿿ァ-ヺー][とや]))[ぁ-ん]{2,6}[㐀-鿿]{0,3}(?:信用金庫|銀行)")
OWN_KATAKANA = re.compile(
    r"(?:(?:現地法人|子会社|関連会社|合弁会社|グループ会社|関係会社)の?[「『]?(?P<own>[ァ-ヺー・]{4,24})"
    r"|(?<![ァ-ヺー・])(?P<of>[ァ-ヺー]+・[ァ-ヺー・]{3,24})(?=の(?:担当者|本社|工場|社員|現地法人|子会社|代表|幹部|製品|店舗|株式)))"
)
"""'現地法人サカタ・シード・インディア', 'マヒンドラ・アグリの担当者'."""
KATAKANA_SHA = re.compile(
    r"(?<![ァ-ヺー・一-鿿])(?!(?:グループ|パートナー|スポンサー|メンバー|サプライヤー|テナント|ユーザー|ライバル|メーカー|コンサル)社)"
    r"[ァ-ヺー]{2,24}(?:・[ァ-ヺー]{2,24}){0,3}社(?=[のはがとやにをで、。（]|から|より|製|など|社長)"
)
"""'エルミー・テック社の': in katakana to its 社, middle dots and all."""
STATE_PLANT = re.compile(r"(?:国营|國營|前身是|前身为|前身為)(?P<name>[㐀-鿿]{4,12}?[厂廠])")
LAW_FIRM = re.compile(
    r"(?:법무|특허|세무|회계)법인(?:\(유한?\))? (?!대표|소속|변호사|변리사|관계자|고문|파트너|설립|출신|등|및)(?P<name>[가-힣]{1,8})"
)
HANGUL_PARTICLE = re.compile(r"(?<=[가-힣])(?:에서는|에서|으로|에게|[과와은는이가을를의에로도])$")
VISITED = re.compile(r"(?:考察|走访|走訪|参观|參觀|参访|參訪|调研|視察|视察)了?")
OF_FIRMS = re.compile(r"(?:(?:日系|地元|現地|進出|参加|中堅|地場)企業|メーカー|各社|企業)の(?=[㐀-鿿ァ-ヺA-Z])")
MEMBER = re.compile(r"[㐀-鿿々ァ-ヺーA-Za-z0-9&・]{2,16}")
COMMON = re.compile(
    r"^(?:产业|產業|企业|企業|现代|現代|高端|智慧|绿色|綠色|数字|當地|当地|新型|先进|先進|传统|特色|技術|製品|工場|開発|生産|海外|国内|地域|自動車|半導体|日本|中国|中國|韓国|関連)"
)
NO_FIRM = re.compile(
    r"(?:园|園|基地|产业|產業|中心|馆|館|项目|項目|市场|市場|展|区|區|村|镇|[会會]"
    r"|フェア|プロジェクト|賞|制度|事業|サービス|計画|计划|工程|行动|学校|大学|社会|経済|政策|分野|業界|担当者|社員|皆様|方々|進出)$"
)


def told(text: str) -> Iterator[Found]:
    """What stands where, and why it is a firm."""
    for pattern, code in ((QUOTED, "company-apposition"), (SEATED, "company-premises")):
        for match in pattern.finditer(text):
            if fits(match["name"]) and not NO_FIRM.search(match["name"]):
                yield *match.span("name"), code
    for match in OWN_KATAKANA.finditer(text):
        group = "own" if match["own"] else "of"
        if not match[group].endswith("・"):
            yield *match.span(group), "company-apposition"
    for match in STATE_PLANT.finditer(text):
        yield *match.span("name"), "company-head-noun"
    for match in KATAKANA_SHA.finditer(text):
        yield *match.span(), "company-head-noun"
    for match in LAW_FIRM.finditer(text):
        yield match.start(), match.start("name") + len(HANGUL_PARTICLE.sub("", match["name"])), "company-head-noun"
    for match in HIRAGANA_BANK.finditer(text):
        yield *match.span(), "company-head-noun"
    for match in VISITED.finditer(text):
        yield from _of_trades(text, match.end())
    for match in OF_FIRMS.finditer(text):
        yield from _of_firms(text, match.end())


def _members(text: str, first: int) -> Iterator[tuple[int, int]]:
    """Members of a list from a place on: each up to a joint, as far as one follows."""
    while match := MEMBER.match(text, first):
        start, end = match.span()
        inner = re.search(r"[和与與及]", text[start:end])
        if inner and inner.start() >= 2:
            end = start + inner.start()
        yield start, end
        joint = next((joint for joint in JOINTS if text.startswith(joint, end)), "")
        if not joint:
            return
        first = end + len(joint)


def _of_trades(text: str, first: int) -> Iterator[Found]:
    """A list of two and more names that are visited and all end in a trade."""
    found = list(_members(text, first))
    names = [text[start:end] for start, end in found]
    if len(names) > 1 and all(name.endswith(TRADE_ENDS) and not COMMON.match(name) and len(name) > 3 and fits(name) for name in names):
        yield from ((start, end, "company-list") for start, end in found)


def _of_firms(text: str, first: int) -> Iterator[Found]:
    """A list of whoever is called firms: two and more, one with a trade, the others in katakana or letters."""
    found = [(start, end) for start, end in _members(text, first) if not COMMON.match(text[start:end])]
    names = [text[start:end] for start, end in found]
    traded = [name.endswith(TRADE_ENDS) and len(name) > 3 for name in names]
    strange = [not re.search("[㐀-鿿]", name) for name in names]
    if len(names) > 1 and any(traded) and all(one or other for one, other in zip(traded, strange, strict=True)):
        yield from ((start, end, "company-list") for (start, end), name in zip(found, names, strict=True) if fits(name))
