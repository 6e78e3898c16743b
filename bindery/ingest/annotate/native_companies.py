"""Text in East Asian scripts → company names: known firms, legal forms, head nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from bindery.ingest.annotate.areas import areas
from bindery.ingest.annotate.company_names import Name
from bindery.ingest.annotate.firms import Firm, Form, firms
from bindery.ingest.annotate.gazetteer import gazetteer
from bindery.ingest.annotate.han_shapes import one_shape
from bindery.ingest.annotate.names_native import alternation, chinese_family, japanese_family, korean_family, terms_of
from bindery.ingest.annotate.native import within_city
from bindery.ingest.annotate.native_lists import JOINTS, fits, listed
from bindery.ingest.annotate.native_told import told
from bindery.ingest.annotate.words import Text
from bindery.ingest.draft import Span
from bindery.rules import active

EASTERN = re.compile("[⺀-\U0010ffff]")
"""What all these names have one of: a quick look at pages that are not ASCII for their quotation marks or accents."""
LETTER = "㐀-鿿豈-﫿々ァ-ヺー가-힣A-Za-z0-9&Ａ-Ｚａ-ｚ・"
BEFORE = re.compile(
    r"(?:[、。，．・：；！？「」『』（）〈〉《》【】“”\"'()\[\]\s|/]|的|是|叫|旗下|下属|下屬|当地|當地|其|为|為|在|与|與|和|及|由|对|對|向|从|從|了|等|被|让|把|到|于|於|出席|参加|来自|包括|邀请|(?<=[0-9０-９一二三四五六七八九十]日)|"
    r"は|が|と|や|の|に|を|で|も|へ|から|より|という|である|参观|參觀|考察|走访|會見|会见|访问|訪問した|業者|业者|廠商|厂商|走进|走進|携手|攜手|联合|聯合|涵盖|引进|引進|来到|來到|洽谈|洽談|搭乘|搭)"
)
SUFFIX = re.compile(
    r"(?:合資会社|合名会社|造船所|造船廠|造船厂|유한공사|유한회사|제철소|조선소|홀딩스|훼리|페리|股份有限公司|株式會社|有限會社|有限责任公司|有限責任公司|有限公司|集团公司|集團公司|总公司|公司|集团|集團|株式会社|有限会社|合同会社|ホールディングス|グループ|"
    r"フィナンシャルグループ|集団|木業|木业|實業|实业|食品廠|食品厂|製粉|酒造店|酒造|酒業|酒业|茶業|茶业|藥業|製藥|化繊|化纤|化纖|旅行社|電鉄|電力|鉄道|鐵道|瓦斯|船業|工務店|水産|醸造|印刷|銀行|银行|證券|証券|证券|電機|製作所|自動車|製鉄|製鋼|製薬|商事|物産|重工業|航空|电器|電器|电子|電子|汽车|汽車|制药|药业|保险|保險|保険|"
    r"机电|機電|光電|光电|铁道|食品|水泥|鋼鐵|钢铁|紡織|纺织|重工|製麺|製菓|製紙|紙器|化学|化工|化學|精機|精密|精工|工業|工业|興業|産業|海運|海运|造船|運輸|建設|不動産|"
    r"信用金庫|百貨店|百貨|生技|科技股份|股份|控股|ソフトウェア|エレクトロニクス|フーズ|エナジー|モーターズ|システムズ|テクノロジー|"
    r"주식회사|그룹|전자|자동차|은행|증권|화학|중공업|항공|건설|제약|제철|제강|조선해양|에너지|이노베이션|솔루션|케미칼|터미널|해운|상사|물산|식품|바이오|로직스|스페셜티|신소재|머티리얼즈|㈜|㈱|（株）|\(株\))"
)
KANA = re.compile(r"[ぁ-んァ-ヺ]")
KATAKANA = re.compile(r"[ァ-ヺー]{2,}")
LATIN_WORD = re.compile(r"[A-Z][a-z]{3,}(?![A-Za-z])")
"""A word in Latin letters grown to a known name: 日立Astemo."""
LEGAL = tuple(sorted(terms_of("firm legal forms"), key=len, reverse=True))
SURE_SUFFIXES = terms_of("firm suffixes")
PREFIX = re.compile(
    r"(?:株式会社|株式會社|有限會社|㈱|\(株\)|（株）|有限会社|주식회사\s?|㈜)([㐀-鿿々ぁ-んァ-ヺー가-힣A-Za-z0-9&・]{1,16})"
)
NAME_END = re.compile(
    r"(?:社長|会長|取締役|代表|名誉|執行役員|上席|常勤|監査役|事業所|工場|本社|支社|専務|常務|副社長|顧問|部長|氏|の|は|が|と|や|に|を|で|も|へ|、|・|から|より|など|会议|总经理|董事长)"
)
GENERIC = re.compile(
    r"^(?:同社|当社|同行|両社|各社|自社|他社|该|本|子|分|总|母|各|某|这家|一家|两家|多家|跨国|外资|外國|国有|上市|科技|企业|知名|大型|有限|日本|中国|中國|韩国|德国|美国|美國|法国|英国|在华|日系|"
    r"新能源|智能|高新|电动|民间|民営|当|同|相关|有关|物流|投资|贸易|汽车|商业|地方|外国|中央|政策性|开发|開發|世界|亚洲|国家|人民|城市|专业|医疗|生物|保险|航空|食品|股份|控股|"
    r"複数|大手|子会社|関連|親|电动|燃油|乘用|二手|消费|家用|半导体|微|民用|国际|通用|新|全)*$"
)
GENERIC_END = re.compile(
    r"(?:跨国|上市|外资|子|分|该|这家|家|民营|国有|知名|龙头|大型|财年|財年|年度|多国籍|関連|日系|国际性|大学|学院|中央|人民|世界|協会|协会|省|政府|委员会|局|部门|"
    r"시중|지방|인터넷|외국|중앙|상업|저축|국책|투자|대형|중형|소형|중소|국내|종합|일관|민간|해외|세계)$"
)
TRADES = terms_of("firm trades")
"""Of the suffixes without a legal form, those that with a name of two to five characters before them, set apart, are firms."""
OPENS = re.compile(r"(?:^|[、，。：；「（(・和與与及の的與由了]|業者|大手|を置く|がある|ける|を営む)$")
CLOSES = re.compile(r"$|[、，。；」）)・的和與与及のはがをにとや]|等|總|总|董|社|會|会長|分|出|表|代")
WEAK_TRADES = terms_of("firm weak trades") - TRADES
WEAK = re.compile(rf"(?:{alternation(WEAK_TRADES)})")
LED = re.compile(r"(?:の)?(?:董事|总经理|總經理|副总|副總|总裁|總裁|社長|会長|副社長|取締役|代表取締役|専務|常務|執行役員|工場長|总工)")
SHORTEST_GROWN = 3
"""Characters of a known katakana name and of another katakana word grown to it that are a firm of its own."""
_FIRM, _PERSON = "[가-힣A-Za-z0-9&]{2,12}", "[가-힣]{3}"
KOREAN_LED = re.compile(
    rf"(?:(?P<before>{_FIRM}) (?P<first>{_PERSON})|(?<![가-힣])(?P<name>{_PERSON}) (?P<behind>{_FIRM}))"
    rf" (?:{alternation(terms_of('korean firm heads'))})(?=[은는이가을를과와의도님께,.)]|\s|$)"
)
HANGUL_FIRM = re.compile(r"(?<![A-Za-z가-힣])(?P<latin>[A-Z][A-Za-z&]{1,6})(?P<hangul>[가-힣]{2,8})")
CALLED = re.compile(rf"(?:{alternation(terms_of('korean callers'))}) ㈜?(?P<name>[가-힣A-Za-z0-9]{{2,12}})")
PARTICLE = re.compile(r"(?:에서는|에서|으로|에게|과|와|은|는|이|가|을|를|의|에|로|도)$")
BRACKET = re.compile(r"[（(][㐀-鿿ァ-ヺー]{2,6}[）)]$")
"""A place inside a name: 三星（中国）半导体有限公司."""
OFFICER = re.compile(
    r"(?:(?:大?中[华華]?国?[区區]|[台臺][灣湾][区區]|亞太區|华[东南北中]区|全球|亚太区|亚洲区|中国|執行役員|代表取締役)?(?:[资資]深|高[级級]|[执執]行)?(?:首席执行官|執行長|CEO|总经理|總經理|副总经理|副總經理|董事长|董事長|总裁|總裁|副总裁|董事局主席|创始人|代表取締役|取締役社長|社長))"
)
JAPANESE_LED = re.compile(
    r"(?P<firm>[㐀-鿿々ァ-ヺーA-Za-z0-9&・]{2,14})の(?P<person>[㐀-鿿々]{2,5}?|[ァ-ヺー・]{3,16})"
    r"(?:代表取締役|取締役|社長|副社長|会長|専務|常務|執行役員|工場長|総経理|董事長|CEO)"
)
NO_FIRM = re.compile(
    r"(?:协会|協会|商会|商會|委员会|学会|联合会|連盟|大学|学院|研究院|研究所|中心|政府|部|局|副|兼|书记|主任|市长|氏|さん|前|新|现任|時任|时任|原|名誉"
    r"|公司|公社|联盟|基金会|区|市|省)$"
)
COMPANY_AFTER = re.compile(
    r"(?:公司|集团|集團|董事长|董事長|总裁|總裁|首席执行官|总经理|總經理|高管|工厂|社長|会長|副社長|取締役|代表取締役|専務|の工場|本社|회장|사장|대표|그룹|공장|株式会社|"
    r"、|，|,|・)"
)
APPOSED = re.compile(
    r"(?:企业|企業|业者|業者|厂商|廠商|公司|メーカー[の、]|企業の|大手[の、]?|商社の?|会社の|業者の|(?:本社|本拠|本店)(?:を置く|がある)|手[がか掛]?ける|を営む|"
    r"업체 |기업 |회사 |제조사 |합작사 |법인 )[“「‘『]?$"
)
"""A word before a name that says it is a firm's."""
ACTS = re.compile(
    r"洽談|洽谈|签约|簽約|签署|簽署|表示|宣布|推出|出資|出资|投产|投產|的?工廠|的?工厂|的?總部|的?总部|的?高管|の?本社|の?工場|の?社員|の?担当者|を視察|を訪|が出展|が進出|"
    r"의? ?(?:공장|본사|관계자|대표|임원)|이 투자|가 투자"
)
SEATS = frozenset({"회장", "대표", "사장", "대표이사", "본사", "공장", "부회장", "그룹"})
ENTERPRISE = re.compile(r"(?:企业|企業|メーカー)(?=[^管家服咨投控集文联聯]..)")
"""'菱镁企业|后英集团': what a firm is, before its name; in '企业管理公司' it is part of it."""
HEADQUARTERED = re.compile(
    r"(?:株式会社|㈱|有限会社|合同会社)[^、。，（(「」\s]{2,20}(?=[（(](?:本社|本店|所在地|代表|社長|東証|証券|以下、?[「『]))"
)
"""'株式会社サカタのタネ（本社：横浜市、…）': before such a bracket the whole is the name, particles and all."""
WORD_BEFORE = re.compile(r"[㐀-鿿]$")


