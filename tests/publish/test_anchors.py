"""A paragraph's address, once published, leads to that paragraph's words for as long as there is anything left of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bindery.content import anchors as files
from bindery.errors import ContentError
from bindery.model import Anchor
from bindery.publish import anchors

TALKS = "The mayor of Linden met the consul general on Tuesday, and both sides spoke about ferries, rails and the new terminal."
VISIT = "A delegation of eleven firms from Bremen visited the free port in the afternoon and saw its cranes at work."
DINNER = "In the evening the chamber of commerce gave a dinner at the old exchange, where the guests were shown its tiled hall."
SPEECH = "Ms. Aalto, who chairs the harbour board, thanked the visitors and asked them to come again before the winter."
NATIVE = "市长会见了总领事，双方就渡轮、铁路和新码头的合作进行了交流。"
PARAGRAPHS = [TALKS, VISIT, DINNER, SPEECH]


def published(*builds: Sequence[str]) -> tuple[Anchor, ...]:
    """What is remembered after these texts were published, one after the other."""
    remembered: tuple[Anchor, ...] = ()
    for texts in builds:
        remembered = anchors.record(addresses(texts, remembered), remembered)
    return remembered


def addresses(texts: Sequence[str], remembered: Sequence[Anchor]) -> dict[str, str]:
    """Key or alias → the text it leads to."""
    return {key: text for text, keyed in zip(texts, anchors.keys(texts, remembered), strict=True) for key in (keyed.key, *keyed.aliases)}


def led_to(text: str, *builds: Sequence[str]) -> str | None:
    """Where the address that a text had in the first build leads after the last."""
    first = next(key for key, leads in addresses(builds[0], ()).items() if leads == text)
    return addresses(builds[-1], published(*builds[:-1])).get(first)


@pytest.mark.parametrize(
    ("text", "after", "leads"),
    [
        pytest.param(DINNER, [TALKS, VISIT.replace("eleven", "twelve"), DINNER], DINNER, id="another is corrected"),
        pytest.param(DINNER, [TALKS, SPEECH, VISIT, DINNER], DINNER, id="another is inserted"),
        pytest.param(DINNER, [DINNER, TALKS], DINNER, id="others are deleted and moved"),
        pytest.param(TALKS, [f"On 3 May t{TALKS[1:]}", VISIT], f"On 3 May t{TALKS[1:]}", id="its first words are corrected"),
        pytest.param(TALKS, [f"{TALKS[:60]}.", f"Both{TALKS[66:]}"], f"{TALKS[:60]}.", id="it is split: its beginning"),
        pytest.param(VISIT, [f"{TALKS} {VISIT}", DINNER], f"{TALKS} {VISIT}", id="it is joined to the one before"),
        pytest.param(DINNER, [TALKS, VISIT], None, id="it is deleted: nothing stands for it"),
        pytest.param(NATIVE, [f"昨日，{NATIVE}", TALKS], f"昨日，{NATIVE}", id="in a script without spaces"),
    ],
)
def test_an_address_follows_its_words(text: str, after: list[str], leads: str | None) -> None:
    assert led_to(text, [*PARAGRAPHS, NATIVE], after) == leads


def test_an_address_follows_through_many_small_corrections() -> None:
    """Each keeps most of what was there; after all of them little is left of the first."""
    words = TALKS.split()
    builds = [[" ".join(["new"] * count + words[count:]), VISIT] for count in range(0, len(words) + 1, 4)]

    assert led_to(TALKS, *builds) == builds[-1][0]


def test_a_paragraph_that_comes_back_has_its_address_again() -> None:
    assert led_to(DINNER, PARAGRAPHS, [TALKS, VISIT], PARAGRAPHS) == DINNER


def test_a_paragraph_corrected_to_and_fro_has_both_addresses_at_every_step() -> None:
    corrected = f"Yesterday t{TALKS[1:]}"
    for builds in ([[TALKS], [corrected]], [[TALKS], [corrected], [TALKS]], [[TALKS], [corrected], [TALKS], [corrected]]):
        (keyed,) = anchors.keys(builds[-1], published(*builds))
        assert {keyed.key, *keyed.aliases} == {anchors.key(TALKS), anchors.key(corrected)}


CAPTION = "Photo by the harbour board of the city of Linden, taken on the day of the visit:"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param([f"{CAPTION} cranes"], [f"{CAPTION} ferries", f"{CAPTION} cranes"], id="one that begins alike is inserted before"),
        pytest.param([f"{CAPTION} cranes", f"{CAPTION} rails"], [f"{CAPTION} rails"], id="the first of two is deleted"),
        pytest.param([f"{CAPTION} cranes", f"{CAPTION} rails"], [f"{CAPTION} rails", f"{CAPTION} cranes"], id="two change places"),
    ],
)
def test_paragraphs_that_begin_alike_keep_their_numbers(before: list[str], after: list[str]) -> None:
    now = addresses(after, published(before))
    assert {key: text for key, text in addresses(before, ()).items() if text in after} == {
        key: text for key, text in now.items() if text in before and addresses(before, ()).get(key) == text
    }


LONG = " ".join(f"word{number * number + 1}" for number in range(200))


@pytest.mark.parametrize(
    "after",
    [
        pytest.param([f"First {LONG} alpha", f"Then {LONG} beta"], id="nothing changes any more"),
        pytest.param([f"First {LONG} alpha", f"Then, later, {LONG} beta"], id="it is corrected again"),
        pytest.param([f"New words. {VISIT}", f"First {LONG} alpha", f"Then {LONG} beta"], id="another is inserted"),
    ],
)
def test_an_old_address_is_not_taken_by_a_paragraph_nearly_alike(after: list[str]) -> None:
    """Of long paragraphs a sample is kept: two that differ in a word may have the same."""
    before, corrected = [f"First {LONG} alpha", f"Second {LONG} beta"], [f"First {LONG} alpha", f"Then {LONG} beta"]

    assert led_to(before[1], before, corrected, after) == next(text for text in after if text.endswith("beta"))
    assert led_to(before[1], before, corrected, corrected, after) == next(text for text in after if text.endswith("beta"))


def test_a_text_that_another_hides_is_not_taken_for_its_address() -> None:
    """An excerpt shows the first paragraph alone; the address of a withheld one is remembered and leads to nothing."""
    remembered = published(PARAGRAPHS)
    after = anchors.record({anchors.key(TALKS): TALKS[:80]}, remembered, all_shown=False)

    assert after == remembered


TEXTS = st.lists(st.text(st.sampled_from("abc é港"), max_size=30), max_size=6)


@given(TEXTS, TEXTS, TEXTS)
def test_every_key_leads_to_one_place_and_the_same_on_every_run(first: list[str], second: list[str], third: list[str]) -> None:
    remembered = published(first, second)
    keyed = anchors.keys(third, remembered)
    every = [key for one in keyed for key in (one.key, *one.aliases)]

    assert len(every) == len(set(every))
    assert keyed == anchors.keys(third, tuple(reversed(remembered)))


@given(TEXTS, TEXTS)
def test_nothing_moves_while_its_text_stays(first: list[str], second: list[str]) -> None:
    """Whatever is put before, between or after."""
    once = list(dict.fromkeys(text for text in first if text))
    before = addresses(once, ())
    after = addresses([*second, *once], published(once))

    assert {key: after[key] for key in before} == before


@given(TEXTS)
def test_what_is_remembered_is_read_back(texts: list[str]) -> None:
    remembered = published(texts)

    assert set(files.load(files.dump(remembered), "x")) == set(remembered)
    assert files.dump(reversed(remembered)) == files.dump(remembered)


def test_lines_of_two_branches_are_read_together() -> None:
    """Both corrected the paragraph; a merge by lines keeps both, and its address leads to what came of it."""
    ours, theirs = f"Yesterday t{TALKS[1:]}", f"On Tuesday t{TALKS[1:]}"
    merged = files.dump([*published([TALKS], [ours]), *published([TALKS], [theirs])])

    (keyed,) = anchors.keys([theirs], files.load(merged, "x"))
    assert {keyed.key, *keyed.aliases} == {anchors.key(TALKS), anchors.key(ours), anchors.key(theirs)}


@pytest.mark.parametrize("line", ["<<<<<<< ours", "key", "key\tzz\t", "key\t0123abcd\tabc", "../x\t0123abcd\t0123"])
def test_a_line_that_is_none_is_named(line: str) -> None:
    with pytest.raises(ContentError, match="not a paragraph's address") as caught:
        files.load(f"a-b-c-123\t0123abcd\t0123 4567\n{line}\n", "content/anchors/6898abf.tsv")
    assert str(caught.value.at) == "content/anchors/6898abf.tsv:2"
