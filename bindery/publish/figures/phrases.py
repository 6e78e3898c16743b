"""Words of English: which end a phrase, which are counted, which say what a number is of. A reader of the press would nod at each."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOPS = words(
    """
    a an the this that these those its his her their our my your it he she they we you i who whom whose them us me him which what when where
    why how and or but nor so yet if than then as at by for from in into of off on onto out over per to up upon via with within
    without about above across after against along alongside amid among around before behind below beneath beside between beyond
    despite down during except inside like near outside past since through throughout toward towards under until till while is
    are was were be been being am has have had having do does did will would shall should can could may might must not no also
    only both either neither here there including include includes included such each every all any some more most much many
    other others another just still already even ever never often once again now today yesterday respectively worldwide
    nationwide annually yearly monthly daily together said says say told tells added adds noted notes according whereas whether
    because though although unless thereby thus hence
    """
)
"""A phrase of nouns ends before these."""

VERBS = words(
    """
    achieved achieve concluded means counted attended attend participated participate took take takes joined join joins visited
    visit came come comes gathered gather signed sign opened open opens closed invested invest invests operate operates operated
    employ employs employed work works working live lives lived exhibited showcased showcase presented present won win made make
    makes held hold holds began begin started start set sets settled located based engaged involved covering cover covers
    covered worth totaling totalling reached reach rose fell grew grow grows increased decreased accounted account constituting
    showed show shows need needs expected got get given gave went go goes left received receive sent sell sells sold bought buy
    expressed discussed attending participating taking coming seeking looking using spanning ranging running operating competing
    representing specializing specialising focusing exporting living studying waiting
    """
)
"""Words that are no part of what is counted: "100 delegates attended", "60 firms based in Aarhus"."""

MODIFIERS = words(
    """
    sports sales goods electronics overseas news series logistics communications telecommunications headquarters services arts
    savings securities systems economics statistics politics robotics plastics customs earnings works operations states emirates
    nations netherlands arms business jobs textiles foods humanities sciences materials affairs relations semiconductors
    biologics
    """
)
"""End in "s" and mostly stand before what is counted: "40 sales offices"."""

PLURALS = words(
    """
    people children women men staff personnel aircraft spacecraft alumni cattle sheep fish police media data crew guests
    """
)
"""Counted as they are."""

SINGULAR_ENDINGS = ("ss", "us", "is", "'s", "’s", "ics")

NOT_COUNTED = words(
    """
    years months weeks days hours minutes seconds decades centuries times quarters semesters terms o'clock nights mornings
    afternoons evenings fortnights weekends sides aspects points ways steps parts degrees stars goals runs rounds innings laps
    games matches sets wins losses pages words paragraphs chapters articles sections lines photos pictures images views comments
    likes shares followers clicks downloads results pixels characters letters lessons kinds types sorts forms series things
    reasons questions answers ideas levels categories characteristics features priorities principles principals pillars themes
    topics fields areas dimensions percents cents inches feet volts watts calories carats birthdays anniversaries strategies
    tasks measures policies editions versions others ones thousands millions billions hundreds dozens celsius fahrenheit stories
    storeys floors am pm updates
    """
)
"""Plurals that are counted in every text and tell nothing of it; and measures of time."""

TELLING = words(
    """
    companies enterprises firms businesses corporations multinationals subsidiaries branches banks factories plants workshops
    mills projects programs programmes initiatives countries nations economies cities towns villages counties provinces
    prefectures regions municipalities universities colleges schools institutes institutions hospitals laboratories labs
    agreements contracts deals memorandums memoranda mous treaties accords airports ports terminals stations routes flights
    railways highways bridges stores shops outlets supermarkets hotels restaurants ships vessels satellites trains aircraft
    planes jobs parks zones centers centres consulates consulates-general embassies missions organizations organisations
    associations chambers delegations exhibitors investors startups start-ups patents brands vehicles cars buses unicorns
    offices headquarters suppliers manufacturers automakers
    """
)
"""What is told also where there are only three of it."""

LEAST, LEAST_TOLD = 10, 3
"""Things that are counted at least: of any kind, and of those that tell something."""

MONTHS = words(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.
    """
)

NUMBERED = words(
    """
    no no. nos nos. number numbers page pages chapter article articles section phase stage room rooms floor level building gate
    line lines route flight highway road version volume vol. issue part item table step day week year grade class group team
    unit block lot zone district aged age ages top first last next past final fortune global model series type category tel tel.
    fax phone mobile ext ext. postcode zip channel box station platform pier berth exit bus train apartment suite bay rule rules
    clause paragraph annex appendix schedule form code id ref under-
    """
)
"""A number behind these is a name or a rank."""

LEADING = words(
    """
    a an between the these those all both other our its their his her my your another such in of at by for from to with within on as and or
    but than over about around nearly almost some approximately roughly currently now today there here altogether including more
    among meanwhile also had has have having includes plus total yet so after before until since while when where which this
    that only just home attracted hosted gathered brought
    """
)
"""Words that may begin a sentence before a number and are no part of a name with it."""

DEFINITE = words(
    """
    the these those both all other our its their his her my your top last first next past same remaining
    """
)
"""Behind these a small number says again what has been said: "the three companies"."""

LEVELS = words(
    """
    reached reach reaches reaching hit hits totaled totalled totaling totalling total amounted stood stands exceeded exceeds
    exceeding surpassed topped covers cover covered covering spans spanning spanned accounted accounts account accounting
    constituted constitutes constituting represented represents representing comprised comprises was were is are be been being
    averaged occupies occupied occupying generated generates had has have expected makes made came comes coming
    """
)
"""Verbs between a quantity and its number that say only that it has it."""

CHANGES = words(
    """
    increased increase increases increasing rose rise rises rising grew grow grows growing climbed jumped surged soared expanded
    up fell fall falls falling dropped drop dropping declined decline declining decreased decrease decreasing shrank slumped
    plunged contracted down gained lost improved accelerated slowed doubled tripled cut reduced raised reduce raise
    """
)
"""Verbs that say how it became that: they stay in the subject."""

SPENDING = words(
    """
    invested invest invests investing spent spend spending raised raise raising earned earn earning paid pay paying donated
    donate costing cost costs generated pledged borrowed exported exports imported bought sold received worth valued allocated
    provided injected committed committing contributed contribute contributes attracted attracts lent loaned granted secured
    """
)
"""Verbs whose money is the number."""

SCHEMATIC = words(
    """
    total sum amount average maximum minimum combined record more value figure high low mean peak plus rise increase growth gain
    drop fall decline
    """
)
"""Nouns before "of" that say nothing alone: "a total of"."""

WHAT_MONEY_IS_IN = words(
    """
    investment investments trade sales revenue revenues exports imports aid loans funding funds deals contracts profits profit
    taxes output assets capital grants savings orders bonds total annual foreign bilateral contracted direct new turnover
    fixed-asset financing debt subsidies damages fines compensation tariffs economic gdp
    """
)
"""Behind "$2 billion in"."""