def names(text: Text) -> list[Name]:
    """Companies named in Han, kana or Hangul, longest first where two overlap."""
    if text.text.isascii() or not EASTERN.search(text.text):
        return []
    finders = (_listed, _headquartered, _prefixed, _suffixed, _traded, _led, _japanese_led, _korean, _members, _told)
    told_by = (name for finder in finders for name in finder(text) if active(name.evidence[0]))
    both = [_without_country(name) for name in told_by]
    sure = [name for name in both if name.sure]
    found = [name for name in both if name.sure or not any(_overlap(name, other) for other in sure)]
    found = sorted(found, key=lambda name: (name.span.start, -name.span.end))
    kept: list[Name] = []
    for name in found:
        if not kept or name.span.start >= kept[-1].span.end:
            kept.append(name)
        elif name.span.end - name.span.start > kept[-1].span.end - kept[-1].span.start and name.sure:
            kept[-1] = name
    return [name if name.sure else _proven(text.text, name, kept[max(0, index - 1) : index + 2]) for index, name in enumerate(kept)]


def _members(text: Text) -> Iterator[Name]:
    """Members of a list that is said to be of firms."""
    for start, end in listed(text.text, _start):
        form = text.text[start:end]
        if not GENERIC.match(form) and not GENERIC_END.search(form):
            yield Name(Span(text.paragraph, start, end), form, _bare(form), True, ("company-list",), _known(form))


