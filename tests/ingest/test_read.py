"""Files of every kind → seeds, or an error with a place, a problem and a remedy."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from bindery.errors import SeedError
from bindery.ingest.read import LARGEST_SEED, LONGEST_TEXT, MOST_LINES, WIDEST_GAP, read, seed_paths

CHINESE = "重庆市政府外事办公室主任会见了日本驻重庆总领事。双方就加强经贸合作交换了意见。\n来源：新华社\n" * 3
TRADITIONAL = "重慶市政府外事辦公室主任會見了日本駐重慶總領事。雙方就加強經貿合作交換了意見。\n" * 3
JAPANESE = "日本の総領事は重慶市長と会談し、経済協力について意見を交換した。これは試しの文章です。\n" * 3
KOREAN = "무역협회 회장은 상하이에서 시장을 만나 협력 방안을 논의했다. 두 도시는 자매도시이다.\n" * 3
GERMAN = "Der Bürgermeister von München begrüßte die Gäste aus Österreich; schöne Grüße an alle.\n" * 3
FRENCH = "Le président a été reçu à l’hôtel de ville, où il a présenté la société aux élus.\n" * 3
POLISH = "Burmistrz miasta przedstawił gościom plany współpracy gospodarczej między firmami.\n" * 3
TURKISH = "Belediye başkanı İstanbul’da şirket yöneticileriyle görüştü ve ilişkileri övdü.\n" * 3
RUSSIAN = "Мэр города встретился с делегацией из Китая и обсудил вопросы сотрудничества.\n" * 3


def text_of(path: Path) -> str:
    return "\n".join(line.text for line in read(path, path.parent).lines)


def written(folder: Path, data: bytes) -> Path:
    path = folder / "page.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(CHINESE, "utf-8", id="utf-8"),
        pytest.param(CHINESE, "utf-8-sig", id="utf-8 with a mark"),
        pytest.param(CHINESE, "utf-16", id="utf-16 with a mark"),
        pytest.param(CHINESE, "utf-16-le", id="utf-16 without a mark, Chinese"),
        pytest.param(GERMAN, "utf-16-be", id="utf-16 without a mark, Latin"),
        pytest.param(KOREAN, "utf-32", id="utf-32 with a mark"),
        pytest.param(GERMAN, "utf-32-le", id="utf-32 without a mark"),
        pytest.param(CHINESE, "gb18030", id="gb18030"),
        pytest.param(TRADITIONAL, "big5", id="big5"),
        pytest.param(JAPANESE, "shift_jis", id="shift_jis"),
        pytest.param(JAPANESE, "euc_jp", id="euc_jp"),
        pytest.param(KOREAN, "euc_kr", id="euc_kr"),
        pytest.param(GERMAN, "cp1252", id="German"),
        pytest.param(FRENCH, "cp1252", id="French"),
        pytest.param(POLISH, "cp1250", id="Polish"),
        pytest.param(TURKISH, "cp1254", id="Turkish"),
        pytest.param(RUSSIAN, "cp1251", id="Russian"),
    ],
)
def test_a_page_is_read_in_its_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    assert text_of(written(tmp_path, text.encode(encoding))) == text


def test_a_page_cut_inside_a_character_is_still_utf_8(tmp_path: Path) -> None:
    path = written(tmp_path, CHINESE.strip().encode()[:-1])
    assert read(path, tmp_path).encoding == "utf-8"
    assert text_of(path).startswith(CHINESE.strip()[:-1])


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        pytest.param("one\ntwo\n", ["one", "two", ""], id="line feeds"),
        pytest.param("one\r\ntwo\r\n", ["one", "two", ""], id="carriage return and line feed"),
        pytest.param("one\rtwo", ["one", "two"], id="carriage returns alone"),
        pytest.param("one\rmore\ntwo", ["one more", "two"], id="a stray carriage return is a space"),
        pytest.param("one\u2028more\ntwo", ["one more", "two"], id="a line separator is a space"),
        pytest.param("one\x0cmore\x85still\ntwo", ["one more still", "two"], id="form feed and next line are spaces"),
    ],
)
def test_lines_are_counted_by_line_feeds(tmp_path: Path, raw: str, lines: list[str]) -> None:
    assert text_of(written(tmp_path, raw.encode())).split("\n") == lines


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        pytest.param("Tang\u200b Zong\u00adwei", "Tang Zongwei", id="zero-width space and soft hyphen"),
        pytest.param("abc\u202edcb\u202c", "abcdcb", id="direction override"),
        pytest.param("ab\x07c", "abc", id="control characters"),
        pytest.param("caf\u0065\u0301", "café", id="combining accent"),
        pytest.param("a\U000e0041\U000e0042b", "ab", id="tag characters"),
        pytest.param("Tang\u200dZongwei", "TangZongwei", id="a joiner between Latin letters"),
        pytest.param("Tang\u200d\u200d\u200dZongwei", "TangZongwei", id="several joiners between Latin letters"),
        pytest.param("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937", id="a joiner in Devanagari stays"),
        pytest.param("Home\tNews", "Home  News", id="a tab parts two cells"),
    ],
)
def test_characters_nobody_sees_go(tmp_path: Path, raw: str, shown: str) -> None:
    assert text_of(written(tmp_path, raw.encode())) == shown


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n\n \xe2\x80\x8b\n", "no text", id="blank"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "binary", id="an image"),
        pytest.param(bytes(range(256)) * 40, "binary", id="every byte"),
        pytest.param(b"a\n" * (MOST_LINES + 1), "too many lines", id="too many lines"),
        pytest.param(b"a" * (LONGEST_TEXT + 1), "too long", id="too long"),
        pytest.param("\u200d\u200c".encode() * 99, "no text", id="joiners alone"),
    ],
)
def test_what_is_no_page_is_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    with pytest.raises(SeedError, match=problem) as caught:
        read(written(tmp_path, data), tmp_path)
    assert caught.value.at.path == "page.txt"
    assert caught.value.fix


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    started = time.perf_counter()
    with pytest.raises(SeedError, match="too large"):
        read(path, tmp_path)
    assert time.perf_counter() - started < 0.5


def test_the_longest_line_allowed_costs_little(tmp_path: Path) -> None:
    started = time.perf_counter()
    assert len(text_of(written(tmp_path, b"a " * (LONGEST_TEXT // 2)))) == LONGEST_TEXT
    assert time.perf_counter() - started < 2


def test_white_space_is_no_text_that_is_too_long(tmp_path: Path) -> None:
    assert text_of(written(tmp_path, b"one" + b" " * (LARGEST_SEED - 10) + b"\ntwo")) == f"one{' ' * WIDEST_GAP}\ntwo"


def test_a_gap_in_any_script_is_no_wider_than_a_terminal(tmp_path: Path) -> None:
    raw = "市" + "\u3000 " * 4000 + "長\n\n\n市" + " " * WIDEST_GAP + "長"
    assert text_of(written(tmp_path, raw.encode())) == raw.replace("\u3000 " * 4000, "\u3000 " * (WIDEST_GAP // 2))


def test_a_pile_of_accents_costs_little(tmp_path: Path) -> None:
    path = written(tmp_path, ("a" + "\u0300\u0316" * 200_000).encode())
    started = time.perf_counter()
    read(path, tmp_path)
    assert time.perf_counter() - started < 2


def test_a_folder_named_like_a_seed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    assert seed_paths(tmp_path) == [tmp_path / "x.txt"]
    with pytest.raises(SeedError, match="not a file"):
        read(tmp_path / "x.txt", tmp_path)


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SeedError, match="not a file"):
        read(tmp_path / "pipe.txt", tmp_path)


def test_a_missing_file_is_a_seed_error(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="cannot be read"):
        read(tmp_path / "gone.txt", tmp_path)


def test_seeds_are_found_in_folders_but_not_hidden_or_outside(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside.txt", tmp_path / "seeds"
    outside.write_text("outside")
    (inside / "2024").mkdir(parents=True)
    (inside / ".git").mkdir()
    for name in ("b.txt", "a.txt", "2024/c.txt", ".hidden.txt", ".git/d.txt", "notes.md"):
        (inside / name).write_text(name)
    (inside / "link.txt").symlink_to(outside)
    (inside / "again.txt").symlink_to(inside / "a.txt")
    assert [path.relative_to(inside).as_posix() for path in seed_paths(inside)] == ["2024/c.txt", "a.txt", "again.txt", "b.txt"]


def test_a_link_to_itself_is_a_seed_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert seed_paths(tmp_path) == [tmp_path / "loop.txt"]
    with pytest.raises(SeedError, match="cannot be read"):
        read(tmp_path / "loop.txt", tmp_path)


def test_the_checksum_is_of_the_bytes_on_disk(tmp_path: Path) -> None:
    seed = read(written(tmp_path, b"one\r\ntwo"), tmp_path)
    assert (seed.path, seed.size, seed.encoding) == ("page.txt", 8, "utf-8")
    assert seed.sha256 == hashlib.sha256(b"one\r\ntwo").hexdigest()
