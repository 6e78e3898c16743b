"""Pages as the tests write them."""

from __future__ import annotations

import hashlib

from bindery.ingest.clean.page import draft
from bindery.ingest.draft import Draft
from bindery.model import Line, Seed


def seed(text: str) -> Seed:
    """A seed as `read` would give it; its lines are counted by line feeds."""
    data = text.encode("utf-8", errors="surrogatepass")
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return Seed("page.txt", hashlib.sha256(data).hexdigest(), len(data), "utf-8", lines)


def cleaned(text: str) -> Draft:
    return draft(seed(text))


def labels(page: Draft) -> dict[str, str]:
    """Label by the text of the line, trimmed."""
    return {verdict.line.text.strip(): verdict.label for verdict in page.verdicts}


def body(page: Draft) -> list[str]:
    return [paragraph.text for paragraph in page.paragraphs]


LEAD = (
    "The mayor of Harbourton received a delegation of the port of Linden on Monday, and both sides spoke about ships, rails"
    " and the new terminal that is to open next spring."
)
MORE = (
    "A second terminal may follow, the mayor said, if the railway to the hills is finished in time and the two ports agree on the"
    " share that each of them pays."
)
ZH_LEAD = "市长王小明周一会见了来自林登港的代表团，双方就港口建设、铁路联运和明年春天启用的新码头深入交换了意见，并商定今后每年会面一次。"
JA_LEAD = "市長は月曜日に林登港の代表団と会談し、双方は港湾整備や鉄道輸送、来春の新ターミナルについて意見を交わし、毎年会うことで一致した。"
KO_LEAD = (
    "시장은 월요일 린든항 대표단을 접견하고 선박과 철도, 내년 봄에 문을 여는 새 터미널에 대해 의견을 나누었으며,"
    " 양측은 앞으로 해마다 만나기로 뜻을 모았다고 밝혔다."
)
LEADS = {
    "DELEAD": (
        "Der Bürgermeister von Harbourton empfing am Montag eine Delegation des Hafens Linden, und beide Seiten "
        "sprachen über Schiffe und Bahnen."
    ),
    "ESLEAD": (
        "El alcalde de Harbourton recibió el lunes a una delegación del puerto de Linden, y ambas partes hablaron de "
        "barcos, trenes y de la nueva terminal."
    ),
    "FRLEAD": (
        "Le maire de Harbourton a reçu lundi une délégation du port de Linden, et les deux parties ont parlé de "
        "navires, de trains et du nouveau terminal."
    ),
    "ITLEAD": (
        "Il sindaco di Harbourton ha ricevuto lunedì una delegazione del porto di Linden, e le due parti hanno parlato "
        "di navi, treni e del nuovo terminal."
    ),
    "PTLEAD": (
        "O prefeito de Harbourton recebeu na segunda-feira uma delegação do porto de Linden, e as duas partes falaram "
        "de navios, trens e do novo terminal."
    ),
    "PLLEAD": (
        "Burmistrz Harbourton przyjął w poniedziałek delegację portu Linden, a obie strony rozmawiały o statkach, kolei"
        " i o nowym terminalu."
    ),
    "RULEAD": (
        "Мэр Харбортона принял в понедельник делегацию порта Линден, и обе стороны говорили о кораблях, железной дороге и новом терминале."
    ),
    "IDLEAD": (
        "Wali Kota Harbourton menerima delegasi pelabuhan Linden pada hari Senin, dan kedua pihak membicarakan kapal, "
        "kereta dan terminal baru."
    ),
    "VILEAD": (
        "Thị trưởng thành phố tiếp đoàn đại biểu cảng Linden hôm thứ hai, hai bên trao đổi về tàu biển, đường sắt và "
        "nhà ga mới sẽ mở vào mùa xuân."
    ),
    "TRLEAD": (
        "Harbourton belediye başkanı pazartesi günü Linden limanından bir heyeti kabul etti ve taraflar gemileri, "
        "demiryolunu ve yeni terminali konuştu."
    ),
    "NLLEAD": (
        "De burgemeester van Harbourton ontving maandag een delegatie van de haven van Linden, en beide partijen "
        "spraken over schepen en treinen."
    ),
}
"""The first paragraph in other languages."""
TEXT = (
    "Mayor Anna Berg of Harbourton met a delegation of the port of Linden on Monday and signed a letter on hydrogen ships"
    " and rail links.\n\n"
    "“We shall build a second terminal together,” said Omar Said, chairman of Linden Port Holdings, “if the railway"
    " to the hills is ready in time.”\n\n"
    "The guests also visited the shipyard of Berg & Sons and the university, and invited students to spend a summer on the quays of Linden."
)
"""Invented, as all sentences here: no page says so."""