def _told(text: Text) -> Iterator[Name]:
    for start, end, code in told(text.text):
        form = text.text[start:end]
        if not GENERIC.match(form):
            yield Name(Span(text.paragraph, start, end), form, _bare(form), True, (code,), _known(form))


def _without_country(name: Name) -> Name:
    """'韩国|SK集团': where a known firm is at home is no part of its name, unless the whole is known, too."""
    country = next((name.form[:size] for size in (4, 3, 2) if name.form[:size] in areas().countries), "")
    rest = name.form[len(country) :]
    if not country or len(rest) < 2 or name.firm or not _known(rest):
        return name
    span = replace(name.span, start=name.span.start + len(country))
    return replace(name, span=span, form=rest, key=_bare(rest), firm=_known(rest))


def _proven(text: str, name: Name, near: Sequence[Name]) -> Name:
    """A weak name beside a sure one in a list, behind a word that tells a firm (業者X木業), or doing what firms do."""
    joints = {text[slice(*_gap(name, other))] for other in near if other.sure}
    told = {
        "company-list": not joints.isdisjoint(JOINTS),
        "company-apposition": bool(APPOSED.search(text[max(0, name.span.start - 8) : name.span.start])),
        "company-acts": _acts(text, name),
    }
    why = tuple(code for code, holds in told.items() if holds and active(code))
    return replace(name, sure=True, evidence=(*name.evidence, *why)) if why else name


def _acts(text: str, name: Name) -> bool:
    """A short name whose head noun alone is too little, and that does what firms do: 奇美食品洽谈, 森田精機の工場."""
    stem = SUFFIX.sub("", name.form)
    place = gazetteer().is_native(stem) or stem in areas().countries
    return 2 <= len(stem) <= 4 and not place and bool(ACTS.match(text, name.span.end))


def _gap(one: Name, other: Name) -> tuple[int, int]:
    left, right = sorted((one.span, other.span))
    return left.end, right.start


def _overlap(one: Name, other: Name) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


@cache
def _by_shape() -> dict[str, Form]:
    """Native names of well-known firms in one shape of each character: 四国旅客鉄道 and 四國旅客鐵道 are one."""
    forms: dict[str, Form] = {}
    for name, form in firms().by_native.items():
        forms.setdefault(one_shape(name), form)
    return forms


@cache
def _by_first() -> dict[str, tuple[str, ...]]:
    """The same names by their first character, longest first."""
    groups: dict[str, list[str]] = {}
    for form in _by_shape():
        groups.setdefault(form[0], []).append(form)
    return {first: tuple(sorted(forms, key=lambda form: (-len(form), form))) for first, forms in groups.items()}


def _listed(text: Text) -> Iterator[Name]:
    content, index = one_shape(text.text), 0
    while index < len(content):
        form = next((form for form in _by_first().get(content[index], ()) if content.startswith(form, index)), None)
        longer = _longer(text.text, index, form) if form else ""
        if form and longer:
            sure = not _by_shape()[form].weak or not _is_kana(longer)
            yield Name(Span(text.paragraph, index, index + len(longer)), longer, longer, sure, ("company-listed",), _known(longer))
        elif form and not _grown(content, index, form):
            yield _listed_name(text, index, form)
        index += len(longer or form) if form else 1


def _is_kana(name: str) -> bool:
    return all("ァ" <= letter <= "ー" for letter in name)


def _longer(content: str, index: int, form: str) -> str:
    """'オムロンヘルスケア', '索尼半導體', 'アサヒ飲料': a known name with a word of its own kind or a trade grown to it; '' for none."""
    end = index + len(form)
    if _is_kana(form) and len(form) >= SHORTEST_GROWN and not _is_kana(content[max(0, index - 1) : index] or "x"):
        grown = KATAKANA.match(content, end)
        if grown and grown.end() - end >= SHORTEST_GROWN:
            return content[index : grown.end()]  # in エネルギー and バイエルン, Enel and Bayer are the beginning of another word
    if legal := next((form for form in LEGAL if content.startswith(form, end)), ""):
        return content[index : end + len(legal)]  # 日本板硝子株式会社
    letters = LATIN_WORD.match(content, end)
    if letters and len(form) > 1:
        return content[index : letters.end()]
    partner = next(
        (other for other in _by_first().get(one_shape(content[end : end + 1]), ()) if one_shape(content).startswith(other, end)), ""
    )
    if partner and len(form) > 1 and len(partner) > 1 and not _is_kana(partner):
        return content[index : end + len(partner)]  # 广汽丰田, 东风日产: a joint venture of both names
    trade = WEAK.match(content, end)
    return content[index : trade.end()] if trade and CLOSES.match(content, trade.end()) and len(form) > 1 else ""


def _traded(text: Text) -> Iterator[Name]:
    """'東方电子', '上銀科技': a short name with a word of an industry, set apart; never sure by itself."""
    for match in WEAK.finditer(text.text):
        start = _start(text.text, match.start())
        stem = text.text[start : match.start()]
        apart = bool(OPENS.search(text.text[:start])) and bool(CLOSES.match(text.text, match.end()))
        if apart and 2 <= len(stem) <= 6 and not (GENERIC.match(stem) or GENERIC_END.search(stem) or WEAK.search(stem)):
            form, led = text.text[start : match.end()], bool(LED.match(text.text, match.end()))
            yield Name(Span(text.paragraph, start, match.end()), form, _bare(form), led, ("company-head-noun",), _known(form))


def _korean_led(text: Text) -> Iterator[Name]:
    """'한수원 황주호 사장', '송호성 기아 대표': what has a person at its head in business."""
    for match in KOREAN_LED.finditer(text.text):
        group = "before" if match.group("before") else "behind"
        name, person = match.group(group), match.group("first") or match.group("name")
        bound = PARTICLE.search(name) and len(name) > 2
        if korean_family(person) and not bound and not name.endswith(tuple(terms_of("korean no firm"))):
            span = Span(text.paragraph, *match.span(group))
            yield Name(span, name, name, True, ("company-officer",), _known(name))


def _listed_name(text: Text, start: int, shaped: str) -> Name:
    printed = text.text[start : start + len(shaped)]
    form, before, after = _by_shape()[shaped], text.text[max(0, start - 1) : start], text.text[start + len(printed) :]
    cued = (
        bool(COMPANY_AFTER.match(after))
        and not (after[:1] in "、，,・" and form.weak and before not in "、，・")
        and active("company-officer")
    )
    evidence = ("company-listed", "company-officer") if cued else ("company-listed",)
    span = Span(text.paragraph, start, start + len(printed))
    return Name(span, printed, printed, not form.weak or cued, evidence, form.firm)


def _grown(content: str, start: int, name: str) -> bool:
    """Kana or Hangul that goes on is another word; a two-character name inside a longer Han word may be."""
    before, after = content[max(0, start - 1) : start], content[start + len(name) :]
    if "·" in (before, after[:1]) or within_city(content, start, start + len(name)):
        return True  # 约阿希姆·福斯
    if re.match("[ァ-ヺー]", name[-1]) and re.match("[ァ-ヺー]", after):
        return True
    if any(re.match(kind, name[0]) and re.match(kind, before or " ") for kind in ("[ァ-ヺー]", "[가-힣]")):
        return True
    return after.startswith(("市", "省", "県", "县", "区", "區", "路", "大学", "大學", "氏", "さん", "新闻", "杯"))


def _prefixed(text: Text) -> Iterator[Name]:
    """'株式会社安川電機'."""
    for match in PREFIX.finditer(text.text):
        name = match.group(1)
        end = NAME_END.search(name)
        length = end.start() if end and end.start() > 0 else len(name)
        if "가" <= name[0] <= "힣":
            copula = name.endswith("다") and text.text[match.end() : match.end() + 1] in (".", "")
            length = len(PARTICLE.sub("", name.removesuffix("다") if copula else name))
        if length < 2 or BEFORE.fullmatch(text.text[match.start() - 1 : match.start()] or "、") is None:
            continue
        stop = match.start(1) + length
        span = Span(text.paragraph, match.start(), stop)
        yield Name(span, text.text[match.start() : stop], _bare(name[:length]), True, ("company-legal-form",), _known(name[:length]))


def _headquartered(text: Text) -> Iterator[Name]:
    for match in HEADQUARTERED.finditer(text.text):
        form = match.group()
        yield Name(Span(text.paragraph, *match.span()), form, _bare(form), True, ("company-legal-form",), _known(form))


def _suffixed(text: Text) -> Iterator[Name]:
    """'阪和興業株式会社', '开益禧公司': back from the suffix to the last mark or particle."""
    for match in SUFFIX.finditer(text.text):
        start = _with_known(text.text, _start(text.text, match.start()))
        kind = ENTERPRISE.search(text.text[start : match.end()])
        start += kind.end() if kind and start + kind.end() < match.start() else 0
        stem, suffix = text.text[start : match.start()], match.group()
        if not 2 <= len(stem) <= 24 or GENERIC.match(stem) or GENERIC_END.search(stem):
            continue
        weak = suffix not in LEGAL and suffix not in SURE_SUFFIXES and not _is_apart(text.text, start, match.end(), stem, suffix)
        span = Span(text.paragraph, start, match.end())
        form = text.text[start : match.end()]
        yield Name(span, form, _bare(form), not weak, ("company-legal-form" if suffix in LEGAL else "company-head-noun",), _known(form))


def _is_apart(text: str, start: int, end: int, stem: str, suffix: str) -> bool:
    """'福義軒食品廠、': a short name with its trade, and nothing grown to either end."""
    return suffix in TRADES and 2 <= len(stem) <= 5 and bool(OPENS.search(text[:start])) and bool(CLOSES.match(text, end))


def _korean(text: Text) -> Iterator[Name]:
    """'SK스페셜티', '제약회사 지런탕': letters of a known firm with Hangul grown to them, and a name behind a noun of a firm."""
    if not any("가" <= letter <= "힣" for letter in text.text):
        return
    for match in HANGUL_FIRM.finditer(text.text):
        whole = PARTICLE.sub("", match.group())
        latin = match.group("latin")
        if len(whole) > len(latin) + 1 and (latin.lower() in firms().by_key or latin.isupper()) and match.group("hangul") not in SEATS:
            span = Span(text.paragraph, match.start(), match.start() + len(whole))
            yield Name(span, whole, whole, latin.lower() in firms().by_key, ("company-listed",), _known(whole))
    yield from _korean_led(text)
    for match in CALLED.finditer(text.text):
        name = PARTICLE.sub("", match.group("name"))
        if fits(name):
            span = Span(text.paragraph, match.start("name"), match.start("name") + len(name))
            yield Name(span, name, name, True, ("company-apposition",), _known(name))


def _with_known(text: str, start: int) -> int:
    """Back to the start of a known firm's name that a particle seemed to cut: 阪和興業."""
    for back in range(1, 5):
        forms = _by_first().get(one_shape(text[start - back]), ()) if start >= back else ()
        if any(len(form) > back and one_shape(text).startswith(form, start - back) for form in forms):
            return start - back
    return start


def _led(text: Text) -> Iterator[Name]:
    """'翱兰食品中国区CEO', '安川電機社長': who has a chief executive is a company."""
    for match in OFFICER.finditer(text.text):
        stem_end = match.start()
        start = _start(text.text, stem_end)
        stem = text.text[start:stem_end]
        if 2 <= len(stem) <= 12 and not NO_FIRM.search(stem) and not GENERIC.match(stem):
            yield Name(Span(text.paragraph, start, stem_end), stem, _bare(stem), True, ("company-officer",), _known(stem))


def _japanese_led(text: Text) -> Iterator[Name]:
    """'丸善食品の谷口直樹社長': whose president somebody is is a company, unless its name says that it is a body."""
    for match in JAPANESE_LED.finditer(text.text):
        start = _start(text.text, match.end("firm"))
        name = text.text[start : match.end("firm")]
        person = bool(japanese_family(match["person"]) or chinese_family(match["person"]) or "・" in match["person"])
        if start >= match.start("firm") and person and fits(name) and not GENERIC.match(name) and not NO_FIRM.search(name):
            yield Name(Span(text.paragraph, start, match.end("firm")), name, _bare(name), True, ("company-officer",), _known(name))


def _start(text: str, end: int) -> int:
    """First character of the name that ends here: after the last mark, particle or verb, at most sixteen back."""
    begin = max(0, end - 16)
    last = None
    japanese = bool(KANA.search(text))
    for match in BEFORE.finditer(text, begin, end):
        if not (japanese and match.group() in "和到于於对對向等及"):  # 阪和興業 is one name; in Chinese 和 is "and"
            last = match
    start = last.end() if last else begin
    run = re.search(rf"[{LETTER}]*$", text[start:end])
    first = end - len(run.group()) if run else end
    bracket = BRACKET.search(text, max(0, first - 8), first)
    return _start(text, bracket.start()) if bracket and text[bracket.start() - 1 : bracket.start()] not in ("", " ", "。") else first


def _bare(form: str) -> str:
    """Without its legal form: 阪和興業株式会社 and 阪和興業 are one."""
    for legal in (*LEGAL, "公司", "集团", "集團", "㈱"):
        form = form.removesuffix(legal).removeprefix(legal)
    return form


def _known(form: str) -> Firm | None:
    found = _by_shape().get(one_shape(form)) or _by_shape().get(one_shape(_bare(form)))
    return found.firm if found else None
